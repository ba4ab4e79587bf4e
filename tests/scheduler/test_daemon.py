"""The daemon as a real process with real children: what it does, records, and how it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.due import DailyAt, TurnState
from store import clock, turns
from store.database import Store
from store.lock import RunLock
from store.values import moment
from tests.scheduler.beats import make_beat
from tests.scheduler.daemons import DONE, ENDING, QUIET_CONFIG, STOPPABLE, Watch

HOUR = timedelta(hours=1)
FAILING = """
with store.write():
    for source in beat.sources:
        sources.listing_failed(store, source.id, source.endpoints[0].url, error='no answer', status=None,
                               not_before=None, now=now)
finish('completed', '')
"""


@pytest.fixture
def watch(db: Path, tmp_path: Path) -> Iterator[Watch]:
    made = Watch(db=db, beat=make_beat(tmp_path / "beat", paper="en"))
    made.configure(QUIET_CONFIG)
    yield made
    made.end()


def begun(watch: Watch, hours_ago: float, at_hours_ago: float) -> datetime:
    """A schedule that began so long ago, with its daily time so many hours ago; the last turn until now."""
    now = datetime.now(UTC)
    due = (now - at_hours_ago * HOUR).replace(second=0, microsecond=0)
    watch.configure(f'timezone = "UTC"\n[daily]\nat = "{due:%H:%M}"\n' + QUIET_CONFIG)
    with Store.open(watch.db) as store, store.write():
        rule = str(DailyAt(due.time(), ZoneInfo("UTC")))
        turns.record(store, "daily", now - hours_ago * HOUR, TurnState.BEGUN, now=now, rule=rule)
    return due


def test_a_fresh_store_is_gathered_for_at_once_and_sigterm_ends_the_daemon(watch: Watch) -> None:
    process = watch.start()
    watch.until_said("daily: done")
    assert watch.stop(process) == 0
    (turn,) = watch.turns()
    (run,) = watch.rows("SELECT * FROM runs")
    assert (turn["state"], turn["run_id"], turn["tries"]) == ("done", run["id"], 1)
    assert (run["outcome"], run["whole"]) == ("completed", 1)
    assert "2 new, 0 copies; as played" in turn["detail"]
    assert watch.said().endswith("Stopped.\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_stop_lets_the_pass_finish_and_the_next_start_makes_it_up(watch: Watch, number: int) -> None:
    process = watch.start(STOPPABLE)
    watch.until_ready()
    assert watch.stop(process, number) == 0
    (run,) = watch.rows("SELECT * FROM runs")
    assert (run["outcome"], run["detail"]) == ("interrupted", "stopped before its end")
    assert [(t["state"], t["tries"]) for t in watch.turns()] == [("interrupted", 0)]
    assert watch.once() == 0
    assert [(t["state"], t["run_id"]) for t in watch.turns()] == [("done", run["id"] + 1)]


@pytest.mark.parametrize(("outcome", "state"), [("completed", "done"), ("failed", "failed")])
def test_a_stop_while_a_pass_is_ending_stops_the_daemon(watch: Watch, outcome: str, state: str) -> None:
    process = watch.start(ENDING.replace("OUTCOME", outcome))
    watch.until_ready()
    assert watch.stop(process) == 0
    assert [turn["state"] for turn in watch.turns()] == [state]


def test_a_child_that_hangs_is_ended_recorded_and_made_up_later(watch: Watch) -> None:
    watch.configure(QUIET_CONFIG + "[child]\nsilent_minutes = 0.15\n")
    assert (
        watch.once("signal = __import__('signal'); signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(99)") == 1
    )
    (run,) = watch.rows("SELECT * FROM runs")
    assert run["outcome"] == "interrupted"
    assert run["detail"].startswith("the pass hung (no sign of life for ")
    assert [i["code"] for i in watch.rows("SELECT * FROM issues")] == ["hung"]
    assert [(t["state"], t["tries"]) for t in watch.turns()] == [("interrupted", 1)]
    assert watch.once() == 0
    assert len(watch.rows("SELECT * FROM runs")) == 1, "made up before its pause was over"
    watch.configure(QUIET_CONFIG + "[child]\nretry_minutes = 0\n")
    assert watch.once() == 0
    assert [(t["state"], t["tries"]) for t in watch.turns()] == [("done", 2)]


def test_a_killed_child_is_made_up_once_and_then_given_up(watch: Watch) -> None:
    watch.configure(QUIET_CONFIG + "[child]\nretry_minutes = 0\n")
    assert watch.once("os.kill(os.getpid(), 9)") == 1
    assert [r["outcome"] for r in watch.rows("SELECT * FROM runs")] == ["interrupted", "interrupted"]
    assert [(t["state"], t["tries"]) for t in watch.turns()] == [("failed", 2)]
    assert watch.turns()[0]["detail"].startswith("broken off 2 times")
    assert watch.once() == 0, "it is not tried a third time"
    assert len(watch.rows("SELECT * FROM runs")) == 2


def test_a_pass_without_a_row_fails_with_the_end_of_its_log(watch: Watch) -> None:
    watch.configure(QUIET_CONFIG)
    (watch.beat / "beat.toml").write_text("broken")
    assert watch.once() == 1
    (turn,) = watch.turns()
    assert turn["state"] == "failed"
    assert "expected TOML" in turn["detail"]


def test_an_overlap_is_recorded_and_made_up_when_the_other_run_ends(watch: Watch) -> None:
    Store.open(watch.db).close()
    with RunLock(watch.db):
        process = watch.start()
        watch.until(lambda: [t["state"] for t in watch.turns()] == ["refused"])
        assert "another run is in progress" in watch.turns()[0]["detail"]
    watch.until_said("daily: done")
    assert watch.stop(process) == 0
    assert [t["state"] for t in watch.turns()] == ["done"]
    assert len(watch.rows("SELECT * FROM runs")) == 1


def test_once_ends_with_75_while_another_run_holds_the_lock(watch: Watch) -> None:
    Store.open(watch.db).close()
    with RunLock(watch.db):
        assert watch.once() == 75
    assert watch.once() == 0
    assert [t["state"] for t in watch.turns()] == ["done"]


def test_a_second_daemon_is_refused_and_a_dead_one_is_no_hindrance(watch: Watch) -> None:
    process = watch.start()
    watch.until_said("daily: done")
    assert watch.start().wait(120) == 75
    assert f"a daemon (process {process.pid}) is at work on" in watch.said()
    process.kill()
    process.wait()
    assert watch.once() == 0


def test_a_killed_daemon_s_pass_is_made_up_by_the_next_one(watch: Watch) -> None:
    process = watch.start(STOPPABLE)
    watch.until_ready()
    process.kill()
    process.wait()
    assert [(t["state"], t["tries"]) for t in watch.turns()] == [("started", 1)]
    os.kill(watch.rows("SELECT pid FROM runs")[0]["pid"], signal.SIGKILL)  # the real spider ends with its parent
    assert watch.once() == 0
    assert [(t["state"], t["tries"]) for t in watch.turns()] == [("done", 2)]


def test_missed_days_are_recorded_and_made_up_once(watch: Watch) -> None:
    due = begun(watch, hours_ago=70, at_hours_ago=3)
    assert watch.once() == 0
    told = [(moment(t["due_at"]), t["state"]) for t in watch.turns()]
    day = timedelta(days=1)
    assert told == [(due - 2 * day, "missed"), (due - day, "missed"), (due, "done")]
    assert watch.turns()[0]["detail"].startswith("nobody was there; the turn of ")
    assert watch.turns()[2]["detail"].startswith("made up 3.0 hours late; run 1 completed")
    assert watch.turns()[2]["late"] >= 3 * 3600
    assert watch.once() == 0
    assert len(watch.rows("SELECT * FROM runs")) == 1


def test_a_run_by_hand_does_the_work_of_a_missed_turn(watch: Watch) -> None:
    begun(watch, hours_ago=10, at_hours_ago=3)
    with Store.open(watch.db) as store, store.write():
        row = {"kind": "news", "outcome": "completed", "pid": 1, "sources": 1, "whole": 1}
        stamp = clock.now(watch.db).strftime("%Y-%m-%dT%H:%M:%SZ")
        store.insert("runs", {**row, "started_at": stamp, "heartbeat_at": stamp})
    assert watch.once() == 0
    (turn,) = watch.turns()
    assert (turn["state"], turn["run_id"]) == ("done", 1)
    assert turn["detail"] == "run 1, which began later, did its work"


def test_the_configuration_is_read_again_on_sighup(watch: Watch) -> None:
    process = watch.start()
    watch.until_said("daily: done")
    watch.configure('timezone = "Asia/Tehran"\n[daily]\nat = "05:15"\n' + QUIET_CONFIG)
    process.send_signal(signal.SIGHUP)
    watch.until_said("daily: daily at 05:15 Asia/Tehran")
    watch.configure('[daily]\nat = "noon"')
    process.send_signal(signal.SIGHUP)
    watch.until_said("The configuration was not changed:")
    assert "daily.at: expected a time of day" in watch.said()
    assert watch.stop(process) == 0


def test_a_trial_s_week_takes_seconds_and_a_change_of_clocks_neither_skips_nor_doubles_a_day(watch: Watch) -> None:
    trial = '[clock]\nspeed = 20000\nstart = "2026-03-25T12:00:00Z"\n'
    watch.configure('timezone = "Europe/Berlin"\n' + QUIET_CONFIG + trial)
    process = watch.start()
    watch.until(lambda: len([t for t in watch.turns() if t["state"] == "done"]) >= 7, seconds=120)
    assert watch.stop(process) == 0
    dues = [moment(t["due_at"]) for t in watch.turns()[1:]]
    local = [due.astimezone(ZoneInfo("Europe/Berlin")) for due in dues]
    assert [f"{t:%H:%M}" for t in local] == ["06:00"] * len(dues)
    assert [t.day for t in local][:6] == [26, 27, 28, 29, 30, 31]
    begun_at = [moment(r["started_at"]) for r in watch.rows("SELECT started_at FROM runs ORDER BY id")]
    assert len(begun_at) in (len(dues), len(dues) + 1), "the first at once, then one each day"
    assert all(timedelta(0) <= at - due < 12 * HOUR for at, due in zip(begun_at[1:], dues, strict=False))
    watch.configure(QUIET_CONFIG)
    assert watch.once() == 0
    assert clock.read(watch.db) is None
    assert "The trial is over" in watch.said()


def test_a_tick_asks_its_sources_alone_and_a_whole_pass_does_its_work(watch: Watch) -> None:
    watch.configure(QUIET_CONFIG + '[[ticks]]\nsources = ["paper"]\nevery_minutes = 60\n')
    trial = '[clock]\nspeed = 3000\nstart = "2026-03-25T12:50:00Z"\n'
    watch.configure((watch.db.parent / "silkwatch.toml").read_text() + trial)
    process = watch.start("finish('completed', ' '.join(sys.argv[1:]))")
    watch.until(lambda: len(watch.turns("tick:paper")) > 2)
    assert watch.stop(process) == 0
    details = [r["detail"] for r in watch.rows("SELECT detail, whole FROM runs ORDER BY id")]
    assert details[:3] == ["", "-a source=paper", "-a source=paper"]
    assert [r["whole"] for r in watch.rows("SELECT whole FROM runs ORDER BY id LIMIT 2")] == [1, 0]


def test_maintenance_and_backup_are_done_at_their_turns(watch: Watch) -> None:
    watch.configure('[digest]\nenabled = false\n[clock]\nspeed = 20000\nstart = "2026-03-25T12:00:00Z"\n')
    process = watch.start(DONE)
    watch.until(lambda: [t["state"] for t in watch.turns("backup")] == ["done"], seconds=120)
    assert watch.stop(process) == 0
    assert watch.turns("maintenance")[0]["detail"].startswith("index merged")
    (copy,) = (watch.db.parent / "backups").iterdir()
    assert copy.name.startswith("news-20260326T0")
    assert str(copy) in watch.turns("backup")[0]["detail"]


def test_a_source_that_falls_ill_is_told_once(watch: Watch) -> None:
    watch.configure(QUIET_CONFIG + '[clock]\nspeed = 40000\nstart = "2026-03-25T12:00:00Z"\n')
    process = watch.start(FAILING)
    watch.until(lambda: len([t for t in watch.turns() if t["state"] == "done"]) >= 4, seconds=120)
    assert watch.stop(process) == 0
    told = "The Paper (paper) is down: no listing answers, 2 times in a row: no answer"
    assert watch.said().count("The Paper (paper) is down") == watch.said().count(told) == 1


def test_several_sources_that_fall_ill_are_one_notice(watch: Watch, tmp_path: Path) -> None:
    watch.beat = make_beat(tmp_path / "two", paper="en", wire="en")
    watch.configure(
        QUIET_CONFIG + '[notify]\nto = ["file:notices.txt"]\n[clock]\nspeed = 40000\nstart = "2026-03-25T12:00:00Z"\n'
    )
    process = watch.start(FAILING)
    watch.until(lambda: len([t for t in watch.turns() if t["state"] == "done"]) >= 3, seconds=120)
    assert watch.stop(process) == 0
    (notice,) = (watch.db.parent / "notices.txt").read_text("utf-8").splitlines()
    assert "ill: 2 at once: " in notice
    assert "(paper) is down" in notice and "(wire) is down" in notice
