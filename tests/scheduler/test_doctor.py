"""What `silkwatch doctor` finds, each with what to do; real HTTP on loopback."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from scheduler import config, maintenance, network
from store.database import Store
from tests.scheduler.beats import make_beat
from tests.scheduler.conftest import Silkwatch
from tests.store.make import begin, keep, reading


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    return make_beat(tmp_path / "beat", paper="en", gazette="fa", herald="zh", post="en")


@pytest.fixture
def doctor(silkwatch: Silkwatch, db: Path, beat: Path) -> Any:
    """The checks by name, and the exit code as `exit_code`."""

    def examine(*more: str) -> dict[str, Any]:
        said = silkwatch("doctor", "--db", db, "--beat", beat, "--json", *(more or ("--offline",)))
        found = said.json()
        assert said.code == found["exit_code"]
        assert all(check["advice"] for check in found["checks"] if check["level"] != "ok"), "each says what to do"
        return {**{check["name"]: check for check in found["checks"]}, "exit_code": said.code}

    return examine


class Proxy(BaseHTTPRequestHandler):
    """Answers for every host; `off` is how far its clock is from ours."""

    off = timedelta(0)
    status = 200

    def do_HEAD(self) -> None:
        self.send_response_only(self.status)
        self.send_header("Date", format_datetime(datetime.now(UTC) + self.off, usegmt=True))
        self.send_header("Location", "http://127.0.0.1:1/never")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The test's output stays clean."""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Proxy]]:
    handler = type("OneProxy", (Proxy,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{server.server_port}")
    yield handler
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def over_http(beat: Path) -> None:
    """Loopback speaks no TLS."""
    for path in (beat / "sources").iterdir():
        path.write_text(path.read_text().replace("https://", "http://"))


def test_a_healthy_store_is_told_as_such(store: Store, db: Path, beat: Path, silkwatch: Silkwatch) -> None:
    keep(store, begin(store), reading("https://paper.example/1"))
    maintenance.backup(db, db.parent / "backups", now=datetime.now(UTC), keep=3)
    said = silkwatch("doctor", "--db", db, "--beat", beat, "--offline")
    assert said.code == 0
    assert said.out.splitlines()[-1] == "All is well."
    assert "ok    store: " in said.out and "is sound; all " in said.out
    assert "SQLite 3." in said.out and "trafilatura 2." in said.out


def test_before_the_first_run_it_says_how_to_begin(doctor: Any, db: Path) -> None:
    found = doctor()
    assert (found["store"]["level"], found["exit_code"]) == ("warn", 0)
    assert found["store"]["advice"] == f"`silkwatch run --db {db}` makes it"
    assert not db.exists()


def test_a_damaged_store_is_found(store: Store, db: Path, doctor: Any) -> None:
    run_id = begin(store)
    for number in range(30):
        keep(store, run_id, reading(f"https://paper.example/{number}", f"Deal {number}", "Iran and China. " * 50))
    maintenance.tidy(store)
    store.close()
    data = bytearray(db.read_bytes())
    for page in range(40, len(data) // 4096, 7):
        data[page * 4096 : page * 4096 + 4096] = b"\xff" * 4096
    db.write_bytes(data)
    found = doctor()
    assert (found["store"]["level"], found["exit_code"]) == ("bad", 1)
    assert "silkwatch backup restore FILE" in found["store"]["advice"]


def test_rows_that_name_missing_rows_are_found(store: Store, db: Path, doctor: Any) -> None:
    keep(store, begin(store), reading("https://paper.example/1"))
    with sqlite3.connect(db) as connection:
        connection.execute("DELETE FROM stories")
    connection.close()
    assert "row 1 names a row of stories that is not there" in doctor()["store"]["told"]


def test_a_store_that_cannot_be_opened_does_not_end_the_examination(db: Path, doctor: Any) -> None:
    db.write_text("notes" * 999)
    found = doctor()
    assert "is not an SQLite database" in found["store"]["told"]
    assert found["disk"]["level"] in ("ok", "warn")


def test_a_store_from_the_future_says_that_the_clock_is_wrong(store: Store, doctor: Any) -> None:
    run_id = begin(store)
    with store.write():
        store.update("runs", {"id": run_id}, {"heartbeat_at": "2199-01-01T00:00:00Z"})
    assert doctor()["clock"]["level"] == "bad"


def test_wrong_configurations_and_beats_are_told_and_the_rest_is_still_checked(
    db: Path, beat: Path, doctor: Any
) -> None:
    (db.parent / config.NAME).write_text("[daily]\nat = 6")
    (beat / "beat.toml").write_text("nonsense")
    found = doctor()
    assert "daily.at: expected a time of day" in found["configuration"]["told"]
    assert "expected TOML" in found["beat"]["told"]
    assert "time zone" in found


def test_a_trial_an_old_backup_and_little_room_are_pointed_at(
    store: Store, db: Path, doctor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (db.parent / config.NAME).write_text("[clock]\nspeed = 60")
    maintenance.backup(db, db.parent / "backups", now=datetime.now(UTC) - timedelta(days=9), keep=3)
    monkeypatch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**9))  # type: ignore[attr-defined]
    found = doctor()
    assert [found[name]["level"] for name in ("configuration", "backups", "disk")] == ["warn"] * 3
    assert found["backups"]["told"] == "1, the newest is 216 hours old"
    monkeypatch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**7))  # type: ignore[attr-defined]
    assert doctor()["disk"]["level"] == "bad"


@pytest.mark.usefixtures("over_http")
def test_the_network_is_asked_through_the_proxy_and_no_secret_is_told(doctor: Any, proxy: type[Proxy]) -> None:
    found = doctor("--json")
    assert found["network"]["level"] == "ok"
    assert found["network"]["told"].count("answered 200") == 3
    assert "secret" not in found["proxy"]["told"] and "http through http://127.0.0.1:" in found["proxy"]["told"]
    assert found["machine's clock"]["level"] == "ok"


@pytest.mark.usefixtures("over_http")
@pytest.mark.parametrize("status", [301, 403, 503])
def test_any_answer_shows_that_the_network_is_there(doctor: Any, proxy: type[Proxy], status: int) -> None:
    proxy.status = status
    assert f"answered {status}" in doctor("--json")["network"]["told"]


@pytest.mark.usefixtures("over_http")
def test_a_clock_that_servers_contradict_is_told(doctor: Any, proxy: type[Proxy]) -> None:
    proxy.off = timedelta(hours=2)
    found = doctor("--json")
    assert found["machine's clock"]["level"] == "bad"
    assert "behind what servers say" in found["machine's clock"]["told"]


@pytest.mark.usefixtures("over_http")
def test_a_dead_proxy_is_told_with_what_to_look_at(doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    found = doctor("--json")
    assert (found["network"]["level"], found["exit_code"]) == ("bad", 1)
    assert "proxy" in found["network"]["advice"]


@pytest.mark.parametrize("address", ["http://[broken", "http://paper.example:99999/", "nonsense"])
def test_an_odd_address_is_a_finding_and_no_crash(address: str) -> None:
    assert not network.probe(address).reached


def test_channels_that_cannot_be_or_took_nothing_are_named(
    doctor: Any, silkwatch: Silkwatch, store: Store, db: Path
) -> None:
    keep(store, begin(store), reading("https://paper.example/1"), now=datetime.now(UTC))
    assert doctor()["channels"]["told"] == "the digest goes to a folder, notices to none"
    (db.parent / "taken.md").mkdir()
    (db.parent / config.NAME).write_text('[digest]\nto = ["file:taken.md"]\n[notify]\nto = ["stdout", "file:x"]')
    assert silkwatch("digest", "--send", "--db", db).code == 1
    found = doctor()
    assert found["channels"]["told"] == "the digest goes to 1, notices to 2"
    assert found["channel"]["level"] == "warn"
    assert found["channel"]["told"].startswith("file:taken.md did not take a message: ")
    (db.parent / config.NAME).write_text('[notify]\nto = ["nonsense://s3cret-token"]')
    found = doctor()
    assert (found["channels"]["level"], found["exit_code"]) == ("bad", 1)
    assert "s3cret" not in found["channels"]["told"]
