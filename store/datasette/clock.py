"""Stored times are UTC; a reader's day begins in the reader's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store import clock
from store.values import moment, stamp


class Clock:
    """The reader's zone (an IANA name, or None for the machine's own) and the clock of a store (or the machine's)."""

    def __init__(self, zone: str | None = None, db: Path | None = None) -> None:
        try:
            self.zone = ZoneInfo(zone) if zone else None
        except (ZoneInfoNotFoundError, ValueError):
            self.zone = None  # a machine without time zone data shows its own time
        self.db = db

    def now(self) -> datetime:
        return clock.now(self.db) if self.db else datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def day(self, days_ago: int = 0) -> date:
        """The reader's day so many days ago, a century at the most."""
        return self.today() - timedelta(days=min(days_ago, 36500))

    def day_start(self, days_ago: int = 0) -> str:
        """The moment at which that day began, as it is stored."""
        return self.start_of(self.day(days_ago))

    def start_of(self, day: date) -> str:
        """A naive midnight is the machine's own when there is no zone: `astimezone` takes it so."""
        return stamp(datetime.combine(day, time.min, tzinfo=self.zone).astimezone(UTC))

    def shown(self, stored: str | None, precision: str | None = "minute") -> str:
        """`2026-03-12 21:27` in the reader's zone; a bare day is the publisher's and stays a day."""
        if not stored:
            return ""
        try:
            when = moment(stored)
        except ValueError:
            return stored
        if precision == "day":
            # A day is kept as the publisher's midnight: twelve hours on, it is that day in almost every zone.
            return f"{when + timedelta(hours=12):%Y-%m-%d}"
        return f"{when.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def name(self) -> str:
        """What the zone is called."""
        return str(self.zone) if self.zone else self.now().astimezone().tzname() or "local time"


def whole(number: object, otherwise: object) -> int:
    """A number that somebody typed; `otherwise` when it is none or not positive, 0 when that is none either."""
    for value in (number, otherwise):
        try:
            found = int(str(value).strip())
        except ValueError:
            continue
        if found > 0:
            return found
    return 0


def day_start(reader: Clock, number: object, otherwise: object) -> str:
    """The SQL function of that name; never an error, so that a query is not one for what was typed."""
    return reader.day_start(whole(number, otherwise))


def days_ago(reader: Clock, number: object, otherwise: object) -> str:
    """The SQL function of that name: a day as YYYY-MM-DD."""
    return reader.day(whole(number, otherwise)).isoformat()
