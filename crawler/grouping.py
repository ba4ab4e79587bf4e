"""Groups of copies, kept so that the order in which pages arrive does not matter. Reads and writes the store.

Texts go before each other by their own facts (`analysis/precedence.py`). The first of a group is its *hub*: every
other text of the group is a copy of the hub, and no hub is a copy of another. Whatever order texts come in, the hubs
are the same: the first of all is one, and each next text is one unless it is a copy of one before it. So when a text
comes that goes before a hub that it is one text with, it becomes the hub, and the copies of the old one are looked at
again.

Which text of a group stands in `articles` is another question (`precedence.first`): the whole one, the credited one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import urls
from crawler.analysis import compare, precedence, stories
from crawler.analysis.fingerprint import fingerprint
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
SUBSTANTIAL = 0.3
"""Share of the words of either text at which the copies of a neighbour may be copies of a new hub too."""

_MIRRORED = {Relation.TRUNCATED: Relation.EXTENDED, Relation.EXTENDED: Relation.TRUNCATED}


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
    return replace(
        found,
        relation=_MIRRORED.get(found.relation, found.relation),
        coverage_a=found.coverage_b,
        coverage_b=found.coverage_a,
        passages=tuple(
            Passage(start_a=p.start_b, end_a=p.end_b, start_b=p.start_a, end_b=p.end_a) for p in found.passages
        ),
    )


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


def copies_any(store: Store, member: Member, first: Member) -> bool:
    """Whether a text is a copy of another one as it stands, or as it stood before its publisher changed it."""
    copy, known = text_of(member), text_of(first)
    if is_copy(what_is(copy, known)):
        return True
    earlier = groups.earlier_texts(store, first)
    return any(is_copy(what_is(copy, replace(known, side=replace(known.side, text=text)))) for text in earlier)


def _copies(neighbours: Iterable[Near]) -> list[int]:
    return [item.article_id for item in neighbours if item.article_id is not None and is_copy(item.comparison)]


class Groups:
    """Moves texts between groups, within one `write()`."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now = store, now

    def joined(self, article_id: int, url: str, neighbours: Sequence[Near]) -> int:
        """The text at `url` was just kept as a copy of an article: put right what follows from it.

        `neighbours` is what the text was compared with. Where it goes before the hub, it is the hub now: other groups
        that are copies of it become one with this one, and the copies of the old hubs are looked at again. Returns
        the number of the article that stands for the group.
        """
        follows = any(item.article_id == article_id and item.follows for item in neighbours)
        if follows:
            article_id = self._as_one(_copies(neighbours))
            self._look_again(article_id)
        self.settle(article_id, None if follows else url)
        if follows:
            self.appeared(article_id, neighbours)
        return article_id

    def appeared(self, article_id: int, neighbours: Sequence[Near]) -> None:
        """There is a new hub: copies in neighbouring groups that are closer to it become its own."""
        new = text_of(hub(groups.members(self.store, article_id)))
        for item in neighbours:
            found = item.comparison
            if item.article_id is None or is_copy(found):
                continue
            if max(found.coverage_a, found.coverage_b) >= SUBSTANTIAL:
                self._attract(new, article_id, item.article_id)

    def place(self, article_id: int) -> int:
        """Look again whether a group is a copy of another one; returns the article it is part of afterwards."""
        new = text_of(hub(groups.members(self.store, article_id)))
        neighbours = near(self.store, new, fingerprint(new.side.text), besides=article_id)
        neighbours = [item for item in neighbours if item.article_id is not None]
        original = stories.original(neighbours)
        if original is None or original.article_id is None:
            self.appeared(article_id, neighbours)
            return article_id
        copies = _copies(neighbours) if original.follows else [original.article_id]
        together = self._as_one([article_id, *copies])
        self._look_again(together)
        self.settle(together)
        return together

    def review(self, article_id: int) -> None:
        """Look at a whole group again, within and against its neighbours, as after a change of the rules."""
        self._look_again(article_id)
        self.settle(self.place(article_id))

    def settle(self, article_id: int, only: str | None = None) -> None:
        """Let the right text of a group stand for it, and each copy tell how it compares to that one.

        `only` names the address of the one copy that is new, when nothing else can have changed.
        """
        members = groups.members(self.store, article_id)
        claims = [claim_of(member) for member in members]
        best = claims.index(precedence.first(claims))
        copy_id = members[best].duplicate_id
        if copy_id is not None:
            comparison = what_is(text_of(members[0]), text_of(members[best]))
            groups.take_place(self.store, copy_id, fingerprint(members[best].text), comparison, now=self.now)
            members, only = groups.members(self.store, article_id), None
        self._describe(members, only)
        first = hub(members)  # a group is found by its hub, whichever text stands for it
        more = () if first.duplicate_id is None else fingerprint(first.text).hashes
        fingerprints.also(self.store, article_id, more)

    def _describe(self, members: Sequence[Member], only: str | None) -> None:
        article, first = text_of(members[0]), hub(members)
        for member in members[1:]:
            if member.duplicate_id is None or only not in (None, member.url):
                continue
            copy = text_of(member)
            comparison = what_is(copy, article)
            if not is_copy(comparison) and member is not first:
                comparison = what_is(copy, text_of(first))
            lag = precedence.lag(members[0].published, member.published)
            groups.describe(self.store, member.duplicate_id, comparison, lag)

    def _as_one(self, article_ids: Iterable[int]) -> int:
        """Several groups as one, under the lowest number."""
        keep, *others = sorted(set(article_ids))
        for other in others:
            (article, *_), (kept, *_) = groups.members(self.store, other), groups.members(self.store, keep)
            groups.fold(self.store, other, keep, what_is(text_of(article), text_of(kept)), now=self.now)
        return keep

    def _look_again(self, article_id: int) -> None:
        """A group has a new hub: what is no copy of it goes, and finds its own place.

        The group is read anew after each, because one that goes may take others with it.
        """
        stay: set[str] = set()
        while stranger := self._stranger(article_id, stay):
            self.place(self._detached(article_id, stranger))

    def _stranger(self, article_id: int, stay: set[str]) -> Member | None:
        """The first text of a group that is no copy of its hub; adds to `stay` the addresses of those that are."""
        members = sorted(groups.members(self.store, article_id), key=lambda one: precedence.order(claim_of(one)))
        for member in members[1:]:
            if member.url not in stay and not copies_any(self.store, member, members[0]):
                return member
            stay.add(member.url)
        return None

    def forget(self, url: str) -> None:
        """A copy says something else now: take it out of its group, as if it had never been met."""
        article_id = groups.drop_copy(self.store, url)
        if article_id is not None:
            self._look_again(article_id)
            self.settle(article_id)

    def _attract(self, new: Text, article_id: int, other_id: int) -> None:
        members = groups.members(self.store, other_id)
        first = hub(members)
        for member in members:
            text = text_of(member)
            if member is first or text.order <= new.order:
                continue
            now, then = what_is(text, new), what_is(text, text_of(first))
            rank_now, rank_then = (stories.closeness(now), new.side.url), (stories.closeness(then), first.url)
            if is_copy(now) and rank_now < rank_then:
                moved = self._as_copy(other_id, member)
                groups.move(self.store, moved, article_id)
        self.settle(other_id)
        self.settle(article_id)

    def _detached(self, article_id: int, member: Member) -> int:
        """A member of a group as an article of its own."""
        copy_id = self._as_copy(article_id, member)
        why = f"It is no copy of {groups.members(self.store, article_id)[0].url}, as it had been taken for."
        return groups.unfold(self.store, copy_id, fingerprint(member.text), why, now=self.now)

    def _as_copy(self, article_id: int, member: Member) -> int:
        """A member's number as a copy; the article itself first lets the hub stand for the group."""
        for known in groups.members(self.store, article_id):
            if known.url == member.url and known.duplicate_id is not None:
                return known.duplicate_id
        first = hub(groups.members(self.store, article_id))
        assert first.duplicate_id is not None, "the hub itself never leaves its group"
        comparison = what_is(text_of(member), text_of(first))
        groups.take_place(self.store, first.duplicate_id, fingerprint(first.text), comparison, now=self.now)
        return self._as_copy(article_id, member)
