"""What is due: turns over days and changes of clocks, and what is done about missed, refused and broken ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.due import DailyAt, Every, Pass, Task, Turn, TurnState, plan, turns_between

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = (
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Tehran", "Asia/Shanghai", "Asia/Beirut",
    "Australia/Lord_Howe", "America/Havana", "Africa/Casablanca", "Pacific/Chatham", "UTC", "America/St_Johns",
)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(at: str = "06:00", zone: str = "UTC", **options: object) -> Task:
    rule = DailyAt(time.fromisoformat(at), ZoneInfo(zone))
    return Task(id="daily", rule=rule, grace=20 * HOUR, passes=True, **options)  # type: ignore[arg-type]


def begun(task: Task, at: str) -> Turn:
    return Turn(due=utc(at), state=TurnState.BEGUN, at=utc(at), rule=str(task.rule))


def turn(at: str, state: TurnState, *, tries: int = 0, recorded: str | None = None) -> Turn:
    return Turn(due=utc(at), state=state, tries=tries, at=utc(recorded or at))


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None)),
    first=st.dates(date(1985, 1, 1), date(2036, 1, 1)),
)
def test_each_day_of_a_zone_has_one_turn_whatever_its_clocks_do(zone: ZoneInfo, at: time, first: date) -> None:
    rule, days = DailyAt(at, zone), [first + n * DAY for n in range(400)]
    turns = turns_between(rule, _midnight(days[0], zone) - timedelta(seconds=1), _midnight(days[-1], zone))
    told = [t.astimezone(zone) for t in turns if t.astimezone(zone).date() != days[-1]]
    missing = set(days[:-1]) - {t.date() for t in told}
    assert missing <= {t.date() - DAY for t in told if t.time() < at}, "only a leap over midnight moves a turn"
    assert len(told) == len(days) - 1
    assert all(t.replace(tzinfo=None).time() == at or _leapt_over(t, at) for t in told)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _leapt_over(turn: datetime, at: time) -> bool:
    """The clocks leapt at the turn, and the leap holds the time that was asked for."""
    before = (turn.astimezone(UTC) - timedelta(seconds=1)).astimezone(turn.tzinfo)
    leap = turn.replace(tzinfo=None) - before.replace(tzinfo=None) - timedelta(seconds=1)
    asked = datetime.combine(before.date(), at)
    return leap > timedelta(0) and any(
        before.replace(tzinfo=None) < day <= turn.replace(tzinfo=None) for day in (asked, asked + DAY)
    )


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        ("Europe/Berlin", "06:00", "2026-03-28", "2026-03-28T05:00"),
        ("Europe/Berlin", "06:00", "2026-03-29", "2026-03-29T04:00"),
        ("Europe/Berlin", "02:30", "2026-03-29", "2026-03-29T01:00"),  # 02:00 leaps to 03:00
        ("Europe/Berlin", "02:30", "2026-10-25", "2026-10-25T00:30"),  # shown twice: the first time
        ("America/Havana", "00:15", "2026-03-08", "2026-03-08T05:00"),  # the day begins at 01:00
        ("Asia/Tehran", "06:00", "2026-03-21", "2026-03-21T02:30"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:30"),  # a leap of half an hour
    ],
)
def test_a_daily_turn_is_when_the_clocks_show_the_time(zone: str, at: str, day: str, expected: str) -> None:
    assert DailyAt(time.fromisoformat(at), ZoneInfo(zone)).on(date.fromisoformat(day)) == utc(expected)


def test_a_day_that_a_zone_left_out_has_no_turn() -> None:
    rule = DailyAt(time(6), ZoneInfo("Pacific/Apia"))
    assert rule.on(date(2011, 12, 30)) is None
    assert rule.first_after(rule.on(date(2011, 12, 29)) or utc("2011-01-01")) == rule.on(date(2011, 12, 31))


@given(minutes=st.integers(5, 1440), seconds=st.integers(0, 2**31))
def test_a_tick_comes_after_now_and_within_its_pause(minutes: int, seconds: int) -> None:
    now, pause = datetime.fromtimestamp(seconds, UTC), timedelta(minutes=minutes)
    following = Every(pause).first_after(now)
    assert now < following <= now + pause
    assert (following - datetime(1970, 1, 1, tzinfo=UTC)) % pause == timedelta(0)


def test_a_new_task_begins_now_and_waits_for_its_first_turn() -> None:
    found = plan(daily(), [], [], utc("2026-03-02T09:00"))
    assert (found.begin, found.now, found.next) == (utc("2026-03-02T08:59:59"), None, utc("2026-03-03T06:00"))


def test_a_store_that_never_saw_a_pass_is_gathered_for_at_once() -> None:
    now = utc("2026-03-02T09:00")
    assert plan(daily(at_once=True), [], [], now).now == now
    assert plan(daily(at_once=True), [], [Pass(run_id=1, started=utc("2026-03-01T09:00"))], now).now is None


def test_a_changed_time_begins_anew_and_does_not_double_the_day() -> None:
    task = daily("09:00")
    found = plan(task, [begun(daily("06:00"), "2026-03-01T12:00")], [], utc("2026-03-02T12:00"))
    assert (found.begin is not None, found.now, found.next) == (True, None, utc("2026-03-03T09:00"))


MONDAY = "2026-03-02T06:00"
MISSED, REFUSED, BROKEN = TurnState.MISSED, TurnState.REFUSED, TurnState.INTERRUPTED
CASES: list[tuple[str, Sequence[Turn], Sequence[str], str, str | None, Sequence[str]]] = [
    # name, recorded turns after Sunday, starts of whole passes, now, turn to keep now, missed
    ("before the turn", [], [], "2026-03-02T05:59", None, []),
    ("at the turn", [], [], MONDAY, MONDAY, []),
    ("hours late", [], [], "2026-03-02T19:00", MONDAY, []),
    ("later than the grace", [], [], "2026-03-03T03:00", None, [MONDAY]),
    ("days late: the newest alone", [], [], "2026-03-04T07:00", "2026-03-04T06:00", [MONDAY, "2026-03-03T06:00"]),
    ("kept already", [turn(MONDAY, TurnState.DONE)], [], "2026-03-02T07:00", None, []),
    ("failed: the next day tries again", [turn(MONDAY, TurnState.FAILED, tries=1)], [], "2026-03-02T07:00", None, []),
    ("by hand since", [], ["2026-03-02T06:30"], "2026-03-02T07:00", None, []),
    ("by hand before it", [], ["2026-03-02T05:58"], "2026-03-02T07:00", MONDAY, []),
    ("refused", [turn(MONDAY, REFUSED)], [], "2026-03-02T06:05", MONDAY, []),
    ("refused for a pass that began later", [turn(MONDAY, REFUSED)], [MONDAY], "2026-03-02T06:05", None, []),
    ("broken off, in its pause", [turn(MONDAY, BROKEN, tries=1)], [], "2026-03-02T06:29", None, []),
    ("broken off, after its pause", [turn(MONDAY, BROKEN, tries=1)], [], "2026-03-02T06:30", MONDAY, []),
    ("broken off twice", [turn(MONDAY, BROKEN, tries=2)], [], "2026-03-02T07:00", None, [MONDAY]),
    ("killed with the daemon", [turn(MONDAY, TurnState.STARTED, tries=1)], [], "2026-03-02T07:00", MONDAY, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "recorded", "passes", "now", "expected", "missed"), CASES, ids=lambda v: str(v)[:40]
)
def test_what_is_done_about_a_turn(
    name: str, recorded: Sequence[Turn], passes: Sequence[str], now: str, expected: str | None, missed: Sequence[str]
) -> None:
    task = daily()
    done = [Pass(run_id=n, started=utc(at)) for n, at in enumerate(passes)]
    known = [begun(task, "2026-03-01T00:00"), turn("2026-03-01T06:00", TurnState.DONE), *recorded]
    found = plan(task, known, done, utc(now))
    assert found.now == (utc(expected) if expected else None)
    assert list(found.missed) == [utc(due) for due in missed]
    assert found.next > utc(now)


def test_lateness_and_earlier_tries_are_told() -> None:
    task = daily()
    found = plan(task, [begun(task, "2026-03-01T07:00"), turn(MONDAY, BROKEN, tries=1)], [], utc("2026-03-02T08:00"))
    assert (found.late, found.tries) == (2 * HOUR, 1)


def test_a_pause_ends_before_the_next_turn() -> None:
    task = daily()
    found = plan(task, [begun(task, "2026-03-01T07:00"), turn(MONDAY, BROKEN, tries=1)], [], utc("2026-03-02T06:10"))
    assert found.next == utc("2026-03-02T06:30")


def test_a_pass_by_hand_makes_up_every_turn_before_it() -> None:
    task = daily()
    found = plan(
        task, [begun(task, "2026-03-01T00:00")], [Pass(run_id=7, started=utc("2026-03-03T08:00"))],
        utc("2026-03-03T09:00"),
    )  # fmt: skip
    assert found.done_by == tuple((utc(f"2026-03-0{day}T06:00"), 7) for day in (1, 2, 3))
    assert (found.now, found.missed) == (None, ())


@given(st.lists(st.integers(1, 60 * 50), min_size=1, max_size=30))
def test_however_the_daemon_comes_and_goes_a_turn_is_recorded_once(pauses: list[int]) -> None:
    """Looking at random moments: every turn ends as kept or missed, none twice, and none is kept beyond its grace."""
    task = daily()
    now, known = utc("2026-03-01T07:00"), [begun(task, "2026-03-01T07:00")]
    ended: list[datetime] = []
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        found = plan(task, known, [], now)
        ended += [*found.missed, *([found.now] if found.now else [])]
        assert found.late <= task.grace
        known += [Turn(due=due, state=MISSED, at=now) for due in found.missed]
        known += [Turn(due=found.now, state=TurnState.DONE, at=now)] if found.now else []
    assert ended == turns_between(task.rule, utc("2026-03-01T07:00"), now)
