"""What is due. Pure: rules, what was done so far, and now go in; what is to be done comes out.

A *turn* is one time at which a task was to be done. The daemon, `silkwatch daemon --once` from cron, and `status` all
ask here. A daily turn is the moment at which the clocks of the zone show the time, once for each day of that zone's
calendar: a time that the clocks leap over is due when they have leapt, a time they show twice is due the first time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

DAY = timedelta(days=1)
MOST = 400
"""Turns looked back at: a daemon that was away for longer begins anew."""
TRIES = 2
"""A pass that was broken off is made up once."""


class TurnState(StrEnum):
    BEGUN = "begun"
    """No turn: the task's turns are counted from this moment on."""
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"
    """Another run held the lock."""
    MISSED = "missed"
    """Nobody was there, and a later turn did its work."""


OPEN = frozenset({TurnState.STARTED, TurnState.INTERRUPTED, TurnState.REFUSED})
"""Turns in these states are made up."""
MADE_UP = "made up"
"""How the record of a turn begins that was kept later than a punctual machine would have."""


def as_planned(state: str, detail: str) -> bool:
    """Whether the record of a turn says that it was kept, in time, or is just being kept."""
    return state in (TurnState.DONE, TurnState.STARTED) and not detail.startswith(MADE_UP)


@dataclass(frozen=True, slots=True)
class DailyAt:
    """Once a day, when the clocks of the zone show this time."""

    time: time
    zone: tzinfo

    def __str__(self) -> str:
        return f"daily at {self.time:%H:%M} {self.zone}"

    def first_after(self, moment: datetime) -> datetime:
        day = moment.astimezone(self.zone).date() - DAY
        while (turn := self.on(day)) is None or turn <= moment:
            day += DAY
        return turn

    def on(self, day: date) -> datetime | None:
        """The turn of a calendar day, in UTC; None for a day that the zone left out (Samoa, 30 December 2011)."""
        if _first_instant(day, time.min, self.zone).astimezone(self.zone).date() != day:
            return None
        return _first_instant(day, self.time, self.zone)


@dataclass(frozen=True, slots=True)
class Every:
    """Each time that so much has passed since the epoch: no drift, and no change of clocks matters."""

    pause: timedelta

    def __str__(self) -> str:
        return f"every {self.pause.total_seconds() / 60:.0f} minutes"

    def first_after(self, moment: datetime) -> datetime:
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        return epoch + ((moment - epoch) // self.pause + 1) * self.pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something done at turns."""

    id: str
    rule: DailyAt | Every
    grace: timedelta
    """A turn that is later than this is not made up: the next one does its work."""
    passes: bool = False
    """True when the task is a pass: another pass over all sources that began later has done its work."""
    at_once: bool = False
    """True when the first turn is due as soon as the task is known."""
    retry: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is recorded of a turn."""

    due: datetime
    state: TurnState
    tries: int = 0
    at: datetime
    """When the state was recorded."""
    rule: str = ""
    """Of a BEGUN: the rule it began with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A completed pass over all sources, whoever started it."""

    run_id: int
    started: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be recorded, done and awaited for a task."""

    begin: datetime | None = None
    """Count the turns from here on (a new task, or a changed rule)."""
    done_by: tuple[tuple[datetime, int], ...] = ()
    """Turns whose work a pass has done, with its run."""
    missed: tuple[datetime, ...] = ()
    """Turns that nobody kept and that are not made up, oldest first."""
    now: datetime | None = None
    """The turn to keep now."""
    tries: int = 0
    """How often it was tried before."""
    late: timedelta = timedelta(0)
    next: datetime
    """When to look again: the next turn, or the end of a pause."""


def plan(task: Task, known: Sequence[Turn], passes: Sequence[Pass], now: datetime) -> Plan:
    """What a task needs now.

    Args:
        known: the task's recorded turns, all that are open and the newest ones.
        passes: completed passes over all sources, those that began since the oldest of the turns.
    """
    following = task.rule.first_after(now)
    begun = max((t for t in known if t.state is TurnState.BEGUN), key=lambda t: t.due, default=None)
    if begun is None or begun.rule != str(task.rule):
        return _begin(task, begun, passes, now, following)
    wanting = {t.due: t for t in known if t.state in OPEN and t.due <= now}
    last = max(t.due for t in known)
    dues = sorted({*wanting, *turns_between(task.rule, last, now)})
    done = {due: p.run_id for due in dues if (p := _covering(task, due, passes))}
    left = [due for due in dues if due not in done]
    plan_ = Plan(done_by=tuple(done.items()), missed=tuple(left[:-1]), next=following)
    return _with_newest(task, plan_, left[-1], wanting.get(left[-1]), now) if left else plan_


def _begin(task: Task, begun: Turn | None, passes: Sequence[Pass], now: datetime, following: datetime) -> Plan:
    first = begun is None and task.at_once and not passes
    return Plan(begin=now - timedelta(seconds=1), now=now if first else None, next=following)


def _with_newest(task: Task, so_far: Plan, due: datetime, record: Turn | None, now: datetime) -> Plan:
    tries = record.tries if record else 0
    late = now - due
    if late > task.grace or tries >= TRIES:
        return Plan(done_by=so_far.done_by, missed=(*so_far.missed, due), next=so_far.next)
    if tries and record and record.state is TurnState.INTERRUPTED and now < (pause := record.at + task.retry):
        return Plan(done_by=so_far.done_by, missed=so_far.missed, next=min(so_far.next, pause))
    return Plan(
        done_by=so_far.done_by, missed=so_far.missed, now=due, tries=tries, late=late, next=so_far.next
    )  # fmt: skip


def _covering(task: Task, due: datetime, passes: Sequence[Pass]) -> Pass | None:
    return next((p for p in passes if p.started >= due), None) if task.passes else None


def turns_between(rule: DailyAt | Every, after: datetime, until: datetime) -> list[datetime]:
    """The turns after one moment up to and with another, oldest first; the newest `MOST` of a long time."""
    pause = rule.pause if isinstance(rule, Every) else DAY
    return list(_walk(rule, max(after, until - MOST * pause), until))


def _walk(rule: DailyAt | Every, after: datetime, until: datetime) -> Iterator[datetime]:
    while (after := rule.first_after(after)) <= until:
        yield after


def _first_instant(day: date, at: time, zone: tzinfo) -> datetime:
    """The first moment, in UTC, at which the zone's clocks show this time of this day or have leapt over it."""
    wall = datetime.combine(day, at)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= second:  # shown once, or twice and this is the first time
        return first
    # Leapt over: the leap lies between the two readings of the time (PEP 495); find its end to the second.
    low, high, before = second, first, second.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high
