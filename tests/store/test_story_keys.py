"""What articles tell is found by rare keys around a day, and forgotten when it is old."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from store import story_keys
from store.database import Store
from tests.store.make import NOW, at, keep, reading

WHEN = at(1, 12).value


def told(store: Store, run_id: int, *keys: int, day: int = 1) -> int:
    """An article of a day in March 2026 with these keys."""
    count = store.value("SELECT count(*) FROM articles")
    read = reading(f"https://paper.example/k{count}", text=f"Words of number {count}.", published=at(day, 12))
    return keep(store, run_id, dataclasses.replace(read, keys=keys))


def found(store: Store, *keys: int, limit: int = 3) -> list[int]:
    return [article for article, _ in story_keys.candidates_for(store, keys, WHEN, limit)]


def test_three_shared_keys_make_a_candidate_and_rare_ones_weigh_more(store: Store, run_id: int) -> None:
    common = [told(store, run_id, 1, 2, 3, 100 + number) for number in range(7)]
    rare = told(store, run_id, 7, 8, 9)
    told(store, run_id, 1, 2)
    assert found(store, 1, 2, 3, 7, 8) == common[:3]
    assert found(store, 1, 2, 3, 7, 8, 9) == [rare], "the others share less than what is rare"
    assert found(store, 1, 2, 50) == []


def test_a_key_of_very_many_says_nothing(store: Store, run_id: int) -> None:
    numbers = [told(store, run_id, 1, 2, 3) for _ in range(story_keys.STOP)]
    assert found(store, 1, 2, 3, limit=1) == numbers[:1]
    told(store, run_id, 1, 2, 3)
    assert found(store, 1, 2, 3) == []


def test_only_articles_of_days_nearby_are_candidates(store: Store, run_id: int) -> None:
    near = told(store, run_id, 1, 2, 3, day=1 + story_keys.WINDOW)
    told(store, run_id, 1, 2, 3, day=2 + story_keys.WINDOW)
    assert found(store, 1, 2, 3) == [near]


def test_an_article_without_a_date_counts_by_the_day_it_was_kept(store: Store, run_id: int) -> None:
    read = dataclasses.replace(reading("https://paper.example/undated", published=None), keys=(1, 2, 3))
    number = keep(store, run_id, read, now=NOW)
    assert found(store, 1, 2, 3) == [number]


def test_old_articles_leave_the_index_as_new_ones_come_and_keep_their_keys(store: Store, run_id: int) -> None:
    old = told(store, run_id, 1, 2, 3)
    read = dataclasses.replace(reading("https://paper.example/new", published=None), keys=(4, 5, 6))
    keep(store, run_id, read, now=NOW + timedelta(days=story_keys.KEPT + 2))
    assert found(store, 1, 2, 3) == []
    assert story_keys.of(store, old) == (1, 2, 3)
    assert store.value("SELECT count(*) FROM story_keys WHERE article_id = ?", [old]) == 0
