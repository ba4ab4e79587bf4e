"""`silkwatch explain` of copies, originals and what is like a page that was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.trail_text import span
from tests.crawler.newsroom import MONDAY, Item, Newsroom, story
from tests.scheduler.conftest import Silkwatch

WHOLE = Item(path="whole", text=story(1), title="Harbour opens")
LATER = Item(
    path="later",
    text=f"TEHRAN (IRNA) - {story(1)}",
    site="two",
    published=MONDAY + timedelta(hours=27),
    title="Opened",
)
UPDATE = Item(
    path="update",
    text=f"{story(3)}\n{story(1)}",
    site="three",
    published=MONDAY + timedelta(hours=5),
    title="Blocked",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    opened = Newsroom(tmp_path / "news.db")
    yield opened
    opened.close()


def test_a_copy_tells_how_late_it_was_and_whom_it_credits(silkwatch: Silkwatch, room: Newsroom) -> None:
    room.admit(WHOLE)
    room.admit(LATER)
    said = silkwatch("explain", LATER.url, "--db", str(room.store.path)).out
    assert "It came out 1 d 3 h later. It credits irna." in said
    assert WHOLE.url in said


def test_the_address_of_what_became_a_copy_tells_what_stands_for_it(silkwatch: Silkwatch, room: Newsroom) -> None:
    room.admit(LATER)
    room.admit(WHOLE)
    old = silkwatch("explain", LATER.url, "--db", str(room.store.path), "--json").json()
    assert (old["copy_of"]["url"], old["article"], old["candidate"]["verdict"]) == (WHOLE.url, None, "duplicate")
    new = silkwatch("explain", WHOLE.url, "--db", str(room.store.path)).out
    assert "Kept as new [original]" in new
    assert "It took the place of what was kept from Two" in new


def test_what_is_kept_as_new_tells_what_is_most_like_it(silkwatch: Silkwatch, room: Newsroom) -> None:
    room.admit(WHOLE)
    room.admit(UPDATE)
    told = silkwatch("explain", UPDATE.url, "--db", str(room.store.path), "--json").json()
    assert told["near"]["url"] == WHOLE.url
    said = silkwatch("explain", UPDATE.url, "--db", str(room.store.path)).out
    assert f"Nearest ({told['near']['relation'].replace('_', ' ')}): “Harbour opens” (One), {WHOLE.url}" in said
    assert told["near"]["why"] in said


def test_an_article_without_neighbours_names_none(silkwatch: Silkwatch, room: Newsroom) -> None:
    room.admit(WHOLE)
    assert silkwatch("explain", WHOLE.url, "--db", str(room.store.path), "--json").json()["near"] is None


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 min"), (59 * 60, "59 min"), (3660, "1 h 1 min"), (90_000, "1 d 1 h")]
)
def test_a_span_is_told_in_two_units(seconds: int, told: str) -> None:
    assert span(seconds) == told
