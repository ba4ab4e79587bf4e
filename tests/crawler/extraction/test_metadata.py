"""What a page says of itself is read leniently and believed carefully."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import authors, embedded, jsonld, metadata, titles
from crawler.extraction.metadata import Metadata
from crawler.extraction.tree import parse


def read(head: str, body: str = "") -> Metadata:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return metadata.read(tree)


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


NEWS = {"@type": "NewsArticle", "headline": "Port deal", "datePublished": "2025-11-03"}


@pytest.mark.parametrize(
    "block",
    [
        json.dumps(NEWS),
        json.dumps([{"@type": "WebSite"}, NEWS]),
        json.dumps({"@graph": [{"@type": "Organization"}, NEWS]}),
        json.dumps({"@type": "WebPage", "mainEntity": NEWS}),
        "<!-- " + json.dumps(NEWS) + " -->",
        "//<![CDATA[\n" + json.dumps(NEWS) + "\n//]]>",
        json.dumps(NEWS)[:-1] + ",}",
        json.dumps(NEWS) + ";",
        json.dumps({**NEWS, "@type": ["Thing", "https://schema.org/ReportageNewsArticle"]}),
        '{"@type":"NewsArticle","headline":"Port deal","datePublished":"2025-11-03","about":"the "big" deal"}',
        '{"@type":"NewsArticle","headline":"Port deal","articleBody":"line\nline","datePublished":"2025-11-03"}',
    ],
)
def test_structured_data_is_read_in_every_shape(block: str) -> None:
    found = read(ld(block))
    assert jsonld.string(found.article.get("headline")) == "Port deal"
    assert found.article["datePublished"] == "2025-11-03"


def test_the_pages_own_article_is_told_from_those_it_lists() -> None:
    other = {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2024-01-01"}
    found = read("<title>Port deal - Paper</title><meta property='og:title' content='Port deal'>" + ld([other, NEWS]))
    assert found.article["datePublished"] == "2025-11-03"


@given(st.text(max_size=200))
def test_no_block_breaks_the_reading(block: str) -> None:
    assert isinstance(jsonld.nodes([block]), list)


KEYS = st.sampled_from(["@graph", "@type", "author", "name", "body", "text", "headline"])
JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)


@given(JSON)
def test_any_json_can_be_walked(value: object) -> None:
    block = json.dumps(value)
    found = read(ld(block.replace("<", "")), f"<script>x = {block.replace('<', '')}</script>")
    jsonld.string(value)
    jsonld.address(value)
    embedded.body_in_scripts([block])
    titles.choose(found)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Port deal signed - The Paper</title>", "", "Port deal signed"),
        ("<title>The Paper | Port deal signed</title>", "", "Port deal signed"),
        ("<title>Port deal signed | World | The Paper</title>", "<h1>Port deal signed</h1>", "Port deal signed"),
        ("<title>x</title><meta property='og:title' content='Port deal signed – The Paper'>", "", "Port deal signed"),
        ("<title>Port deal</title>", "<h1>The Paper</h1><h1>Port deal</h1>", "Port deal"),
        ("<title>港口协议签署_国际新闻_样本网</title>", "", "港口协议签署"),
        ("<meta property='og:title' content='Iran &amp;amp; China'>", "", "Iran & China"),
        ("<title>Iran - China: the long game</title>", "", "Iran - China: the long game"),
        ("<title>Home</title>", "", ""),
        ("<title>خبرگزاری نمونه - وزیر وارد پکن شد</title>", "", "وزیر وارد پکن شد"),
    ],
)
def test_the_headline_is_told_from_the_sites_name(head: str, body: str, expected: str) -> None:
    assert titles.choose(read(head, body), site_names=["The Paper", "خبرگزاری نمونه", "样本网"]) == expected


def test_a_listed_headline_is_the_last_resort() -> None:
    assert titles.choose(read(""), listed="Port deal signed") == "Port deal signed"
    assert titles.opening("A long first line " * 20).endswith("…")


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (ld({**NEWS, "author": {"@type": "Person", "name": "Leila Moradi"}}), "", ("Leila Moradi",)),
        (ld({**NEWS, "author": ["Leila Moradi", {"name": "Tom Lee"}]}), "", ("Leila Moradi", "Tom Lee")),
        ('<meta name="author" content="By Leila Moradi and Tom Lee">', "", ("Leila Moradi", "Tom Lee")),
        ('<meta name="author" content="https://paper.example/staff/moradi">', "", ()),
        ('<meta name="author" content="The Paper">', "", ()),
        ('<meta name="author" content="admin">', "", ()),
        ('<meta name="author" content="LEILA MORADI; TOM LEE">', "", ("Leila Moradi", "Tom Lee")),
        ('<meta name="author" content="leila@paper.example">', "", ()),
        ("", '<span class="byline">Von <a rel="author">Anna Groß</a></span>', ("Anna Groß",)),
        ("", '<p class="author">记者：王建宏</p>', ("王建宏",)),
        ("", '<p class="author">نویسنده: سارا احمدی</p>', ("سارا احمدی",)),
        ("", '<p class="byline">Updated 3 November 2025 14:20</p>', ()),
    ],
)
def test_authors_are_names(head: str, body: str, expected: tuple[str, ...]) -> None:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    assert authors.names(metadata.read(tree), tree, site_names=["The Paper"]) == expected


def test_markup_in_a_claimed_body_becomes_lines() -> None:
    found = read(ld({**NEWS, "articleBody": "&lt;p&gt;One &amp;amp; two&lt;/p&gt;<p>Three<br>four</p>"}))
    assert embedded.claimed_body(found) == "One & two\nThree\nfour"
    assert embedded.plain("2 < 3 and 5 > 4") == "2 < 3 and 5 > 4"
