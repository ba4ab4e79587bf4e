"""The configured schedule and its recorded turns: what is written when turns pass by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler import ledger
from scheduler.config_keys import Backup, Child, Clock, Config, Daily, Digest, Maintenance, Tick
from scheduler.due import TurnState
from scheduler.ledger import Result
from store import turns
from store.database import Store

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
ALONE = Config(
    timezone="UTC", digest=Digest(enabled=False), maintenance=Maintenance(enabled=False), backup=Backup(enabled=False)
)
TICK = replace(ALONE, daily=Daily(enabled=False), ticks=(Tick(sources=("a", "b"), every_minutes=60),))


def look(store: Store, config: Config, now: datetime) -> list[str]:
    """One look at the first task, as the daemon does it; what was missed."""
    task = ledger.tasks(config)[0]
    with store.write():
        found = ledger.look(store, task, now)
        return ledger.settle(store, task, found, now)


def told(store: Store, since: datetime = NOON - 90 * 24 * HOUR) -> list[tuple[str, str]]:
    return [(row["due_at"], row["state"]) for row in reversed(turns.recent(store, since=since))]


def test_what_is_switched_off_has_no_turns() -> None:
    assert [task.id for task in ledger.tasks(ALONE)] == ["daily"]
    assert [task.id for task in ledger.tasks(TICK)] == ["tick:a+b"]
    assert [task.id for task in ledger.tasks(Config(daily=Daily(enabled=False)))][-2:] == ["maintenance", "backup"]


def test_a_pause_is_never_longer_than_a_tick() -> None:
    config = Config(ticks=(Tick(sources=("a",), every_minutes=5),), child=Child(retry_minutes=30))
    assert ledger.tasks(config)[1].retry == timedelta(minutes=5)


def test_of_missed_ticks_the_last_one_is_recorded(store: Store) -> None:
    look(store, TICK, NOON - timedelta(minutes=1))
    assert told(store) == []
    missed = look(store, TICK, NOON + 5 * HOUR)
    assert told(store) == [("2026-03-05T16:00:00Z", "missed"), ("2026-03-05T17:00:00Z", "started")]
    assert missed == [
        "tick:a+b of 2026-03-05 16:00 UTC: nobody was there; the turn of 2026-03-05 17:00 UTC does its work"
    ]


def test_a_refused_turn_that_was_overtaken_says_why(store: Store) -> None:
    look(store, ALONE, NOON - 48 * HOUR)
    task, at = ledger.tasks(ALONE)[0], NOON - 29 * HOUR
    with store.write():
        found = ledger.look(store, task, at)
        ledger.settle(store, task, found, at)
        ledger.close(store, task, found, Result(state=TurnState.REFUSED, detail="busy"), at, slack=HOUR)
    (sentence,) = look(store, ALONE, NOON)
    assert "another run held the lock; the turn of 2026-03-05 06:00 UTC does its work" in sentence
    assert told(store)[-2:] == [("2026-03-04T06:00:00Z", "missed"), ("2026-03-05T06:00:00Z", "started")]


@pytest.mark.parametrize(
    ("result", "tries"),
    [
        (Result(state=TurnState.DONE, detail=""), 1),
        (Result(state=TurnState.INTERRUPTED, detail="killed"), 1),
        (Result(state=TurnState.INTERRUPTED, detail="stopped", stopped=True), 0),
        (Result(state=TurnState.REFUSED, detail="busy"), 0),
    ],
    ids=["done", "killed", "stopped", "refused"],
)
def test_only_what_nobody_wanted_uses_up_a_try(store: Store, result: Result, tries: int) -> None:
    task = ledger.tasks(ALONE)[0]
    with store.write():
        found = ledger.look(store, task, NOON)
        ledger.settle(store, task, found, NOON)
        ledger.close(store, task, found, result, NOON, slack=HOUR)
    (row,) = turns.recent(store, since=NOON - HOUR)
    assert (row["state"], row["tries"]) == (result.state, tries)


def test_a_trial_s_machine_may_be_later() -> None:
    assert ledger.slack(Config()) == ledger.PUNCTUAL
    assert ledger.slack(Config(clock=Clock(speed=3600))) == 2 * HOUR
