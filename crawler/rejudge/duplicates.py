"""Stored articles and copies, compared again by today's rules: what would change, then the change, group by group.

Each group is looked at in a transaction of its own, so a pass goes on meanwhile and the work can be stopped at any
moment: what was changed is whole, and the next time goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from crawler import grouping, urls
from crawler.analysis import precedence, retellings, stories
from crawler.analysis.credit import credited
from crawler.analysis.fingerprint import fingerprint
from crawler.regrouping import Groups
from crawler.rejudge import seed_copies
from crawler.rejudge.moves import Move, Moves
from store import articles, groups
from store.database import Store
from store.groups import Member

Tell = Callable[[int], None]


def plan(store: Store, *, since: str = "", tell: Tell = lambda groups: None) -> Moves:
    """Compare every group again, and change nothing.

    Args:
        since: a stored time; groups of which nothing was first seen at or after it are left out.
        tell: is told how many groups were looked at, now and then.
    """
    found = Moves()
    for article_id in groups.since(store, since):
        members = _fresh(groups.members(store, article_id))
        found.articles += 1
        found.copies += len(members) - 1
        found.moves += _of_group(store, members)
        tell(1)
    found.copies += len(groups.copies_of_seeds(store, since))
    found.moves += seed_copies.plan_copies(store, since)
    return found


def apply(store: Store, *, now: datetime, since: str = "", tell: Tell = lambda groups: None) -> int:
    """Put every group right; returns how many changed."""
    changed = 0
    for article_id in groups.since(store, since):
        with store.write():
            if articles.now_of(store, article_id) != article_id:
                continue  # it was folded into another one meanwhile
            before = _state(store, article_id)
            if seed_copies.fold(store, article_id, now):
                _refresh(store, article_id)
                Groups(store, now).review(article_id)
            changed += _state(store, article_id) != before
        tell(1)
    for member in groups.copies_of_seeds(store, since):
        with store.write():
            changed += seed_copies.put_right(store, member, now)
    return changed


def _of_group(store: Store, members: list[Member]) -> list[Move]:
    """What changes of one group: what goes to a seed, and what moves among those that stay."""
    to_seeds = seed_copies.plan_articles(store, members)
    gone = {move.url for move in to_seeds}
    hub = grouping.hub(members)
    if members[0].url in gone or hub.url in gone:
        return to_seeds + [_move("unfolded", member, hub) for member in members if member.url not in gone]
    stay = [member for member in members if member.url not in gone]
    return [*to_seeds, *_inside(store, stay), *_outside(store, members[0].article_id, stay)]


def _inside(store: Store, members: Sequence[Member]) -> Iterator[Move]:
    """What changes between the texts of one group."""
    hub = grouping.hub(members)
    stay = [member for member in members if member is hub or _stays(store, member, hub)]
    for member in members:
        if member not in stay:
            yield _move("unfolded", member, hub)
    chosen = precedence.first([grouping.claim_of(member) for member in stay])
    article = next(member for member in stay if grouping.claim_of(member) == chosen)
    if article is not members[0] and members[0] in stay:
        yield _move("original", article, members[0])
    elif article is members[0]:
        yield from (
            _move("relation", copy, article) for copy in stay[1:] if _relation(copy, article) != copy.relation
        )


def _stays(store: Store, member: Member, hub: Member) -> bool:
    """Whether a text is a copy of its hub, and of no other one rather."""
    closest = grouping.closest(store, member, member.article_id)
    return grouping.copies_any(store, member, hub) if closest is None else closest == member.article_id


def _outside(store: Store, article_id: int, members: Sequence[Member]) -> Iterator[Move]:
    """Whether a group is a copy of another one that goes before it."""
    hub = grouping.hub(members)
    new = grouping.text_of(hub)
    near = grouping.near(store, new, fingerprint(hub.text), besides=article_id)
    original = stories.original([item for item in near if item.article_id is not None and not item.follows])
    if original is not None:
        found = original.comparison
        yield Move(
            kind="folded", url=members[0].url, title=members[0].title, other=original.url, before="",
            now=found.relation.value, why=found.why,
        )  # fmt: skip


def _move(kind: str, member: Member, other: Member) -> Move:
    found = grouping.what_is(grouping.text_of(member), grouping.text_of(other))
    return Move(
        kind=kind, url=member.url, title=member.title, other=other.url, before=member.relation,
        now=found.relation.value, why=found.why,
    )  # fmt: skip


def _relation(copy: Member, article: Member) -> str:
    found = grouping.what_is(grouping.text_of(copy), grouping.text_of(article))
    return found.relation.value if grouping.is_copy(found) else copy.relation


def _fresh(members: Sequence[Member]) -> list[Member]:
    """The texts with the credits that today's rules read in them."""
    return [replace(member, credit=credited(member.text, member.authors)) for member in members]


def _refresh(store: Store, article_id: int) -> None:
    """Credits, fingerprint, keys and numbers in addresses as today's rules make them."""
    members = groups.members(store, article_id)
    for member, fresh in zip(members, _fresh(members), strict=True):
        if fresh.credit != member.credit:
            groups.set_credit(store, fresh)
    article = members[0]
    articles.reprint(store, article_id, fingerprint(article.text), retellings.keys(article.text, article.language))
    articles.set_keys(store, article_id, urls.article_key)


def _state(store: Store, article_id: int) -> tuple[object, ...]:
    """What can change of a group."""
    members = groups.members(store, article_id) if articles.now_of(store, article_id) == article_id else []
    return tuple((member.url, member.relation, member.credit) for member in members)
