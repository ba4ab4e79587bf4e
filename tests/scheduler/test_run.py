"""`silkwatch run` as a person starts it: the real command, the real child, a fake web over real HTTP."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.newsdesk import FA_VISIT, FESTIVAL, OIL_BUYERS, PORT_DEAL
from tests.site import Site, article, feed

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAPER = {
    "/2026/port": ("Iran and China sign Chabahar port agreement", PORT_DEAL),
    "/2026/oil": ("Chinese refiners buy record Iranian crude", OIL_BUYERS),
    "/2026/lanterns": ("Six hundred children carry lanterns", FESTIVAL),
}

PARTS = {f"/2026/{n}": (f"Iran and China, part {n}", [f"Part {n}.", *PORT_DEAL]) for n in range(12)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Site() as site:
        yield Desk(tmp_path, site, {"SILKWATCH_TZ": "Asia/Shanghai"})


def publish(desk: Desk, host: str, pages: dict[str, tuple[str, list[str]]]) -> None:
    """A feed and its article pages on one host."""
    items = [(path, title, MONDAY) for path, (title, _) in pages.items()]
    desk.site.add(f"http://{host}/rss.xml", feed(host, items), content_type="application/rss+xml")
    for path, (title, text) in pages.items():
        desk.site.add(f"http://{host}{path}", article(title, text, published="2026-03-02T09:30:00Z"))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scheduler", *arguments]


def silkwatch(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=desk.env(), cwd=desk.folder, text=True, timeout=400, capture_output=True, check=False
    )


def started(desk: Desk, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments),
        env=desk.env(),
        cwd=desk.folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.02)


def child_of(pid: int) -> int:
    """The first child of a process (Linux)."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, subprocess.CompletedProcess[str]]]:
    """A desk after one run: a paper that answers and a source that does not."""
    with Site() as site:
        desk = Desk(tmp_path_factory.mktemp("desk"), site, {"SILKWATCH_TZ": "Asia/Shanghai"})
        desk.source("paper")
        desk.source("gone")
        publish(desk, "paper.example", {**PAPER, "/2026/fa": ("سفر وزیر خارجه", FA_VISIT)})
        yield desk, silkwatch(desk, "run")


Gathered = tuple[Desk, subprocess.CompletedProcess[str]]


def test_a_run_tells_what_is_new_and_which_source_failed(gathered: Gathered) -> None:
    desk, done = gathered
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "New: 3 articles"
    at = lines.index(PAPER["/2026/port"][0])
    assert lines[at + 1].startswith("  Paper · 2026-03-02 17:30 CST · en · ")
    assert "China" in lines[at + 2] and lines[at + 2].startswith("  “")
    assert lines[at + 3] == "  https://paper.example/2026/port"
    assert "\u2068سفر وزیر خارجه\u2069" in lines
    assert "Sources that failed (1):" in lines
    assert any(line.startswith("  Gone (gone): ") and len(line) > 20 for line in lines)
    assert f"datasette {desk.db}" in done.stdout
    assert done.stderr.startswith("Gathering from 2 sources; log: ")


def test_what_was_kept_can_be_explained(gathered: Gathered) -> None:
    told = silkwatch(gathered[0], "explain", "http://paper.example/2026/port?utm_source=rss")
    assert told.returncode == 0
    assert "Kept as new" in told.stdout and "Evidence: “" in told.stdout
    assert "*Iran" in told.stdout, "matched words are marked in the evidence"


def test_what_was_left_out_can_be_explained(gathered: Gathered) -> None:
    told = silkwatch(gathered[0], "explain", "http://paper.example/2026/lanterns")
    assert told.returncode == 0
    assert "Not kept: off the beat" in told.stdout


def test_the_sources_are_listed_with_how_they_answered(gathered: Gathered) -> None:
    listed = silkwatch(gathered[0], "sources", "list", "--json")
    health = {s["id"]: s["health"] for s in json.loads(listed.stdout)["sources"]}
    assert health == {"paper": "well", "gone": "failing"}


def test_a_second_run_brings_nothing_new_and_its_document_stands_alone(gathered: Gathered) -> None:
    done = silkwatch(gathered[0], "run", "--source", "paper", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["run"]["outcome"], told["new"], told["totals"]["pages"]) == ("completed", [], 0)
    assert [(s["source_id"], s["unchanged_listings"]) for s in told["sources"]] == [("paper", 1)]


def test_a_run_that_reaches_no_source_fails_and_says_why(desk: Desk) -> None:
    desk.source("gone")
    done = silkwatch(desk, "run")
    assert done.returncode == 1
    assert "Gone (gone): " in done.stdout
    assert "none of 1 sources" in done.stdout


def test_a_check_shows_what_a_run_would_do_and_stores_nothing(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    done = silkwatch(desk, "sources", "check", "paper")
    assert done.returncode == 0, done.stderr
    assert "Links it would queue: 3" in done.stdout
    assert "would be kept" in done.stdout and "off the beat: would not be kept" in done.stdout
    assert not desk.db.exists()


def test_ctrl_c_finishes_the_page_in_hand_and_the_next_run_takes_up_the_rest(desk: Desk) -> None:
    desk.source("paper", delay=0.5)
    publish(desk, "paper.example", PARTS)
    running = started(desk, "run")
    until(lambda: len(desk.site.pages()) >= 2)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=180)
    assert running.returncode == 1, err
    assert "interrupted" in out
    (run,) = desk.rows("SELECT * FROM runs")
    assert run["outcome"] == "interrupted" and run["finished_at"]
    assert silkwatch(desk, "run").returncode == 0
    assert len(desk.verdicts()) == 12 and "pending" not in desk.verdicts().values()
    assert len(desk.site.pages()) == len(set(desk.site.pages())), "no page was fetched twice"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_run_leaves_no_child_behind_and_the_next_one_starts(desk: Desk) -> None:
    desk.source("paper", delay=0.3)
    publish(desk, "paper.example", PAPER)
    running = started(desk, "run")
    until(lambda: bool(desk.site.pages()))
    child = child_of(running.pid)
    running.kill()
    running.communicate(timeout=180)
    until(lambda: ended(child))
    done = silkwatch(desk, "run")
    assert done.returncode == 0, done.stderr
    assert [r["outcome"] for r in desk.rows("SELECT outcome FROM runs ORDER BY id")] == ["interrupted", "completed"]
    assert sorted(desk.verdicts().values()) == ["new", "new", "off_topic"]


def test_two_runs_do_not_overlap(desk: Desk) -> None:
    desk.source("paper", delay=0.5)
    publish(desk, "paper.example", PARTS)
    first = started(desk, "run")
    until(lambda: bool(desk.site.pages()))
    second = silkwatch(desk, "run")
    assert (second.returncode, second.stdout) == (75, "")
    assert "another run is in progress" in second.stderr
    first.communicate(timeout=180)
    assert first.returncode == 0


def test_a_terminal_sees_one_live_line(desk: Desk) -> None:
    desk.source("paper", delay=0.5)
    publish(desk, "paper.example", PAPER)
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command("run"), env={**desk.env(), "TERM": "xterm", "COLUMNS": "120"}, cwd=desk.folder, stderr=theirs,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while chunk := _read(ours):
        seen += chunk
    os.close(ours)
    out, _ = running.communicate(timeout=180)
    assert running.returncode == 0
    assert b"sources 1/1, pages" in seen
    assert b"New: 2 articles" in out and b"\x1b" not in out


def _read(fd: int) -> bytes:
    try:
        return os.read(fd, 65536)
    except OSError:  # Linux's way to say that the other end is closed
        return b""
