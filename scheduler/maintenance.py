"""Keeping the store well: tidying, backups with rotation, and getting one back."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store import upkeep
from store.database import Store
from store.errors import RunInProgress, StoreError
from store.lock import RunLock

_STAMP = "%Y%m%dT%H%M%SZ"
_HALF = ".part"
_SPARE = 1.1
"""A copy may weigh as much as the store; so much room must be free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A backup on disk."""

    path: Path
    made: datetime
    size: int
    """Bytes."""


def daemon_lock(db: Path) -> RunLock:
    """One daemon for a store; held as long as it lives, beside the lock of the pass that runs."""
    return RunLock(db.with_name(db.name + ".daemon"))


def tidy(store: Store) -> str:
    """Cuts the write-ahead log and merges the full-text index; what was done, in one sentence."""
    before = upkeep.bytes_of(store.path)
    upkeep.optimise(store)
    cut = upkeep.checkpoint(store)
    after = upkeep.bytes_of(store.path)
    log = "a reader kept part of the log in use" if cut.busy else "the log is empty"
    return f"index merged, {log}; {size_told(before)} before, {size_told(after)} after"


def folder_for(db: Path, folder: str) -> Path:
    """Where backups lie: relative to the store's folder."""
    return db.absolute().parent / Path(folder).expanduser()


def backup(db: Path, folder: Path, *, now: datetime, keep: int) -> Copy:
    """A copy made by VACUUM INTO while others may write, checked, and the oldest ones beyond `keep` removed.

    Nothing old is removed before the new copy is whole and sound.

    Raises:
        StoreError: no room, a folder that cannot be written, or a copy that is not sound.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_room(db, folder)
        for half in folder.glob(f"{db.stem}-*{_HALF}"):
            half.unlink()
        path = folder / f"{db.stem}-{now.astimezone(UTC):{_STAMP}}{db.suffix}"
        half = path.with_name(path.name + _HALF)
        if path.exists():
            raise StoreError(f"{path} is there already; nothing was written")
        with Store.open(db, create=False) as store:
            upkeep.copy(store, half)
        upkeep.check_copy(half)
        _sync(half)
        half.replace(path)
        for old in copies(db, folder)[keep:]:
            old.path.unlink()
        return Copy(path=path, made=now, size=path.stat().st_size)
    except OSError as error:
        raise StoreError(f"{folder}: the backup cannot be written ({error.strerror or error})") from error


def copies(db: Path, folder: Path) -> list[Copy]:
    """The backups of a store, newest first; files that only look like one are left out."""
    found = [
        Copy(path=path, made=made, size=path.stat().st_size)
        for path in folder.glob(f"{db.stem}-*{db.suffix}")
        if (made := _made(db, path))
    ]
    return sorted(found, key=lambda copy: copy.made, reverse=True)


def restore(source: Path, db: Path) -> Path | None:
    """Puts a backup in the place of the store. The store that was there is kept beside it; returns where.

    The backup is checked and copied first: until the last step the old store stands untouched. A backup of an older
    version is brought up to date when it is next opened.

    Raises:
        StoreError: the backup is not sound, or there is no room or permission.
        RunInProgress: a pass or a daemon is at work on the store.
    """
    upkeep.check_copy(source)
    try:
        db.absolute().parent.mkdir(parents=True, exist_ok=True)
        _check_room(source, db.absolute().parent)
        with _nobody_at_work(db), RunLock(db):
            new = db.with_name(db.name + ".restoring")
            shutil.copyfile(source, new)
            _sync(new)
            aside = _set_aside(db)
            new.replace(db)
            _sync(db.absolute().parent)
    except OSError as error:
        raise StoreError(f"{db}: the backup cannot be put there ({error.strerror or error})") from error
    with Store.open(db):
        return aside


def size_told(size: float) -> str:
    """`640 KB`, `12.3 MB`, `4.0 GB`."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit in ("bytes", "KB") else f"{size:.1f} {unit}"


def _nobody_at_work(db: Path) -> RunLock:
    lock = daemon_lock(db)
    if lock.held():
        raise RunInProgress(f"the daemon (process {lock.holder().get('pid', '?')}) is at work on {db}; stop it first")
    return lock


def _set_aside(db: Path) -> Path | None:
    """Moves the store with its log: a log that stays behind would be taken for the new store's."""
    if not db.exists():
        return None
    aside = db.with_name(f"{db.name}.before-restore")
    for ending in ("-wal", "-shm", ""):
        part, old = db.with_name(db.name + ending), aside.with_name(aside.name + ending)
        old.unlink(missing_ok=True)
        if part.exists():
            part.replace(old)
    return aside


def _check_room(db: Path, folder: Path) -> None:
    if not db.exists():
        return
    need, free = upkeep.bytes_of(db) * _SPARE, shutil.disk_usage(folder).free
    if free < need:
        raise StoreError(f"{folder}: {size_told(need)} are needed for a copy, {size_told(free)} are free")


def _made(db: Path, path: Path) -> datetime | None:
    text = path.name.removeprefix(f"{db.stem}-").removesuffix(db.suffix)
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
