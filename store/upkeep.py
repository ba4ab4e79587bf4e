"""Keeping the store well: what it weighs, whether it is sound, tidying, and copies of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.database import Store
from store.errors import StoreError
from store.migrations import NAMES, migrations
from store.search import index


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a checkpoint of the write-ahead log did."""

    busy: bool
    """True when a reader or writer kept it from finishing; the next one goes on."""
    pages: int
    """Pages that were in the log."""


def checkpoint(store: Store) -> Checkpoint:
    """Write the log into the store and cut it to nothing."""
    busy, pages, _ = store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return Checkpoint(busy=bool(busy), pages=max(pages, 0))


def optimise(store: Store) -> None:
    """Finish the full-text index, merge it into one piece, and renew what SQLite knows of its indexes."""
    index.catch_up(store)
    with store.write():
        store.change("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    store.execute("PRAGMA optimize")


def copy(store: Store, target: Path) -> None:
    """A sound copy of the store as it is now, while others read and write it.

    Raises:
        StoreError: the copy is there already or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target} is there already; nothing was written")
    store.execute("VACUUM INTO ?", [str(target)])


def faults(store: Store, *, most: int = 20) -> list[str]:
    """What is wrong with the file or between its rows; empty when it is sound. Reads all of it."""
    try:
        answers = store.execute(f"PRAGMA integrity_check({most})").fetchall()
        rows = store.execute("PRAGMA foreign_key_check").fetchmany(most)
    except sqlite3.DatabaseError as error:  # so damaged that the check itself cannot go on
        return [str(error)]
    found = [str(text) for (text,) in answers if text != "ok"]
    return [
        *found,
        *(f"{table}: row {number} names a row of {other} that is not there" for table, number, other, _ in rows),
    ]


def check_copy(path: Path) -> None:
    """Raises StoreError unless the file is a sound store of ours, of this version or an older one."""
    if not path.is_file():
        raise StoreError(f"there is no backup at {path}")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            sql = f"SELECT name FROM {migrations.migrations_table} WHERE migration_set = ?"
            steps = {name for (name,) in connection.execute(sql, [migrations.name])}
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"{path} is no backup of a store ({error})") from error
    if unknown := sorted(steps - set(NAMES)):
        raise StoreError(f"{path} was made by a newer version of Silkwatch (it has {unknown[-1]}); update Silkwatch")
    if not steps:
        raise StoreError(f"{path} is no backup of a store: it has none of its tables")
    if answer != "ok":
        raise StoreError(f"{path} is damaged: {answer}")


def bytes_of(path: Path) -> int:
    """Bytes on disk, write-ahead log included."""
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def added_since(store: Store, moment: str) -> dict[str, int]:
    """What was kept since a stored time: `articles`, `duplicates`, `revisions`."""
    tables = {"articles": "first_seen", "duplicates": "first_seen", "revisions": "replaced_at"}
    return {
        table: store.value(f"SELECT count(*) FROM {table} WHERE {column} >= ?", [moment])
        for table, column in tables.items()
    }


def totals(store: Store) -> dict[str, int]:
    """Rows of the tables that people ask about."""
    names = ("sources", "candidates", "articles", "duplicates", "stories", "runs")
    return {name: store.value(f"SELECT count(*) FROM {name}") for name in names}


def last_written(store: Store) -> dict[str, Any]:
    """The newest times in the store: `heartbeat` of a run, `first_seen` of an article; None where there are none."""
    return {
        "heartbeat": store.value("SELECT max(heartbeat_at) FROM runs"),
        "first_seen": store.value("SELECT max(first_seen) FROM articles"),
    }


def sqlite_version() -> str:
    """Version of the SQLite library in use."""
    return sqlite3.sqlite_version
