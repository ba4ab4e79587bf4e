"""What is done with a page: new, a copy, a new version, the same as before, or not of the beat. Pure.

The order of the questions is the order of what is surest: a known address, a seed's address, the beat, shared
text. A wrong merge is worse than a missed one, so only literal copies are duplicates; updates, rewrites and
translations are kept as new articles that point to what they follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crawler.analysis import compare, revision, stories
from store.models import (
    DUPLICATE_RELATIONS,
    Known,
    Near,
    Reading,
    Relation,
    Seed,
    Verdict,
    VerdictKind,
)

_SAME_ADDRESS = "It stands at an address of a known article."


def decide(
    reading: Reading, *, known: Known | None, seed: Seed | None, near: Sequence[Near], now: datetime,
    wanted: bool = False,
) -> Verdict:  # fmt: skip
    """The verdict on a page that was read.

    `known` is the stored article at one of its addresses, `seed` the seed at one, `near` what shares text with it,
    compared. `now` (UTC) is the time of the decision; a date in the future is no date. `wanted`: a reader called the
    page relevant, which goes before the rules. Never REJECTED: that is decided where the page is read.
    """
    if known is not None and known.copy is None:
        return _version(reading, known)
    if known is not None and known.copy is not None and not says_other(reading, known):
        detail = "It is known as a copy and says what it said before."
        return Verdict(
            kind=VerdictKind.DUPLICATE, reason=known.copy.value, detail=detail, article_id=known.article_id
        )  # fmt: skip
    if seed is not None:
        return _seed(reading, seed, now)
    if not reading.relevance.relevant and not wanted:
        return Verdict(
            kind=VerdictKind.OFF_TOPIC, reason=reading.relevance.label.value, detail=reading.relevance.why
        )  # fmt: skip
    return _copy(near) or _new(near)


def says_other(reading: Reading, known: Known | None) -> bool:
    """Whether a page of which a copy is known says something else than that copy did."""
    return known is not None and known.copy is not None and bool(_changed(reading, known))


def _changed(reading: Reading, known: Known) -> str:
    article, found = reading.article, reading.fingerprint
    if found is not None and found.digest == known.digest and article.title == known.title:
        return ""
    return revision.changed(known.title, known.text, article.title, article.text, article.language)


def _version(reading: Reading, known: Known) -> Verdict:
    """A page that is stored already: UNCHANGED, or REVISED with what changed."""
    what = _changed(reading, known)
    kind = VerdictKind.REVISED if what else VerdictKind.UNCHANGED
    return Verdict(kind=kind, reason="", detail=what or "It says what it said before.", article_id=known.article_id)


def _seed(reading: Reading, seed: Seed, now: datetime) -> Verdict:
    """A page at a seed's address is that seed, whatever it says by now."""
    side = compare.side_of(reading.article)
    if side.published and side.published > now:
        side = replace(side, published=None)
    found = compare.compare_with_seed(side, seed)
    if found.relation not in DUPLICATE_RELATIONS:
        found = replace(found, relation=Relation.NEAR, why=f"{_SAME_ADDRESS} {found.why}")
    return Verdict(
        kind=VerdictKind.DUPLICATE, reason=found.relation.value, detail=found.why, seed_id=seed.id, comparison=found
    )


def _copy(near: Sequence[Near]) -> Verdict | None:
    nearest = stories.original(near)
    if nearest is None:
        return None
    found = nearest.comparison
    return Verdict(
        kind=VerdictKind.DUPLICATE, reason=found.relation.value, detail=found.why, article_id=nearest.article_id,
        seed_id=nearest.seed_id, comparison=found,
    )  # fmt: skip


def _new(near: Sequence[Near]) -> Verdict:
    """A new article; with a pointer to the known one that it follows, and to the one that is most like it."""
    followed = stories.followed(near)
    if not followed:
        nearest = stories.nearest(near)
        return Verdict(kind=VerdictKind.NEW, reason="", detail="Nothing known tells the same.", near=nearest)
    best, found = followed[0], followed[0].comparison
    return Verdict(
        kind=VerdictKind.NEW, reason=found.relation.value, detail=found.why, article_id=best.article_id,
        seed_id=best.seed_id, comparison=found, near=best,
    )  # fmt: skip
