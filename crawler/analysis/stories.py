"""Which of its neighbours a new article copies, and which it only follows: the choice among several. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.models import DUPLICATE_RELATIONS, Near, Relation

FOLLOWS = (Relation.UPDATED, Relation.REWRITTEN, Relation.TRANSLATED)
"""Relations that put an article into the story of another one, the surest first."""

_ORDER = (Relation.EXACT, Relation.NEAR, Relation.TRUNCATED, Relation.EXTENDED)


def original(near: Sequence[Near]) -> Near | None:
    """The neighbour that a new article is a copy of, or None.

    The closest relation wins, then the greatest likeness; among equals a seed, then the article that was there first,
    so that the order in which neighbours are found does not matter.
    """
    copies = [item for item in near if item.comparison.relation in DUPLICATE_RELATIONS]
    return min(copies, key=_copy_rank, default=None)


def followed(near: Sequence[Near]) -> Near | None:
    """The neighbour whose story a new article goes on with, or None; stored articles before seeds."""
    kin = [item for item in near if item.comparison.relation in FOLLOWS]
    return min(kin, key=_kin_rank, default=None)


def _copy_rank(item: Near) -> tuple[int, float, float, bool, int, str]:
    found = item.comparison
    both = found.coverage_a + found.coverage_b
    return (
        _ORDER.index(found.relation), -found.similarity, -both, item.seed_id is None, item.article_id or 0,
        item.seed_id or "",
    )  # fmt: skip


def _kin_rank(item: Near) -> tuple[bool, int, float, int, str]:
    found = item.comparison
    return (
        item.article_id is None,
        FOLLOWS.index(found.relation),
        -found.similarity,
        item.article_id or 0,
        (item.seed_id or ""),
    )
