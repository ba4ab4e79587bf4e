"""What is new, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from store.datasette.markup import from_json, safe_url
from store.feedback import LISTED

ENTRIES = 100
SQL = f"""
SELECT id, url, title, publisher, published, first_seen, changed_at, language, topics, relevance_evidence, lead
FROM articles
WHERE {LISTED} ORDER BY first_seen DESC, id DESC LIMIT {ENTRIES}
"""
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("", _ATOM)


def atom(rows: Sequence[Mapping[str, Any]], *, title: str, url: str, home: str, updated: str) -> bytes:
    """The feed of these articles, newest first.

    An entry goes by the article's number: it stays one entry when its text is revised, or when the original takes the
    place of the copy that was met first.

    Args:
        url: where the feed is, also its id; an id alone (`urn:…`) for one that lies nowhere in particular.
        home: the front page; empty when there is none.
        updated: time of the feed when there is no article.
    """
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", url)
    _add(feed, "updated", max(map(_updated, rows), default=updated))
    if safe_url(url):
        _add(feed, "link", rel="self", type="application/atom+xml", href=url)
    if home:
        _add(feed, "link", rel="alternate", type="text/html", href=home)
    for row in rows:
        _entry(feed, row, f"{url}#article-{row['id']}")
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _entry(feed: ElementTree.Element, row: Mapping[str, Any], number: str) -> None:
    entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
    if row["language"] not in ("", "und"):
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", _legal(row["language"]))
    address = safe_url(row["url"])
    _add(entry, "title", row["title"])
    _add(entry, "id", number)
    _add(entry, "updated", _updated(row))
    if row["published"]:
        _add(entry, "published", row["published"])
    _add(_add(entry, "author"), "name", row["publisher"])
    for topic in from_json(row["topics"]):
        _add(entry, "category", term=str(topic))
    if address:
        _add(entry, "link", rel="alternate", href=address)
    _add(entry, "summary", row["relevance_evidence"] or row["lead"])


def _updated(row: Mapping[str, Any]) -> str:
    return str(row.get("changed_at") or row["first_seen"])


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    legal = {key: _legal(value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", legal)
    element.text = None if text is None else _legal(text)
    return element


def _legal(text: str) -> str:
    """Characters that XML cannot hold become U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
