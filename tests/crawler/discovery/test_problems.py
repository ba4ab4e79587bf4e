"""A 200 that is no feed says what it is instead; a feed without articles says that."""

from __future__ import annotations

import gzip

import pytest

from store.models import EndpointKind
from tests.crawler.discovery.reading import addresses, atom, read, rss

PAGE = "<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"

NO_FEEDS = {
    "nothing": ("", "empty"),
    "blanks": (" \n ", "empty"),
    "a page": (
        PAGE.format(title="Sign in &amp; read", head="", body="x" * 20_000),
        "an HTML page titled “Sign in & read”",
    ),
    "a page without title": ("<html><body>Hello</body></html>", "an HTML page without a title"),
    "a page that names its feed": (
        PAGE.format(
            title="News", head='<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2">', body=""
        ),
        "names the feed https://feeds.example.com/feed?a=1&b=2",
    ),
    "a challenge": (PAGE.format(title="Just a moment...", head="", body=""), "a challenge page for browsers"),
    "a captcha": (PAGE.format(title="Check", head="", body="<div class=g-captcha>"), "a challenge page for browsers"),
    "an application": (
        PAGE.format(title="…loading", head="", body="<div id=__next></div>"),
        "the HTML shell of a script",
    ),
    "a short text": ("Invalid url", "plain text: “Invalid url”"),
    "an error in JSON": ('{"error": "not found"}', 'JSON without feed items: “{"error": "not found"}”'),
    "a list in JSON": ("[1, 2]", "JSON without feed items"),
    "broken JSON": ('{"error": ', "JSON without feed items"),
    "a list of feeds": ("<opml version='1.0'><body/></opml>", "XML of another kind"),
    "XML of a shop": ("<?xml version='1.0'?><products><p/></products>", "XML of another kind"),
    "a picture": (b"\x89PNG\r\n\x1a\n123", "a picture"),
    "a document": (b"%PDF-1.7 ...", "a PDF document"),
    "bytes": (bytes(range(256)) * 4, ""),
    "a broken archive": (b"\x1f\x8b\x08\x00garbage", ""),
    "packed nothing": (gzip.compress(b""), ""),
}

EMPTY = {
    "a feed without items": rss(),
    "an Atom feed without entries": atom(),
    "a JSON Feed without items": '{"version": "https://jsonfeed.org/version/1", "items": []}',
    "a sitemap without addresses": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
    "1 items, none of them an article": rss("<title>No address</title>"),
}


@pytest.mark.parametrize(("body", "said"), NO_FEEDS.values(), ids=NO_FEEDS)
def test_what_is_no_feed_says_what_it_is(body: str | bytes, said: str) -> None:
    listing = read(body)
    assert listing.links == ()
    assert listing.problem and listing.problem.code == "not_a_feed"
    assert listing.problem.detail.startswith("the answer is no feed: ")
    assert said in listing.problem.detail
    assert listing.problem.detail.isprintable()


@pytest.mark.parametrize("body", EMPTY.values(), ids=EMPTY)
def test_a_listing_without_articles_is_empty(body: str) -> None:
    problem = read(body).problem
    assert problem and problem.code == "empty"


def test_a_problem_names_what_was_asked_for() -> None:
    said = [read("nothing", kind).problem for kind in EndpointKind]
    assert [p.detail.partition(":")[0] for p in said if p] == [
        "the answer is no feed",
        "the answer is no sitemap",
        "the answer is no page of links",
    ]


def test_hostile_text_cannot_fill_the_problem() -> None:
    problem = read("\x1b[31m" + "A" * 100_000).problem
    assert problem and len(problem.detail) < 200
    assert "\x1b" not in problem.detail


def test_what_an_answer_is_goes_before_what_it_was_declared() -> None:
    sitemap = "<urlset><url><loc>https://example.com/1</loc></url></urlset>"
    feed = rss("<link>https://example.com/1</link>")
    for kind in EndpointKind:
        assert addresses(read(sitemap, kind)) == addresses(read(feed, kind)) == ["https://example.com/1"]
