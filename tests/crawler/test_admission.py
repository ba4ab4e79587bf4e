"""What a page's addresses are believed: its own are, what it claims and where redirects lead is compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.admission import Addresses, addresses
from store import articles
from store.models import Article, VerdictKind
from tests.crawler.newsroom import MONDAY, Item, Newsroom, faults, story

PAGE = "https://one.example/news/12345/harbour-opens"
FIRST = Item(path="news/12345/harbour-opens", text=story(1), title="Harbour opens")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    opened = Newsroom(tmp_path / "news.db")
    yield opened
    assert faults(opened.store) == []
    opened.close()


def article(**fields: str) -> Article:
    return Article(url=PAGE, source_id="one", title="Harbour opens", text="Text.", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "asked", "own", "claimed"),
    [
        (None, PAGE, [PAGE], []),
        ("https://m.one.example/news/12345/harbour-opens?utm_source=x", PAGE, [PAGE], []),
        ("https://one.example/news/12345", PAGE, [PAGE, "https://one.example/news/12345"], []),
        ("https://one.example/", PAGE, [PAGE], []),
        ("https://one.example/news/99999/festival-of-lanterns", PAGE, [PAGE], []),
        (
            "https://two.example/a/harbour-opens-for-all-ships", "https://one.example/news/12345/harbour-opens-for-all",
            ["https://one.example/news/12345/harbour-opens-for-all", PAGE], [],
        ),
        (None, "https://one.example/news/12345", ["https://one.example/news/12345", PAGE], []),
        (None, "https://one.example/news/77777/an-old-story-of-nets", [PAGE], []),
        (None, "https://one.example/section", ["https://one.example/section", PAGE], []),
        (None, "https://short.example/x7", ["https://short.example/x7", PAGE], []),
    ],
    ids=[
        "its own", "a mobile spelling", "a short spelling", "the home page", "another article",
        "another site with another headline", "a redirect from a short address", "a redirect from another article",
        "a redirect from a bare address", "a shortener",
    ],
)  # fmt: skip
def test_addresses_are_believed_as_far_as_they_agree(
    claim: str | None, asked: str, own: list[str], claimed: list[str]
) -> None:
    found = addresses(replace(article(), canonical_url=claim), PAGE, asked)
    assert found == Addresses(tuple(own), tuple(claimed))


def test_a_claim_on_another_site_with_the_same_headline_is_hearsay() -> None:
    page = "https://one.example/n/harbour-opens-after-three-years"
    claim = "https://two.example/harbour-opens-after-three-years"
    found = addresses(replace(article(), url=page, canonical_url=claim), page, page)
    assert found == Addresses((page,), (claim,))


def test_a_new_headline_in_the_address_of_the_same_number_is_the_same_article(room: Newsroom) -> None:
    room.admit(FIRST)
    renamed = replace(FIRST, path="news/12345/harbour-opens-at-last", text=f"{story(1)} Ships came at once.")
    decided = room.admit(renamed)
    assert (decided.kind, decided.article_id) == (VerdictKind.REVISED, 1)
    assert room.groups() == {FIRST.url: frozenset()}
    known = articles.known(room.store, [renamed.url])
    assert known is not None and known.article_id == 1


def test_the_same_number_with_another_text_is_another_article(room: Newsroom) -> None:
    room.admit(FIRST)
    assert room.admit(replace(FIRST, path="news/12345/festival", text=story(2))).kind is VerdictKind.NEW


def test_a_republisher_that_names_its_source_as_canonical_revises_nothing(room: Newsroom) -> None:
    source = Item(path="harbour-opens-after-three-years", text=story(1))
    room.admit(source)
    copy = Item(
        path="n/harbour-opens-after-three-years", text=f"{story(1)} Read on at our partner.", site="two",
        canonical=source.url, published=MONDAY + timedelta(hours=1),
    )  # fmt: skip
    assert room.admit(copy).kind is VerdictKind.DUPLICATE
    kept = articles.get(room.store, 1)
    assert (kept["revisions"], kept["text"]) == (0, source.text)


def test_a_false_canonical_of_another_site_changes_nothing(room: Newsroom) -> None:
    source = Item(path="harbour-opens-after-three-years", text=story(1))
    room.admit(source)
    other = Item(path="n/harbour-opens-after-three-years", text=story(2), site="two", canonical=source.url)
    assert room.admit(other).kind is VerdictKind.NEW
    assert len(room.groups()) == 2


def test_an_old_address_that_now_leads_to_another_article_does_not_revise_the_old_one(room: Newsroom) -> None:
    room.admit(FIRST)
    moved = Item(path="news/67890/festival-of-lanterns", text=story(2), asked=FIRST.url)
    assert room.admit(moved).kind is VerdictKind.NEW
    assert articles.get(room.store, 1)["revisions"] == 0


def test_an_article_whose_address_leads_elsewhere_now_can_still_become_a_copy(room: Newsroom) -> None:
    room.admit(FIRST)
    room.admit(Item(path="news/67890/festival-of-lanterns", text=story(2), asked=FIRST.url))
    earlier = Item(path="n/1", text=story(1), site="two", published=MONDAY - timedelta(hours=1))
    assert room.admit(earlier).reason == "original"
    assert room.groups()[earlier.url] == {FIRST.url}
