"""How things stand, at a glance: facts read from the store, as one JSON document and as text. Writes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from scheduler import exits, health, ledger
from scheduler.config_keys import Config
from scheduler.due import TurnState, as_planned
from scheduler.maintenance import daemon_lock, size_told
from scheduler.terminal import counted, isolated, plain
from scheduler.zone import shown
from store import candidates, clock, runs, sources, turns, upkeep
from store.database import Store
from store.lock import RunLock
from store.models import RunOutcome
from store.values import moment, stamp, stamp_or_none

Facts = dict[str, Any]
WEEK = timedelta(days=7)
_SUMS = ("pages", "new", "duplicates", "revised", "off_topic", "rejected", "failed")
_MOST_ILL = 12
"""Ill sources that are named to a person; a machine gets them all."""
_KEPT = (TurnState.DONE, TurnState.STARTED)


def facts(db: Path, config: Config, config_path: Path | None) -> Facts:
    """Everything `silkwatch status` tells; times in UTC as stored.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    now, zone = clock.now(db), config.shown_zone
    with Store.open(db, readonly=True) as store:
        busy = RunLock(db).held()
        return {
            "db": str(db),
            "now": stamp(now),
            "trial": clock.read(db) is not None,
            "config": str(config_path) if config_path else None,
            "daemon": _daemon(db),
            "running": _running(store, busy),
            "cut_short": _cut_short(store, busy),
            "last_run": _last_run(store),
            "next": _next(store, config, now),
            "turns": turns.recent(store, since=now - WEEK),
            "new": {"today": _added(store, now, zone, 0), "week": _added(store, now, zone, 6)},
            "waiting": candidates.waiting(store),
            "ill": [_ill(sick) for sick in health.ill(sources.health(store), now)],
            "store": {"bytes": upkeep.bytes_of(db), **upkeep.totals(store)},
            "disk": {"free": shutil.disk_usage(db.absolute().parent).free},
        }


def exit_code(found: Facts) -> int:
    """1 when the last daily turn was not kept, or, without any, when the last run did not complete."""
    daily = [turn for turn in found["turns"] if turn["task"] == "daily"]
    if daily:
        return exits.OK if daily[0]["state"] in _KEPT else exits.FAILED
    last = found["last_run"]
    return exits.FAILED if last and last["outcome"] != RunOutcome.COMPLETED else exits.OK


def _daemon(db: Path) -> Facts | None:
    lock = daemon_lock(db)
    return lock.holder() if lock.held() else None


def _running(store: Store, busy: bool) -> Facts | None:
    row = runs.latest(store)
    return _run(store, row) if busy and row and row["outcome"] == RunOutcome.RUNNING else None


def _cut_short(store: Store, busy: bool) -> list[int]:
    """Runs that say they are running while nobody holds the lock: a crash; the next pass closes them."""
    return [] if busy else [row["id"] for row in runs.unfinished(store)]


def _last_run(store: Store) -> Facts | None:
    row = runs.latest_finished(store)
    return _run(store, row) if row else None


def _run(store: Store, row: Mapping[str, Any]) -> Facts:
    counts = runs.counts(store, row["id"])
    silent = [c.source_id for c in counts if c.failed_listings and not c.listings]
    sums = {name: sum(int(getattr(c, name)) for c in counts) for name in _SUMS}
    answered = sum(1 for c in counts if c.listings)
    return {**row, **sums, "answered": answered, "failed_sources": silent}


def _next(store: Store, config: Config, now: datetime) -> list[Facts]:
    """When each task is due next; `due` is the turn that is due already and not yet kept."""
    plans = [(task, ledger.look(store, task, now)) for task in ledger.tasks(config)]
    found = [{"task": t.id, "rule": str(t.rule), "at": stamp(p.next), "due": stamp_or_none(p.now)} for t, p in plans]
    return sorted(found, key=lambda item: (item["due"] or item["at"], item["task"]))


def _added(store: Store, now: datetime, zone: tzinfo, days_before: int) -> dict[str, int]:
    day = now.astimezone(zone).date() - timedelta(days=days_before)
    return upkeep.added_since(store, stamp(datetime.combine(day, time.min, zone)))


def _ill(sick: health.Ill) -> Facts:
    return {**asdict(sick), "since": stamp_or_none(sick.since)}


def lines(found: Facts, zone: tzinfo) -> list[str]:
    """What a person reads."""
    told = [*_at_work(found, zone), *_last(found, zone), *_coming(found, zone), "", *_holdings(found)]
    return [*told, *_trouble(found, zone), *_sick(found["ill"], zone)]


def _at_work(found: Facts, zone: tzinfo) -> list[str]:
    told = [f"A trial: its clock shows {shown(moment(found['now']), zone)}."] if found["trial"] else []
    if run := found["running"]:
        told.append(f"Running:  run {run['id']} since {_when(run['started_at'], zone)}: {run['answered']} of "
                    f"{run['sources']} sources, {run['pages']} pages, {run['new']} new")  # fmt: skip
    else:
        told.append("Running:  nothing")
    daemon = found["daemon"]
    told.append(f"Daemon:   process {daemon.get('pid', '?')}" if daemon else "Daemon:   none at work")
    return told


def _last(found: Facts, zone: tzinfo) -> list[str]:
    run = found["last_run"]
    if not run:
        return ["Last run: none yet"]
    failed = f"; {counted(len(run['failed_sources']), 'source')} failed" if run["failed_sources"] else ""
    first = (
        f"Last run: {run['id']}, {_when(run['started_at'], zone)}, {run['outcome']}: {run['new']} new, "
        f"{counted(run['duplicates'], 'copy', 'copies')}, {counted(run['pages'], 'page')}{failed}"
    )
    return [first, *([f"          {plain(run['detail'])}"] if run["detail"] else [])]


def _coming(found: Facts, zone: tzinfo) -> list[str]:
    told = []
    for number, item in enumerate(found["next"]):
        head = "Next:     " if not number else "          "
        since = f"due since {_when(item['due'], zone)}" if item["due"] else _when(item["at"], zone)
        told.append(f"{head}{plain(item['task'])} {since}")
    if not found["daemon"] and told:
        told.append("          (when `silkwatch daemon` or its --once is started)")
    return told


def _holdings(found: Facts) -> list[str]:
    store = found["store"]
    told = [f"{head} {counted(new['articles'], 'new article')}, {counted(new['duplicates'], 'copy', 'copies')}, "
            f"{counted(new['revisions'], 'revision')}"
            for head, new in (("Today:   ", found["new"]["today"]), ("7 days:  ", found["new"]["week"]))]  # fmt: skip
    articles, stories = counted(store["articles"], "article"), counted(store["stories"], "story", "stories")
    size, left = size_told(store["bytes"]), size_told(found["disk"]["free"])
    told.append(f"Store:    {articles} in {stories}, {size}; {left} left on the disk")
    return [*told, f"Waiting:  {counted(found['waiting'], 'address', 'addresses')} for a later pass"]


def _trouble(found: Facts, zone: tzinfo) -> list[str]:
    """Turns of the last seven days that were not simply kept."""
    odd = [t for t in found["turns"] if not as_planned(t["state"], t["detail"])]
    told = [f"  {_when(t['due_at'], zone)}  {plain(t['task'])}: {t['state']}; {plain(t['detail'])}" for t in odd]
    told += [f"  run {id_} was cut short by a crash; the next pass closes it" for id_ in found["cut_short"]]
    return ["", "Not as planned in the last 7 days:", *told] if told else []


def _sick(ill: Sequence[Facts], zone: tzinfo) -> list[str]:
    if not ill:
        return ["", "No source is ill."]
    told = ["", f"Ill sources ({len(ill)}):"]
    for sick in ill[:_MOST_ILL]:
        since = f"since {_when(sick['since'], zone)}" if sick["since"] else "since an unknown time"
        told.append(
            f"  {isolated(sick['name'])} ({plain(sick['id'])}), {sick['illness']} {since}: {plain(sick['why'])}"
        )
    if len(ill) > _MOST_ILL:
        told.append(f"  … and {len(ill) - _MOST_ILL} more; --json names them all")
    return told


def _when(stored: str, zone: tzinfo) -> str:
    return shown(moment(stored), zone)
