"""Articles are kept once, revised with their past, known by every address, and found by their words."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import articles, fingerprints, stories
from store.database import Store
from store.errors import StoreError
from store.models import DateOrigin, Hints, Precision, Published, Topic
from tests.store.make import DAY, HOUR, NOW, at, begin, found, keep, reading, source

ONE, TWO = "https://paper.example/1", "https://paper.example/2"


def test_an_article_is_kept_with_what_was_judged_of_it(store: Store, run_id: int) -> None:
    read = reading(ONE, authors=("A. Writer",), image="https://paper.example/i.jpg", paywalled=True)
    row = articles.get(store, keep(store, run_id, read))
    assert (row["url"], row["title"], row["text"]) == (ONE, "Iran sells oil", "Iran sells oil to China.")
    assert (row["publisher"], row["source_id"], row["perspective"]) == ("The Paper", "paper", "state-iran")
    assert (row["published"], row["published_precision"], row["day"]) == (
        "2026-03-01T12:00:00Z",
        "minute",
        "2026-03-01",
    )
    assert (row["first_seen"], row["run_id"], row["revisions"]) == ("2026-03-02T09:30:00Z", run_id, 0)
    assert (row["length"], row["paywalled"], row["lead"]) == (24, 1, "Iran sells oil to China.")
    assert (row["relevance_label"], row["relevance_evidence"]) == ("central", "Iran sells oil.")
    assert json.loads(row["relevance_terms"])[0]["concept"] == "iran"
    assert (json.loads(row["topics"]), json.loads(row["authors"])) == (["energy"], ["A. Writer"])
    assert store.rows("SELECT topic, evidence FROM topics") == [{"topic": "energy", "evidence": "sells oil"}]


def test_one_address_has_one_article(store: Store, run_id: int) -> None:
    keep(store, run_id, reading(ONE))
    with pytest.raises(StoreError, match="UNIQUE"):
        keep(store, run_id, reading(ONE))
    assert store.value("SELECT count(*) FROM stories") == 1, "the refused one left nothing"


def test_the_first_article_founds_a_story_that_others_join(store: Store, run_id: int) -> None:
    first = keep(store, run_id, reading(ONE, "Deal signed"))
    story = articles.story_of(store, first)
    second = keep(store, run_id, reading(TWO, "Deal explained"), story_id=story, now=NOW + HOUR)
    row = stories.get(store, story)
    assert (row["title"], row["article_id"], row["articles"]) == ("Deal signed", first, 2)
    assert (row["first_seen"], row["last_seen"]) == ("2026-03-02T09:30:00Z", "2026-03-02T10:30:00Z")
    assert [a["id"] for a in stories.articles_of(store, story)] == [first, second]


@pytest.mark.parametrize("call", [articles.get, articles.story_of])
def test_an_article_that_is_not_there_is_an_error(store: Store, call: object) -> None:
    assert callable(call)
    with pytest.raises(StoreError, match="no article 5"):
        call(store, 5)


def test_a_story_that_is_not_there_is_an_error(store: Store, run_id: int) -> None:
    with pytest.raises(StoreError, match="no story 5"):
        stories.get(store, 5)
    with pytest.raises(StoreError):
        keep(store, run_id, reading(ONE), story_id=5)
    with pytest.raises(StoreError, match="no story 5"), store.write():
        stories.join(store, 5, 1, now=NOW)


def test_an_article_is_known_by_every_address_that_was_given(store: Store, run_id: int) -> None:
    first = keep(store, run_id, reading(ONE, canonical_url="https://paper.example/"))
    with store.write():
        articles.alias(store, TWO, first)
    known = articles.known(store, ["https://paper.example/none", TWO])
    assert known is not None
    assert (known.article_id, known.url, known.title) == (first, ONE, "Iran sells oil")
    assert known.text == "Iran sells oil to China." and known.digest
    assert articles.known(store, [ONE]) == known
    assert articles.known(store, ["https://paper.example/"]) is None, "what a page claims is not believed here"


def test_an_address_stays_with_the_article_it_led_to_first(store: Store, run_id: int) -> None:
    first, second = keep(store, run_id, reading(ONE)), keep(store, run_id, reading(TWO))
    with store.write():
        articles.alias(store, ONE, second)
    known = articles.known(store, [ONE])
    assert known is not None and known.article_id == first


def test_a_revision_replaces_the_text_and_keeps_the_old_one(store: Store, run_id: int) -> None:
    before = "Iran sells oil to China through ports that nobody names in this text."
    after = "Iran sells gas to China through pipes that somebody names in this report."
    number = keep(store, run_id, reading(ONE, "Oil deal", before))
    newer = reading(ONE, "Gas deal", after, topics=(Topic("gas", 1, "gas"),), modified=NOW, published=None)
    with store.write():
        assert articles.revise(store, number, newer, run_id=run_id, now=NOW + DAY) == 1
    row = articles.get(store, number)
    assert (row["title"], row["text"], row["revisions"]) == ("Gas deal", after, 1)
    assert (row["published"], row["day"], row["modified"]) == (
        "2026-03-01T12:00:00Z",
        "2026-03-01",
        "2026-03-02T09:30:00Z",
    )
    assert row["first_seen"] == "2026-03-02T09:30:00Z"
    (old,) = store.rows("SELECT * FROM revisions")
    assert (old["article_id"], old["title"], old["text"]) == (number, "Oil deal", before)
    assert old["replaced_at"] == "2026-03-03T09:30:00Z"
    assert store.rows("SELECT topic FROM topics") == [{"topic": "gas"}]
    assert found(store, "oil") == [] and len(found(store, "gas")) == 1
    assert fingerprints.get(store, number) == newer.fingerprint
    assert store.value("SELECT count(*) FROM fingerprints") == len(set(newer.fingerprint.hashes))  # type: ignore[union-attr]


def test_a_second_revision_takes_its_own_date(store: Store, run_id: int) -> None:
    number = keep(store, run_id, reading(ONE, published=None))
    assert articles.get(store, number)["day"] == "2026-03-02", "not published: the day it was seen"
    for title in ("Second", "Third"):
        with store.write():
            articles.revise(store, number, reading(ONE, title, published=at(1)), run_id=run_id, now=NOW)
    row = articles.get(store, number)
    assert (row["revisions"], row["day"], row["published_origin"]) == (2, "2026-03-01", "meta")
    assert [r["title"] for r in store.rows("SELECT title FROM revisions ORDER BY id")] == ["Iran sells oil", "Second"]


@pytest.mark.parametrize(
    ("zone", "precision", "day"),
    [
        ("Asia/Tehran", Precision.DAY, "2026-03-02"),
        ("UTC", Precision.DAY, "2026-03-01"),
        ("Asia/Tehran", Precision.MINUTE, "2026-03-01"),
        ("No/Such", Precision.DAY, "2026-03-01"),
        ("../etc", Precision.DAY, "2026-03-01"),
    ],
)
def test_a_bare_day_is_the_publishers_day(store: Store, zone: str, precision: Precision, day: str) -> None:
    midnight_in_tehran = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    published = Published(midnight_in_tehran, precision, DateOrigin.META)
    here = source(hints=Hints(timezone=zone))
    number = keep(store, begin(store, here), reading(ONE, published=published), source=here)
    assert articles.get(store, number)["day"] == day


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("", ""),
        ("One.\nTwo.", "One. Two."),
        ("word " * 100, "word " * 55 + "word…"),
        ("伊" * 400, "伊" * 280 + "…"),
        (" " * 600 + "late", "…"),
    ],
)
def test_the_lead_is_the_beginning_cut_between_words(text: str, lead: str) -> None:
    assert articles.lead_of(text) == lead


def test_texts_are_given_for_the_articles_that_are_there(store: Store, run_id: int) -> None:
    number = keep(store, run_id, reading(ONE))
    assert articles.texts(store, [number, 99]) == {number: ("Iran sells oil", "Iran sells oil to China.")}


def test_what_a_pass_brought_is_given_newest_first(store: Store, run_id: int) -> None:
    keep(store, run_id, reading("https://paper.example/old"))
    later = begin(store)
    keep(store, later, reading(ONE, published=at(1, 8)))
    keep(store, later, reading(TWO, published=None))
    keep(store, later, reading("https://paper.example/3", published=at(1, 9)))
    rows = articles.new_since(store, later)
    assert [row["url"][-1] for row in rows] == ["2", "3", "1"]
    assert "text" not in rows[0] and rows[0]["relevance_evidence"]


def test_an_article_without_fingerprint_or_topics_is_kept(store: Store, run_id: int) -> None:
    read = dataclasses.replace(reading(ONE), fingerprint=None, topics=())
    number = keep(store, run_id, read)
    assert fingerprints.get(store, number) is None
    assert articles.get(store, number)["text_digest"] == ""
    with store.write():
        articles.revise(store, number, read, run_id=run_id, now=NOW)


def test_a_topic_that_was_found_twice_is_kept_once(store: Store, run_id: int) -> None:
    keep(store, run_id, reading(ONE, topics=(Topic("oil", 0.9, "a"), Topic("oil", 0.1, "b"))))
    assert store.rows("SELECT topic, score FROM topics") == [{"topic": "oil", "score": 0.9}]


@given(title=st.text(), text=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_any_text_is_kept_found_and_revised(store: Store, title: str, text: str) -> None:
    run_id = begin(store)
    number = keep(store, run_id, reading(f"https://paper.example/{run_id}", title, text))
    found(store, title)
    with store.write():
        articles.revise(store, number, reading(ONE, text, title), run_id=run_id, now=NOW)
    row = articles.get(store, number)
    assert (len(row["title"]), len(row["text"])) == (len(text), len(title))
    with store.write():
        store.change("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
