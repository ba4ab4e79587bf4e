"""Groups of copies, kept so that the order in which pages arrive does not matter. Writes the store.

Texts go before each other by their own facts (`analysis/precedence.py`). The first of a group is its *hub*: every
other text of the group is a copy of the hub, and no hub is a copy of another. Whatever order texts come in, the hubs
are the same: the first of all is one, and each next text is one unless it is a copy of one before it. Every other
text is with the hub that it is closest to. So when a text comes that goes before a hub that it is one text with, it
becomes the hub, and the copies of the old one are looked at again, each on its own.

Which text of a group stands in `articles` is another question (`precedence.first`): the whole one, the credited one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from crawler.analysis import precedence, stories
from crawler.analysis.fingerprint import fingerprint
from crawler.grouping import (
    Text,
    claim_of,
    closest,
    copies_any,
    hub,
    is_copy,
    near,
    text_of,
    what_is,
)
from store import fingerprints, groups
from store.database import Store
from store.groups import Member
from store.models import Near

SOME = 0.05
"""Share of the words of either hub at which the copies of the one may be copies of the other too."""
SUBSTANTIAL = 0.3
"""Share of a copy's fingerprint that is its own, at which its group is found by that copy as well."""


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
        if not any(item.article_id == article_id and item.follows for item in neighbours):
            self.settle(article_id, url)
            return article_id
        return self._under_new_hub([article_id, *_copies(neighbours)])

    def appeared(self, article_id: int, neighbours: Sequence[Near]) -> None:
        """There is a new hub: copies in neighbouring groups that are closer to it become its own."""
        new = text_of(hub(groups.members(self.store, article_id)))
        for item in neighbours:
            if item.article_id not in (None, article_id) and not is_copy(item.comparison):
                self._attract(new, article_id, item)

    def place(self, article_id: int) -> int:
        """Look again whether a group is a copy of another one; returns the article it is part of afterwards."""
        neighbours = self._around(article_id)
        original = stories.original(neighbours)
        if original is None or original.article_id is None:
            self.appeared(article_id, neighbours)
            return article_id
        copies = _copies(neighbours) if original.follows else [original.article_id]
        return self._under_new_hub([article_id, *copies])

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
        self._let_be_found(members, only)

    def forget(self, url: str) -> None:
        """A copy says something else now: take it out of its group, as if it had never been met."""
        article_id = groups.drop_copy(self.store, url)
        if article_id is not None:
            self._look_again(article_id)
            self.settle(article_id)

    def _around(self, article_id: int) -> list[Near]:
        """The other groups, compared with the hub of this one."""
        new = text_of(hub(groups.members(self.store, article_id)))
        found = near(self.store, new, fingerprint(new.side.text), besides=article_id)
        return [item for item in found if item.article_id is not None]

    def _under_new_hub(self, article_ids: Iterable[int]) -> int:
        """Groups whose hubs are one text, as one; then whether that one is a copy of others that it now meets."""
        together = self._as_one(article_ids)
        self._look_again(together)
        self.settle(together)
        return self.place(together)

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

    def _let_be_found(self, members: Sequence[Member], only: str | None = None) -> None:
        """A group is found by the text that stands for it, by its hub, and by copies that have much besides.

        `only` names the copy that is new: what was given before stays.
        """
        article_id, first = members[0].article_id, hub(members)
        more = set(fingerprints.more_of(self.store, article_id)) if only else set()
        if first.duplicate_id is not None:
            more.update(fingerprint(first.text).hashes)
        known = more | set(fingerprint(members[0].text).hashes)
        for member in members[1:]:
            own = set(fingerprint(member.text).hashes) if only in (None, member.url) else set()
            if len(own - known) > SUBSTANTIAL * len(own):
                more |= own
                known |= own
        fingerprints.also(self.store, article_id, more)

    def _as_one(self, article_ids: Iterable[int]) -> int:
        """Several groups as one, under the lowest number."""
        keep, *others = sorted(set(article_ids))
        for other in others:
            (article, *_), (kept, *_) = groups.members(self.store, other), groups.members(self.store, keep)
            groups.fold(self.store, other, keep, what_is(text_of(article), text_of(kept)), now=self.now)
        return keep

    def _look_again(self, article_id: int) -> None:
        """A group has a new hub: what is no copy of it, or is closer to another one, goes and finds its own place.

        The group is read anew after each, because one that goes may take others with it.
        """
        self._let_be_found(groups.members(self.store, article_id))
        stay: set[str] = set()
        while stranger := self._stranger(article_id, stay):
            member, closer = stranger
            if closer is None:
                self.place(self._detached(article_id, member))
            else:
                groups.move(self.store, self._as_copy(article_id, member), closer)
                self.settle(closer)

    def _stranger(self, article_id: int, stay: set[str]) -> tuple[Member, int | None] | None:
        """The first text of a group that does not belong there, and the group that it is closer to, if any.

        Adds to `stay` the addresses of those that belong there.
        """
        members = sorted(groups.members(self.store, article_id), key=lambda one: precedence.order(claim_of(one)))
        for member in members[1:]:
            if member.url in stay:
                continue
            closer = closest(self.store, member, article_id)
            if closer not in (None, article_id):
                return member, closer
            if closer is None and not copies_any(self.store, member, members[0]):
                return member, None
            stay.add(member.url)
        return None

    def _attract(self, new: Text, article_id: int, item: Near) -> None:
        """Take over the copies of a neighbour that are closer to a new hub.

        They are looked at when it shares some text with their own hub, or they have much besides that.
        """
        other_id, found = item.article_id, item.comparison
        assert other_id is not None, "seeds keep their copies"
        some = max(found.coverage_a, found.coverage_b) >= SOME
        if not some and not fingerprints.more_of(self.store, other_id):
            return
        members = groups.members(self.store, other_id)
        first = hub(members)
        gone = [member for member in members if member is not first and self._is_closer(member, new, first)]
        for member in gone:
            groups.move(self.store, self._as_copy(other_id, member), article_id)
        if gone:
            self.settle(other_id)
            self.settle(article_id)

    def _is_closer(self, member: Member, new: Text, first: Member) -> bool:
        """Whether a copy of `first` is rather one of `new`."""
        text = text_of(member)
        if text.order <= new.order or not _share_any(member.text, new.side.text):
            return False
        now, then = what_is(text, new), what_is(text, text_of(first))
        rank_now, rank_then = (stories.closeness(now), new.side.url), (stories.closeness(then), first.url)
        return is_copy(now) and rank_now < rank_then

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


def _copies(neighbours: Iterable[Near]) -> list[int]:
    return [item.article_id for item in neighbours if item.article_id is not None and is_copy(item.comparison)]


def _share_any(one: str, other: str) -> bool:
    """Whether two texts may have anything in common, by their fingerprints."""
    hashes, others = (set(fingerprint(text).hashes) for text in (one, other))
    return not hashes.isdisjoint(others)
