"""Opening, migrating and writing the store: several processes, killed processes, files that are not ours."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Store
from store.errors import StoreError
from store.migrations import NAMES

WRITER = """
import sys
from pathlib import Path
from store.database import Store
path, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = Store.open(path)
print("open", flush=True)
sys.stdin.readline()
for _ in range(times):
    with store.write():
        so_far = store.value("SELECT cap FROM sources WHERE id = 'shared'")
        store.change("UPDATE sources SET cap = ? WHERE id = 'shared'", [so_far + 1])
        store.insert("issues", {"level": name, "code": str(so_far), "message": "", "first_seen": "", "last_seen": ""})
store.close()
"""

KILLED = """
import sys
from pathlib import Path
from store.database import Store
store = Store.open(Path(sys.argv[1]))
with store.write():
    row = {"level": "x", "message": "y" * 5000, "first_seen": "", "last_seen": ""}
    for number in range(2000):
        store.insert("issues", row | {"code": str(number)})
    print("half done", flush=True)
    sys.stdin.readline()
"""

OPENER = """
import sys
from pathlib import Path
from store.database import Store
sys.stdin.readline()
Store.open(Path(sys.argv[1])).close()
"""


def child(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def add_counter(store: Store) -> None:
    columns = [c["name"] for c in store.rows("PRAGMA table_info(sources)")]
    with store.write():
        store.insert("sources", dict.fromkeys(columns, "") | {"id": "shared", "cap": 0})


def test_two_processes_that_read_and_write_lose_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        add_counter(store)
        children = [child(WRITER, store.path, name, 300) for name in ("a", "b")]
        for each in children:
            assert each.stdout and each.stdout.readline() == "open\n"
        for each in children:
            each.communicate("go\n", timeout=60)
        assert [each.returncode for each in children] == [0, 0]
        assert store.value("SELECT cap FROM sources WHERE id = 'shared'") == 600
        assert store.value("SELECT count(DISTINCT code) FROM issues") == 600


def test_a_process_killed_within_a_write_leaves_nothing_half_done(tmp_path: Path) -> None:
    Store.open(tmp_path / "news.db").close()
    victim = child(KILLED, tmp_path / "news.db")
    assert victim.stdout and victim.stdout.readline() == "half done\n"
    os.kill(victim.pid, signal.SIGKILL)
    victim.communicate(timeout=60)
    with Store.open(tmp_path / "news.db") as store:
        assert store.value("SELECT count(*) FROM issues") == 0
        assert store.value("PRAGMA integrity_check") == "ok"
        add_counter(store)


def test_processes_that_open_a_new_store_at_once_make_one(tmp_path: Path) -> None:
    children = [child(OPENER, tmp_path / "news.db") for _ in range(6)]
    for each in children:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in children:
        each.communicate(timeout=60)
    assert [each.returncode for each in children] == [0] * 6
    with Store.open(tmp_path / "news.db") as store:
        assert [row["name"] for row in store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")] == NAMES


def test_a_write_is_undone_when_anything_is_raised(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.write():
        add = "INSERT INTO issues (level, code, message, first_seen, last_seen) VALUES ('x', 'x', 'x', '', '')"
        store.change(add)
        raise KeyboardInterrupt
    assert store.value("SELECT count(*) FROM issues") == 0
    with store.write():
        store.change(add)
    assert store.value("SELECT count(*) FROM issues") == 1


def test_a_write_within_a_write_is_refused_and_the_outer_one_goes_on(store: Store) -> None:
    with store.write():
        with pytest.raises(StoreError, match="already open"), store.write():
            raise AssertionError("not reached")
        add_issue = "INSERT INTO issues (level, code, message, first_seen, last_seen) VALUES ('x', 'x', 'x', '', '')"
        store.change(add_issue)
    assert store.value("SELECT count(*) FROM issues") == 1


def test_a_change_outside_of_a_write_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="outside of write"):
        store.change("DELETE FROM issues")
    with pytest.raises(StoreError, match="outside of write"):
        store.change_many("DELETE FROM issues WHERE id = ?", [(1,)])


def test_a_writer_that_waits_too_long_says_who_is_in_the_way(store: Store) -> None:
    with Store.open(store.path) as other, other.write():
        store.connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(StoreError, match="being written by another process"), store.write():
            raise AssertionError("not reached")


def test_foreign_keys_are_kept(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write():
        store.insert("aliases", {"url": "https://x.example/", "article_id": 7})


def test_the_store_is_set_up_for_several_processes(store: Store) -> None:
    names = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    assert [store.value(f"PRAGMA {name}") for name in names] == ["wal", 1, 1, 30000]


def test_a_store_that_is_opened_again_is_not_migrated_again(store: Store) -> None:
    with Store.open(store.path) as again:
        assert again.value("SELECT count(*) FROM _sqlite_migrations") == len(NAMES)


def test_a_store_opened_for_reading_reads_and_refuses_to_write(store: Store) -> None:
    add_counter(store)
    with Store.open(store.path, readonly=True) as reader:
        assert reader.value("SELECT id FROM sources") == "shared"
        with pytest.raises(StoreError, match="reading only"), reader.write():
            reader.change("DELETE FROM sources")


def test_there_is_no_store_where_none_was_made(tmp_path: Path) -> None:
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(StoreError, match=r"there is no store at .*silkwatch run"):
            Store.open(tmp_path / "none.db", **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("place", "message"), [("", "is a folder"), ("no/such/news.db", "does not exist")])
def test_a_place_where_no_store_can_be_is_named(tmp_path: Path, place: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        Store.open(tmp_path / place)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 100)
    with pytest.raises(StoreError, match="not an SQLite database"):
        Store.open(path)
    assert path.read_text().startswith("Dear")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE moz_places (id)")
    other.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not one of Silkwatch's"):
        Store.open(path)
    assert path.read_bytes() == before
    other.close()


def test_a_store_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.write():
        row = {"migration_set": "silkwatch", "name": "m999_telepathy", "applied_at": ""}
        store.insert("_sqlite_migrations", row)
    with pytest.raises(StoreError, match=r"newer version of Silkwatch.*m999_telepathy"):
        Store.open(store.path)


def test_a_store_of_an_older_version_is_not_opened_for_reading_only(store: Store) -> None:
    with store.write():
        store.change("DELETE FROM _sqlite_migrations WHERE name = ?", [NAMES[-1]])
    with pytest.raises(StoreError, match="older version"):
        Store.open(store.path, readonly=True)


def test_a_migration_that_fails_leaves_the_store_as_it_was(store: Store) -> None:
    with store.write():
        store.change("DELETE FROM _sqlite_migrations WHERE name = ?", [NAMES[-1]])
    with pytest.raises(StoreError, match="already exists"):
        Store.open(store.path)
    assert store.value("SELECT count(*) FROM _sqlite_migrations") == len(NAMES) - 1


def test_odd_characters_in_the_path_are_part_of_the_path(tmp_path: Path) -> None:
    path = tmp_path / "my news?mode=memory#1 %20.db"
    Store.open(path).close()
    assert path.exists()


def test_a_path_that_the_system_refuses_is_an_error_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened: File name too long"):
        Store.open(tmp_path / ("x" * 300))


def test_a_full_disk_is_told_and_what_was_begun_is_undone(store: Store) -> None:
    store.execute(f"PRAGMA max_page_count = {store.value('PRAGMA page_count') + 10}")
    row = {"level": "x", "message": "y" * 5000, "first_seen": "", "last_seen": ""}
    with pytest.raises(StoreError, match="the disk is full"), store.write():
        for number in range(100):
            store.insert("issues", row | {"code": str(number)})
    assert store.value("SELECT count(*) FROM issues") == 0


@pytest.mark.parametrize("change", ["DELETE FROM none", "nonsense"])
def test_a_wrong_statement_names_the_store(store: Store, change: str) -> None:
    with pytest.raises(StoreError, match=r"news\.db: "), store.write():
        store.change_many(change, [(1,)])


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "news.db")
    store.close()
    store.close()
