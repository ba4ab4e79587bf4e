"""Groups of copies that older rules left are put right: said first, then done, group by group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.analysis.fingerprint import fingerprint
from crawler.rejudge import duplicates as again
from store import articles, groups
from store.models import Comparison, Relation
from tests.crawler.newsroom import MONDAY, Item, Newsroom, faults, story

WHOLE = Item(path="whole", text=story(1), site="one")
LATER = Item(path="later", text=f"{story(1)} More will be told.", site="two", published=MONDAY + timedelta(hours=3))
OTHER = Item(path="other", text=story(2), site="three", published=MONDAY + timedelta(hours=1))
WRONG = Comparison(relation=Relation.NEAR, similarity=0.9, coverage_a=0.9, coverage_b=0.9, why="Older rules said so.")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    opened = Newsroom(tmp_path / "news.db")
    for item in (WHOLE, LATER, OTHER):
        opened.admit(item)
    yield opened
    assert faults(opened.store) == []
    opened.close()


RIGHT = {WHOLE.url: {LATER.url}, OTHER.url: frozenset[str]()}


def number(room: Newsroom, item: Item) -> int:
    return int(room.store.value("SELECT id FROM articles WHERE url = ?", [item.url]))


def fold_wrongly(room: Newsroom) -> None:
    """The state in which rules that took everything for a copy would have left the store."""
    with room.store.write():
        groups.fold(room.store, number(room, OTHER), number(room, WHOLE), WRONG, now=room.now)


def unfold_wrongly(room: Newsroom) -> None:
    """The state in which rules that found no copy would have left the store."""
    copy = room.store.value("SELECT id FROM duplicates WHERE url = ?", [LATER.url])
    with room.store.write():
        groups.unfold(room.store, copy, fingerprint(LATER.text), "Older rules said so.", now=room.now)


def apply(room: Newsroom) -> int:
    return again.apply(room.store, now=room.now)


def test_nothing_changes_where_the_rules_are_the_same(room: Newsroom) -> None:
    found = again.plan(room.store)
    assert (found.articles, found.copies, found.moves) == (2, 1, [])
    assert apply(room) == 0
    assert room.groups() == RIGHT


def test_what_is_no_copy_is_said_and_becomes_an_article_again(room: Newsroom) -> None:
    fold_wrongly(room)
    wrong = room.groups()
    (move,) = again.plan(room.store).moves
    assert (move.kind, move.url, move.other, move.before) == ("unfolded", OTHER.url, WHOLE.url, "near")
    assert room.groups() == wrong, "a plan changes nothing"
    assert apply(room) == 1
    assert room.groups() == RIGHT
    candidate = room.store.row("SELECT verdict, article_id, duplicate_of FROM candidates WHERE url = ?", [OTHER.url])
    assert candidate == {"verdict": "new", "article_id": number(room, OTHER), "duplicate_of": None}


def test_an_article_that_is_a_copy_is_said_and_folded(room: Newsroom) -> None:
    unfold_wrongly(room)
    gone = number(room, LATER)
    (move,) = again.plan(room.store).moves
    assert (move.kind, move.url, move.other, move.now) == ("folded", LATER.url, WHOLE.url, "near")
    assert apply(room) >= 1
    assert room.groups() == RIGHT
    assert articles.now_of(room.store, gone) == number(room, WHOLE)


def test_a_relation_that_has_another_name_is_said_and_told(room: Newsroom) -> None:
    with room.store.write():
        room.store.update("duplicates", {"url": LATER.url}, {"relation": "truncated"})
    (move,) = again.plan(room.store).moves
    assert (move.kind, move.before, move.now) == ("relation", "truncated", "near")
    apply(room)
    assert room.store.value("SELECT relation FROM duplicates") == "near"


def test_a_copy_that_is_the_original_is_said_and_takes_the_place(room: Newsroom) -> None:
    copy = room.store.value("SELECT id FROM duplicates")
    with room.store.write():
        groups.take_place(room.store, copy, fingerprint(LATER.text), WRONG, now=room.now)
    (move,) = again.plan(room.store).moves
    assert (move.kind, move.url, move.other) == ("original", WHOLE.url, LATER.url)
    apply(room)
    assert room.groups() == RIGHT


def test_stopped_at_any_group_the_next_time_goes_on(room: Newsroom) -> None:
    fold_wrongly(room)
    unfold_wrongly(room)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            again.apply(room.store, now=room.now, tell=stop)
        assert faults(room.store) == []
    apply(room)
    assert room.groups() == RIGHT
    assert again.plan(room.store).moves == []


def test_what_an_older_version_kept_gets_its_credit_its_keys_and_numbers(room: Newsroom) -> None:
    text = f"TEHRAN (IRNA) - Iran sold 1.4 million barrels of oil to China in May. The minister said so. {story(4)}"
    item = Item(path="news/12345/oil", text=text, site="four")
    room.admit(item)
    with room.store.write():
        room.store.change("UPDATE articles SET credit = ''")
        room.store.change("UPDATE aliases SET article_key = NULL")
        room.store.change("DELETE FROM story_keys")
        room.store.change("UPDATE article_prints SET keys = x''")
    apply(room)
    kept = articles.get(room.store, number(room, item))
    assert kept["credit"] == "irna"
    assert room.store.value("SELECT article_key FROM aliases WHERE url = ?", [item.url]) == "four.example/12345"
    assert room.store.value("SELECT count(*) FROM story_keys WHERE article_id = ?", [kept["id"]]) > 0


def test_a_copy_that_an_older_version_kept_has_the_relevance_of_its_candidate(room: Newsroom) -> None:
    fold_wrongly(room)
    with room.store.write():
        room.store.change("UPDATE duplicates SET facts = '{}'")
        room.store.update(
            "candidates", {"url": OTHER.url}, {"score": 0.7, "label": "central", "why": "It names both."}
        )
    apply(room)
    kept = articles.get(room.store, number(room, OTHER))
    assert (kept["relevance_score"], kept["relevance_label"]) == (0.7, "central")


def test_only_recent_groups_are_looked_at_on_request(room: Newsroom) -> None:
    assert again.plan(room.store, since="2027-01-01T00:00:00Z").articles == 0
