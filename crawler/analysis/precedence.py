"""Who had it first: the order in which texts go before each other, and which one of a group stands for it. Pure.

Both are told by what is known of each text by itself, never by the order in which they were met, so that the same
texts always give the same groups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.analysis.credit import agency_of
from store.models import Precision, Published, Role

WHOLE = 0.6
"""Share of the longest text of a group that a text must have to stand for it; less is a cut."""
FULL = 0.85
"""Share of the longest text at which a text is as full as that one, and the rest furniture or a small addition."""
_A_DAY = timedelta(days=1)
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is known of one text of a group when it is asked who had it first."""

    url: str
    site: str
    """Registrable domain."""
    role: Role
    credit: str
    """Agency that the text names as where it is from; empty when it names none."""
    published: Published | None
    length: int
    """Characters."""


Order = tuple[bool, datetime, int, str]


def order(claim: Claim) -> Order:
    """Sorts texts: what was published first goes first, of the same time the fuller one; undated ones go last.

    A bare day counts as its end: a text that is known to be of ten o'clock goes before one of that day.
    """
    published = claim.published
    if published is None:
        return True, _NEVER, -claim.length, claim.url
    late = _A_DAY if published.precision is Precision.DAY else timedelta()
    return False, published.value + late, -claim.length, claim.url


def first(claims: Sequence[Claim]) -> Claim:
    """The text that stands for a group of copies: the whole one that the others were taken from, else the earliest.

    A cut never stands for a text that is there in full; republishers and aggregators come after publishers; the
    agency that another text of the group credits comes before everyone else. Of the same time, one that credits
    nobody goes first, then the fuller one, then the one with less around it.
    """
    longest = max(claim.length for claim in claims)
    credited = {claim.credit for claim in claims if claim.credit and agency_of(claim.site) != claim.credit}
    return min(claims, key=lambda claim: _standing(claim, longest, credited))


def _standing(claim: Claim, longest: int, credited: Collection[str]) -> tuple[bool | datetime | int | str, ...]:
    undated, time, _, url = order(claim)
    own = agency_of(claim.site)
    return (
        claim.length < WHOLE * longest, claim.role is not Role.PUBLISHER, own not in credited, undated, time,
        claim.credit not in ("", own), claim.length < FULL * longest, claim.length, url,
    )  # fmt: skip


def lag(article: Published | None, copy: Published | None) -> int | None:
    """Seconds from the publication of an article to that of a copy, negative for an earlier copy.

    None when one of the times is not known, or only its day.
    """
    if article is None or copy is None or Precision.DAY in (article.precision, copy.precision):
        return None
    return round((copy.value - article.value).total_seconds())
