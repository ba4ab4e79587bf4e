"""A whole pass, from the listing to the store, in a real child process against real HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.demo.listings import Item, sitemap, sitemap_index
from tests.desk import Desk
from tests.newsdesk import FESTIVAL, OIL_BUYERS, PORT_DEAL
from tests.site import Answer, Site, article, feed

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RECENT = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Site() as site:
        yield Desk(tmp_path, site)


def publish(desk: Desk, host: str, pages: dict[str, tuple[str, list[str]]]) -> None:
    """A feed and its article pages on one host."""
    items = [(path, title, MONDAY) for path, (title, _) in pages.items()]
    desk.site.add(f"http://{host}/rss.xml", feed(host, items), content_type="application/rss+xml")
    for path, (title, text) in pages.items():
        desk.site.add(f"http://{host}{path}", article(title, text, published="2026-03-02T09:30:00Z"))


PAPER = {
    "/2026/port": ("Iran and China sign Chabahar port agreement", PORT_DEAL),
    "/2026/oil": ("Chinese refiners buy record Iranian crude", OIL_BUYERS),
    "/2026/lanterns": ("Six hundred children carry lanterns", FESTIVAL),
}


def test_a_pass_keeps_what_concerns_the_beat_and_remembers_the_rest(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    done = desk.crawl()
    assert done.returncode == 0, done.stderr
    assert desk.verdicts() == {"/2026/port": "new", "/2026/oil": "new", "/2026/lanterns": "off_topic"}
    kept = desk.rows("SELECT * FROM articles ORDER BY url")
    assert [a["title"] for a in kept] == [PAPER["/2026/oil"][0], PAPER["/2026/port"][0]]
    port = kept[1]
    assert port["text"].split("\n")[0] == PORT_DEAL[0]
    assert (port["published"], port["language"], port["source_id"]) == ("2026-03-02T09:30:00Z", "en", "paper")
    assert "China" in port["relevance_evidence"] and port["relevance_score"] > 0.5
    (run,) = desk.rows("SELECT * FROM runs")
    assert run["outcome"] == "completed"


def test_a_second_pass_asks_the_listing_only_and_fetches_no_article_again(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    desk.crawl()
    desk.site.forget()
    assert desk.crawl().returncode == 0
    assert [(r.url.rsplit("/", 1)[1], r.status) for r in desk.site.asked()] == [("robots.txt", 404), ("rss.xml", 304)]
    assert len(desk.rows("SELECT * FROM articles")) == 2


def test_the_copy_on_another_site_is_folded_into_the_first(desk: Desk) -> None:
    desk.source("paper")
    desk.source("wire")
    publish(desk, "paper.example", {"/2026/port": PAPER["/2026/port"]})
    desk.crawl("source=paper")
    copied = ["TEHRAN (Wire) - " + PORT_DEAL[0], *PORT_DEAL[1:], "Subscribe to our newsletter for more."]
    publish(desk, "wire.example", {"/n/77": ("Chabahar: Tehran and Beijing agree on port", copied)})
    desk.crawl("source=wire")
    (first,) = desk.rows("SELECT id FROM articles")
    (copy,) = desk.rows("SELECT * FROM duplicates")
    assert copy["article_id"] == first["id"]
    assert copy["similarity"] > 0.8 and copy["relation"] in ("near", "extended", "exact")
    assert desk.verdicts()["/n/77"] == "duplicate"


def test_one_request_at_a_time_per_host_spaced_by_the_delay(desk: Desk) -> None:
    desk.source("paper", delay=0.3)
    desk.source("second", delay=0.3, url="http://paper.example/second.xml")
    publish(desk, "paper.example", PAPER)
    desk.site.add("http://paper.example/second.xml", feed("paper.example", [("/2026/extra", "Extra", MONDAY)]))
    desk.site.add("http://paper.example/2026/extra", article("Extra", FESTIVAL))
    for answer in desk.site.answers.values():
        answer.delay = 0.1
    assert desk.crawl().returncode == 0
    asked = sorted(desk.site.asked("paper.example"), key=lambda r: r.started)
    assert len(asked) == 7
    pairs = list(itertools.pairwise(asked[1:]))  # robots.txt is asked before the source's delay is known
    assert all(later.started >= earlier.ended for earlier, later in pairs), "two requests in flight"
    assert all(later.started - earlier.started > 0.28 for earlier, later in pairs)


def test_what_robots_txt_forbids_is_never_asked(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    desk.site.add(
        "http://paper.example/robots.txt", "User-agent: *\nDisallow: /2026/oil\n", content_type="text/plain"
    )
    desk.crawl()
    assert not desk.site.asked("/2026/oil")
    assert desk.verdicts()["/2026/oil"] == "rejected"
    (row,) = desk.rows("SELECT reason FROM candidates WHERE url LIKE '%oil'")
    assert row["reason"] == "robots"


def test_nothing_is_asked_of_a_host_whose_robots_txt_fails(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    desk.site.add("http://paper.example/robots.txt", "down", status=503)
    desk.crawl()
    assert {r.url for r in desk.site.asked()} == {"http://paper.example/robots.txt"}
    (run,) = desk.rows("SELECT * FROM runs")
    assert run["outcome"] == "failed"


def test_a_page_that_fails_waits_for_a_later_pass_and_a_dead_one_ends(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    desk.site.add("http://paper.example/2026/port", "busy", status=503, headers={"Retry-After": "7200"})
    desk.site.add("http://paper.example/2026/oil", "gone", status=410)
    desk.crawl()
    assert len(desk.site.asked("/2026/port")) == 1, "a long Retry-After is not tried again within the pass"
    (waiting,) = desk.rows("SELECT * FROM candidates WHERE url LIKE '%port'")
    assert (waiting["state"], waiting["attempts"], waiting["http_status"]) == ("pending", 1, 503)
    pause = datetime.fromisoformat(waiting["not_before"]) - datetime.now(UTC)
    assert 7000 < pause.total_seconds() <= 7200
    (gone,) = desk.rows("SELECT * FROM candidates WHERE url LIKE '%oil'")
    assert (gone["state"], gone["verdict"], gone["reason"]) == ("decided", "rejected", "gone")
    desk.site.forget()
    desk.crawl()
    assert not desk.site.pages(), "the pause holds"


def test_a_transient_error_is_tried_again_within_the_pass(desk: Desk) -> None:
    desk.source("paper")
    publish(desk, "paper.example", PAPER)
    url = "http://paper.example/2026/port"
    desk.site.answers[url] = Answer(b"oops", status=502, times=1, then=desk.site.answers[url])
    desk.crawl()
    assert desk.verdicts()["/2026/port"] == "new"


def test_a_page_that_is_no_feed_becomes_an_issue_and_the_fallback_is_asked(desk: Desk) -> None:
    desk.source("paper", extra='fallback_urls = ["http://paper.example/feed.xml"]\n')
    publish(desk, "paper.example", PAPER)
    desk.site.answers["http://paper.example/feed.xml"] = desk.site.answers["http://paper.example/rss.xml"]
    desk.site.add("http://paper.example/rss.xml", "<html><title>Welcome</title><body>We moved.</body></html>")
    desk.crawl()
    (issue,) = desk.rows("SELECT * FROM issues WHERE code = 'not_a_feed'")
    assert issue["source_id"] == "paper"
    assert len(desk.rows("SELECT * FROM articles")) == 2


def test_a_sitemap_index_that_never_changes_hides_no_sitemap_that_does(desk: Desk) -> None:
    desk.source("paper", url="http://paper.example/sitemap.xml", kind="sitemap")
    desk.site.add(
        "http://paper.example/sitemap.xml", sitemap_index(["http://paper.example/news.xml"]), content_type="text/xml"
    )
    publish(desk, "paper.example", PAPER)
    for found, part in ((2, ["/2026/port", "/2026/oil"]), (3, list(PAPER))):
        items = [Item(url=f"http://paper.example{path}", title=PAPER[path][0], published=RECENT) for path in part]
        desk.site.add("http://paper.example/news.xml", sitemap("http://paper.example/", "Paper", items))
        desk.crawl()
        assert len(desk.verdicts()) == found
    asked = [r.status for r in desk.site.asked("paper.example/sitemap.xml")]
    assert asked == [200, 200]


def test_the_cap_leaves_the_rest_to_the_next_pass(desk: Desk) -> None:
    desk.source("paper", cap=2)
    publish(desk, "paper.example", PAPER)
    desk.crawl()
    assert sorted(desk.verdicts().values()).count("pending") == 1
    desk.crawl()
    assert "pending" not in desk.verdicts().values()
    assert len(desk.site.pages()) == 3


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret"])
def test_a_listing_cannot_send_us_to_a_private_address(desk: Desk, target: str) -> None:
    """Without a proxy: the feed stands on an allowed network, what it links to does not."""
    desk.environment = {"http_proxy": "", "https_proxy": ""}
    desk.source("paper", url=f"http://127.0.0.1:{desk.site.port}/rss.xml")
    link = target.format(port=desk.site.port)
    desk.site.add(f"{desk.site.origin}/rss.xml", feed("paper.example", [(link, "Iran China", MONDAY)]))
    desk.crawl()
    assert not desk.site.asked(), "the loopback listing itself is refused"
    desk.environment["SILKWATCH_ALLOW_PRIVATE"] = "127.0.0.0/8"
    desk.site.add(f"{desk.site.origin}/secret", "", status=302, headers={"Location": "http://10.255.255.1/x"})
    desk.crawl()
    assert desk.site.asked("/secret"), "allowed by the user"
    (row,) = desk.rows("SELECT * FROM candidates")
    assert (row["verdict"], row["reason"]) == ("rejected", "private_address")


def test_a_hostile_page_costs_itself_only(desk: Desk) -> None:
    desk.source("paper")
    bomb = "<html><body>Iran China " + "<div>" * 200_000 + "</html>"
    publish(desk, "paper.example", {**PAPER, "/2026/bomb": ("Bomb", ["x"])})
    desk.site.add("http://paper.example/2026/bomb", bomb)
    desk.crawl()
    verdicts = desk.verdicts()
    assert verdicts.pop("/2026/bomb") == "rejected"
    assert sorted(verdicts.values()) == ["new", "new", "off_topic"]


@pytest.mark.parametrize("argument", ["source=nobody", "cap=many", "max_minutes=0"])
def test_a_wrong_argument_is_told_in_one_line_without_a_trace(desk: Desk, argument: str) -> None:
    desk.source("paper")
    said = desk.crawl(argument)
    told = [line for line in said.stderr.splitlines() if line.startswith("silkwatch: ")]
    assert said.returncode and len(told) == 1 and argument.partition("=")[2] in told[0]
    assert "Traceback" not in said.stderr and desk.site.requests == []
