"""The schedule as configured, and its turns as recorded: where `due` meets the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scheduler.config import at
from scheduler.config_keys import Config
from scheduler.due import MADE_UP, OPEN, DailyAt, Every, Pass, Plan, Task, Turn, TurnState, plan
from scheduler.zone import shown
from store import turns
from store.database import Store
from store.values import moment

GRACE = timedelta(hours=20)
"""Of the tasks that are no passes."""
PUNCTUAL = timedelta(minutes=10)
"""A turn that is kept later than this was missed and made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a turn's work."""

    state: TurnState
    detail: str
    run_id: int | None = None
    stopped: bool = False
    """True when a person or the system stopped it."""
    event: str = ""
    """What to notify, a word of the configuration's `notify.on`; empty: nothing."""
    newly_ill: tuple[str, ...] = ()
    """A sentence for each source that was found ill and was not before."""


def tasks(config: Config) -> list[Task]:
    """What is done at turns, in the order in which it is done when several things are due."""
    zone, retry = config.zone, timedelta(minutes=config.child.retry_minutes)
    found = []
    if config.daily.enabled:
        grace = timedelta(hours=config.daily.grace_hours)
        rule = DailyAt(at(config.daily.at), zone)
        found.append(Task(id="daily", rule=rule, grace=grace, passes=True, at_once=True, retry=retry))
    for tick in config.ticks:
        pause = timedelta(minutes=tick.every_minutes)
        found.append(Task(id=tick.id, rule=Every(pause), grace=pause, passes=True, retry=min(retry, pause)))
    for name, setting in (("digest", config.digest), ("maintenance", config.maintenance), ("backup", config.backup)):
        if setting.enabled:
            found.append(Task(id=name, rule=DailyAt(at(setting.at), zone), grace=GRACE, retry=retry))
    return found


def look(store: Store, task: Task, now: datetime) -> Plan:
    """What the task needs now, from what is recorded. Reads only."""
    rows = turns.of_task(store, task.id, sorted(OPEN))
    known = [_turn(row) for row in rows]
    since = min((t.due for t in known), default=None)
    passes = [Pass(run_id=r["id"], started=moment(r["started_at"])) for r in turns.complete_passes(store, since)]
    return plan(task, known, passes, now)


def settle(store: Store, task: Task, found: Plan, now: datetime) -> list[str]:
    """Records what the plan says of the past, and that the turn of now is begun; only within `write()`.

    Returns a sentence for each turn that was missed for good.
    """
    if found.begin:
        turns.record(store, task.id, found.begin, TurnState.BEGUN, now=now, rule=str(task.rule))
    for due, run_id in found.done_by:
        late = _seconds(now - due)
        turns.record(
            store, task.id, due, TurnState.DONE, now=now, late=late, run_id=run_id, tries=_tries(store, task, due),
            detail=f"run {run_id}, which began later, did its work",
        )  # fmt: skip
    told = [_missed(store, task, due, found, now) for due in _worth_a_row(task, found)]
    if found.now:
        turns.record(
            store, task.id, found.now, TurnState.STARTED, now=now, late=_seconds(found.late), tries=found.tries + 1,
        )  # fmt: skip
    return told


def close(store: Store, task: Task, found: Plan, result: Result, now: datetime, *, slack: timedelta) -> None:
    """Records what came of the turn; only within `write()`."""
    assert found.now is not None, "a result belongs to a turn"
    tries = found.tries + 1
    if result.stopped or result.state is TurnState.REFUSED:
        tries = found.tries  # nobody's fault: it does not use up a try
    turns.record(
        store, task.id, found.now, result.state, now=now, tries=tries, late=_seconds(found.late),
        run_id=result.run_id, detail="; ".join(filter(None, (_lateness(found, slack), result.detail))),
    )  # fmt: skip


def was_missed(found: Plan, slack: timedelta) -> bool:
    """Whether nobody was there at the time of the turn that is kept now."""
    return found.late > max(slack, PUNCTUAL) and not found.tries


def slack(config: Config) -> timedelta:
    """What a punctual machine may be late: in a trial two seconds are much."""
    return max(PUNCTUAL, timedelta(seconds=2 * config.clock.speed))


def _worth_a_row(task: Task, found: Plan) -> Sequence[datetime]:
    """Each missed day is told; of missed ticks the last one."""
    return found.missed[-1:] if isinstance(task.rule, Every) else found.missed


def _missed(store: Store, task: Task, due: datetime, found: Plan, now: datetime) -> str:
    row = _recorded(store, task, due)
    tries = row["tries"] if row else 0
    by = (
        f"the turn of {shown(found.now, task_zone(task))} does its work"
        if found.now
        else "the next turn does its work"
    )
    why = "nobody was there"
    if tries:
        why = f"broken off {'once' if tries == 1 else f'{tries} times'}"
    elif row and row["state"] == TurnState.REFUSED:
        why = "another run held the lock"
    state = TurnState.FAILED if tries else TurnState.MISSED
    run_id = row["run_id"] if row else None
    turns.record(store, task.id, due, state, now=now, tries=tries, late=_seconds(now - due), run_id=run_id,
                 detail=f"{why}; {by}")  # fmt: skip
    return f"{task.id} of {shown(due, task_zone(task))}: {why}; {by}"


def task_zone(task: Task) -> Any:
    """The zone in which the task's turns are meant; the machine's for one that knows none."""
    return task.rule.zone if isinstance(task.rule, DailyAt) else None


def _lateness(found: Plan, slack_: timedelta) -> str:
    if found.late <= max(slack_, PUNCTUAL):
        return ""
    return f"{MADE_UP} {found.late.total_seconds() / 3600:.1f} hours late"


def _recorded(store: Store, task: Task, due: datetime) -> dict[str, Any] | None:
    return next((row for row in turns.recent(store, since=due, task=task.id) if moment(row["due_at"]) == due), None)


def _tries(store: Store, task: Task, due: datetime) -> int:
    row = _recorded(store, task, due)
    return int(row["tries"]) if row else 0


def _turn(row: dict[str, Any]) -> Turn:
    return Turn(
        due=moment(row["due_at"]), state=TurnState(row["state"]), tries=row["tries"], at=moment(row["recorded_at"]),
        rule=row["rule"],
    )  # fmt: skip


def _seconds(span: timedelta) -> int:
    return max(int(span.total_seconds()), 0)
