"""Copies, cuts and originals in a real store: who stands for a group, and what follows when that changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store import articles, digest, fingerprints
from store.models import Role, VerdictKind
from tests.crawler.newsroom import MONDAY, Item, Newsroom, faults, story

HOUR = timedelta(hours=1)
TEXT = story(1)
WHOLE = Item(path="whole", text=TEXT, site="one", published=MONDAY)
LATER = Item(path="later", text=f"{TEXT} More will be told.", site="two", published=MONDAY + 3 * HOUR)
CUT = Item(path="cut", text=TEXT[: len(TEXT) // 2], site="three", published=MONDAY - HOUR)
CREDITING = Item(path="wire", text=f"TEHRAN (IRNA) - {TEXT}", site="two", published=MONDAY - HOUR)
AGENCY = Item(path="news/1", text=TEXT, site="irna", published=MONDAY + HOUR)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    opened = Newsroom(tmp_path / "news.db", roles={"four": Role.REPUBLISHER})
    yield opened
    assert faults(opened.store) == []
    opened.close()


def article_at(room: Newsroom, url: str) -> int:
    found = articles.known(room.store, [url])
    assert found is not None
    return found.article_id


def test_a_copy_is_kept_with_its_lag(room: Newsroom) -> None:
    room.admit(WHOLE)
    decided = room.admit(LATER)
    assert (decided.kind, decided.reason) == (VerdictKind.DUPLICATE, "near")
    assert room.groups() == {WHOLE.url: {LATER.url}}
    assert room.store.value("SELECT lag FROM duplicates") == 3 * 3600


def test_the_earlier_text_takes_the_place_of_a_copy_that_was_met_first(room: Newsroom) -> None:
    room.admit(LATER)
    number = article_at(room, LATER.url)
    room.next_pass()
    decided = room.admit(WHOLE)
    assert (decided.kind, decided.reason, decided.article_id) == (VerdictKind.NEW, "original", number)
    assert "Two" in decided.detail
    assert room.groups() == {WHOLE.url: {LATER.url}}
    row = articles.get(room.store, number)
    assert (row["url"], row["source_id"], row["run_id"]) == (WHOLE.url, "one", 1)
    assert row["changed_at"] is not None
    copy = room.store.row("SELECT * FROM duplicates")
    assert copy is not None
    assert (copy["url"], copy["lag"], copy["run_id"], copy["article_id"]) == (LATER.url, 3 * 3600, 1, number)
    assert articles.known(room.store, [LATER.url]) is None, "the old address is a copy's now"


def test_everything_that_named_the_article_names_what_took_its_place(room: Newsroom) -> None:
    room.admit(LATER)
    number = article_at(room, LATER.url)
    room.admit(WHOLE)
    verdicts = room.store.rows("SELECT url, verdict, article_id, duplicate_of FROM candidates ORDER BY id")
    assert [tuple(row.values()) for row in verdicts] == [
        (LATER.url, "duplicate", None, number),
        (WHOLE.url, "new", number, None),
    ]
    story_row = room.store.row("SELECT * FROM stories")
    assert story_row is not None
    assert (story_row["article_id"], story_row["articles"]) == (number, 1)
    assert room.store.value("SELECT count(*) FROM fingerprints") == len(
        set((fingerprints.get(room.store, number) or pytest.fail("no fingerprint")).hashes)
    )


def test_a_cut_that_comes_first_gives_way_to_the_whole_text(room: Newsroom) -> None:
    room.admit(CUT)
    number = article_at(room, CUT.url)
    assert room.admit(WHOLE).reason == "original"
    assert room.groups() == {WHOLE.url: {CUT.url}}
    assert article_at(room, WHOLE.url) == number
    (copy,) = room.store.rows("SELECT relation, lag FROM duplicates")
    assert copy == {"relation": "truncated", "lag": -3600}


def test_copies_of_a_cut_are_found_by_the_cut_though_the_whole_text_stands_for_it(room: Newsroom) -> None:
    room.admit(CUT)
    room.admit(WHOLE)
    again = Item(path="again", text=CUT.text, site="four", published=MONDAY + HOUR)
    assert room.admit(again).kind is VerdictKind.DUPLICATE
    assert room.groups() == {WHOLE.url: {CUT.url, again.url}}


def test_the_agency_that_a_copy_credits_is_the_original_whenever_it_comes(room: Newsroom) -> None:
    room.admit(CREDITING)
    room.admit(LATER)
    assert room.admit(AGENCY).reason == "original"
    assert room.groups() == {AGENCY.url: {CREDITING.url, LATER.url}}
    assert room.store.value("SELECT credit FROM duplicates WHERE url = ?", [CREDITING.url]) == "irna"


def test_a_credit_that_comes_later_makes_the_agency_the_original(room: Newsroom) -> None:
    room.admit(Item(path="early", text=TEXT, site="three", published=MONDAY - 2 * HOUR))
    room.admit(AGENCY)
    assert AGENCY.url not in room.groups()
    room.admit(CREDITING)
    assert set(room.groups()) == {AGENCY.url}


def test_a_republisher_never_stands_for_a_publisher(room: Newsroom) -> None:
    again = Item(path="again", text=TEXT, site="four", published=MONDAY - 5 * HOUR)
    room.admit(again)
    room.admit(WHOLE)
    assert room.groups() == {WHOLE.url: {again.url}}


def test_two_groups_that_turn_out_to_be_one_are_one_and_the_old_number_leads_there(room: Newsroom) -> None:
    half, rest = TEXT.split("\n")[0], TEXT.split("\n", 1)[1]
    first = Item(path="first", text=half, site="two", published=MONDAY + HOUR)
    second = Item(path="second", text=rest, site="three", published=MONDAY + 2 * HOUR)
    room.admit(first)
    room.admit(second)
    gone = article_at(room, second.url)
    assert len(room.groups()) == 2
    room.admit(WHOLE)
    assert room.groups() == {WHOLE.url: {first.url, second.url}}
    assert articles.now_of(room.store, gone) == article_at(room, WHOLE.url)
    assert room.store.value("SELECT count(*) FROM stories") == 1
    room.admit(Item(path="new", text=story(7), site="one"))
    assert article_at(room, "https://one.example/new") > gone, "a number is never given twice"


def test_a_copy_that_says_what_it_said_stays_as_it_is(room: Newsroom) -> None:
    room.admit(WHOLE)
    room.admit(LATER)
    decided = room.admit(LATER)
    assert (decided.kind, decided.comparison) == (VerdictKind.DUPLICATE, None)
    assert room.groups() == {WHOLE.url: {LATER.url}}


def test_a_copy_that_says_something_else_now_leaves_its_group(room: Newsroom) -> None:
    room.admit(WHOLE)
    room.admit(LATER)
    other = Item(path=LATER.path, text=story(5), site=LATER.site, published=LATER.published)
    assert room.admit(other).kind is VerdictKind.NEW
    assert room.groups() == {WHOLE.url: frozenset(), LATER.url: frozenset()}


def test_copies_of_an_earlier_version_stay_when_the_group_is_looked_at_again(room: Newsroom) -> None:
    room.admit(WHOLE)
    room.admit(LATER)
    rewritten = Item(path=WHOLE.path, text=story(6), site=WHOLE.site, published=WHOLE.published)
    assert room.admit(rewritten).kind is VerdictKind.REVISED
    early = Item(path="early", text=TEXT, site="three", published=MONDAY + 5 * HOUR)
    room.admit(early)
    assert room.groups()[WHOLE.url] == {LATER.url}


def test_what_stands_for_a_group_is_described_from_the_side_of_its_copies(room: Newsroom) -> None:
    room.admit(CUT)
    room.admit(WHOLE)
    (copy,) = room.store.rows("SELECT why, coverage_new, coverage_known FROM duplicates")
    assert copy["coverage_new"] == 1.0 > copy["coverage_known"]
    assert copy["why"] == (
        f"100% of this text stands in the known one, which is longer ({copy['coverage_known']:.0%} of it is here)."
    )


def test_an_item_in_two_round_ups_is_with_the_closer_one_though_that_comes_later(room: Newsroom) -> None:
    item = Item(path="item", text=story(2)[:400], site="three", published=MONDAY + 2 * HOUR)
    more = "\n".join(map(story, range(10, 16)))
    long = Item(path="long", text=f"{more}\n{item.text}", site="one")
    brief = Item(path="brief", text=f"{story(3)}\n{story(4)}\n{item.text}", site="two", published=MONDAY + HOUR)
    for one in (long, item, brief):
        room.admit(one)
    assert room.groups() == {long.url: frozenset(), brief.url: {item.url}}


def test_a_copy_stays_with_the_text_it_is_closest_to_when_the_whole_of_its_first_half_comes(room: Newsroom) -> None:
    half = TEXT[: len(TEXT) // 2]
    front = Item(path="front", text=f"{half} {story(8)}", site="two", published=MONDAY + HOUR)
    copy = Item(path="copy", text=f"{half} {story(8)}", site="three", published=MONDAY + 2 * HOUR)
    room.admit(front)
    room.admit(copy)
    room.admit(WHOLE)
    assert copy.url in room.groups()[front.url]


def test_the_original_of_several_copies_takes_their_place_and_is_not_told_as_new_again(room: Newsroom) -> None:
    late = Item(path="late", text=f"{TEXT} More.", site="two", published=MONDAY + 3 * HOUR)
    again = Item(path="again", text=f"{TEXT} Else.", site="four", published=MONDAY + 2 * HOUR)
    most = Item(path="most", text=TEXT[: len(TEXT) * 3 // 4], site="three", published=MONDAY + HOUR)
    for item in (late, again, most):
        room.admit(item)
    told = digest.newest(room.store, room.now)
    room.next_pass()
    decided = room.admit(WHOLE)
    assert (decided.reason, decided.article_id) == ("original", article_at(room, WHOLE.url))
    assert decided.detail == "It took the place of what was kept from Three, which is kept as its copy."
    lags = {row["url"]: row["lag"] for row in room.store.rows("SELECT url, lag FROM duplicates")}
    assert lags == {late.url: 3 * 3600, again.url: 2 * 3600, most.url: 3600}
    assert digest.between(room.store, told, digest.newest(room.store, room.now)).articles == []
