"""Every key of `silkwatch.toml`: its type, its default, what is expected there, and what a type cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.channels.address import EXPECTED as CHANNEL
from scheduler.channels.address import parse
from scheduler.zone import user_zone
from store.errors import UsageError

EVENTS = ("failed", "missed", "hung", "ill", "maintenance")
"""What can be notified; see docs/operations.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """The daily pass over all enabled sources."""

    enabled: bool = True
    at: str = "06:00"
    grace_hours: float = 20.0
    """A pass that was missed is made up when it is not later than this; otherwise the next one does its work."""
    max_minutes: int = 0
    """0: no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """More frequent passes over some sources."""

    sources: tuple[str, ...]
    every_minutes: int

    @property
    def id(self) -> str:
        return f"tick:{'+'.join(self.sources)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """How the crawling process is watched."""

    silent_minutes: float = 15.0
    """Without a sign of life for so long it is taken for hung and ended."""
    retry_minutes: float = 30.0
    """A pass that was broken off is made up after this pause, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    enabled: bool = True
    at: str = "07:30"
    format: str = "markdown"
    to: tuple[str, ...] = ()
    """Addresses of channels; empty: a new file in `folder` each time."""
    folder: str = "digests"
    """Relative to the store's folder."""
    when_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    to: tuple[str, ...] = ()
    on: tuple[str, ...] = ("failed", "missed", "hung", "ill", "maintenance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """WAL checkpoint and full-text index, daily."""

    enabled: bool = True
    at: str = "04:30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    enabled: bool = True
    at: str = "04:45"
    folder: str = "backups"
    """Relative to the store's folder."""
    keep: int = 7
    """Copies kept; older ones are removed after a new one was made and checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """For trials: while nothing is being done, the clock runs `speed` times as fast; work takes its real time."""

    speed: float = 1.0
    start: str = ""
    """The time at which a trial begins, `2026-03-01T05:00:00Z`; empty: now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    timezone: str = ""
    """IANA name; empty: SILKWATCH_TZ, TZ or the machine's."""
    daily: Daily = field(default_factory=Daily)
    ticks: tuple[Tick, ...] = ()
    child: Child = field(default_factory=Child)
    digest: Digest = field(default_factory=Digest)
    notify: Notify = field(default_factory=Notify)
    maintenance: Maintenance = field(default_factory=Maintenance)
    backup: Backup = field(default_factory=Backup)
    clock: Clock = field(default_factory=Clock)

    @property
    def zone(self) -> tzinfo:
        """The zone in which daily times are meant; always one that knows its own rules."""
        if self.timezone:
            return ZoneInfo(self.timezone)
        return user_zone() or machine_zone()

    @property
    def shown_zone(self) -> tzinfo:
        """The zone in which times are told: SILKWATCH_TZ, else the configured one, else the machine's."""
        return user_zone() or self.zone


EXPECTED: Mapping[str, str] = {
    "timezone": 'an IANA time zone such as "Asia/Tehran", or "" for the machine\'s',
    "daily": "a table, [daily]",
    "daily.enabled": "true or false",
    "daily.at": 'a time of day such as "06:00"',
    "daily.grace_hours": "hours, a number from 0.1 to 168",
    "daily.max_minutes": "minutes, a whole number of at least 0 (0: no limit)",
    "ticks": "[[ticks]] tables",
    "ticks.sources": "a list of at least one source id",
    "ticks.every_minutes": "minutes, a whole number from 5 to 1440",
    "child": "a table, [child]",
    "child.silent_minutes": "minutes, a number from 0.05 to 1440",
    "child.retry_minutes": "minutes, a number from 0 to 1440",
    "digest": "a table, [digest]",
    "digest.enabled": "true or false",
    "digest.at": 'a time of day such as "07:30"',
    "digest.format": 'one of "markdown", "html", "text"',
    "digest.to": f"a list of channels, each {CHANNEL}",
    "digest.folder": "a folder",
    "digest.when_empty": "true or false",
    "notify": "a table, [notify]",
    "notify.to": f"a list of channels, each {CHANNEL}",
    "notify.on": f"a list of some of {', '.join(EVENTS)}",
    "maintenance": "a table, [maintenance]",
    "maintenance.enabled": "true or false",
    "maintenance.at": 'a time of day such as "04:30"',
    "backup": "a table, [backup]",
    "backup.enabled": "true or false",
    "backup.at": 'a time of day such as "04:45"',
    "backup.folder": "a folder",
    "backup.keep": "a whole number of at least 1",
    "clock": "a table, [clock]",
    "clock.speed": "a number from 1 to 100000",
    "clock.start": 'a time in UTC such as "2026-03-01T05:00:00Z", or "" for now',
}
_RANGES: Mapping[str, tuple[float, float]] = {
    "daily.grace_hours": (0.1, 168),
    "daily.max_minutes": (0, 10_000),
    "child.silent_minutes": (0.05, 1440),
    "child.retry_minutes": (0, 1440),
    "backup.keep": (1, 10_000),
    "clock.speed": (1, 100_000),
}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def faults(config: Config) -> Iterator[tuple[str, str]]:
    """What a type cannot say: key and message."""
    for key in (key for key in EXPECTED if key.endswith(".at")):
        if not _TIME.fullmatch(value := _get(config, key)):
            yield key, f"expected {EXPECTED[key]}, got {value!r}"
    for key, (low, high) in _RANGES.items():
        if not low <= (value := _get(config, key)) <= high:
            yield key, f"expected {EXPECTED[key]}, got {value}"
    yield from _choices(config)
    for number, tick in enumerate(config.ticks):
        if not tick.sources or not all(tick.sources):
            yield f"ticks[{number}].sources", f"expected {EXPECTED['ticks.sources']}, got {list(tick.sources)}"
        if not 5 <= tick.every_minutes <= 1440:
            yield (
                f"ticks[{number}].every_minutes",
                f"expected {EXPECTED['ticks.every_minutes']}, got {tick.every_minutes}",
            )


def _choices(config: Config) -> Iterator[tuple[str, str]]:
    if config.timezone and not _is_zone(config.timezone):
        yield "timezone", f"expected {EXPECTED['timezone']}, got {config.timezone!r}"
    if config.digest.format not in ("markdown", "html", "text"):
        yield "digest.format", f"expected {EXPECTED['digest.format']}, got {config.digest.format!r}"
    if unknown := [event for event in config.notify.on if event not in EVENTS]:
        yield "notify.on", f"expected {EXPECTED['notify.on']}, got {unknown[0]!r}"
    for key, channels in (("digest.to", config.digest.to), ("notify.to", config.notify.to)):
        yield from ((key, text) for channel in channels if (text := _no_channel(channel)))
    if config.clock.start and moment_of(config.clock.start) is None:
        yield "clock.start", f"expected {EXPECTED['clock.start']}, got {config.clock.start!r}"


def _no_channel(address: str) -> str:
    """What is wrong with the address of a channel, without what may be secret in it."""
    try:
        parse([address])
    except UsageError as error:
        return str(error)
    return ""


def moment_of(text: str) -> datetime | None:
    """An aware time in UTC, or None when the text is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _get(config: Config, key: str) -> Any:
    value: Any = config
    for part in key.split("."):
        value = getattr(value, part)
    return value


def machine_zone() -> tzinfo:
    """The machine's zone with its rules, so that future changes of the clocks are known."""
    from tzlocal import get_localzone  # reads the machine's files

    return get_localzone()
