"""One pass from the outside: lock, child, progress, and what the store says afterwards."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.beat import Beat, find
from scheduler import runner
from scheduler.hang import Hung, Watchdog
from scheduler.logfile import LogFile, path_for
from scheduler.progress import progress, state
from scheduler.report import Report
from scheduler.runner import Ended, Job, Look
from scheduler.terminal import counted
from store import articles, clock, runs, turns
from store.database import Store, make_folder
from store.errors import SilkwatchError, UsageError
from store.lock import RunLock
from store.models import RunOutcome, Source

LOCK_WAIT = 2.0
"""Seconds to wait for a run that is just ending."""


class PassFailed(SilkwatchError):
    """The child ended without a row about its pass (exit code 1); the message ends with its log."""


class PassStopped(PassFailed):
    """A person or the system stopped the pass before it had a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person or a schedule asks for."""

    db: Path
    beat: Path | None = None
    """None: the shipped beat."""
    allow_private: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    """Empty: every enabled source."""
    cap: int | None = None
    """Articles per source; None: each source's own policy."""
    listings_only: bool = False
    max_minutes: int | None = None
    silent_minutes: float = 15.0
    """A child that gives no sign of life for so long is ended."""
    program: tuple[str, ...] = runner.SPIDER
    extra: Mapping[str, str] = field(default_factory=dict)
    """Variables for the child beside the caller's."""

    @property
    def whole(self) -> bool:
        """Whether this does the work of a daily pass: every enabled source, all that is due."""
        return not (self.source_ids or self.cap or self.listings_only)

    def arguments(self) -> dict[str, str]:
        """As the spider takes them; what was not asked for is left out."""
        given = {
            "source": ",".join(self.source_ids),
            "cap": self.cap,
            "listings_only": int(self.listings_only),
            "max_minutes": self.max_minutes,
        }
        return {name: str(value) for name, value in given.items() if value}


def gather(request: Request, *, say: Callable[[str], None]) -> Report:
    """Runs one pass to its end and reports it; `say` is told what is about to happen.

    Raises:
        UsageError: the beat is not valid, or has no such source.
        StoreError: the store or its log cannot be written.
        RunInProgress: another run holds the lock.
        PassFailed: the child ended without a row.
    """
    beat = Beat.load(find(request.beat, env={}))
    sources = chosen(beat, request.source_ids)
    with _locked_store(request.db) as (store, fd):
        before = _latest_id(store)
        log = LogFile.begin(path_for(request.db))
        say(f"Gathering from {counted(len(sources), 'source')}; log: {log.path}")
        job = Job(
            db=request.db, beat=beat.folder, allow_private=request.allow_private, arguments=request.arguments(),
            program=request.program, extra=request.extra,
        )  # fmt: skip
        ended, hung = _watched(store, job, log, fd, before, len(sources), request.silent_minutes)
        row = _ended_row(store, ended, before, hung)
        if row is None:
            if ended.stops:
                raise PassStopped("stopped before the pass had begun")
            raise PassFailed(hung or _without_a_row(ended, log))
        if request.whole:
            with store.write():
                turns.mark_whole(store, row["id"])
        return _report(store, request, row, sources, ended, log)


def _watched(
    store: Store, job: Job, log: LogFile, fd: int, before: int, sources: int, silent_minutes: float
) -> tuple[Ended, str]:
    """Runs the child under the watchdog; how it ended, and what was said of it when it hung."""
    dog, last = Watchdog(silent_minutes * 60), Look(pid=0, seconds=0.0, stopping=False)
    with progress() as told:

        def watch(look: Look) -> None:
            nonlocal last
            last = look
            row = _row_of(store, look.pid, after=before)
            dog.look(row["heartbeat_at"] if row else None, look.seconds)
            if row:
                counts = runs.counts(store, row["id"])
                told.show(state(counts, sources=sources, seconds=look.seconds, stopping=look.stopping))

        try:
            return runner.run(job, log, lock_fd=fd, watch=watch), ""
        except Hung as error:
            ended = Ended(pid=last.pid, status=-signal.SIGKILL, stops=int(last.stopping), seconds=last.seconds)
            return ended, f"the pass hung ({error}) and was ended; what was pending is resumed by the next pass"


def chosen(beat: Beat, ids: Sequence[str]) -> Mapping[str, Source]:
    """The sources a pass asks, by id.

    Raises:
        UsageError: an id the beat does not have, or no source at all.
    """
    known = {source.id: source for source in beat.sources}
    if unknown := [id_ for id_ in ids if id_ not in known]:
        raise UsageError(f"no such source: {', '.join(unknown)}; `silkwatch sources list --all` names them all")
    asked = {id_: known[id_] for id_ in ids} or {s.id: s for s in beat.sources if s.policy.enabled}
    if not asked:
        raise UsageError(
            f"the beat {beat.folder} has no enabled source; add some with `silkwatch sources import FILE`"
        )
    return asked


@contextmanager
def _locked_store(db: Path) -> Iterator[tuple[Store, int]]:
    """The store, made or brought up to date, under the lock of one run at a time, and the lock's descriptor."""
    make_folder(db)
    lock = RunLock(db)
    lock.acquire(wait=LOCK_WAIT)
    try:
        with Store.open(db) as store:
            yield store, lock.fd
    finally:
        lock.release()


def _latest_id(store: Store) -> int:
    row = runs.latest(store)
    return int(row["id"]) if row else 0


def _row_of(store: Store, pid: int, *, after: int) -> dict[str, Any] | None:
    """The row of the pass our child has opened; under the lock nobody else opens one."""
    row = runs.latest(store)
    return row if row and row["id"] > after and row["pid"] == pid else None


def _ended_row(store: Store, ended: Ended, before: int, hung: str) -> dict[str, Any] | None:
    """The child's row after its end. One left open is closed here, so that nothing seems to be running."""
    row = _row_of(store, ended.pid, after=before)
    if row and row["outcome"] == RunOutcome.RUNNING:
        now = clock.now(store.path)
        with store.write():
            if hung:
                runs.finish(store, row["id"], RunOutcome.INTERRUPTED, now=now, detail=hung)
                runs.issue(
                    store, run_id=row["id"], source_id=None, level="error", code="hung", message=hung, now=now
                )  # fmt: skip
            runs.close_abandoned(store, now)
        row = _row_of(store, ended.pid, after=before)
    return row


def _without_a_row(ended: Ended, log: LogFile) -> str:
    how = f"exit code {ended.status}" if ended.status >= 0 else f"signal {-ended.status}"
    tail = log.tail()
    told = [f"the pass ended before it had begun ({how}); the log is {log.path}"]
    return "\n".join([*told, *tail])


def _report(
    store: Store, request: Request, row: Mapping[str, Any], sources: Mapping[str, Source], ended: Ended, log: LogFile
) -> Report:
    return Report(
        db=str(request.db),
        run_id=row["id"],
        outcome=RunOutcome(row["outcome"]),
        detail=row["detail"],
        counts=runs.counts(store, row["id"]),
        new=articles.new_since(store, row["id"]),
        sources=sources,
        seconds=ended.seconds,
        stopped=ended.stops > 0,
        limited=request.max_minutes is not None,
        log=str(log.path),
        log_tail=log.tail(),
    )
