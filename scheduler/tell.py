"""What the daemon tells to the outside: notices and the digest.

The modules that send are imported when something is to be sent: they bring mail and services, and `status` and the
tests of the schedule need only the words here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.config_keys import Config

CHANNEL_ISSUE = "channel"
"""Code of the issue that tells of a channel which did not take a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a person may want to be told of at once."""

    kind: str
    """A word of the configuration's `notify.on`."""
    text: str
    """One plain sentence."""
    at: datetime
    db: Path


def one_sentence(told: Sequence[str]) -> str:
    """What the text of one event says of several things of a kind: ten sources that fall ill are one message."""
    return told[0] if len(told) == 1 else f"{len(told)} at once: " + "; ".join(told)


def tell(event: Event, config: Config) -> list[str]:
    """Sends the event when the configuration wants it; what went wrong with sending, a line each."""
    if event.kind not in config.notify.on or not config.notify.to:
        return []
    from scheduler.notify import notify

    return notify(event, config)


def send_digest(db: Path, config: Config, now: datetime) -> str:
    """Sends the digest; what was sent where, in one sentence.

    Raises:
        SilkwatchError: a channel failed; it gets the same news with the next digest.
    """
    from scheduler.digest_send import send

    return send(db, config, now=now)


def check(config: Config) -> None:
    """Looks whether each channel of the configuration is one that can be sent to. Sends nothing.

    Raises:
        UsageError: naming, without anything secret, those that are not.
    """
    if not (config.digest.to or config.notify.to):
        return
    from scheduler.channels import deliver, parse

    deliver.check(parse([*config.digest.to, *config.notify.to]))
