"""Seeds that come after the articles, and seeds that are forgotten: said first, then put right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import seeds as files
from crawler.rejudge import duplicates as again
from store import articles, seeds
from store.models import Seed
from tests.crawler.newsroom import MONDAY, Item, Newsroom, faults, story

HOUR = timedelta(hours=1)
WHOLE = Item(path="whole", text=story(1), site="one")
COPY = Item(path="copy", text=f"{story(1)} More will be told.", site="two", published=MONDAY + HOUR)
LONG = Item(path="long", text=f"{story(1)}\n{story(3)}", site="three", published=MONDAY + 2 * HOUR)
OTHER = Item(path="other", text=story(2), site="three", published=MONDAY + HOUR)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    opened = Newsroom(tmp_path / "news.db")
    yield opened
    assert faults(opened.store) == []
    opened.close()


def seed_of(text: str, folder: Path, url: str = "") -> Seed:
    (folder / "seed.txt").write_text(text, encoding="utf-8")
    (seed,) = files.make_seeds([folder / "seed.txt"])
    return seed if not url else files.make_seeds([_rows(folder, text, url)])[0]


def _rows(folder: Path, text: str, url: str) -> Path:
    (folder / "seed.jsonl").write_text(json.dumps({"url": url, "text": text}), encoding="utf-8")
    return folder / "seed.jsonl"


def add(room: Newsroom, seed: Seed) -> None:
    with room.store.write():
        seeds.add(room.store, seed)


def of_seeds(room: Newsroom) -> dict[str, str]:
    return {
        row["url"]: row["seed_id"]
        for row in room.store.rows("SELECT url, seed_id FROM duplicates WHERE seed_id IS NOT NULL")
    }


def test_an_article_that_a_new_seed_is_goes_to_it_with_its_copies(room: Newsroom, tmp_path: Path) -> None:
    for item in (WHOLE, COPY, OTHER):
        room.admit(item)
    seed = seed_of(story(1), tmp_path)
    add(room, seed)
    before = room.groups()
    found = again.plan(room.store)
    assert [(move.kind, move.url, move.other) for move in found.moves] == [
        ("seed", WHOLE.url, seed.id),
        ("seed", COPY.url, seed.id),
    ]
    assert room.groups() == before, "a plan changes nothing"
    assert again.apply(room.store, now=room.now) == 1
    assert room.groups() == {OTHER.url: frozenset()}
    assert of_seeds(room) == {WHOLE.url: seed.id, COPY.url: seed.id}
    candidate = room.store.row(
        "SELECT verdict, article_id, duplicate_of, seed_id FROM candidates ORDER BY id LIMIT 1"
    )
    assert candidate == {"verdict": "duplicate", "article_id": None, "duplicate_of": None, "seed_id": seed.id}
    assert room.store.value("SELECT count(*) FROM stories") == 1
    assert again.plan(room.store).moves == []


def test_numbers_of_articles_that_went_to_a_seed_are_not_given_again(room: Newsroom, tmp_path: Path) -> None:
    room.admit(WHOLE)
    add(room, seed_of(story(1), tmp_path))
    again.apply(room.store, now=room.now)
    room.admit(OTHER)
    assert room.store.row("SELECT id, story_id FROM articles") == {"id": 2, "story_id": 2}
    assert articles.now_of(room.store, 1) == 0


def test_what_is_no_copy_of_the_seed_stays_when_its_article_goes(room: Newsroom, tmp_path: Path) -> None:
    room.admit(WHOLE)
    room.admit(LONG)
    assert room.groups() == {LONG.url: {WHOLE.url}}
    add(room, seed_of(story(3), tmp_path, url=LONG.url))
    assert {(move.kind, move.url) for move in again.plan(room.store).moves} == {
        ("seed", LONG.url),
        ("unfolded", WHOLE.url),
    }
    again.apply(room.store, now=room.now)
    assert room.groups() == {WHOLE.url: frozenset()}
    assert of_seeds(room).keys() == {LONG.url}


def test_copies_of_a_forgotten_seed_become_an_article_and_its_copies(room: Newsroom, tmp_path: Path) -> None:
    seed = seed_of(story(1), tmp_path)
    add(room, seed)
    for item in (COPY, WHOLE, OTHER):
        room.admit(item)
    assert of_seeds(room).keys() == {COPY.url, WHOLE.url}
    with room.store.write():
        seeds.remove(room.store, seed.id)
    found = again.plan(room.store)
    assert {(move.kind, move.url, move.other) for move in found.moves} == {
        ("unfolded", COPY.url, seed.id),
        ("unfolded", WHOLE.url, seed.id),
    }
    assert again.apply(room.store, now=room.now) == 2
    assert of_seeds(room) == {}
    assert room.groups() == {WHOLE.url: {COPY.url}, OTHER.url: frozenset()}
    assert again.plan(room.store).moves == []


def test_a_page_at_an_address_of_a_seed_stays_with_it_whatever_it_says(room: Newsroom, tmp_path: Path) -> None:
    add(room, seed_of(story(1), tmp_path, url=OTHER.url))
    room.admit(OTHER)
    assert again.plan(room.store).moves == []
    assert again.apply(room.store, now=room.now) == 0
    assert of_seeds(room).keys() == {OTHER.url}


def test_copies_of_a_seed_that_went_to_another_one_follow(room: Newsroom, tmp_path: Path) -> None:
    first, second = seed_of(story(1), tmp_path), seed_of(f"{story(1)} The end.", tmp_path)
    add(room, first)
    room.admit(COPY)
    with room.store.write():
        seeds.remove(room.store, first.id)
    add(room, second)
    (move,) = again.plan(room.store).moves
    assert (move.kind, move.other) == ("seed", second.id)
    assert again.apply(room.store, now=room.now) == 1
    assert of_seeds(room) == {COPY.url: second.id}
