"""One pass in a child process: started, watched through the store, stopped when asked.

The child is `scrapy crawl news`; it shares nothing with this process but the store, the inherited lock and the
environment below. How the pass went is read from its `runs` row, never from the exit code (scrapy exits 0 though
every host was dead).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from scheduler.logfile import LogFile

SPIDER = (sys.executable, "-P", "-m", "scrapy", "crawl", "news")
"""-P: a folder called `crawler` where the user happens to stand must not be taken for ours."""
TICK = 0.5
"""Seconds between two looks at the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one pass is to do, and where."""

    db: Path
    beat: Path
    allow_private: tuple[str, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)
    """Spider arguments: `source` (ids), `cap`, `listings_only`, `max_minutes`."""
    program: tuple[str, ...] = SPIDER
    """What is started; tests put a small program of their own here."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Variables the child is given beside the caller's: the demonstration's proxy."""

    def command(self) -> list[str]:
        options = (f"{name}={value}" for name, value in self.arguments.items())
        return [*self.program, *(part for option in options for part in ("-a", option))]

    def environment(self, *, lock_fd: int) -> dict[str, str]:
        """The caller's environment (proxies, certificates, zone) and what the child must know."""
        return {
            **os.environ,
            **self.extra,
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
            "SILKWATCH_DB": str(self.db.absolute()),
            "SILKWATCH_BEAT": str(self.beat.absolute()),
            "SILKWATCH_ALLOW_PRIVATE": ",".join(self.allow_private),
            "SILKWATCH_LOCK_FD": str(lock_fd),
            "SILKWATCH_PARENT_PID": str(os.getpid()),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the child ended: `status` is its exit code (negative for a signal), `stops` how often it was to stop."""

    pid: int
    status: int
    stops: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the watcher is told at each tick."""

    pid: int
    seconds: float
    """Since the start of the child."""
    stopping: bool
    """True once the child was asked to stop."""


class _Stops:
    """Counts what asks us to stop; the loop acts on it, the handler does nothing else.

    Signals within half a second of each other are one wish: `timeout` signals its child and then the whole group.
    """

    def __init__(self) -> None:
        self.count = 0
        self._last = 0.0

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if not self.count or now - self._last >= TICK:
            self.count += 1
        self._last = now


@contextmanager
def _counted_stops() -> Iterator[_Stops]:
    stops = _Stops()
    before = {number: signal.signal(number, stops) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stops
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(job: Job, log: LogFile, *, lock_fd: int, watch: Callable[[Look], None]) -> Ended:
    """Runs the child to its end, calling `watch` at every tick.

    The first SIGINT or SIGTERM to this process is passed on as one SIGINT (the child finishes the pages in hand and
    closes its row); the second kills the child and everything it started. The child stands in a process group of
    its own: Ctrl-C on a terminal must reach it once, through us.
    """
    started = time.monotonic()
    with _counted_stops() as stops, log.path.open("ab") as output:
        child = subprocess.Popen(
            job.command(),
            env=job.environment(lock_fd=lock_fd),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(lock_fd,),
            process_group=0,
        )
        try:
            for stopping in _ticks(child, stops):
                watch(Look(pid=child.pid, seconds=time.monotonic() - started, stopping=stopping))
        finally:
            _kill(child)
    return Ended(pid=child.pid, status=child.returncode, stops=stops.count, seconds=time.monotonic() - started)


def _ticks(child: subprocess.Popen[bytes], stops: _Stops) -> Iterator[bool]:
    """One item a tick until the child has ended or must be killed; whether it was asked to stop."""
    asked = False
    while stops.count < 2:
        try:
            child.wait(TICK)
            return
        except subprocess.TimeoutExpired:
            if stops.count and not asked:
                asked = True
                child.send_signal(signal.SIGINT)
            yield asked


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The whole group: a worker process of the child must not outlive it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
