"""What an article names, in one form for all languages: who and what, sums, volumes, days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MentionKind(StrEnum):
    """What is named."""

    PERSON = "person"
    COMPANY = "company"
    VESSEL = "vessel"
    MONEY = "money"
    VOLUME = "volume"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One of the persons, companies, ships, sums, volumes or days that an article names, and where it does first."""

    kind: MentionKind
    value: str
    """The id of a name, the figure of an amount without exponent or grouping, or an ISO day or month."""
    unit: str = ""
    """ISO 4217 code, or bbl, t, m3, with /d or /y for a rate; empty for names and days."""
    label: str
    """As it is shown: `Wang Yi`, `400 billion USD`, `2021-03-27`."""
    text: str
    """As printed."""
    field: str
    """`title` or `text`."""
    start: int
    """Offsets in that field."""
    end: int
    times: int = 1
    """At how many places the article names it."""

    @property
    def amount(self) -> float | None:
        """The figure of a sum or volume."""
        return float(self.value) if self.kind in (MentionKind.MONEY, MentionKind.VOLUME) else None
