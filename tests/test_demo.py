"""The newsroom, end to end: `silkwatch demo` in a child process, its crawls in theirs, and what the store holds then.

`tests/data/newsroom.csv` says what is to become of every page. A reason may be one of several (`|`) where it hangs on
which of two reports was read first.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from crawler.urls import canonical
from scheduler.demo import edition
from scheduler.demo.outlets import outlets
from tests.desk import PAGE_SECONDS, ROOT, Desk
from tests.site import Site
from tests.store.datasette.server import serving

EXPECTED = list(csv.DictReader((ROOT / "tests/data/newsroom.csv").read_text("utf-8").splitlines()))
UNLISTED = {"rheinbote:calendar-1", "rheinbote:calendar-2"}
"""A calendar without end: its months are links of a section page, and no articles."""
KNOWN = "https://quarterlyofthegulf.example/2026/chabahar-between-two-patrons"


def environment() -> dict[str, str]:
    """As a person has it, without settings of this machine that would matter."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith("SILKWATCH_") and not k.lower().endswith("_proxy")
    }
    return {**kept, "SILKWATCH_TZ": "UTC", "PYTHONUTF8": "1", "SILKWATCH_PAGE_SECONDS": PAGE_SECONDS}


def demo(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scheduler", "demo", *arguments], cwd=cwd, env=environment(), text=True,
        capture_output=True, timeout=400, check=False,
    )  # fmt: skip


@dataclass
class Played:
    desk: Desk
    told: dict[str, Any]
    pages: dict[str, str]
    """Address of each page."""

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        return self.desk.rows(sql, *parameters)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("demo")
    done = demo("--dir", "made", "--db", "news.db", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    with Site() as site:
        yield Played(Desk(folder, site), told, edition.addresses(2, datetime.fromisoformat(told["begun"])))


def verdicts(desk: Desk, pages: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """Page → verdict, reason and what it is a copy of; `pages` are their addresses."""
    named = {canonical(url) or url: page for page, url in pages.items()} | {KNOWN: "known:chabahar"}
    found = desk.rows(
        "SELECT c.url, c.verdict, c.state, c.reason, coalesce(a.url, s.url, '') AS of FROM candidates AS c "
        "LEFT JOIN articles AS a ON a.id = c.duplicate_of LEFT JOIN seeds AS s ON s.id = c.seed_id"
    )
    return {
        named.get(row["url"], row["url"]): (row["verdict"] or row["state"], row["reason"], named.get(row["of"], ""))
        for row in found
    }


def wrong(got: dict[str, tuple[str, str, str]], days: int) -> list[str]:
    """How the verdicts differ from the table."""
    told, wanted = [], [row for row in EXPECTED if int(row["day"]) <= days]
    for row in wanted:
        verdict, reason, of = got.pop(row["page"], ("not found", "", ""))
        first_day = "new" if row["verdict"] == "revised" and days == 1 else row["verdict"]
        if verdict != first_day or reason not in row["reason"].split("|") or of != row["of"]:
            told.append(f"{row['page']}: {verdict} {reason} {of}, expected {first_day} {row['reason']} {row['of']}")
    return told + [f"{page}: not expected" for page in got]


def test_the_table_names_every_page_of_the_newsroom() -> None:
    pages = {f"{outlet.id}:{page.id}" for outlet in outlets() for page in outlet.pages}
    assert {row["page"] for row in EXPECTED} == pages - UNLISTED


def test_the_newsroom_is_as_wide_as_it_says() -> None:
    assert len(outlets()) == 14
    assert len({outlet.language.split("-")[0] for outlet in outlets()}) == 7
    assert {outlet.charset for outlet in outlets()} == {"utf-8", "gb18030", "windows-1251"}
    kinds = {listing.kind for outlet in outlets() for listing in outlet.listings}
    assert kinds == {"rss", "atom", "json", "sitemap", "section"}


def test_every_page_of_both_days_gets_its_verdict(played: Played) -> None:
    assert wrong(verdicts(played.desk, played.pages), days=2) == []


def test_the_second_pass_fetches_nothing_again(played: Played) -> None:
    first, again, second_day = (one["totals"] for one in played.told["passes"])
    assert (again["pages"], again["new"], again["failed"]) == (0, 0, 0)
    assert again["unchanged_listings"] == 13
    assert first["pages"] > 20
    assert (first["revised"], second_day["revised"]) == (0, 1)
    assert first["duplicates"] == 2  # the original that came after its copy leaves one more copy


def test_what_the_demonstration_says_is_what_the_store_holds(played: Played) -> None:
    for one in played.told["passes"]:
        (row,) = played.rows(
            "SELECT sum(new) AS new, sum(duplicates) AS duplicates, sum(pages) AS pages FROM run_sources WHERE run_id = ?",
            one["run"]["id"],
        )
        assert {name: one["totals"][name] for name in row} == row
    new = [title["title"] for one in played.told["passes"] for title in one["new"]]
    assert len(new) == len(played.rows("SELECT id FROM articles"))


def test_three_kinds_of_decision_are_explained(played: Played) -> None:
    explained = {what: told["candidate"]["verdict"] for what, told in played.told["explained"].items()}
    assert explained == {"a copy": "duplicate", "a near miss": "off_topic", "a hit": "new"}


def test_the_correction_is_a_revision_and_the_former_text_is_kept(played: Played) -> None:
    (row,) = played.rows(
        "SELECT a.text AS now, r.text AS before FROM revisions AS r JOIN articles AS a ON a.id = r.article_id"
    )
    assert "by a fifth, three buyers" in row["before"]
    assert "by a third, five buyers" in row["now"]


def test_feeds_that_moved_or_are_no_feeds_are_followed_and_told(played: Played) -> None:
    issues = {(row["source_id"], row["code"]) for row in played.rows("SELECT source_id, code FROM issues")}
    assert {("dailyrelay", "not_a_feed"), ("bogazpostasi", "not_a_feed"), ("radiosaman", "http_503")} <= issues
    assert "vestnik" not in {source for source, _ in issues}, "a feed that moved for good is simply followed"


@pytest.mark.parametrize(
    ("page", "published", "precision", "language"),
    [
        ("lanhai:petrochemical", "text", "minute", "zh"),
        ("peykekhavar:oil-payment", "text", "day", "fa"),
        ("khalijwire:rail", "json-ld", "minute", "en"),
        ("almarsa:visit", "time-tag", "minute", "ar"),
        ("bogazpostasi:corridor", "meta", "minute", "tr"),
    ],
)
def test_each_template_tells_its_date(
    played: Played, page: str, published: str, precision: str, language: str
) -> None:
    (row,) = played.rows(
        "SELECT published_origin, published_precision, language FROM articles WHERE url = ?",
        canonical(played.pages[page]),
    )
    assert (row["published_origin"], row["published_precision"], row["language"]) == (published, precision, language)


def test_a_hostile_title_is_text(played: Played) -> None:
    (row,) = played.rows("SELECT title FROM articles WHERE title LIKE '%script%'")
    assert row["title"].startswith("<script>alert('methanol')</script> Iranian methanol")


def test_its_front_page_tells_both_days_and_no_headline_twice(played: Played) -> None:
    with serving(played.desk.db) as server:
        page = html.fromstring(server.get("/").body)
    cards = page.xpath("//article[@class='card']")
    assert len(cards) == len(played.rows("SELECT id FROM articles"))
    for card in cards:
        (headline,), (evidence,) = card.xpath(".//*[@class='headline']"), card.xpath(".//p[@class='evidence']")
        assert headline.text_content() != evidence.text_content()
    assert not page.xpath("//script")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", "utf-8")
    done = demo("--dir", "mine", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds something that is no demonstration" in done.stderr
    assert (tmp_path / "mine" / "thesis.txt").read_text("utf-8") == "years of work"


def test_a_store_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_bytes(b"mine")
    done = demo("--db", "mine.db", cwd=tmp_path)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert (tmp_path / "mine.db").read_bytes() == b"mine"


def test_control_c_ends_it_with_a_closed_run(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "scheduler", "demo", "--dir", "made"], cwd=tmp_path, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert child.stderr is not None
    while "Gathering" not in child.stderr.readline():
        assert child.poll() is None
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=120)
    assert child.returncode == 1
    assert "Traceback" not in errors
    with sqlite3.connect(tmp_path / "made" / "silkwatch.db") as store:
        outcomes = [outcome for (outcome,) in store.execute("SELECT outcome FROM runs")]
    store.close()
    assert "running" not in outcomes


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Desk, datetime]]:
    """The first day of the newsroom, for passes by hand."""
    with Site() as site:
        now = datetime.now(UTC).replace(microsecond=0)
        desk = Desk(tmp_path, site, make_beat=edition.make_beat)
        edition.publish(site, 1, now)
        yield desk, now


@pytest.mark.parametrize("requests", [20, 45])
def test_a_pass_that_was_killed_is_made_good_by_the_next_one(desk: tuple[Desk, datetime], requests: int) -> None:
    at, now = desk
    child = subprocess.Popen(
        at.command(), env=at.env(), cwd=at.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    while len(at.site.asked()) < requests and child.poll() is None:
        time.sleep(0.005)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(60)
    assert at.crawl().returncode == 0
    assert wrong(verdicts(at, edition.addresses(1, now)), days=1) == []
