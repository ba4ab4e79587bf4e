"""`silkwatch browse`: what it starts, and what it says when it cannot."""

from __future__ import annotations

import json
import shlex
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler import browse as browsing
from scheduler.commands.browse import browse
from store.database import Store
from store.datasette.metadata import SETTINGS
from store.errors import StoreError, UsageError
from tests.store.datasette.server import serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    Store.open(path).close()
    return path


def test_metadata_is_printed_for_the_name_that_datasette_gives_the_store() -> None:
    printed = json.loads(CliRunner().invoke(browse, ["--db", "some/where/news.db", "--print-metadata"]).stdout)
    assert list(printed["databases"]) == ["news"]
    assert "hosts" not in printed["plugins"]["silkwatch"]


def test_the_readers_zone_goes_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILKWATCH_TZ", "Asia/Tehran")
    plugin = json.loads(browsing.metadata_text(Path("news.db"), "127.0.0.1"))["plugins"]["silkwatch"]
    assert "伊朗" in plugin.pop("concepts"), "the beat's vocabulary goes along: searches are expanded with it"
    assert plugin == {"timezone": "Asia/Tehran", "hosts": ["localhost", "127.0.0.1", "::1"]}


def test_readers_judge_on_loopback_only() -> None:
    plugin = json.loads(browsing.metadata_text(Path("news.db"), "127.0.0.1", feedback=True))["plugins"]["silkwatch"]
    assert plugin["feedback"] is True and plugin["hosts"] == ["localhost", "127.0.0.1", "::1"]
    by_hand = json.loads(browsing.metadata_text(Path("news.db"), feedback=True))["plugins"]["silkwatch"]
    assert by_hand["hosts"] == ["localhost", "127.0.0.1", "::1"]
    with pytest.raises(UsageError, match=r"0\.0\.0\.0 is not this machine"):
        browsing.metadata_text(Path("news.db"), "0.0.0.0", feedback=True)


def test_other_interfaces_are_answered_by_every_name() -> None:
    assert "hosts" not in json.loads(browsing.metadata_text(Path("news.db"), "0.0.0.0"))["plugins"]["silkwatch"]


def test_the_store_is_served_read_only_and_live() -> None:
    line = browsing.command(Path("news.db"), host="127.0.0.1", port=0, open_browser=False)
    assert line[4] == "news.db" and "--immutable" not in line and "--open" not in line
    for name, value in SETTINGS.items():
        assert shlex.join(["--setting", name, value]) in shlex.join(line)


def test_a_store_that_is_not_there_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        browsing.serve(tmp_path / "news.db", host="127.0.0.1", port=0, open_browser=False)


def test_a_port_in_use_is_said_in_plain_words(db: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} on 127.0.0.1 is in use; name another one with --port"):
            browsing.serve(db, host="127.0.0.1", port=port, open_browser=False)


def test_a_host_that_is_not_here_is_said_in_plain_words(db: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot serve on 192\.0\.2\.1 port 0"):
        browsing.serve(db, host="192.0.2.1", port=0, open_browser=False)


@pytest.mark.parametrize(
    ("environ", "platform", "there"),
    [({}, "linux", False), ({"DISPLAY": ":0"}, "linux", True), ({}, "darwin", True)],
)
def test_a_browser_is_opened_only_where_there_is_a_screen(
    environ: dict[str, str], platform: str, there: bool
) -> None:
    assert browsing.has_screen(environ, platform) is there


def documented() -> list[str]:
    """Datasette's command line as `docs/browsing.md` gives it, joined to one."""
    page = (ROOT / "docs" / "browsing.md").read_text("utf-8").replace("\\\n", " ")
    return shlex.split(next(line for line in page.splitlines() if line.startswith("datasette ")))


def test_datasette_started_as_the_documentation_says_serves_the_same_pages(db: Path, tmp_path: Path) -> None:
    metadata = tmp_path / "metadata.json"
    metadata.write_text(CliRunner().invoke(browse, ["--db", str(db), "--print-metadata"]).stdout, "utf-8")
    places = {"data/silkwatch.db": str(db), "metadata.json": str(metadata)}
    told = [str(ROOT / part) if part.startswith("store/") else places.get(part, part) for part in documented()]
    with serving(db, sys.executable, "-m", *told, "--port", "0") as server:
        assert "Nothing new yet" in server.get("/").body
        assert server.get("/news/new_today").status == 200


def test_the_documented_settings_are_the_commands() -> None:
    told = documented()
    assert {told[at + 1]: told[at + 2] for at, part in enumerate(told) if part == "--setting"} == SETTINGS


def test_the_command_serves_until_it_is_told_to_end(db: Path) -> None:
    launch = "from scheduler.commands.browse import browse; browse()"
    line = [sys.executable, "-c", launch, "--db", str(db), "--port", "0", "--no-open"]
    with serving(db, *line) as server:
        assert server.get("/").status == 200
