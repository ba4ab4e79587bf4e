"""How things stand: what `silkwatch status` tells, from a store that was used."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler import config
from scheduler.due import TurnState
from scheduler.maintenance import daemon_lock
from store import clock, runs, sources, turns
from store.database import Store
from store.lock import RunLock
from store.models import RunOutcome
from tests.scheduler.conftest import Silkwatch
from tests.store.make import begin, keep, reading, source

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(db: Path) -> None:
    """The store's own clock stands (all but) still at noon."""
    clock.write(db, clock.Clock(real=datetime.now(UTC), shown=NOW, speed=0.001))


def ended(store: Store, outcome: RunOutcome = RunOutcome.COMPLETED, *, at: datetime = NOW - 6 * HOUR) -> int:
    run_id = begin(store)
    with store.write():
        store.update(
            "runs",
            {"id": run_id},
            {"started_at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "heartbeat_at": f"{at:%Y-%m-%dT%H:%M:%SZ}"},
        )
        runs.count(store, run_id, "paper", listings=1, pages=9, new=4, duplicates=2)
        turns.mark_whole(store, run_id)
        runs.finish(store, run_id, outcome, now=at + HOUR, detail="1 of 1 sources answered")
    return run_id


def test_a_store_without_runs_is_told(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    said = silkwatch("status", "--db", db)
    assert said.code == 0
    assert "Last run: none yet" in said.out
    assert "Running:  nothing" in said.out


def test_the_last_run_and_the_next_one_are_told_in_the_reader_s_zone(
    store: Store, db: Path, silkwatch: Silkwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended(store)
    monkeypatch.setenv("SILKWATCH_TZ", "Asia/Tehran")
    (db.parent / config.NAME).write_text('timezone = "Europe/Berlin"')
    out = silkwatch("status", "--db", db).out
    assert "Last run: 1, 2026-03-05 09:30 +0330, completed: 4 new, 2 copies, 9 pages" in out
    assert "daily 2026-03-06 08:30 +0330" in out, "06:00 in Berlin"
    found = silkwatch("status", "--db", db, "--json").json()
    assert {
        "task": "daily",
        "rule": "daily at 06:00 Europe/Berlin",
        "at": "2026-03-06T05:00:00Z",
        "due": None,
    } in found["next"]
    assert found["last_run"]["started_at"] == "2026-03-05T06:00:00Z"


def test_what_runs_now_is_told_while_its_lock_is_held(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    run_id = begin(store)
    with store.write():
        runs.count(store, run_id, "paper", listings=1, pages=3, new=2)
    with RunLock(db), daemon_lock(db):
        out = silkwatch("status", "--db", db).out
    assert f"Running:  run {run_id} since 2026-03-02 " in out
    assert "1 of 1 sources, 3 pages, 2 new" in out
    assert f"Daemon:   process {os.getpid()}" in out
    out = silkwatch("status", "--db", db).out
    assert "Running:  nothing" in out
    assert f"run {run_id} was cut short by a crash; the next pass closes it" in out


def test_today_and_the_week_begin_at_the_reader_s_midnight(
    store: Store, db: Path, silkwatch: Silkwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = begin(store)
    seen = [NOW, NOW - 13 * HOUR, NOW - 6 * DAY, NOW - 7 * DAY]
    for number, at in enumerate(seen):
        article = keep(store, run_id, reading(f"https://paper.example/{number}", f"Deal {number}"))
        with store.write():
            store.update("articles", {"id": article}, {"first_seen": f"{at:%Y-%m-%dT%H:%M:%SZ}"})
    new = silkwatch("status", "--db", db, "--json").json()["new"]
    assert (new["today"]["articles"], new["week"]["articles"]) == (1, 3)
    monkeypatch.setenv("SILKWATCH_TZ", "America/New_York")
    assert silkwatch("status", "--db", db, "--json").json()["new"]["today"]["articles"] == 1
    monkeypatch.setenv("SILKWATCH_TZ", "Asia/Tehran")
    assert silkwatch("status", "--db", db, "--json").json()["new"]["today"]["articles"] == 2


@pytest.mark.parametrize(
    ("state", "code"), [("done", 0), ("started", 0), ("failed", 1), ("missed", 1), ("refused", 1), ("interrupted", 1)]
)
def test_the_exit_code_says_whether_the_last_daily_turn_was_kept(
    store: Store, db: Path, silkwatch: Silkwatch, state: str, code: int
) -> None:
    ended(store)
    with store.write():
        turns.record(store, "daily", NOW - 2 * DAY, TurnState.FAILED, now=NOW)
        turns.record(store, "daily", NOW - HOUR, state, now=NOW, detail="as it came")
        turns.record(store, "backup", NOW, TurnState.FAILED, now=NOW)
    said = silkwatch("status", "--db", db)
    assert said.code == code
    assert (f"2026-03-05 11:00 UTC  daily: {state}; as it came" in said.out) == bool(code)
    assert "2026-03-03 12:00 UTC  daily: failed" in said.out


def test_without_turns_the_last_run_decides(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    ended(store, RunOutcome.FAILED)
    assert silkwatch("status", "--db", db).code == 1
    ended(store)
    assert silkwatch("status", "--db", db).code == 0


def test_a_made_up_turn_is_told_as_late(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    with store.write():
        turns.record(store, "daily", NOW - 8 * HOUR, "done", now=NOW, late=5 * 3600, detail="made up 5.0 hours late")
    assert "daily: done; made up 5.0 hours late" in silkwatch("status", "--db", db).out


def test_a_turn_that_is_due_is_told_with_since_when(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    with store.write():
        rule = "daily at 06:00 UTC"
        turns.record(store, "daily", NOW - 2 * DAY, TurnState.BEGUN, now=NOW, rule=rule)
    out = silkwatch("status", "--db", db).out
    assert "Next:     daily due since 2026-03-05 06:00 UTC" in out
    assert "(when `silkwatch daemon` or its --once is started)" in out


def test_ill_sources_are_told_with_since_when_and_hostile_names_stay_harmless(
    store: Store, db: Path, silkwatch: Silkwatch
) -> None:
    begin(store)
    with store.write():
        sources.sync(store, [source("paper")], NOW)
        store.update("sources", {"id": "paper"}, {"name": "The \x1b[31mPaper"})
        url = store.value("SELECT url FROM endpoints WHERE source_id = 'paper'")
        for days in (3, 2, 1):
            sources.listing_failed(
                store,
                "paper",
                url,
                error="the server answered 503",
                status=503,
                not_before=None,
                now=NOW - days * DAY,
            )
    said = silkwatch("status", "--db", db)
    assert (
        "(paper), down since 2026-03-02 12:00 UTC: no listing answers, 3 times in a row: the server answered 503"
        in said.out
    )
    assert "\x1b" not in said.out
    (sick,) = silkwatch("status", "--db", db, "--json").json()["ill"]
    assert (sick["id"], sick["illness"], sick["since"]) == ("paper", "down", "2026-03-02T12:00:00Z")


def test_of_many_ill_sources_a_person_is_told_the_first_dozen(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    begin(store)
    ids = [f"paper-{number:02}" for number in range(15)]
    with store.write():
        sources.sync(store, [source(id_) for id_ in ids], NOW)
        for row in store.rows("SELECT source_id, url FROM endpoints"):
            for days in (2, 1):
                sources.listing_failed(
                    store, row["source_id"], row["url"], error="no answer", status=None, not_before=None,
                    now=NOW - days * DAY,
                )  # fmt: skip
    said = silkwatch("status", "--db", db).out
    assert "Ill sources (15):" in said and "… and 3 more" in said
    assert sum(f"({id_}), down" in said for id_ in ids) == 12
    assert len(silkwatch("status", "--db", db, "--json").json()["ill"]) == 15


def test_a_trial_is_named(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    assert "A trial: its clock shows 2026-03-05 12:00 UTC" in silkwatch("status", "--db", db).out


def test_a_wrong_configuration_ends_with_2(store: Store, db: Path, silkwatch: Silkwatch) -> None:
    (db.parent / config.NAME).write_text("[daily]\nat = 6")
    said = silkwatch("status", "--db", db)
    assert (said.code, said.out) == (2, "")
    assert "daily.at: expected a time of day" in said.err
