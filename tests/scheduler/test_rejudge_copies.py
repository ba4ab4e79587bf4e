"""`silkwatch rejudge duplicates`: says what would change, then does it, and says what it did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store import groups
from store.models import Comparison, Relation
from tests.crawler.newsroom import MONDAY, Item, Newsroom, story
from tests.scheduler.conftest import Silkwatch

WRONG = Comparison(relation=Relation.NEAR, similarity=0.9, coverage_a=0.9, coverage_b=0.9, why="Older rules said so.")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Path]:
    """A store in which an article was wrongly folded into another one."""
    path = tmp_path / "news.db"
    room = Newsroom(path)
    room.admit(Item(path="one", text=story(1), title="Harbour opens"))
    later = MONDAY + timedelta(hours=1)
    room.admit(Item(path="two", text=story(2), site="two", published=later, title="Festival of lanterns"))
    with room.store.write():
        groups.fold(room.store, 2, 1, WRONG, now=room.now)
    yield path
    room.close()


def test_it_says_what_would_change_and_changes_nothing(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("rejudge", "duplicates", "--db", str(db), "--dry-run")
    assert said.code == 0
    assert "Compared: 1 articles with 1 copies." in said.out
    assert "unfolded (near → " in said.out
    assert "Festival of lanterns" in said.out
    assert "https://two.example/two" in said.out
    assert "Nothing was changed." in said.out
    assert silkwatch("rejudge", "duplicates", "--db", str(db), "--dry-run").out == said.out


def test_it_does_what_it_said_and_the_second_time_nothing(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("rejudge", "duplicates", "--db", str(db), "--yes")
    assert "Done: 1 groups changed." in said.out
    again = silkwatch("rejudge", "duplicates", "--db", str(db))
    assert "Today's rules say the same of all of them." in again.out
    assert "Nothing was changed." in again.out


def test_as_json_it_is_one_document(silkwatch: Silkwatch, db: Path) -> None:
    planned = silkwatch("rejudge", "duplicates", "--db", str(db), "--dry-run", "--json").json()
    assert (planned["articles"], planned["copies"], planned["unfolded"], planned["done"]) == (1, 1, 1, None)
    assert planned["changes"][0]["url"] == "https://two.example/two"
    assert silkwatch("rejudge", "duplicates", "--db", str(db), "--json").json()["done"] == 1


def test_a_limit_names_how_many_are_left_out(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("rejudge", "duplicates", "--db", str(db), "--dry-run", "--limit", "0")
    assert "… and 1 more changes (--limit 1 lists all)." in said.out


def test_groups_of_earlier_days_are_left_out_on_request(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("rejudge", "duplicates", "--db", str(db), "--dry-run", "--since", "2027-01-01")
    assert "Compared: 0 articles with 0 copies." in said.out
