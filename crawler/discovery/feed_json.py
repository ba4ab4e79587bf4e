"""JSON Feed, versions 1 and 1.1; a damaged file gives the items that stand in it whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from crawler.discovery.collect import Collector, Item
from crawler.discovery.listing import Listing, Request

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_NAMES = (
    "url", "id", "external_url", "title", "date_published", "date_modified", "language", "summary", "content_text",
    "content_html",
)  # fmt: skip
_NEXT = re.compile(r"[\s,]*\{")
_DECODER = json.JSONDecoder(strict=False)


def read(text: str, request: Request) -> Listing | None:
    """The links of a JSON Feed, or None when the JSON is none."""
    feed, notes = _parsed(text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not _is_feed(feed, items):
        return None
    collector = Collector(request)
    site = _text(feed.get("home_page_url"))
    for value in items:
        if collector.full:
            break
        if isinstance(value, dict):
            collector.add(_item(value, site, _text(feed.get("language"))))
    return collector.listing(empty="a feed without items", notes=notes)


def _parsed(text: str) -> tuple[Any, list[str]]:
    try:
        return _DECODER.decode(text), []
    except (ValueError, RecursionError):
        return {"items": _whole_items(text)}, ["the feed is damaged; what could be read was taken"]


def _whole_items(text: str) -> list[Any] | None:
    """The items before the damage, or None when there is no list of items."""
    start = _ITEMS.search(text)
    if start is None:
        return None
    found: list[Any] = []
    position = start.end()
    while following := _NEXT.match(text, position):
        try:
            value, position = _DECODER.raw_decode(text, following.end() - 1)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


def _is_feed(feed: Mapping[str, Any], items: list[Any]) -> bool:
    """It says that it is one, or its items have what items of feeds have."""
    if "jsonfeed.org" in str(feed.get("version", "")):
        return True
    return bool(items) and all(isinstance(item, dict) and {"url", "id"} & item.keys() for item in items)


def _item(value: Mapping[str, Any], site: str | None, language: str | None) -> Item:
    texts = {name: _text(value.get(name)) for name in _NAMES}
    number = texts["id"] if (texts["id"] or "").startswith(("http://", "https://")) else None
    return Item(
        addresses=[address for address in (texts["url"], number, texts["external_url"]) if address],
        bases=(site,) if site else (),
        title=texts["title"],
        published=texts["date_published"] or texts["date_modified"],
        modified=texts["date_modified"],
        language=texts["language"] or language,
        summary=texts["summary"] or texts["content_text"] or texts["content_html"],
    )


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None
