"""A pass that is killed at any moment loses nothing and does nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.newsdesk import FESTIVAL, OIL_BUYERS, PORT_DEAL
from tests.site import Site, article, feed

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOSTS = ("first", "second", "third")
TEXTS = (PORT_DEAL, OIL_BUYERS, FESTIVAL)
ARTICLES = 8


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Three papers of eight articles each: a third off the beat, the rest copies of two stories."""
    with Site() as site:
        desk = Desk(tmp_path, site)
        for host in HOSTS:
            desk.source(host)
            items = [(f"/2026/{n}", f"Story {n} of {host}", MONDAY + timedelta(minutes=n)) for n in range(ARTICLES)]
            site.add(f"http://{host}.example/rss.xml", feed(f"{host}.example", items))
            for n, (path, title, _) in enumerate(items):
                text = [*TEXTS[n % 3], f"The newsroom of {host} added paragraph number {n} to what was known before."]
                site.add(f"http://{host}.example{path}", article(title, text, published="2026-03-02T09:30:00Z"))
        yield desk


def killed_after(desk: Desk, requests: int) -> None:
    """Start a pass and kill it, workers and all, once the site has answered so many requests."""
    child = subprocess.Popen(
        desk.command(), env=desk.env(), cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 180
    while len(desk.site.asked()) < requests and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(60)


@pytest.mark.parametrize("requests", [1, 4, 7, 12, 20, 26])
def test_the_pass_after_a_killed_one_ends_where_an_undisturbed_one_does(desk: Desk, requests: int) -> None:
    killed_after(desk, requests)
    desk.site.forget()
    after = desk.crawl()
    assert after.returncode == 0, after.stderr
    verdicts = desk.verdicts()
    assert len(verdicts) == ARTICLES  # the hosts share their paths, see below
    rows = desk.rows("SELECT url, state, verdict FROM candidates")
    assert len(rows) == len({r["url"] for r in rows}) == ARTICLES * len(HOSTS)
    assert {r["state"] for r in rows} == {"decided"}
    off_topic = [r for r in rows if r["verdict"] == "off_topic"]
    assert len(off_topic) == len(HOSTS) * len([n for n in range(ARTICLES) if n % 3 == 2])
    kept = desk.rows("SELECT url FROM articles UNION ALL SELECT url FROM duplicates")
    assert len(kept) == len({k["url"] for k in kept}) == len(rows) - len(off_topic)
    assert not [r for r in desk.rows("SELECT outcome FROM runs") if r["outcome"] == "running"]
    assert desk.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert not desk.rows("PRAGMA foreign_key_check")


def test_two_passes_do_not_run_at_once(desk: Desk) -> None:
    gate = threading.Event()
    desk.site.answers["http://first.example/2026/3"].gate = gate
    first = subprocess.Popen(
        desk.command(), env=desk.env(), cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not desk.site.asked():
        assert first.poll() is None
        time.sleep(0.01)
    second = desk.crawl()
    gate.set()
    assert "another run is in progress" in second.stderr
    assert first.wait(180) == 0
    assert len(desk.rows("SELECT * FROM runs")) == 1


def test_a_pass_that_is_asked_to_stop_ends_soon_and_blames_no_page(desk: Desk) -> None:
    for host in HOSTS:
        desk.source(host, delay=5)
    child = subprocess.Popen(
        desk.command(), env=desk.env(), cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while len(desk.site.pages()) < 1:
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    child.wait(120)  # that it ended early is told by what waits, not by the clock
    (run,) = desk.rows("SELECT outcome FROM runs")
    assert run["outcome"] == "interrupted"
    waiting = desk.rows("SELECT attempts FROM candidates WHERE state = 'pending'")
    assert len(waiting) >= ARTICLES
    assert {w["attempts"] for w in waiting} == {0}
