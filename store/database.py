"""The store: one SQLite file, opened, migrated and written through here only.

Everything that reads in order to write does both within `write()`, which takes SQLite's write lock first (BEGIN
IMMEDIATE). Under a deferred transaction two processes that read and then write lose one of the writes: 714 of 900
failed in a test, none with BEGIN IMMEDIATE.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from store.errors import StoreError
from store.migrations import NAMES, migrations

BUSY_SECONDS = 30.0
"""How long a writer waits for another one; a decided page is written within milliseconds."""
INDEXING_SECONDS = 2.0
"""How long opening goes on with making the full-text index anew, after its recipe has changed."""
_CACHE_KIB = 32 * 1024

Parameters = Sequence[Any] | Mapping[str, Any]


class Store:
    """An open store. Not to be shared between threads; each process and thread opens its own."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `Store.open`: this takes a connection that is set up."""
        self.path = path
        self.connection = connection
        self.db = Database(connection, execute_plugins=False)
        self._writing = False

    @classmethod
    def open(cls, path: Path, *, create: bool = True, readonly: bool = False) -> Self:
        """Open the store at `path`; a writer brings it up to date with this code first.

        Args:
            create: make the file when it is not there; its folder must exist.
            readonly: refuse every write, and do not migrate.

        Raises:
            StoreError: there is no file, it is no store of ours, it was made by a newer version, or it cannot be
                opened; the message says what to do.
        """
        try:
            _check_place(path, create=create and not readonly)
        except OSError as error:
            raise StoreError(f"{path} cannot be opened: {error.strerror}") from error
        mode = "ro" if readonly else "rwc" if create else "rw"
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
            )
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be opened: {error}") from error
        try:
            _prepare(path, connection, readonly=readonly)
            store = cls(path, connection)
            if not readonly:
                _follow_up(store)
            return store
        except sqlite3.Error as error:
            connection.close()
            raise StoreError(_unusable(path, error)) from error
        except BaseException:
            connection.close()
            raise

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction that alone may write: committed at the end, undone when anything is raised.

        Raises:
            StoreError: the store is being written by another process for longer than `BUSY_SECONDS`, it cannot be
                written, or a write is already open in this one (a part of it must not be committed by itself).
        """
        if self._writing:
            raise StoreError(f"{self.path}: a write is already open here; join it instead of opening another")
        self.execute("BEGIN IMMEDIATE")
        self._writing = True
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        finally:
            self._writing = False

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement; SQLite's errors become StoreError with the store's path."""
        try:
            return self.connection.execute(sql, parameters)
        except sqlite3.Error as error:
            raise StoreError(_unusable(self.path, error)) from error

    def change(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement that writes; only within `write()`."""
        self._must_be_writing()
        return self.execute(sql, parameters)

    def change_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one writing statement for each row; only within `write()`."""
        self._must_be_writing()
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise StoreError(_unusable(self.path, error)) from error

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its rowid; only within `write()`."""
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        cursor = self.change(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))
        return cursor.lastrowid or 0

    def upsert(self, table: str, key: Sequence[str], values: Mapping[str, Any], *, keep: Sequence[str] = ()) -> None:
        """Insert one row, or set its columns when the key is there; only within `write()`.

        Columns in `keep` stay as they are in a row that is there.
        """
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        changes = ", ".join(f"{column} = excluded.{column}" for column in values if column not in {*key, *keep})
        sql = (
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
        )
        self.change(sql, list(values.values()))

    def update(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> int:
        """Set columns of the rows with this key; only within `write()`. Returns how many rows there were."""
        changes = ", ".join(f"{column} = ?" for column in values)
        where = " AND ".join(f"{column} = ?" for column in key)
        return self.change(f"UPDATE {table} SET {changes} WHERE {where}", [*values.values(), *key.values()]).rowcount

    def rows(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """All rows of a query, by column name."""
        cursor = self.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, parameters: Parameters = ()) -> dict[str, Any] | None:
        """The first row of a query, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row of a query, or None."""
        found = self.execute(sql, parameters).fetchone()
        return found[0] if found else None

    def missing(self, noun: str, key: object) -> StoreError:
        """The error to raise when a row that the caller names is not there."""
        return StoreError(f"{self.path} has no {noun} {key}")

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _must_be_writing(self) -> None:
        if not self._writing:
            raise StoreError(f"{self.path}: a change outside of write() would not be kept together with its cause")


def _check_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file in it")
    if path.exists():
        return
    if not create:
        raise StoreError(f"there is no store at {path}; `silkwatch run --db {path}` makes one")
    if not path.absolute().parent.is_dir():
        raise StoreError(f"the folder {path.absolute().parent} does not exist; make it first")


def _prepare(path: Path, connection: sqlite3.Connection, *, readonly: bool) -> None:
    """Check that the file is ours before anything is changed in it, then set it up and migrate it."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    pending = _pending(path, connection)
    if readonly:
        if pending:
            raise StoreError(f"{path} was made by an older version; `silkwatch run --db {path}` brings it up to date")
        connection.execute("PRAGMA query_only = ON")
        return
    _use_wal(path, connection)
    if pending:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _pending(path, connection):  # another process may have been quicker
                migrations.apply(Database(connection, execute_plugins=False, recursive_triggers=False))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _follow_up(store: Store) -> None:
    """Go on with an index that is being made anew, for a moment: what is left waits for the next writer."""
    from store.search import index  # it works on a store

    index.catch_up(store, seconds=INDEXING_SECONDS)


def _pending(path: Path, connection: sqlite3.Connection) -> set[str]:
    """Names of the migrations that the file lacks.

    Raises StoreError when it holds something else, or migrations that this code does not know.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    applied: set[str] = set()
    if migrations.migrations_table in tables:
        sql = f"SELECT name FROM {migrations.migrations_table} WHERE migration_set = ?"
        applied = {name for (name,) in connection.execute(sql, [migrations.name])}
    if tables and not applied:
        raise StoreError(f"{path} is a database, but not one of Silkwatch's; name another file")
    if unknown := sorted(applied - set(NAMES)):
        raise StoreError(
            f"{path} was made by a newer version of Silkwatch (it has {unknown[-1]}); update Silkwatch, or name "
            "another file"
        )
    return set(NAMES) - applied


def _use_wal(path: Path, connection: sqlite3.Connection) -> None:
    """Readers and the writer do not wait for each other. SQLite's busy handler does not cover this switch."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if mode != "wal":
        raise StoreError(f"{path} lies on a file system without shared memory; keep the store on a local disk")


def _unusable(path: Path, error: sqlite3.Error) -> str:
    """What an SQLite error means for the store, and what can be done."""
    text = str(error)
    if "locked" in text:
        return f"{path} is being written by another process, which did not end within {BUSY_SECONDS:.0f} s"
    if "not a database" in text:
        return f"{path} is not an SQLite database; name another file"
    if "readonly" in text:
        return f"{path} cannot be written: it was opened for reading only, or its owner does not allow it"
    if "full" in text:
        return f"{path} cannot be written: the disk is full"
    return f"{path}: {text}"


def make_folder(path: Path) -> None:
    """Make the folder that the store at `path` is to lie in.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: its folder cannot be made ({error.strerror or error})") from error
