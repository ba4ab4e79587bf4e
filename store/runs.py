"""What each pass did, source by source, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from store.database import Store
from store.models import RunOutcome, SourceCounts
from store.values import clean, stamp

_COUNTERS = frozenset(f.name for f in fields(SourceCounts)) - {"source_id", "error"}


def start(store: Store, *, kind: str, source_ids: Sequence[str], now: datetime, pid: int) -> int:
    """Open the row of a pass over these sources (each must be synced) and return its id."""
    started = {"started_at": stamp(now), "heartbeat_at": stamp(now)}
    run_id = store.insert(
        "runs",
        {"kind": kind, "outcome": RunOutcome.RUNNING.value, "pid": pid, "sources": len(source_ids), **started},
    )
    rows = [(run_id, source_id) for source_id in dict.fromkeys(source_ids)]
    store.change_many("INSERT INTO run_sources (run_id, source_id) VALUES (?, ?)", rows)
    return run_id


def heartbeat(store: Store, run_id: int, *, now: datetime) -> None:
    """Say that the pass is alive."""
    store.update("runs", {"id": run_id}, {"heartbeat_at": stamp(now)})


def count(store: Store, run_id: int, source_id: str, **deltas: int) -> None:
    """Add to a source's counters of the pass; the names are the number fields of `SourceCounts`.

    Raises:
        ValueError: a name is none of them.
    """
    if unknown := sorted(deltas.keys() - _COUNTERS):
        raise ValueError(f"no such counter of a source: {', '.join(unknown)}")
    columns, marks = ", ".join(deltas), ", ".join("?" * len(deltas))
    changes = ", ".join(f"{name} = {name} + excluded.{name}" for name in deltas)
    store.change(
        f"INSERT INTO run_sources (run_id, source_id, {columns}) VALUES (?, ?, {marks}) "
        f"ON CONFLICT (run_id, source_id) DO UPDATE SET {changes}",
        [run_id, source_id, *deltas.values()],
    )


def source_error(store: Store, run_id: int, source_id: str, error: str) -> None:
    """Keep the last listing error of a source in the pass, one sentence."""
    row = {"run_id": run_id, "source_id": source_id, "error": clean(error)}
    store.upsert("run_sources", ["run_id", "source_id"], row)


def finish(store: Store, run_id: int, outcome: RunOutcome, *, now: datetime, detail: str) -> None:
    """Close the row of a pass; one that is closed already stays as it is."""
    store.change(
        "UPDATE runs SET outcome = ?, detail = ?, heartbeat_at = ?, finished_at = ? WHERE id = ? AND outcome = ?",
        [outcome.value, clean(detail), stamp(now), stamp(now), run_id, RunOutcome.RUNNING.value],
    )


def counts(store: Store, run_id: int) -> list[SourceCounts]:
    """What the pass did, one value a source it was started for, by source id."""
    names = [f.name for f in fields(SourceCounts)]
    sql = f"SELECT {', '.join(names)} FROM run_sources WHERE run_id = ? ORDER BY source_id"
    return [SourceCounts(**row) for row in store.rows(sql, [run_id])]


def get(store: Store, run_id: int) -> dict[str, Any] | None:
    """The row of a pass."""
    return store.row("SELECT * FROM runs WHERE id = ?", [run_id])


def latest(store: Store, kind: str | None = None) -> dict[str, Any] | None:
    """The row of the pass that was started last (of one kind)."""
    sql = "SELECT * FROM runs WHERE ? IS NULL OR kind = ? ORDER BY id DESC LIMIT 1"
    return store.row(sql, [kind, kind])


def latest_finished(store: Store) -> dict[str, Any] | None:
    """The row of the pass that was started last of those that are over."""
    return store.row("SELECT * FROM runs WHERE outcome <> ? ORDER BY id DESC LIMIT 1", [RunOutcome.RUNNING.value])


def unfinished(store: Store) -> list[dict[str, Any]]:
    """The rows of passes that go on, or that were killed and not closed yet."""
    return store.rows("SELECT * FROM runs WHERE outcome = ?", [RunOutcome.RUNNING.value])


def close_abandoned(store: Store, now: datetime) -> list[int]:
    """Close the rows of passes that were killed: what they left pending is for the next pass. Returns their ids.

    The caller holds the store's run lock, so nobody else is at work, and every open row is one of a killed pass.
    Process ids are not asked: a killed process stays in the table where nothing reaps it (a container without an
    init), and numbers come again.
    """
    over = [row["id"] for row in unfinished(store)]
    for run_id in over:
        detail = "killed before its end; what was pending is resumed by the next pass"
        finish(store, run_id, RunOutcome.INTERRUPTED, now=now, detail=detail)
    return over


def issue(
    store: Store, *, run_id: int | None, source_id: str | None, level: str, code: str, message: str, url: str = "",
    now: datetime,
) -> None:  # fmt: skip
    """Record what somebody should look at; what is open already (same source, code and URL) is counted, not repeated.

    Args:
        level: `error` or `warning`.
        code: a short word of the documented list; `message` is one plain sentence.
    """
    store.change(
        """
        INSERT INTO issues (level, code, message, source_id, url, run_id, last_run_id, first_seen, last_seen)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (ifnull(source_id, ''), code, url) WHERE resolved_at IS NULL DO UPDATE SET
            count = count + 1, level = excluded.level, message = excluded.message,
            last_run_id = excluded.last_run_id, last_seen = excluded.last_seen
        """,
        [level, code, clean(message), source_id, clean(url), run_id, run_id, stamp(now), stamp(now)],
    )


def open_issues(store: Store, source_id: str | None = None) -> list[dict[str, Any]]:
    """Rows of issues that are not resolved, newest first (of one source)."""
    sql = (
        "SELECT * FROM issues WHERE resolved_at IS NULL AND (? IS NULL OR source_id = ?) ORDER BY last_seen DESC, id"
    )
    return store.rows(sql, [source_id, source_id])


def resolve(store: Store, *, source_id: str, code: str, now: datetime) -> None:
    """Close the open issues of a source with this code: what they told of is well again."""
    store.change(
        "UPDATE issues SET resolved_at = ? WHERE source_id = ? AND code = ? AND resolved_at IS NULL",
        [stamp(now), source_id, code],
    )


def settle(store: Store, *, code: str, url: str, now: datetime) -> None:
    """Close the open issue with this code about an address: what it told of is well again."""
    store.change(
        "UPDATE issues SET resolved_at = ? WHERE code = ? AND url = ? AND resolved_at IS NULL",
        [stamp(now), code, url],
    )
