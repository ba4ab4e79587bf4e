"""Copies of the seed corpus, compared again: after a seed was added or forgotten, or the rules have changed.

A text that is a copy of a seed is folded into it, be it an article or a copy of one. What was folded into a seed that
is there no more, or that it is no copy of, becomes an article, or a copy of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crawler import grouping, urls
from crawler.analysis import compare, stories
from crawler.analysis.fingerprint import fingerprint
from crawler.regrouping import Groups
from crawler.rejudge.moves import Move
from store import fingerprints, groups, seeds
from store.database import Store
from store.groups import Member
from store.models import Near, Relation, Seed

_MOST = 50
"""Of what shares most text with a text, so many are asked if they are seeds."""


def plan_articles(store: Store, members: list[Member]) -> list[Move]:
    """The texts of a group that are copies of a seed."""
    found = [(member, near) for member in members if (near := seed_of(store, member, members)) is not None]
    return [_move("seed", member, near) for member, near in found]


def plan_copies(store: Store, since: str) -> Iterator[Move]:
    """What changes of the copies of seeds."""
    for member in groups.copies_of_seeds(store, since):
        near = seed_of(store, member)
        if near is None:
            yield _gone(store, member)
        elif near.seed_id != member.seed_id:
            yield _move("seed", member, near)
        elif near.comparison.relation != member.relation:
            yield _move("relation", member, near)


def fold(store: Store, article_id: int, now: datetime) -> bool:
    """Fold the texts of a group that are copies of a seed into it; whether the article is still there."""
    members = groups.members(store, article_id)
    going = {member.url: near for member in members if (near := seed_of(store, member, members)) is not None}
    for member in members[1:]:
        if member.url in going:
            _to_seed(store, member, going[member.url])
    if members[0].url not in going:
        return True
    near, rest = going[members[0].url], [member for member in members[1:] if member.url not in going]
    if not rest:
        assert near.seed_id is not None, "it was found among seeds"
        groups.fold_into_seed(store, article_id, near.seed_id, near.comparison, now=now)
        return False
    _leave(store, members[0], grouping.hub(rest), now)
    article = next(member for member in groups.members(store, article_id) if member.url == members[0].url)
    _to_seed(store, article, near)
    return True


def put_right(store: Store, member: Member, now: datetime) -> bool:
    """Compare a copy of a seed again and keep what has changed; whether anything has."""
    if member not in groups.copies_of_seeds(store, url=member.url):
        return False  # another text, or no copy of a seed any more
    near = seed_of(store, member)
    if near is not None:
        changed = (near.seed_id, near.comparison.relation) != (member.seed_id, member.relation)
        if changed:
            _to_seed(store, member, near)
        return changed
    assert member.duplicate_id is not None, "what copies a seed is a copy"
    why = f"It is no copy of the seed {member.seed_id}, or that was forgotten."
    article_id = groups.unfold(store, member.duplicate_id, fingerprint(member.text), why, now=now)
    keeper = Groups(store, now)
    keeper.settle(keeper.place(article_id))
    return True


def seed_of(store: Store, member: Member, group: list[Member] | None = None) -> Near | None:
    """The seed that a text is by its address, or that it copies rather than the hub of its group."""
    text = grouping.text_of(member)
    at_home = seeds.by_url(store, groups.addresses(store, member))
    if at_home is not None:
        return _at_address(text.side, at_home)
    shares = fingerprints.candidates_for(store, fingerprint(member.text), limit=_MOST)
    found = [grouping.neighbour(store, text, shared) for shared in shares if shared.seed_id is not None]
    if found and group is not None and (hub := grouping.hub(group)) is not member:
        found.append(grouping.near_article(store, text, hub.article_id))
    original = stories.original(found)
    return original if original is not None and original.seed_id is not None else None


def _at_address(side: compare.Side, seed: Seed) -> Near:
    found = compare.compare_with_seed(side, seed)
    if found.relation is not Relation.NEAR and not grouping.is_copy(found):
        found = replace(found, relation=Relation.NEAR, why=f"It stands at an address of the seed. {found.why}")
    return Near(comparison=found, seed_id=seed.id, url=seed.url, site=urls.site(seed.url))


def _to_seed(store: Store, member: Member, near: Near) -> None:
    assert member.duplicate_id is not None, "an article is folded, not moved"
    assert near.seed_id is not None, "it was found among seeds"
    groups.to_seed(store, member.duplicate_id, near.seed_id, near.comparison)


def _leave(store: Store, article: Member, instead: Member, now: datetime) -> None:
    """Let a copy stand for a group whose article goes."""
    assert instead.duplicate_id is not None, "every other text of a group is a copy"
    comparison = grouping.what_is(grouping.text_of(article), grouping.text_of(instead))
    groups.take_place(store, instead.duplicate_id, fingerprint(instead.text), comparison, now=now)


def _move(kind: str, member: Member, near: Near) -> Move:
    return Move(
        kind=kind, url=member.url, title=member.title, other=near.url or near.seed_id or "", before=member.relation,
        now=near.comparison.relation.value, why=near.comparison.why,
    )  # fmt: skip


def _gone(store: Store, member: Member) -> Move:
    """A copy that is none of its seed."""
    seed = seeds.get_or_none(store, member.seed_id)
    if seed is None:
        why, now, other = "Its seed was forgotten.", "", member.seed_id
    else:
        found = compare.compare_with_seed(grouping.text_of(member).side, seed)
        why, now, other = found.why, found.relation.value, seed.url or seed.id
    return Move(
        kind="unfolded", url=member.url, title=member.title, other=other, before=member.relation, now=now, why=why
    )  # fmt: skip
