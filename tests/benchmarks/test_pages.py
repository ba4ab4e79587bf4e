"""The pages that contestants are given: one in ten on the beat, the same at every call, real when there are any."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from benchmarks.pages import PageSet, composed, page_set, unnested
from benchmarks.reset import set_into
from tests.shared import needs_shared, shared

FURNITURE = "<nav><p>Home</p></nav><script>var a = 1;</script>"
OWN = "".join(f"<p>Paragraph {i} of the page's own article, long enough to be one. {'x' * 200}</p>" for i in range(5))


def real_page(body: str) -> bytes:
    return f"<html><head><title>Old</title></head><body>{FURNITURE}<div>{body}</div></body></html>".encode()


def test_without_real_pages_they_are_composed_and_it_says_why(tmp_path: Path) -> None:
    pages = page_set(20, data=tmp_path)
    assert (pages.real, pages.why_composed) == (False, "the shared real pages are not here")
    assert [p.beat for p in pages.pages] == [True, *[False] * 9] * 2


def test_composed_pages_are_the_same_at_every_call_and_as_heavy_as_asked() -> None:
    assert composed(3) == composed(3)
    assert all(95_000 < len(page.body) < 130_000 for page in composed(12))
    assert all(len(page.body) < 9_000 for page in composed(5, weight_kb=4))


def test_every_page_is_listed_once_by_the_feed_of_its_host() -> None:
    pages = PageSet(pages=composed(50, weight_kb=4), real=False)
    served = {document.url: document for document in pages.documents()}
    listed = {feed: [p.url for p in pages.pages if p.url.encode() in served[feed].body] for feed in pages.feeds()}
    assert sorted(url for urls in listed.values() for url in urls) == sorted(p.url for p in pages.pages)
    assert all(urlsplit(url).netloc == urlsplit(feed).netloc for feed, urls in listed.items() for url in urls)


def test_another_article_takes_the_place_of_the_pages_own() -> None:
    page = set_into(real_page(OWN), "New", ["First of the new.", "Second of the new."])
    assert page is not None
    tree = html.document_fromstring(page)
    assert tree.findtext(".//title") == "New"
    assert [p.text for p in tree.iter("p")] == ["Home", "First of the new.", "Second of the new."]
    assert tree.findtext(".//script") == "var a = 1;"


@pytest.mark.parametrize("body", ["<p>Too little text.</p>", "no paragraph", ""])
def test_a_page_without_a_clear_place_is_left_out(body: str) -> None:
    assert set_into(real_page(body), "New", ["Text."]) is None


def test_lines_that_repeat_all_that_follows_give_each_paragraph_once() -> None:
    assert unnested("One. Two. Three.\n  Two. Three.\n Three.") == ["One.", "Two.", "Three."]
    assert unnested("Plain one.\nPlain two.") == ["Plain one.", "Plain two."]


@needs_shared
def test_real_pages_are_real_and_one_in_ten_is_on_the_beat() -> None:
    pages = page_set(30, data=shared("data"))
    assert pages.real
    assert sum(p.beat for p in pages.pages) == 3
    assert all(len(p.body) > 40_000 for p in pages.pages)
    assert all(b"China" in p.body and b"Iran" in p.body for p in pages.pages if p.beat)
