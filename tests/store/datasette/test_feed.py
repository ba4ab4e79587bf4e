"""The Atom feed: well-formed, escaped, complete."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from store.datasette.feed import atom
from tests.store.datasette.newsroom import ARTICLES, HOSTILE_TITLE
from tests.store.datasette.server import Server

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = {
    "title": "New",
    "url": "http://127.0.0.1/-/new.atom",
    "home": "http://127.0.0.1/",
    "updated": "2026-03-02T09:30:00Z",
}


def row(**fields: Any) -> dict[str, Any]:
    return {
        "id": 7, "url": "https://paper.example/a", "title": "Title", "publisher": "Paper", "published": None,
        "first_seen": "2026-03-02T09:30:00Z", "language": "fa", "topics": '["energy"]', "relevance_evidence": "Why",
        "lead": "Lead", **fields,
    }  # fmt: skip


def test_the_feed_lists_what_is_new(server: Server) -> None:
    answer = server.get("/-/new.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.body)
    assert not feed.bozo and feed.version == "atom10"
    assert {entry.title for entry in feed.entries} >= {given["title"] for given in ARTICLES[:5]}
    assert [entry for entry in feed.entries if entry.get("link", "").startswith("javascript")] == []


def test_titles_are_text(server: Server) -> None:
    titles = [found.text for found in ElementTree.fromstring(server.get("/-/new.atom").body).iter(f"{ATOM}title")]
    assert HOSTILE_TITLE in titles


def test_an_entry_has_what_the_standard_asks_for() -> None:
    entry = ElementTree.fromstring(atom([row()], **HERE)).find(f"{ATOM}entry")
    assert entry is not None
    for name in ("id", "title", "updated", "author", "link", "summary"):
        assert entry.find(f"{ATOM}{name}") is not None, name
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"
    assert datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))).tzinfo


def test_an_entry_stays_the_same_one_when_the_original_takes_its_place() -> None:
    changed = row(url="https://agency.example/first", changed_at="2026-03-02T11:00:00Z")
    (before,), (after,) = (
        ElementTree.fromstring(atom([one], **HERE)).iter(f"{ATOM}entry") for one in (row(), changed)
    )
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id") == "http://127.0.0.1/-/new.atom#article-7"
    assert after.findtext(f"{ATOM}updated") == "2026-03-02T11:00:00Z"
    link = after.find(f"{ATOM}link")
    assert link is not None and link.get("href") == "https://agency.example/first"
    feed = ElementTree.fromstring(atom([row(), changed], **HERE))
    assert feed.findtext(f"{ATOM}updated") == "2026-03-02T11:00:00Z"


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    entry = ElementTree.fromstring(atom([row(url="javascript:x")], **HERE)).find(f"{ATOM}entry")
    assert entry is not None and entry.find(f"{ATOM}link") is None
    assert entry.findtext(f"{ATOM}id") == "http://127.0.0.1/-/new.atom#article-7"


@given(
    title=st.text(st.characters(exclude_categories=["Cs"])),
    language=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_the_feed_is_well_formed_whatever_the_web_says(title: str, language: str) -> None:
    ElementTree.fromstring(atom([row(title=title, language=language, publisher=title)], **HERE))


def test_an_empty_store_has_a_feed() -> None:
    feed = ElementTree.fromstring(atom([], **HERE))
    assert feed.findtext(f"{ATOM}updated") == HERE["updated"]
