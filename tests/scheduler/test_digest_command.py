"""`silkwatch digest` as typed: what it prints, sends, remembers and leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler import config
from store import clock
from store.database import Store
from store.lock import RunLock
from tests.scheduler.conftest import Silkwatch
from tests.scheduler.servers import mail_server
from tests.store.make import DAY, HOUR, NOW, begin, keep, reading

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run_id(store: Store, db: Path) -> int:
    """A store whose clock stands (all but) still, an hour after the articles that the tests keep."""
    clock.write(db, clock.Clock(real=datetime.now(UTC), shown=NOW + HOUR, speed=0.001))
    return begin(store)


def put(store: Store, run_id: int, *titles: str, days_ago: int = 0) -> None:
    for title in titles:
        url = f"https://paper.example/{title.replace(' ', '-')}"
        keep(store, run_id, reading(url, title, f"{title}. It is new."), now=NOW - days_ago * DAY)


def deliveries(store: Store) -> list[tuple[str, str, int]]:
    rows = store.rows("SELECT channel, state, articles FROM deliveries ORDER BY id")
    return [(row["channel"], row["state"], row["articles"]) for row in rows]


def test_it_prints_what_is_new_once(silkwatch: Silkwatch, store: Store, db: Path, run_id: int) -> None:
    put(store, run_id, "Oil deal", "Rail deal")
    first = silkwatch("digest", "--db", db)
    assert first.code == 0
    assert first.out.startswith("# Silkwatch: 2 new articles\n")
    assert "[Oil deal](https://paper.example/Oil-deal)" in first.out
    again = silkwatch("digest", "--db", db)
    assert (again.code, again.out) == (0, "")
    assert again.err == "Nothing new since 2026-03-02 10:30 UTC; --since looks further back. (stdout)\n"
    put(store, run_id, "Gas deal")
    third = silkwatch("digest", "--db", db).out
    assert "Gas deal" in third and "Oil deal" not in third
    assert deliveries(store) == [("stdout", "sent", 2), ("stdout", "sent", 1)]


def test_a_preview_is_remembered_nowhere(silkwatch: Silkwatch, store: Store, db: Path, run_id: int) -> None:
    put(store, run_id, "Oil deal")
    for option in ("--preview", "--no-send", "--preview"):
        said = silkwatch("digest", option, "--format", "text", "--db", db)
        assert said.out.startswith("Silkwatch: 1 new article\n")
        assert said.err == "For stdout:\n"
    assert deliveries(store) == []


def test_a_preview_of_channels_sends_nothing_and_tells_who_would_get_what(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int
) -> None:
    put(store, run_id, "Oil deal")
    silkwatch("digest", "--db", db, "--to", "file:a.md")
    put(store, run_id, "Gas deal")
    (db.parent / config.NAME).write_text('[digest]\nto = ["file:a.md", "file:b.md"]')
    silkwatch("digest", "--db", db, "--to", "file:b.md")
    put(store, run_id, "Rail deal")
    found = silkwatch("digest", "--db", db, "--send", "--preview", "--json").json()
    told = [(one["channels"], one["digest"]["articles"]) for one in (found, *found["others"])]
    assert told == [(["file:a.md"], 2), (["file:b.md"], 1)]
    assert "Rail" not in (db.parent / "a.md").read_text()


def test_since_looks_back_and_is_remembered_nowhere(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int
) -> None:
    put(store, run_id, "Old deal", days_ago=3)
    put(store, run_id, "Oil deal")
    silkwatch("digest", "--db", db)
    for since, articles in (("1d", 1), ("2026-02-27", 2), ("2026-02-27T09:31", 1), ("12h", 1), ("1w", 2)):
        assert silkwatch("digest", "--since", since, "--json", "--db", db).json()["digest"]["articles"] == articles
    assert len(deliveries(store)) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [("yesterday-ish", "expected a span"), ("2027-01-01", "in the future"), ("", "expected"), ("9", "expected")],
)
def test_a_since_that_cannot_be_is_refused(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int, typed: str, told: str
) -> None:
    said = silkwatch("digest", "--since", typed, "--db", db)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("silkwatch: --since: ") and told in said.err


def test_nothing_new_is_told_when_asked(silkwatch: Silkwatch, store: Store, db: Path, run_id: int) -> None:
    assert silkwatch("digest", "--db", db).out == ""
    said = silkwatch("digest", "--empty", "--format", "text", "--db", db)
    assert said.out.startswith("Silkwatch: Nothing new\n2026-02-23 10:30 UTC – 2026-03-02 10:30 UTC\n")


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("md", "# Silk"),
        ("markdown", "# Silk"),
        ("html", "<!DOCTYPE html>"),
        ("text", "Silkwatch:"),
        ("txt", "Silkwatch:"),
    ],
)
def test_its_forms(silkwatch: Silkwatch, store: Store, db: Path, run_id: int, form: str, begins: str) -> None:
    put(store, run_id, "Oil deal")
    assert silkwatch("digest", "--format", form, "--db", db).out.startswith(begins)


def test_json_is_one_document_also_when_there_is_nothing(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int
) -> None:
    put(store, run_id, "Oil deal")
    told = silkwatch("digest", "--json", "--to", "file:x/", "--to", "stdout", "--db", db).json()
    assert told["digest"]["articles"] == 1
    assert told["deliveries"] == [{"channel": "file:x/", "state": "sent", "error": ""}]
    nothing = silkwatch("digest", "--json", "--db", db).json()
    assert nothing["digest"]["articles"] == 0
    assert nothing["deliveries"] == [{"channel": "stdout", "state": "quiet", "error": ""}]


def test_files_and_folders_get_theirs(silkwatch: Silkwatch, store: Store, db: Path, run_id: int) -> None:
    put(store, run_id, "Oil deal")
    said = silkwatch("digest", "--to", "file:news/", "--to", "file:latest.html", "--to", "file:sub/a.txt", "--db", db)
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == ["Sent to file:news/.", "Sent to file:latest.html.", "Sent to file:sub/a.txt."]
    assert [path.name for path in (db.parent / "news").iterdir()] == ["digest-2026-03-02-1030.md"]
    assert (db.parent / "latest.html").read_text().startswith("<!DOCTYPE html>")
    assert (db.parent / "sub" / "a.txt").read_text().startswith("Silkwatch: 1 new article")
    put(store, run_id, "Gas deal")
    silkwatch("digest", "--to", "file:news/", "--to", "file:latest.html", "--db", db)
    assert sorted(path.name for path in (db.parent / "news").iterdir()) == [
        "digest-2026-03-02-1030-2.md",
        "digest-2026-03-02-1030.md",
    ]
    assert "Oil deal" not in (db.parent / "latest.html").read_text()


def test_a_channel_that_fails_gets_its_news_next_time_and_the_others_get_them_once(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int
) -> None:
    put(store, run_id, "Oil deal")
    (db.parent / "busy").write_text("a file where a folder should be")
    to = ("--to", "file:busy/", "--to", "file:news/", "--db", db)
    said = silkwatch("digest", *to)
    assert said.code == 1
    assert said.err.startswith(f"silkwatch: file:busy/: {db.parent / 'busy'}: no file can be made there")
    (issue,) = store.rows("SELECT * FROM issues")
    assert (issue["code"], issue["url"], issue["resolved_at"]) == ("channel", "file:busy/", None)
    assert silkwatch("digest", *to).code == 1
    assert store.value("SELECT count FROM issues") == 2
    (db.parent / "busy").unlink()
    put(store, run_id, "Gas deal")
    assert silkwatch("digest", *to).code == 0
    texts = [path.read_text() for path in sorted((db.parent / "news").iterdir())]
    assert [("Oil deal" in text, "Gas deal" in text) for text in texts] == [(False, True), (True, False)]
    (late,) = (db.parent / "busy").iterdir()
    assert "2 new articles" in late.read_text()
    assert store.value("SELECT count(*) FROM issues WHERE resolved_at IS NULL") == 0


def test_what_was_cut_short_is_sent_again_and_says_so(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int
) -> None:
    put(store, run_id, "Oil deal")
    silkwatch("digest", "--db", db)
    with store.write():
        store.change("UPDATE deliveries SET state = 'sending', ended_at = NULL")
    out = silkwatch("digest", "--format", "text", "--db", db).out
    assert "Oil deal" in out
    assert "Some of this may have reached you already: a sending of 2026-03-02 10:30 UTC was cut short." in out


def test_printing_that_nobody_reads_counts_as_not_told(store: Store, db: Path, run_id: int) -> None:
    put(store, run_id, "Oil deal")
    command = [sys.executable, "-m", "scheduler", "digest", "--db", str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=os.environ) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert "whoever read standard output stopped reading" in child.stderr.read().decode()
        assert child.wait(60) == 1
    assert deliveries(store) == [("stdout", "failed", 1)]


def test_a_process_that_is_killed_while_it_sends_loses_nothing(store: Store, db: Path, run_id: int) -> None:
    """The server has taken the mail and is about to say so: nobody here knows that it arrived."""
    put(store, run_id, "Oil deal")
    with mail_server() as post:
        post.hold.clear()
        to = f"smtp://127.0.0.1:{post.port}?to=me@example.org"
        command = [sys.executable, "-m", "scheduler", "digest", "--to", to, "--to", "file:news/", "--db", str(db)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT) as child:
            assert post.taken.wait(60)
            child.kill()
        assert deliveries(store) == [(to, "sending", 1)]
        post.hold.set()
        put(store, run_id, "Gas deal")
        assert subprocess.run(command, check=False, capture_output=True, cwd=ROOT, timeout=60).returncode == 0
    first, second = (next(mail.iter_parts()).get_content() for mail in post.mails)
    assert "Oil deal" in first and "may have reached you already" not in first
    assert "Oil deal" in second and "Gas deal" in second
    assert "Some of this may have reached you already: a sending of 2026-03-02 10:30 UTC was cut short." in second
    (file,) = (db.parent / "news").iterdir()
    assert "may have reached you" not in file.read_text(), "the other channel was not begun"
    assert [state for _, state, _ in deliveries(store)] == ["sending", "sent", "sent"]


def test_two_digests_at_once_are_not_sent(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.digest_send.LOCK_WAIT", 0.2)
    put(store, run_id, "Oil deal")
    with RunLock(db.with_name(db.name + ".digest")):
        said = silkwatch("digest", "--db", db)
        assert silkwatch("digest", "--preview", "--db", db).code == 0, "looking needs no lock"
    assert (said.code, said.out) == (75, "")
    assert f"another process ({os.getpid()}) is sending a digest" in said.err
    assert deliveries(store) == []


@pytest.mark.parametrize(
    "channel", ["digests", "file:", "mailto:nobody", "smtp://host", "smtp://h:x?to=a@b.c", "://x"]
)
def test_what_is_no_channel_is_refused_before_anything_is_sent(
    silkwatch: Silkwatch, store: Store, db: Path, run_id: int, channel: str
) -> None:
    put(store, run_id, "Oil deal")
    said = silkwatch("digest", "--to", "file:news/", "--to", channel, "--db", db)
    assert (said.code, said.out) == (2, "")
    assert "expected" in said.err
    assert deliveries(store) == [] and not (db.parent / "news").exists()
