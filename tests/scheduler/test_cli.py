"""The command line as a whole: quick help that teaches, exact exit codes, errors in one line, current reference."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from scheduler import clidoc
from scheduler.cli import cli
from store.database import Store
from store.errors import StoreError
from store.lock import RunLock
from tests.scheduler.beats import make_beat
from tests.scheduler.conftest import Silkwatch
from tests.store.make import begin, keep, reading

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [path for path, _ in clidoc.walk(cli, ("silkwatch",))]
REPORTING = [
    "run", "status", "digest", "doctor", "explain", "search", "export", "sources list", "sources check", "seed list",
    "feedback list", "backup make", "backup list", "backup restore", "evaluate relevance", "evaluate duplicates",
    "evaluate extraction", "rejudge relevance",
]  # fmt: skip
"""What tells something. The daemon does not: `status` tells what it did."""


def child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_costs_less_than_a_third_of_a_second() -> None:
    def cost() -> float:
        before = child_seconds()
        subprocess.run([sys.executable, "-m", "scheduler", "--help"], check=True, capture_output=True, cwd=ROOT)
        return child_seconds() - before

    assert min(cost() for _ in range(3)) < 0.3


@pytest.mark.parametrize("heavy", ["scrapy", "twisted", "sqlite_utils", "rich", "lxml", "trafilatura"])
def test_help_loads_nothing_heavy(heavy: str) -> None:
    script = f"import sys, scheduler.cli; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT).returncode == 0


def test_python_m_scheduler_is_the_same_command() -> None:
    arguments = [sys.executable, "-m", "scheduler", "explain", "nonsense", "--db", os.devnull + ".db"]
    done = subprocess.run(arguments, check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("silkwatch: there is no store at")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(silkwatch: Silkwatch, path: tuple[str, ...]) -> None:
    said = silkwatch(*path[1:], "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: {' '.join(path)}")
    command = cli
    for name in path[1:]:
        assert isinstance(command, click.Group)
        command = command.commands[name]  # type: ignore[assignment]
    assert command.help and len(command.help) > 40
    assert all(p.help for p in command.params if isinstance(p, click.Option)), "an option without help"


@pytest.mark.parametrize("command", REPORTING)
def test_what_reports_takes_json(silkwatch: Silkwatch, command: str) -> None:
    assert "--json" in silkwatch(*command.split(), "--help").out


def test_help_tells_the_exit_codes_and_the_zone(silkwatch: Silkwatch) -> None:
    out = silkwatch("--help").out
    assert "75  another run holds the lock" in out and "SILKWATCH_TZ" in out


def test_the_version_is_told(silkwatch: Silkwatch) -> None:
    assert silkwatch("--version").out.startswith("silkwatch, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run", "--nonsense"],
        ["run", "--cap", "0"],
        ["run", "--allow-private", "10.0.0.0/99"],
        ["sources", "import", "no-such-file.opml"],
        ["search"],
        ["run", "--beat", "no-such-folder"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_prints_nothing_on_standard_output(
    silkwatch: Silkwatch, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = silkwatch(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_zone_is_told_before_anything_is_done(
    silkwatch: Silkwatch, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILKWATCH_TZ", "Mars/Olympus")
    said = silkwatch("run", "--db", db, "--beat", make_beat(tmp_path / "beat", paper="en"))
    assert said.code == 2
    assert said.err.startswith("silkwatch: SILKWATCH_TZ: “Mars/Olympus” is not a known time zone")
    assert not db.exists()


@pytest.mark.parametrize(
    "arguments",
    [["explain", "https://a.example/b"], ["search", "oil"], ["digest"], ["digest", "--preview"], ["export"]],
    ids=" ".join,
)
def test_a_missing_store_is_told_with_how_to_make_one(silkwatch: Silkwatch, db: Path, arguments: list[str]) -> None:
    said = silkwatch(*arguments, "--db", db)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"silkwatch: there is no store at {db}; `silkwatch run --db {db}` makes one\n"
    assert list(db.parent.iterdir()) == []


def test_a_file_that_is_no_store_is_not_touched(silkwatch: Silkwatch, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes, longer than the head of a database would be" * 10)
    said = silkwatch("run", "--db", file, "--beat", make_beat(tmp_path / "beat", paper="en"))
    assert said.code == 1
    assert "is not an SQLite database" in said.err
    assert file.read_text().startswith("my notes")


def test_a_run_while_another_holds_the_lock_ends_with_75(silkwatch: Silkwatch, db: Path, tmp_path: Path) -> None:
    with RunLock(db):
        said = silkwatch("run", "--db", db, "--beat", make_beat(tmp_path / "beat", paper="en"))
    assert (said.code, said.out) == (75, "")
    assert said.err.startswith("silkwatch: another run is in progress")


def test_errors_quote_hostile_text_harmlessly(silkwatch: Silkwatch, tmp_path: Path) -> None:
    said = silkwatch("explain", "\x1b[31mred", "--db", tmp_path / "x.db")
    with Store.open(tmp_path / "x.db"):
        said = silkwatch("explain", "\x1b[31mred", "--db", tmp_path / "x.db")
    assert said.code == 2
    assert "\x1b" not in said.err


def test_an_interrupt_ends_in_one_line(silkwatch: Silkwatch, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with Store.open(db):
        monkeypatch.setattr("store.search.find.search", interrupted)
        said = silkwatch("search", "oil", "--db", db)
    assert said.code == 1
    assert said.err.strip() == "silkwatch: stopped"


def test_what_was_kept_is_found_in_any_spelling(silkwatch: Silkwatch, store: Store, db: Path) -> None:
    keep(store, begin(store), reading("https://paper.example/1", "ایران و چین", "伊朗与中国签署协议。"))
    said = silkwatch("search", "伊朗", "--db", db)
    assert said.code == 0
    assert said.out.splitlines()[0] == "\u2068ایران و چین\u2069"
    assert [a["url"] for a in silkwatch("search", "ايران", "--db", db, "--json").json()["articles"]] == [
        "https://paper.example/1"
    ]


def test_a_word_is_excluded_with_a_minus_sign(silkwatch: Silkwatch, store: Store, db: Path) -> None:
    keep(store, begin(store), reading("https://paper.example/1", "Sanctions on oil"))
    assert silkwatch("search", "sanction*", "--db", db).code == 0
    nothing = silkwatch("search", "sanction*", "-oil", "--db", db)
    assert (nothing.code, nothing.out) == (1, "Nothing found.\n")
    assert silkwatch("search", "sanctions", "-hormuz", '"', "AND", "--db", db).code in (0, 1)


def test_a_latin_1_terminal_does_not_end_a_command(store: Store, db: Path) -> None:
    keep(store, begin(store), reading("https://paper.example/1", "伊朗"))
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    arguments = [sys.executable, "-m", "scheduler", "search", "伊朗", "--db", str(db)]
    done = subprocess.run(arguments, check=False, capture_output=True, env=environment, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"\\u4f0a\\u6717")


def test_the_command_reference_is_current() -> None:
    assert (ROOT / clidoc.TARGET).read_text("utf-8") == clidoc.render(), "run `python -m scheduler.clidoc`"


def test_the_reference_names_every_command_and_option() -> None:
    text = clidoc.render()
    for path, command in clidoc.walk(cli, ("silkwatch",)):
        assert f"# {' '.join(path)}\n" in text
        assert all(f"`{name}`" in text for p in command.params if isinstance(p, click.Option) for name in p.opts)


def test_errors_of_the_store_end_with_1(silkwatch: Silkwatch, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreError("news.db: the disk is full\nsecond line")

    with Store.open(db):
        monkeypatch.setattr("store.search.find.search", broken)
        said = silkwatch("search", "oil", "--db", db)
    assert said.code == 1
    assert said.err.splitlines() == ["silkwatch: news.db: the disk is full", "  second line"]
