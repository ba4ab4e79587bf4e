"""What each task of the schedule does at its turn. Each gives a `Result`: expected trouble is a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler import health, maintenance, runner, tell
from scheduler.config_keys import Config
from scheduler.due import Task, TurnState
from scheduler.gather import PassStopped, Request, gather
from scheduler.ledger import Result
from scheduler.report import Report
from store import clock, sources
from store.database import Store
from store.errors import RunInProgress, SilkwatchError
from store.lock import RunLock
from store.models import RunOutcome

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the work is done."""

    db: Path
    beat: Path | None = None
    allow_private: tuple[str, ...] = ()
    program: tuple[str, ...] = runner.SPIDER


def do(task: Task, place: Place, config: Config, *, say: Say) -> Result:
    """Does the work of a task's turn. Errors of ours become the turn's result; anything else is a fault of the
    program and ends it."""
    try:
        return _WORK[task.id.partition(":")[0]](task, place, config, say)
    except RunInProgress as error:
        return Result(state=TurnState.REFUSED, detail=str(error))
    except PassStopped as error:
        return Result(state=TurnState.INTERRUPTED, detail=str(error), stopped=True)
    except SilkwatchError as error:
        event = "failed" if task.passes or task.id == "digest" else "maintenance"
        return Result(state=TurnState.FAILED, detail=str(error), event=event)


def _pass(task: Task, place: Place, config: Config, say: Say) -> Result:
    ids = next((tick.sources for tick in config.ticks if tick.id == task.id), ())
    request = Request(
        db=place.db, beat=place.beat, allow_private=place.allow_private, program=place.program, source_ids=ids,
        max_minutes=config.daily.max_minutes or None, silent_minutes=config.child.silent_minutes,
    )  # fmt: skip
    before = _ill_ids(place)
    result = _judged(gather(request, say=say))
    return replace(result, newly_ill=_ill_since(place, before))


def _judged(report: Report) -> Result:
    """A pass as a turn's result: stopped by us, broken off, failed, or done."""
    sums = f"{report.total('new')} new, {report.total('duplicates')} copies"
    detail = f"run {report.run_id} {report.outcome}: {sums}" + (f"; {report.detail}" if report.detail else "")
    if report.exit_code == 0:
        state, event = TurnState.DONE, ""
    elif report.outcome is RunOutcome.INTERRUPTED:
        state, event = (
            TurnState.INTERRUPTED,
            "" if report.stopped else "hung" if "hung" in report.detail else "failed",
        )
    else:
        state, event = TurnState.FAILED, "failed"
    # A stop that came when the pass was all but done was taken by the pass, and is still a stop of the daemon.
    return Result(state=state, detail=detail, run_id=report.run_id, stopped=report.stopped, event=event)


def _ill_ids(place: Place) -> set[str]:
    if not place.db.exists():
        return set()
    with Store.open(place.db) as store:
        return {sick.id for sick in health.ill(sources.health(store), clock.now(place.db))}


def _ill_since(place: Place, before: set[str]) -> tuple[str, ...]:
    """A sentence for each source that this pass found ill and the one before did not."""
    with Store.open(place.db) as store:
        sick = health.ill(sources.health(store), clock.now(place.db))
    return tuple(f"{one.name} ({one.id}) is {one.illness}: {one.why}" for one in sick if one.id not in before)


def _digest(_task: Task, place: Place, config: Config, _say: Say) -> Result:
    return Result(state=TurnState.DONE, detail=tell.send_digest(place.db, config, clock.now(place.db)))


def _maintenance(_task: Task, place: Place, _config: Config, _say: Say) -> Result:
    with RunLock(place.db), Store.open(place.db) as store:
        return Result(state=TurnState.DONE, detail=maintenance.tidy(store))


def _backup(_task: Task, place: Place, config: Config, _say: Say) -> Result:
    folder = maintenance.folder_for(place.db, config.backup.folder)
    made = maintenance.backup(place.db, folder, now=clock.now(place.db), keep=config.backup.keep)
    return Result(state=TurnState.DONE, detail=f"{made.path} ({maintenance.size_told(made.size)})")


_WORK: dict[str, Callable[[Task, Place, Config, Say], Result]] = {
    "daily": _pass,
    "tick": _pass,
    "digest": _digest,
    "maintenance": _maintenance,
    "backup": _backup,
}
