"""The demonstration: the product, as it is, over two days of the newsroom.

Day one is yesterday by the clock of the store (the trial clock that `docs/operations.md` describes), day two is now.
Requests go to the newsroom because the crawl is given it as its proxy; the newsroom listens on 127.0.0.1.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from scheduler import digest_make
from scheduler.demo import edition
from scheduler.demo.web import Web
from scheduler.digest import Digest, render
from scheduler.explain import Explanation, explain
from scheduler.gather import Request, gather
from scheduler.report import Report
from store import candidates, clock
from store.database import Store
from store.errors import StoreError, UsageError
from store.models import DUPLICATE_RELATIONS, VerdictKind

MARK = "made-by-silkwatch-demo"
"""A file of this name says that the folder is a demonstration's and may be made anew."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass of the demonstration; what it brought is in `report`, read from the store."""

    day: int
    title: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the demonstration made."""

    folder: Path
    db: Path
    begun: datetime
    """The newsroom's time of the second day."""
    passes: list[Pass] = field(default_factory=list)
    explained: Mapping[str, Explanation] = field(default_factory=dict)
    """A copy, a near miss and a hit, by what they are; what the store has none of is left out."""
    digest: Digest | None = None
    """Of the second day."""


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
PASSES = (
    (1, _DAY, "Day 1, the first pass"),
    (1, _DAY - _HOUR, "Day 1, an hour later: nothing has changed"),
    (2, timedelta(), "Day 2: new reports, copies of yesterday's, a correction, two feeds that moved"),
)
"""The newsroom's day, how long before now the pass is, and what it is."""
_EXPLAINED = (
    ("a copy", VerdictKind.DUPLICATE, tuple(relation.value for relation in DUPLICATE_RELATIONS)),
    ("a near miss", VerdictKind.OFF_TOPIC, ("near_miss",)),
    ("a hit", VerdictKind.NEW, ()),
)


def play(folder: Path, db: Path | None, zone: tzinfo, *, head: Say, say: Say, told: Callable[[Pass], None]) -> Played:
    """Plays both days; stops after a pass that was stopped.

    Args:
        folder: made anew; only another demonstration's is replaced.
        db: the store; None puts it into the folder. It must not be there.
        zone: the reader's, for the digest.
        head: is told which pass begins.
        say: is told where the newsroom answers, and what `gather` is about to do.
        told: is given each pass when it has ended.

    Raises:
        UsageError: the folder holds something else, or the store is there already.
        StoreError: they cannot be written.
        PassFailed: a pass ended without a row.
    """
    _make_folder(folder)
    store_path = _free(db) if db else folder / "silkwatch.db"
    beat = edition.make_beat(folder / "beat")
    begun = datetime.now(UTC).replace(microsecond=0)
    passes: list[Pass] = []
    with Web() as web:
        say(f"The newsroom answers on {web.origin}; nothing else is asked.")
        for day, before, title in PASSES:
            head(title)
            edition.publish(web, day, begun - _DAY * (edition.DAYS - day))
            with _clock(store_path, before):
                report = gather(Request(db=store_path, beat=beat, extra=web.proxy_environment()), say=say)
            passes.append(Pass(day=day, title=title, report=report))
            told(passes[-1])
            if report.exit_code:
                return Played(folder=folder, db=store_path, begun=begun, passes=passes)
    return _looked_at(Played(folder=folder, db=store_path, begun=begun, passes=passes), zone)


def _looked_at(played: Played, zone: tzinfo) -> Played:
    """With what a reader asks for afterwards: three explanations and the digest of the second day."""
    with Store.open(played.db, create=False, readonly=True) as store:
        digest = digest_make.since(store, played.begun, clock.now(played.db), zone)
        found = {
            what: explain(store, urls[0])
            for what, verdict, reasons in _EXPLAINED
            if (urls := candidates.decided(store, verdict, reasons, limit=1))
        }
    (played.folder / "digest.html").write_text(render(digest, "html"), "utf-8")
    return replace(played, explained=found, digest=digest)


@contextmanager
def _clock(db: Path, before: timedelta) -> Iterator[None]:
    """The store's clock shows so much less than the machine's, until the pass has ended."""
    if before:
        real = datetime.now(UTC)
        clock.write(db, clock.Clock(real=real, shown=real - before))
    try:
        yield
    finally:
        clock.write(db, None)


def _make_folder(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            if not (folder / MARK).is_file():
                raise UsageError(f"{folder} holds something that is no demonstration; name another folder with --dir")
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made ({error.strerror or error})") from error


def _free(db: Path) -> Path:
    if db.exists():
        raise UsageError(f"{db} is there already; the demonstration writes to a store of its own only")
    return db
