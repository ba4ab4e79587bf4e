"""Whether everything that Silkwatch needs is well, check by check, each with what to do. Changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from crawler.beat import Beat, find
from scheduler import exits, health, maintenance, network, tell
from scheduler.config import Loaded, load
from scheduler.config_keys import Config
from scheduler.terminal import plain
from scheduler.zone import shown
from store import clock, runs, sources, upkeep
from store.database import Store
from store.errors import SilkwatchError
from store.migrations import NAMES
from store.values import moment

T = TypeVar("T")

LIBRARIES = ("silkwatch", "scrapy", "trafilatura", "sqlite-utils", "datasette", "apscheduler")
LOW, SCARCE = 2_000_000_000, 200_000_000
"""Bytes left on the disk that are a warning, and that are too few."""
SKEW = timedelta(minutes=5)
"""A clock that is off by more misdates what is found."""
OLD_BACKUP = timedelta(days=3)

RESTORE = "stop the daemon, then `silkwatch backup list` and `silkwatch backup restore FILE`"


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding; `advice` says what to do when it is not ok."""

    name: str
    level: Level
    told: str
    advice: str = ""


def examine(db: Path, *, config_file: Path | None, beat_folder: Path | None, online: bool) -> list[Check]:
    """All checks in reading order; one that fails does not keep the others from being made."""
    found = [_versions()]
    loaded = _tried(found, "configuration", lambda: load(db, option=config_file, beat=beat_folder))
    found += [_configuration(loaded)] if loaded else []
    beat = _tried(found, "beat", lambda: Beat.load(find(beat_folder, env={})))
    found += [_beat(beat)] if beat else []
    config = loaded.config if loaded else Config()
    found += [*_store(db, config), _channels(config), _disk(db), _zone(db, config)]
    found += _network(beat) if online and beat else []
    return found


def exit_code(found: Sequence[Check]) -> int:
    """1 when something is broken; warnings do not count."""
    return exits.FAILED if any(check.level is Level.BAD for check in found) else exits.OK


def lines(found: Sequence[Check]) -> list[str]:
    """What a person reads: a line for each check, and below it what to do."""
    told = []
    for check in found:
        told.append(f"{check.level:<4}  {check.name}: {plain(check.told)}")
        told += [f"      → {plain(check.advice)}"] if check.advice else []
    bad, warn = (sum(c.level is level for c in found) for level in (Level.BAD, Level.WARN))
    return [*told, "", f"{bad} broken, {warn} to look at." if bad or warn else "All is well."]


def _tried(found: list[Check], name: str, make: Callable[[], T]) -> T | None:
    try:
        return make()
    except SilkwatchError as error:
        found.append(_bad(name, str(error), "correct what is named there"))
        return None


def _versions() -> Check:
    told = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    told = f"Python {platform.python_version()}, SQLite {upkeep.sqlite_version()}, {told}"
    return _ok("versions", told)


def _configuration(loaded: Loaded) -> Check:
    told = str(loaded.path) if loaded.path else "no silkwatch.toml; all defaults"
    if loaded.config.clock.speed != 1 or loaded.config.clock.start:
        return _warn("configuration", f"{told}: a [clock] makes this a trial", "remove [clock] before real use")
    return _ok("configuration", told)


def _beat(beat: Beat) -> Check:
    enabled = sum(source.policy.enabled for source in beat.sources)
    told = f"{beat.title}: {enabled} of {len(beat.sources)} sources enabled"
    return _ok("beat", told) if enabled else _bad("beat", told, "add some with `silkwatch sources import FILE`")


def _store(db: Path, config: Config) -> Iterator[Check]:
    if not db.exists():
        yield _warn("store", f"there is none at {db} yet", f"`silkwatch run --db {db}` makes it")
        return
    try:
        with Store.open(db, readonly=True) as store:
            yield (sound := _soundness(store))
            if sound.level is Level.OK:
                yield _clock(store)
                yield from _sources(store)
                yield from _failed_channels(store, config)
    except SilkwatchError as error:
        yield _bad("store", str(error), RESTORE)
    yield _backups(db, config)


def _soundness(store: Store) -> Check:
    if faults := upkeep.faults(store):
        return _bad("store", f"{len(faults)} faults: {'; '.join(faults[:3])}", RESTORE)
    size = maintenance.size_told(upkeep.bytes_of(store.path))
    return _ok("store", f"{store.path} ({size}) is sound; all {len(NAMES)} migrations are made")


def _clock(store: Store) -> Check:
    now = clock.now(store.path)
    newest = max(map(moment, filter(None, upkeep.last_written(store).values())), default=now)
    if newest - now > SKEW:
        told = f"the newest row of the store is {newest - now} in the future"
        return _bad("clock", told, "set the machine's clock; after a trial, begin a new store")
    return _ok("clock", "not behind what the store holds")


def _sources(store: Store) -> Iterator[Check]:
    sick = health.ill(sources.health(store), clock.now(store.path))
    for one in sick:
        since = f" since {one.since:%Y-%m-%d}" if one.since else ""
        yield _warn("source", f"{one.name} is {one.illness}{since}: {one.why}", one.advice.replace("ID", one.id))
    if not sick:
        yield _ok("sources", "none looks ill")


def _failed_channels(store: Store, config: Config) -> Iterator[Check]:
    for issue in runs.open_issues(store):
        if issue["code"] == tell.CHANNEL_ISSUE:
            since = shown(moment(issue["first_seen"]), config.shown_zone)
            advice = "correct its address or its server; `silkwatch digest --send` tries again what was not sent"
            yield _warn("channel", f"{issue['message']} ({issue['count']} times since {since})", advice)


def _channels(config: Config) -> Check:
    try:
        tell.check(config)
    except SilkwatchError as error:
        return _bad("channels", str(error), "correct digest.to or notify.to of the configuration")
    told = f"the digest goes to {len(config.digest.to) or 'a folder'}, notices to {len(config.notify.to) or 'none'}"
    return _ok("channels", told)


def _backups(db: Path, config: Config) -> Check:
    made = maintenance.copies(db, maintenance.folder_for(db, config.backup.folder))
    advice = "`silkwatch backup make` makes one; the daemon does every day"
    if not made:
        return _warn("backups", "there is none", advice)
    age = max(clock.now(db) - made[0].made, timedelta(0))
    told = f"{len(made)}, the newest is {age.total_seconds() / 3600:.0f} hours old"
    return _warn("backups", told, advice) if age > OLD_BACKUP else _ok("backups", told)


def _disk(db: Path) -> Check:
    folder = next(p for p in db.absolute().parents if p.is_dir())
    if not os.access(folder, os.W_OK):
        advice = "give its owner the right to write, or name another store with --db"
        return _bad("disk", f"{folder} cannot be written", advice)
    free = shutil.disk_usage(folder).free
    told, advice = f"{maintenance.size_told(free)} left in {folder}", "make room, or lower [backup] keep"
    return (
        _bad("disk", told, advice)
        if free < SCARCE
        else _warn("disk", told, advice)
        if free < LOW
        else _ok("disk", told)
    )


def _zone(db: Path, config: Config) -> Check:
    told = f"times are told as {shown(clock.now(db), config.shown_zone)}; daily times are meant in {config.zone}"
    return _ok("time zone", told)


def _network(beat: Beat) -> Iterator[Check]:
    """Three sources are asked, far apart in the list; a source alone may be down."""
    via = "; ".join(f"{scheme} through {url}" for scheme, url in network.proxies().items() if scheme != "no")
    yield _ok("proxy", via or "none; servers are asked directly")
    pages = {urlsplit(s.homepage).netloc: s.homepage for s in beat.sources if s.policy.enabled}
    asked = [network.probe(page) for page in list(pages.values())[:: max(1, len(pages) // 3)][:3]]
    reached = [probe for probe in asked if probe.reached]
    told = "; ".join(probe.told for probe in asked) or "no source to ask"
    if asked and not reached:
        advice = "look at the network, the name servers, the proxy (http_proxy, https_proxy) and its certificates"
        yield _bad("network", told, advice)
    elif len(reached) < len(asked):
        yield _warn("network", told, "a single source may be down: ask again later")
    else:
        yield _ok("network", told)
    yield from _skew([probe.date for probe in reached if probe.date], datetime.now(UTC))


def _skew(dates: Sequence[datetime], now: datetime) -> Iterator[Check]:
    """The machine's clock against the servers' (the middle one: a single server may be wrong)."""
    if not dates:
        return
    off = now - sorted(dates)[len(dates) // 2]
    if abs(off) > SKEW:
        told = f"{abs(off)} {'ahead of' if off > timedelta(0) else 'behind'} what servers say"
        yield _bad("machine's clock", told, "set it, and let NTP keep it")
    else:
        yield _ok("machine's clock", "agrees with what servers say")


def _ok(name: str, told: str) -> Check:
    return Check(name=name, level=Level.OK, told=told)


def _warn(name: str, told: str, advice: str) -> Check:
    return Check(name=name, level=Level.WARN, told=told, advice=advice)


def _bad(name: str, told: str, advice: str) -> Check:
    return Check(name=name, level=Level.BAD, told=told, advice=advice)
