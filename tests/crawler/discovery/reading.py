"""Short ways to read a listing in tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler.discovery import Listing, discover
from store.models import EndpointKind, Hints, Link

NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
FEED_URL = "https://feeds.example.com/world/rss.xml"


def read(body: str | bytes, kind: EndpointKind = EndpointKind.FEED, **told: Any) -> Listing:
    """The listing as it would be read on 1 June 2025 at noon."""
    told = {"url": FEED_URL, "now": NOW, "hints": Hints(), **told}
    return discover(kind, body if isinstance(body, bytes) else body.encode(), **told)


def rss(*items: str, head: str = "", attributes: str = "") -> str:
    """An RSS 2.0 document around the insides of items."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {attributes}><channel><title>World</title>'
        f"{head}{inside}</channel></rss>"
    )


def atom(*entries: str, head: str = "", attributes: str = "") -> str:
    """An Atom document around the insides of entries."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>World</title>{head}{inside}</feed>'


def only(listing: Listing) -> Link:
    """The one link of a listing that has one."""
    assert len(listing.links) == 1, listing
    return listing.links[0]


def addresses(listing: Listing) -> list[str]:
    return [link.url for link in listing.links]
