"""What the components of one pass share: the open store, the beat, the run, the clock.

Scrapy builds its components one by one; each asks `session(crawler)` for the same object.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.beat import Beat
from crawler.guardian import end_with_parent
from store import clock, runs
from store import sources as source_rows
from store.database import Store, make_folder
from store.errors import SilkwatchError
from store.lock import RunLock
from store.models import Source


@dataclass(slots=True)
class Session:
    """One pass at work."""

    store: Store
    beat: Beat
    sources: dict[str, Source]
    run_id: int
    cap: int | None
    """Articles a source and pass at the most, when given by hand; otherwise each source's policy says."""
    listings_only: bool
    lock: RunLock | None
    """Held by this process when it was started by hand; otherwise the parent's lock was inherited."""
    closed: bool = False

    def now(self) -> datetime:
        """The clock of the pass, read here only: UTC, whole seconds."""
        return clock.now(self.store.path)

    def cap_of(self, source: Source) -> int:
        return source.policy.cap if self.cap is None else self.cap

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.store.close()
            if self.lock:
                self.lock.release()


_SESSIONS: WeakKeyDictionary[Crawler, Session] = WeakKeyDictionary()


def session(crawler: Crawler) -> Session:
    """The session of this crawl; opens the store and the run's row when asked first.

    Raises:
        SystemExit: the store cannot be opened or written, or another run holds the lock.
    """
    if crawler not in _SESSIONS:
        with told_plainly():
            _SESSIONS[crawler] = _open(crawler)
    return _SESSIONS[crawler]


@contextmanager
def told_plainly() -> Iterator[None]:
    """What cannot be ends the process with one line; Scrapy would print the trace of an error of ours."""
    try:
        yield
    except SilkwatchError as error:
        raise SystemExit(f"silkwatch: {error}") from None


def setting(settings: BaseSettings, name: str) -> str:
    """A setting that the environment overrides."""
    return os.environ.get(name) or str(settings.get(name) or "")


def _open(crawler: Crawler) -> Session:
    spider = crawler.spider
    assert spider is not None, "a session belongs to a running spider"
    path = Path(setting(crawler.settings, "SILKWATCH_DB"))
    make_folder(path)
    _follow_parent()
    lock = _held_lock(path)
    store = Store.open(path)
    beat: Beat = spider.beat  # type: ignore[attr-defined]
    sources: dict[str, Source] = spider.sources  # type: ignore[attr-defined]
    now = clock.now(path)
    with store.write():
        runs.close_abandoned(store, now)
        source_rows.sync(store, beat.sources, now)
        sync_seeds(store, beat)
        run_id = runs.start(store, kind=spider.name, source_ids=list(sources), now=now, pid=os.getpid())
    return Session(
        store=store, beat=beat, sources=sources, run_id=run_id, lock=lock,
        cap=spider.cap, listings_only=spider.listings_only,  # type: ignore[attr-defined]
    )  # fmt: skip


def _follow_parent() -> None:
    """When a program started us (it names itself in the environment), end with it."""
    parent = os.environ.get("SILKWATCH_PARENT_PID", "")
    if parent.isdecimal():
        end_with_parent(int(parent))


def _held_lock(path: Path) -> RunLock | None:
    """The run's lock: inherited from the program that started us, or taken here.

    An inherited descriptor is closed to our own children: a worker process must not hold the lock of a dead pass.

    Raises:
        RunInProgress: another run holds it.
    """
    inherited = os.environ.get("SILKWATCH_LOCK_FD", "")
    if inherited.isdecimal():
        os.set_inheritable(int(inherited), False)
        return None
    lock = RunLock(path)
    lock.acquire(wait=2)
    return lock


def sync_seeds(store: Store, beat: Beat) -> None:
    """Let the store know the beat's seed corpus."""
    from crawler.seeds import load_seeds
    from store import seeds

    seeds.sync(store, load_seeds(beat.folder / "seeds"))
