"""The turns of the schedule: when each task was to be done, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store.database import Store
from store.values import clean, stamp, stamp_or_none

_NEWEST = 40


def record(
    store: Store, task: str, due: datetime, state: str, *, now: datetime, tries: int = 0, late: int = 0,
    run_id: int | None = None, rule: str = "", detail: str = "",
) -> None:  # fmt: skip
    """Set what is known of a turn; only within `write()`.

    Args:
        state: a word of the schedule's own list (`scheduler.due.TurnState`).
        late: seconds between the turn and the start of its work.
        rule: the rule from which turns are counted, of a `begun`.
    """
    row = {"task": task, "due_at": stamp(due), "state": state, "recorded_at": stamp(now), "tries": tries}
    more = {"late": late, "run_id": run_id, "rule": clean(rule), "detail": clean(detail)}
    store.upsert("turns", ["task", "due_at"], row | more)


def of_task(store: Store, task: str, open_states: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a task that matter: its newest ones, its newest `begun`, and all in one of the open states."""
    marks = ", ".join("?" * len(open_states))
    return store.rows(
        f"""
        SELECT * FROM (SELECT * FROM turns WHERE task = ? ORDER BY due_at DESC LIMIT {_NEWEST})
        UNION SELECT * FROM turns WHERE task = ? AND state IN ({marks})
        UNION SELECT * FROM (SELECT * FROM turns WHERE task = ? AND state = 'begun' ORDER BY due_at DESC LIMIT 1)
        ORDER BY due_at
        """,
        [task, task, *open_states, task],
    )


def recent(store: Store, *, since: datetime, task: str | None = None) -> list[dict[str, Any]]:
    """Turns due since a moment, newest first, without the `begun` (of one task)."""
    return store.rows(
        "SELECT * FROM turns WHERE due_at >= ? AND state <> 'begun' AND (? IS NULL OR task = ?) "
        "ORDER BY due_at DESC, task",
        [stamp(since), task, task],
    )


def mark_whole(store: Store, run_id: int) -> None:
    """Say that a pass was asked for every enabled source without limits; only within `write()`."""
    store.update("runs", {"id": run_id}, {"whole": 1})


def complete_passes(store: Store, since: datetime | None) -> list[dict[str, Any]]:
    """Completed passes over all sources since a moment (or ever): `id`, `started_at`, oldest first."""
    return store.rows(
        "SELECT id, started_at FROM runs WHERE whole AND outcome = 'completed' AND started_at >= ifnull(?, '') "
        "ORDER BY started_at, id LIMIT 1000",
        [stamp_or_none(since)],
    )
