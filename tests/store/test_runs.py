"""What passes did, what somebody should look at, and how sources answer."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from store import runs, sources
from store.database import Store
from store.models import Endpoint, EndpointKind, Policy, RunOutcome, SourceCounts
from store.values import stamp
from tests.store.make import DAY, FEED, HOUR, NOW, begin, keep, reading, source


def test_a_pass_has_a_row_from_its_start_to_its_end(store: Store) -> None:
    run_id = begin(store, source(), source("wire"))
    assert runs.counts(store, run_id) == [SourceCounts(source_id="paper"), SourceCounts(source_id="wire")]
    with store.write():
        runs.heartbeat(store, run_id, now=NOW + HOUR)
    row = runs.get(store, run_id)
    assert row is not None
    assert (row["outcome"], row["heartbeat_at"], row["finished_at"]) == ("running", "2026-03-02T10:30:00Z", None)
    with store.write():
        runs.finish(store, run_id, RunOutcome.COMPLETED, now=NOW + 2 * HOUR, detail="2 of 2 sources answered")
    row = runs.latest(store)
    assert row is not None
    assert (row["outcome"], row["detail"], row["sources"]) == ("completed", "2 of 2 sources answered", 2)
    assert (row["started_at"], row["finished_at"]) == ("2026-03-02T09:30:00Z", "2026-03-02T11:30:00Z")


def test_the_latest_pass_can_be_asked_for_by_kind(store: Store, run_id: int) -> None:
    assert runs.latest(store, "recheck") is None
    with store.write():
        other = runs.start(store, kind="recheck", source_ids=[], now=NOW, pid=1)
    found = [runs.latest(store, kind) for kind in (None, "news", "recheck")]
    assert [row and row["id"] for row in found] == [other, run_id, other]
    assert runs.get(store, 99) is None


def test_counters_add_up_per_source(store: Store, run_id: int) -> None:
    with store.write():
        runs.count(store, run_id, "paper", listings=1, links=30)
        runs.count(store, run_id, "paper", pages=1, new=1)
        runs.count(store, run_id, "paper", pages=1, off_topic=1)
        runs.source_error(store, run_id, "paper", "timed out")
    expected = SourceCounts(source_id="paper", listings=1, links=30, pages=2, new=1, off_topic=1, error="timed out")
    assert runs.counts(store, run_id) == [expected]


def test_a_source_the_pass_was_not_started_for_is_counted_too(store: Store) -> None:
    run_id = begin(store, source(), source("wire"))
    later = begin(store, source())
    with store.write():
        runs.count(store, later, "wire", failed=1)
        runs.source_error(store, run_id, "wire", "gone")
    assert [c.source_id for c in runs.counts(store, later)] == ["paper", "wire"]


@pytest.mark.parametrize("name", ["error", "id", "new; DROP TABLE runs"])
def test_only_counters_can_be_counted(store: Store, run_id: int, name: str) -> None:
    with pytest.raises(ValueError, match="no such counter"), store.write():
        runs.count(store, run_id, "paper", **{name: 1})


def test_killed_passes_are_closed_by_the_next_one_though_their_processes_are_not_reaped(store: Store) -> None:
    unreaped = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert unreaped.stdout is not None and unreaped.stdout.read() == b""  # it has ended, and nobody has waited for it
    with store.write():
        killed = [
            runs.start(store, kind="news", source_ids=[], now=NOW, pid=pid) for pid in (unreaped.pid, os.getpid())
        ]
        assert runs.close_abandoned(store, NOW) == killed
        assert runs.close_abandoned(store, NOW) == []
    assert {row["outcome"] for row in map(partial(runs.get, store), killed) if row} == {"interrupted"}
    unreaped.wait()
    unreaped.stdout.close()


def test_a_closed_pass_stays_as_it_was_closed(store: Store, run_id: int) -> None:
    with store.write():
        runs.finish(store, run_id, RunOutcome.INTERRUPTED, now=NOW, detail="killed")
        runs.finish(store, run_id, RunOutcome.COMPLETED, now=NOW, detail="late")
    row = runs.get(store, run_id)
    assert row is not None and row["detail"] == "killed"


def tell(store: Store, run_id: int | None, *, now: datetime = NOW, **fields: Any) -> None:
    issue = {"source_id": "paper", "level": "error", "code": "timeout", "message": "slow", "url": FEED, **fields}
    with store.write():
        runs.issue(store, run_id=run_id, now=now, **issue)


def test_an_open_issue_is_counted_instead_of_repeated(store: Store, run_id: int) -> None:
    later = begin(store)
    tell(store, run_id)
    tell(store, later, now=NOW + DAY, message="slow again")
    (row,) = runs.open_issues(store)
    assert (row["count"], row["message"], row["run_id"], row["last_run_id"]) == (2, "slow again", run_id, later)
    assert (row["first_seen"], row["last_seen"]) == (stamp(NOW), stamp(NOW + DAY))


def test_issues_are_told_apart_by_source_code_and_address(store: Store, run_id: int) -> None:
    differences: list[dict[str, Any]] = [{}, {"source_id": None}, {"code": "http_500"}, {"url": ""}]
    for fields in differences * 2:
        tell(store, run_id, **fields)
    assert [row["count"] for row in runs.open_issues(store)] == [2, 2, 2, 2]
    assert len(runs.open_issues(store, "paper")) == 3


def test_an_issue_that_was_resolved_opens_anew(store: Store, run_id: int) -> None:
    tell(store, run_id)
    with store.write():
        runs.resolve(store, source_id="paper", code="timeout", now=NOW)
    assert runs.open_issues(store) == []
    tell(store, None)
    assert [row["count"] for row in runs.open_issues(store)] == [1]
    assert store.value("SELECT count(*) FROM issues") == 2


def test_the_registry_is_mirrored_and_what_left_it_keeps_its_history(store: Store) -> None:
    begin(store, source(), source("wire"))
    changed = source(policy=Policy(enabled=False, why_disabled="blocked"), state_owned=True)
    with store.write():
        sources.sync(store, [changed], NOW + DAY)
    rows = store.rows("SELECT id, enabled, why_disabled, state_owned, in_beat, first_seen, updated_at FROM sources")
    assert rows[0] == {
        "id": "paper", "enabled": 0, "why_disabled": "blocked", "state_owned": 1, "in_beat": 1,
        "first_seen": stamp(NOW), "updated_at": stamp(NOW + DAY),
    }  # fmt: skip
    assert (rows[1]["id"], rows[1]["in_beat"], rows[1]["enabled"]) == ("wire", 0, 1)


def ok(store: Store, *, now: datetime = NOW, **fields: Any) -> None:
    given = {"etag": '"1"', "last_modified": "Mon", "unchanged": False, "items": 30, "newest": NOW, **fields}
    with store.write():
        sources.listing_ok(store, "paper", FEED, now=now, **given)


def test_a_listing_remembers_its_validators_and_when_it_was_read_in_full(store: Store, run_id: int) -> None:
    assert sources.endpoint_state(store, "paper", FEED) == sources.EndpointState(url=FEED)
    ok(store)
    for hours in (1, 2):
        ok(store, now=NOW + hours * HOUR, unchanged=True, etag=None, last_modified=None, items=0, newest=None)
    state = sources.endpoint_state(store, "paper", FEED)
    assert (state.etag, state.last_modified, state.consecutive_304) == ('"1"', "Mon", 2)
    assert (state.last_full_at, state.last_ok_at, state.last_status) == (NOW, NOW + 2 * HOUR, 304)
    assert sources.newest_listed(store, "paper") == NOW
    ok(store, now=NOW + DAY, etag=None, last_modified=None, newest=None)
    state = sources.endpoint_state(store, "paper", FEED)
    assert (state.etag, state.last_modified, state.consecutive_304, state.last_status) == (None, None, 0, 200)
    assert sources.newest_listed(store, "paper") is None


def test_a_304_may_bring_new_validators(store: Store, run_id: int) -> None:
    ok(store)
    ok(store, unchanged=True, etag='"2"', last_modified=None)
    assert sources.endpoint_state(store, "paper", FEED).etag == '"2"'


def test_failures_are_counted_until_a_listing_answers(store: Store, run_id: int) -> None:
    for hours in (0, 1):
        with store.write():
            sources.listing_failed(
                store, "paper", FEED, error="503", status=503, not_before=NOW + DAY, now=NOW + hours * HOUR
            )
    state = sources.endpoint_state(store, "paper", FEED)
    assert (state.failures, state.not_before, state.last_error, state.last_status) == (2, NOW + DAY, "503", 503)
    (row,) = sources.health(store)
    assert (row["failing"], row["failures"], row["failing_since"], row["last_error"]) == (1, 2, stamp(NOW), "503")
    tell(store, run_id)
    tell(store, run_id, level="warning", code="stale_listing")
    ok(store, now=NOW + 2 * DAY)
    state = sources.endpoint_state(store, "paper", FEED)
    assert (state.failures, state.not_before, state.last_error) == (0, None, None)
    assert [issue["code"] for issue in runs.open_issues(store)] == ["stale_listing"]


def test_a_listing_that_another_one_named_is_remembered_too(store: Store, run_id: int) -> None:
    child = "https://paper.example/sitemap-3.xml"
    with store.write():
        sources.listing_failed(store, "paper", child, error="no", status=None, not_before=None, now=NOW)
    assert sources.endpoint_state(store, "paper", child).failures == 1
    (row,) = sources.health(store)
    assert (row["listings"], row["failing"]) == (1, 0), "health is told by what the beat declares"


def test_health_tells_what_each_source_gave(store: Store) -> None:
    silent = source("silent", endpoints=())
    feeds = Endpoint(kind=EndpointKind.FEED, url=FEED, fallback_urls=("https://paper.example/2.xml",))
    run_id = begin(store, source(endpoints=(feeds,)), silent)
    keep(store, run_id, reading("https://paper.example/1"))
    ok(store)
    rows = {row["id"]: row for row in sources.health(store)}
    assert (rows["paper"]["listings"], rows["paper"]["articles"], rows["paper"]["last_article"]) == (2, 1, stamp(NOW))
    assert rows["paper"]["last_ok_at"] == rows["paper"]["newest_item"] == stamp(NOW)
    assert (rows["silent"]["listings"], rows["silent"]["failing"], rows["silent"]["last_ok_at"]) == (0, 0, None)


def test_health_tells_when_a_source_last_had_a_page_that_was_not_known(store: Store) -> None:
    with store.write():
        sources.sync(store, [source("paper"), source("once")], NOW)
        for day, pages in enumerate([{"paper": 9, "once": 9}, {"paper": 1}, {"paper": 0}]):
            run = runs.start(store, kind="news", source_ids=["paper", "once"], now=NOW + timedelta(days=day), pid=1)
            for id_, fetched in pages.items():
                runs.count(store, run, id_, pages=fetched)
            runs.finish(store, run, RunOutcome.COMPLETED, now=NOW + timedelta(days=day), detail="")
    last = {row["id"]: row["last_new_page"] for row in sources.health(store)}
    assert last == {"paper": stamp(NOW + timedelta(days=1)), "once": None}, "a first pass finds old pages too"
