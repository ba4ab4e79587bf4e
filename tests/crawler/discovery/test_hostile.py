"""No bytes make discovery fail, and every link it gives can be asked for."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import urls
from crawler.discovery.unpack import decode, unpack
from crawler.discovery.words import plain
from store.models import EndpointKind
from tests.crawler.discovery.reading import NOW, atom, read, rss
from tests.crawler.discovery.test_feed import ATOM_03, JSON_FEED, RSS_091, RSS_10

SEEDS = (
    rss("<title>A</title><link>https://example.com/1</link><pubDate>30 May 2025</pubDate>").encode(),
    atom('<link href="https://example.com/1"/><updated>2025-05-30</updated>').encode(),
    RSS_10.encode(), RSS_091.encode("utf-16"), ATOM_03.encode(), JSON_FEED.encode(),
    b"<urlset><url><loc>https://example.com/1</loc><lastmod>2025-05-30</lastmod></url></urlset>",
    b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>",
    b"<html><body><h2><a href='/news/12345'>Oil <time datetime='2025-05-30'></a></h2></body></html>",
)  # fmt: skip
NASTY = st.sampled_from(
    [
        b"<", b">", b"&", b"&x;", b"]]>", b"<![CDATA[", b"\0", b"\xff\xfe", b"<item>", b"</channel>", b"<!--", b"{",
        b'"', b"<!DOCTYPE x [", b"<link>http://[/</link>", b"<pubDate>99 Foo 99999</pubDate>", b"xml:base='http://['",
        b"\x1f\x8b\x08",
    ]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A listing with pieces cut out, doubled, replaced."""
    body = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(body)))
        piece = draw(NASTY | st.binary(max_size=6))
        body[at : at + draw(st.integers(0, 12))] = piece
    return bytes(body)


@pytest.mark.parametrize("kind", EndpointKind)
@settings(max_examples=80, deadline=None)
@given(body=mutated() | st.binary(max_size=400))
def test_no_body_makes_discovery_fail(kind: EndpointKind, body: bytes) -> None:
    listing = read(body, kind)
    assert listing.links or listing.more or listing.problem
    for link in listing.links:
        assert urls.canonical(link.url) is not None
        assert link.published is None or link.published.value <= NOW + timedelta(minutes=10)
        assert link.title is None or (link.title.strip() == link.title and len(link.title) <= 500)
    assert all(url.startswith(("http://", "https://")) for url in listing.more)


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(1, 50))
def test_plain_text_has_one_line_and_no_tags(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert shown is None or (len(shown) <= limit and "\n" not in shown and "<b>" not in shown)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_unpacked_and_decoded(data: bytes) -> None:
    unpacked, cut = unpack(data, 1000)
    assert len(unpacked) <= 1000
    assert not cut
    assert isinstance(decode(unpacked, "text/xml; charset=x-unknown", "no such"), str)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_utf_8_is_decoded_as_utf_8_whatever_is_declared(text: str) -> None:
    body = "é" + text.replace("\0", "")
    data = f'<?xml version="1.0" encoding="windows-1251"?>{body}'.encode("utf-8", "replace")
    assert decode(data, "text/xml; charset=gb2312").endswith(body.encode("utf-8", "replace").decode())


@pytest.mark.parametrize(
    "piece",
    [
        "<!--", "<!doctype x [", "<html><title>", "<html><link ", "<rss><item><title>x", "<rss><title><![CDATA[",
        "<rss><item><link ", "<rss>&", "<rss><", '<rss a="', "<html><a href=/news/12345>", "<html><div>", '[{"a":',
        "<urlset><url>", "<rss>&eacute;", "<html><h2><a href=/n/12345/a-b-c><time>",
    ],
)  # fmt: skip
def test_no_repetition_takes_long(piece: str) -> None:
    root, _, rest = piece.partition(">")
    body = f"{root}>" + rest * (400_000 // len(rest)) if rest else piece * (400_000 // len(piece))
    started = time.process_time()
    for kind in EndpointKind:
        read(body, kind)
    assert time.process_time() - started < 5
