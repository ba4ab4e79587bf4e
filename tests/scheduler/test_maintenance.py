"""Tidying, backups with rotation, and getting one back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler import maintenance
from scheduler.maintenance import daemon_lock
from store.database import Store
from store.errors import RunInProgress, StoreError
from store.lock import RunLock
from tests.scheduler.conftest import Silkwatch
from tests.store.make import begin, found, keep, reading

NOW = datetime(2026, 3, 2, 4, 45, tzinfo=UTC)
ONE, TWO = "https://paper.example/1", "https://paper.example/2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def filled(store: Store) -> Store:
    keep(store, begin(store), reading(ONE, "A port deal", "Iran and China signed it."))
    return store


def titles(db: Path) -> list[str]:
    with Store.open(db) as store:
        return [row["title"] for row in store.rows("SELECT title FROM articles ORDER BY id")]


def test_tidying_empties_the_log_and_keeps_the_search(filled: Store, db: Path) -> None:
    wal = db.with_name(db.name + "-wal")
    assert wal.stat().st_size > 0
    assert maintenance.tidy(filled).startswith("index merged, the log is empty; ")
    assert wal.stat().st_size == 0
    assert [a["url"] for a in found(filled, "port")] == [ONE]


def test_a_reader_keeps_the_log_but_not_the_tidying(filled: Store, db: Path) -> None:
    filled.execute("PRAGMA busy_timeout = 100")
    reader = sqlite3.connect(db, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    told = maintenance.tidy(filled)
    reader.close()
    assert "a reader kept part of the log in use" in told


def test_a_backup_is_whole_while_a_write_is_open(filled: Store, db: Path, folder: Path) -> None:
    with filled.write():
        filled.change("DELETE FROM topics")
        made = maintenance.backup(db, folder, now=NOW, keep=7)
    assert made.path == folder / "news-20260302T044500Z.db"
    assert titles(made.path) == ["A port deal"]
    with Store.open(made.path) as copy:
        assert [a["url"] for a in found(copy, "port")] == [ONE]


def test_the_newest_copies_are_kept_and_strangers_stay(filled: Store, db: Path, folder: Path) -> None:
    folder.mkdir()
    strangers = [
        folder / name for name in ("news-of-mine.db", "news-20260101T000000Z.txt", "other-20200101T000000Z.db")
    ]
    for path in strangers:
        path.touch()
    (folder / "news-20260228T044500Z.db.part").touch()
    for days in range(5):
        maintenance.backup(db, folder, now=NOW + timedelta(days=days), keep=3)
    kept = [copy.path.name for copy in maintenance.copies(db, folder)]
    assert kept == ["news-20260306T044500Z.db", "news-20260305T044500Z.db", "news-20260304T044500Z.db"]
    assert sorted(folder.iterdir()) == sorted([*strangers, *(folder / name for name in kept)])


def test_a_second_backup_of_the_same_second_changes_nothing(filled: Store, db: Path, folder: Path) -> None:
    maintenance.backup(db, folder, now=NOW, keep=3)
    with pytest.raises(StoreError, match="is there already; nothing was written"):
        maintenance.backup(db, folder, now=NOW, keep=3)


def test_without_room_nothing_is_written(
    filled: Store, db: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(db.parent)._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(StoreError, match=r"are needed for a copy, 1 KB are free"):
        maintenance.backup(db, folder, now=NOW, keep=3)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(filled: Store, db: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="the backup cannot be written"):
        maintenance.backup(db, tmp_path / "file" / "below", now=NOW, keep=3)


def test_a_restored_store_is_what_it_was_and_the_other_is_kept(filled: Store, db: Path, folder: Path) -> None:
    made = maintenance.backup(db, folder, now=NOW, keep=3)
    keep(filled, 1, reading(TWO, "A later one"))
    filled.close()
    aside = maintenance.restore(made.path, db)
    assert titles(db) == ["A port deal"]
    assert aside == db.with_name("news.db.before-restore")
    assert titles(aside) == ["A port deal", "A later one"]
    assert titles(made.path) == ["A port deal"], "the backup itself is not touched"


def test_a_log_that_was_left_behind_does_not_reach_the_restored_store(filled: Store, db: Path, folder: Path) -> None:
    made = maintenance.backup(db, folder, now=NOW, keep=3)
    keep(filled, 1, reading(TWO, "A later one"))
    for ending in ("-wal", "-shm"):  # as a killed process leaves them
        shutil.copyfile(f"{db}{ending}", f"{db}{ending}.kept")
    filled.close()
    for ending in ("-wal", "-shm"):
        Path(f"{db}{ending}.kept").replace(f"{db}{ending}")
    maintenance.restore(made.path, db)
    assert titles(db) == ["A port deal"]


def test_a_lost_store_comes_back(filled: Store, db: Path, folder: Path) -> None:
    made = maintenance.backup(db, folder, now=NOW, keep=3)
    filled.close()
    for path in db.parent.glob("news.db*"):
        path.unlink()
    assert maintenance.restore(made.path, db) is None
    assert titles(db) == ["A port deal"]


def test_a_damaged_store_is_replaced(filled: Store, db: Path, folder: Path) -> None:
    made = maintenance.backup(db, folder, now=NOW, keep=3)
    filled.close()
    db.write_bytes(b"not a database at all" * 500)
    maintenance.restore(made.path, db)
    assert titles(db) == ["A port deal"]


def test_nothing_is_restored_while_somebody_is_at_work(filled: Store, db: Path, folder: Path) -> None:
    made = maintenance.backup(db, folder, now=NOW, keep=3)
    with RunLock(db), pytest.raises(RunInProgress, match="another run is in progress"):
        maintenance.restore(made.path, db)
    with daemon_lock(db), pytest.raises(RunInProgress, match=f"the daemon .process {os.getpid()}. is at work"):
        maintenance.restore(made.path, db)


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:12288] = os.urandom(4096)
    path.write_bytes(data)


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE _sqlite_migrations SET name = 'm999_later' WHERE id = 1")
    connection.close()


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_damaged, "is damaged|is no backup"),
        (_newer, "was made by a newer version"),
        (_foreign, "is no backup of a store"),
        (lambda path: path.write_text("notes" * 999), "is no backup of a store"),
        (lambda path: path.unlink(), "there is no backup at"),
    ],
    ids=["damaged", "newer", "foreign", "text", "missing"],
)
def test_what_is_no_sound_backup_is_refused_and_the_store_stays(
    filled: Store, db: Path, folder: Path, spoil: object, told: str
) -> None:
    made = maintenance.backup(db, folder, now=NOW, keep=3)
    spoil(made.path)  # type: ignore[operator]
    with pytest.raises(StoreError, match=told):
        maintenance.restore(made.path, db)
    assert titles(db) == ["A port deal"]


def test_the_commands_make_list_and_restore(filled: Store, db: Path, silkwatch: Silkwatch) -> None:
    assert "No copies yet" in silkwatch("backup", "list", "--db", db).out
    made = silkwatch("backup", "make", "--db", db, "--json").json()
    assert Path(made["path"]).stat().st_size == made["bytes"]
    assert silkwatch("backup", "list", "--db", db, "--json").json() == {"copies": [made]}
    assert made["path"] in silkwatch("backup", "list", "--db", db).out
    filled.close()
    said = silkwatch("backup", "restore", made["path"], "--db", db)
    assert said.code == 0
    assert said.out.splitlines()[1] == f"What was there before: {db}.before-restore"
    assert (
        silkwatch("backup", "restore", made["path"], "--db", db, "--json").json()["before"] == f"{db}.before-restore"
    )
    with RunLock(db):
        assert silkwatch("backup", "restore", made["path"], "--db", db).code == 75


@pytest.mark.parametrize(
    ("size", "told"), [(12, "12 bytes"), (640_000, "640 KB"), (4.04e9, "4.0 GB"), (5e12, "5000.0 GB")]
)
def test_sizes_are_told_shortly(size: float, told: str) -> None:
    assert maintenance.size_told(size) == told
