"""What was listed is kept before it is fetched, decided once, and asked for again only with a reason."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from store import candidates, runs
from store.database import Store
from store.errors import StoreError
from store.models import Candidate, CandidateState, Label, Link, Verdict, VerdictKind
from tests.store.make import DAY, FEED, HOUR, NOW, at, begin, keep, link, listed, reading, relevance, source

ONE, TWO = "https://paper.example/1", "https://paper.example/2"


def record(store: Store, run_id: int, *found: tuple[str, Link], later: timedelta = timedelta()) -> list[Candidate]:
    with store.write():
        return candidates.record_links(store, "paper", FEED, found, run_id=run_id, now=NOW + later)


def decide(store: Store, run_id: int, url: str, verdict: Verdict, **fields: object) -> None:
    candidate = candidates.find(store, url)
    assert candidate is not None
    with store.write():
        given = {"now": NOW, "run_id": run_id, "http_status": 200, **fields}
        candidates.decide(store, candidate.id, verdict, **given)  # type: ignore[arg-type]


NEW = Verdict(kind=VerdictKind.NEW, reason="")
OFF_TOPIC = Verdict(kind=VerdictKind.OFF_TOPIC, reason="look", detail="nothing names China")


def test_a_listed_link_waits_to_be_fetched_with_what_the_listing_said(store: Store, run_id: int) -> None:
    (found,) = record(store, run_id, link(ONE, title="Headline", published=at(1, 12), modified=NOW))
    assert found == candidates.find(store, ONE)
    assert (found.state, found.url, found.fetch_url) == (CandidateState.PENDING, ONE, f"{ONE}?utm_source=rss")
    assert (found.title, found.published, found.modified) == ("Headline", at(1, 12), NOW)
    assert (found.source_id, found.endpoint_url, found.discovered_at) == ("paper", FEED, NOW)
    assert (found.attempts, found.verdict, found.article_id) == (0, None, None)


def test_an_address_is_kept_once_whoever_lists_it(store: Store) -> None:
    run_id = begin(store, source(), source("wire"))
    record(store, run_id, link(ONE, title="First"), link(ONE, title="Again"))
    with store.write():
        (found,) = candidates.record_links(
            store, "wire", "https://wire.example/", [link(ONE, title="Third")], run_id=run_id, now=NOW + HOUR
        )
    assert (found.source_id, found.title, found.discovered_at) == ("paper", "First", NOW)
    assert store.rows("SELECT url, last_listed_at FROM candidates") == [
        {"url": ONE, "last_listed_at": "2026-03-02T10:30:00Z"}
    ]


def test_what_a_killed_pass_left_is_given_again_whether_or_not_it_is_still_listed(store: Store, run_id: int) -> None:
    record(store, run_id, link(ONE))
    assert [c.url for c in record(store, run_id, link(TWO), link(ONE))] == [TWO, ONE]
    assert {c.url for c in candidates.pending(store, "paper", now=NOW)} == {ONE, TWO}


def test_pending_gives_the_latest_discoveries_first_up_to_the_limit(store: Store, run_id: int) -> None:
    urls = [f"https://paper.example/{number}" for number in range(5)]
    for hours, url in enumerate(urls):
        record(store, run_id, link(url), later=hours * HOUR)
    found = candidates.pending(store, "paper", now=NOW + DAY, limit=3)
    assert [c.url for c in found] == [urls[4], urls[3], urls[2]]
    assert candidates.pending(store, "other", now=NOW) == []


def test_a_failed_fetch_waits_and_is_counted(store: Store, run_id: int) -> None:
    (number,) = listed(store, run_id, ONE)
    for _ in range(2):
        with store.write():
            candidates.postpone(store, number, not_before=NOW + HOUR, error="503 busy", http_status=503, now=NOW)
    assert candidates.pending(store, "paper", now=NOW) == []
    assert record(store, run_id, link(ONE)) == []
    (due,) = candidates.pending(store, "paper", now=NOW + HOUR)
    assert (due.attempts, due.not_before, due.state) == (2, NOW + HOUR, CandidateState.PENDING)
    row = store.row("SELECT last_error, http_status, fetched_at FROM candidates")
    assert row == {"last_error": "503 busy", "http_status": 503, "fetched_at": "2026-03-02T09:30:00Z"}


def test_a_decided_candidate_keeps_why_and_is_not_given_again(store: Store, run_id: int) -> None:
    listed(store, run_id, ONE)
    judged = relevance(score=0.2, label=Label.NEAR_MISS)
    decide(store, run_id, ONE, OFF_TOPIC, relevance=judged)
    assert candidates.pending(store, "paper", now=NOW) == []
    assert record(store, run_id, link(ONE, modified=NOW + DAY)) == []
    row = store.row("SELECT * FROM candidates")
    assert row is not None
    assert (row["state"], row["verdict"], row["reason"]) == ("decided", "off_topic", "look")
    assert (row["detail"], row["score"], row["label"]) == ("nothing names China", 0.2, "near_miss")
    assert (row["http_status"], row["decided_run_id"], row["evidence"]) == (200, run_id, "Iran sells oil.")
    assert json.loads(row["terms"])[0] == {"side": "iran", "concept": "iran", "term": "Iran"}


def test_a_duplicate_points_to_what_it_copies_and_has_no_article_of_its_own(store: Store, run_id: int) -> None:
    article = keep(store, run_id, reading(ONE))
    listed(store, run_id, TWO, "https://paper.example/3")
    copy = Verdict(kind=VerdictKind.DUPLICATE, reason="near", article_id=article)
    decide(store, run_id, TWO, copy, article_id=article)
    decide(
        store, run_id, "https://paper.example/3", Verdict(kind=VerdictKind.DUPLICATE, reason="exact", seed_id="s1")
    )
    rows = store.rows("SELECT article_id, duplicate_of, seed_id FROM candidates ORDER BY id")
    assert rows == [
        {"article_id": None, "duplicate_of": article, "seed_id": None},
        {"article_id": None, "duplicate_of": None, "seed_id": "s1"},
    ]


@pytest.mark.parametrize(
    ("modified", "later", "asked"),
    [
        (NOW + 7 * HOUR, timedelta(hours=8), True),
        (NOW + 5 * HOUR, timedelta(hours=8), False),
        (None, timedelta(hours=8), False),
        (NOW + 6 * DAY, 6 * DAY + 23 * HOUR, True),
        (NOW + 7 * DAY, 7 * DAY, False),
    ],
)
def test_a_young_article_that_was_modified_is_looked_at_again(
    store: Store, run_id: int, modified: object, later: timedelta, asked: bool
) -> None:
    listed(store, run_id, ONE)
    decide(store, run_id, ONE, NEW, article_id=keep(store, run_id, reading(ONE)))
    found = record(store, run_id, link(ONE, modified=modified), later=later)
    assert [c.state for c in found] == [CandidateState.DECIDED] * asked


def test_an_article_stays_the_candidates_own_through_later_verdicts(store: Store, run_id: int) -> None:
    listed(store, run_id, ONE)
    article = keep(store, run_id, reading(ONE))
    decide(store, run_id, ONE, NEW, article_id=article)
    decide(store, run_id, ONE, OFF_TOPIC)
    found = candidates.find(store, ONE)
    assert found is not None and (found.article_id, found.verdict) == (article, VerdictKind.OFF_TOPIC)


def test_a_long_listing_is_recorded_whole(store: Store, run_id: int) -> None:
    found = [link(f"https://paper.example/{number}") for number in range(2500)]
    assert len(record(store, run_id, *found)) == 2500
    assert len(record(store, run_id, *found)) == 2500
    assert store.value("SELECT count(*) FROM candidates") == 2500


def test_hostile_addresses_and_titles_are_kept_as_they_can_be(store: Store, run_id: int) -> None:
    hostile = "https://paper.example/'; DROP TABLE candidates; --\ud800\x00"
    (found,) = record(store, run_id, (hostile, Link(url=hostile, title="<script>\x00\udfff")))
    assert found.title == "<script>\ufffd\ufffd"
    assert record(store, run_id, (hostile, Link(url=hostile))) == [found]


def test_a_candidate_that_is_not_there_is_an_error(store: Store, run_id: int) -> None:
    assert candidates.find(store, ONE) is None
    for change in (
        lambda: candidates.decide(store, 99, NEW, now=NOW, run_id=run_id),
        lambda: candidates.postpone(store, 99, not_before=NOW, error="", http_status=None, now=NOW),
    ):
        with pytest.raises(StoreError, match="no candidate 99"), store.write():
            change()


def test_a_source_that_was_not_synced_cannot_list(store: Store) -> None:
    with store.write():
        run_id = runs.start(store, kind="news", source_ids=[], now=NOW, pid=1)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        record(store, run_id, link(ONE))
