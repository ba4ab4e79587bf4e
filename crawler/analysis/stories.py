"""Which of its neighbours a new article copies, and which it only follows: the choice among several. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.models import DUPLICATE_RELATIONS, Comparison, Near, Relation

FOLLOWS = (Relation.UPDATED, Relation.REWRITTEN, Relation.TRANSLATED)
"""Relations that put an article into the story of another one, the surest first."""

_ORDER = (Relation.EXACT, Relation.NEAR, Relation.TRUNCATED, Relation.EXTENDED)


def original(near: Sequence[Near]) -> Near | None:
    """The neighbour that a new article is one text with, or None.

    Of what goes before the new article, the closest relation wins, then the greatest likeness; among equals a seed,
    then the first address, so that neither the order in which neighbours are found nor that in which they were kept
    matters. Only when nothing goes before it, a neighbour that does not is given: then the new article is the first.
    """
    copies = [item for item in near if item.comparison.relation in DUPLICATE_RELATIONS]
    return min(copies, key=_copy_rank, default=None)


def followed(near: Sequence[Near]) -> list[Near]:
    """The articles and seeds whose story a new article goes on with, the surest first, articles before seeds."""
    return sorted((item for item in near if item.comparison.relation in FOLLOWS), key=_kin_rank)


def nearest(near: Sequence[Near]) -> Near | None:
    """The neighbour that has most in common with a new article that is no copy, or None where nothing is shared."""
    kin = [item for item in near if item.comparison.relation is not Relation.UNRELATED]
    return min(kin, key=lambda item: (-item.comparison.similarity, item.url), default=None)


def closeness(found: Comparison) -> tuple[int, float, float]:
    """Sorts comparisons of copies: the closest relation first, then the greatest likeness."""
    place = _ORDER.index(found.relation) if found.relation in _ORDER else len(_ORDER)
    return place, -found.similarity, -(found.coverage_a + found.coverage_b)


def _copy_rank(item: Near) -> tuple[bool, tuple[int, float, float], bool, str, int]:
    return item.follows, closeness(item.comparison), item.seed_id is None, item.url, item.article_id or 0


def _kin_rank(item: Near) -> tuple[bool, int, float, str, int]:
    found = item.comparison
    return (
        item.article_id is None, FOLLOWS.index(found.relation), -found.similarity, item.url or item.seed_id or "",
        item.article_id or 0,
    )  # fmt: skip
