"""What a text is compared with, and how: groups of copies by their hub, seeds by their fingerprints. Reads the store.

How the groups themselves are kept is in `regrouping.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler import urls
from crawler.analysis import compare, evidence, precedence, stories
from crawler.analysis.fingerprint import fingerprint
from crawler.analysis.measures import Measures
from crawler.analysis.precedence import Claim
from store import fingerprints, groups, seeds
from store.database import Store
from store.fingerprints import Shared
from store.groups import Member
from store.models import DUPLICATE_RELATIONS, Comparison, Fingerprint, Near, Passage, Relation

NEAREST = 3
"""Neighbours that are compared in full, the best by shared fingerprints; each comparison takes 1 to 3 ms."""
MOST = 8
"""Neighbours that are compared when all of them share `CLOSE` of what is rare in the new text or more."""
CLOSE = 0.25

_MIRRORED = {Relation.TRUNCATED: Relation.EXTENDED, Relation.EXTENDED: Relation.TRUNCATED}
_TOLD_BY_SHARES = DUPLICATE_RELATIONS | {Relation.UPDATED, Relation.EXCERPT, Relation.UNRELATED}
"""Relations of which the sentence tells no more than what is shared of either text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text as it takes part in a comparison, with its place in the order."""

    side: compare.Side
    claim: Claim

    @property
    def order(self) -> precedence.Order:
        return precedence.order(self.claim)


def claim_of(member: Member) -> Claim:
    """What tells the place of a stored text among others."""
    return Claim(
        url=member.url, site=urls.site(member.url) or member.site, role=member.role, credit=member.credit,
        published=member.published, length=member.length,
    )  # fmt: skip


def text_of(member: Member) -> Text:
    """A stored text."""
    claim = claim_of(member)
    side = compare.Side(
        title=member.title, text=member.text, url=member.url, site=claim.site, language=member.language,
        published=member.published.value if member.published else None, concepts=member.concepts,
    )  # fmt: skip
    return Text(side=side, claim=claim)


def what_is(one: Text, other: Text) -> Comparison:
    """What one text is to another. The later one is always compared with the earlier one, so that the answer is the
    same whichever of them is met first, but for being told from the other side."""
    if one.order >= other.order:
        return compare.compare(one.side, other.side)
    return mirrored(compare.compare(other.side, one.side))


def mirrored(found: Comparison) -> Comparison:
    """The same comparison told from the other side."""
    told = replace(
        found,
        relation=_MIRRORED.get(found.relation, found.relation),
        coverage_a=found.coverage_b,
        coverage_b=found.coverage_a,
        passages=tuple(
            Passage(start_a=p.start_b, end_a=p.end_b, start_b=p.start_a, end_b=p.end_a) for p in found.passages
        ),
    )
    return replace(told, why=_shares(told)) if told.relation in _TOLD_BY_SHARES else told


def _shares(found: Comparison) -> str:
    """The sentence of a relation, from what is known of a comparison afterwards: what is shared of either text."""
    m = Measures(
        same=found.relation is Relation.EXACT, coverage_a=found.coverage_a, coverage_b=found.coverage_b, runs=1.0,
        words_a=0, words_b=0, characters=False, lead=1.0, same_language=True,
    )  # fmt: skip
    return evidence.why(found.relation, m)


def is_copy(found: Comparison) -> bool:
    return found.relation in DUPLICATE_RELATIONS


def hub(members: Sequence[Member]) -> Member:
    """The first text of a group."""
    return min(members, key=lambda member: precedence.order(claim_of(member)))


def near(store: Store, new: Text, found: Fingerprint, *, besides: int | None = None) -> list[Near]:
    """The groups and seeds that share most text with a text, each compared with it by its hub.

    Args:
        besides: an article that is left out: the text's own.
    """
    return [neighbour(store, new, shared) for shared in candidates(store, found, besides=besides)]


def candidates(store: Store, found: Fingerprint, *, besides: int | None = None) -> list[Shared]:
    """What a text with this fingerprint is compared with."""
    shares = fingerprints.candidates_for(store, found, limit=MOST + 1)
    others = [shared for shared in shares if besides is None or shared.article_id != besides][:MOST]
    return [shared for at, shared in enumerate(others) if at < NEAREST or shared.weight >= CLOSE]


def neighbour(store: Store, new: Text, shared: Shared) -> Near:
    """A candidate, compared with a text."""
    if shared.article_id is not None:
        return near_article(store, new, shared.article_id)
    assert shared.seed_id is not None, "a neighbour is an article or a seed"
    seed = seeds.get(store, shared.seed_id)
    return Near(
        comparison=compare.compare_with_seed(new.side, seed), seed_id=seed.id, url=seed.url, site=urls.site(seed.url)
    )


def near_article(store: Store, new: Text, article_id: int) -> Near:
    """A group as a neighbour of a text."""
    known = text_of(hub(groups.members(store, article_id)))
    return Near(
        comparison=what_is(new, known), article_id=article_id, url=known.side.url, site=known.side.site,
        published=known.side.published, follows=known.order > new.order,
    )  # fmt: skip


def closest(store: Store, member: Member, article_id: int) -> int | None:
    """The group of whose hub a member of a group is the closest copy, among those that go before it."""
    text = text_of(member)
    found = near(store, text, fingerprint(member.text), besides=article_id)
    found.append(near_article(store, text, article_id))
    original = stories.original([item for item in found if item.article_id is not None and not item.follows])
    return None if original is None else original.article_id


def copies_any(store: Store, member: Member, first: Member) -> bool:
    """Whether a text is a copy of another one as it stands, or as it stood before its publisher changed it."""
    copy, known = text_of(member), text_of(first)
    if is_copy(what_is(copy, known)):
        return True
    earlier = groups.earlier_texts(store, first)
    return any(is_copy(what_is(copy, replace(known, side=replace(known.side, text=text)))) for text in earlier)
