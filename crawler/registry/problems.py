"""What is wrong with a file a person wrote: one sentence a fault, all faults at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.errors import ConfigurationError, UsageError


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands (a file, perhaps with a line), at which key, and what was expected there."""

    where: str
    key: str
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.key, self.text) if part)


def told(problems: Iterable[Problem], subject: str) -> str:
    """All problems as one message: a single one in one line, several as a list under `subject`."""
    lines = [str(p) for p in problems]
    if len(lines) == 1:
        return lines[0]
    return "\n  ".join([f"{len(lines)} problems in {subject}:", *lines])


def configuration_error(problems: Iterable[Problem], subject: str) -> ConfigurationError:
    return ConfigurationError(told(problems, subject))


def usage_error(problems: Iterable[Problem], subject: str) -> UsageError:
    return UsageError(told(problems, subject))
