"""How links are found: the bytes of a listing → `Listing`. Pure; one file a kind of listing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crawler.discovery import feed, feed_json, section, sitemap
from crawler.discovery.listing import EMPTY, NOT_A_FEED, Limits, Listing, Problem, Request
from crawler.discovery.shape import Shape, described, look
from crawler.discovery.unpack import decode, unpack
from store.models import EndpointKind, Hints

__all__ = ["EMPTY", "NOT_A_FEED", "Limits", "Listing", "Problem", "discover"]


def discover(
    kind: EndpointKind,
    body: bytes,
    *,
    url: str,
    content_type: str = "",
    now: datetime,
    hints: Hints | None = None,
    allow: Sequence[str] = (),
    deny: Sequence[str] = (),
    limits: Limits | None = None,
    since: datetime | None = None,
) -> Listing:
    """The links that a listing names, read as what its bytes are: a sitemap at a feed's address is read as a sitemap.
    Only a section page is read as HTML; elsewhere HTML is the problem `not_a_feed`. No body makes it fail.

    Args:
        kind: what the endpoint is declared to be.
        body: as received; gzip inside is undone whatever the headers say.
        url: where the body came from (after redirects); relative addresses stand on it.
        content_type: the header, for its charset.
        now: aware; dates after it are dropped, their links kept.
        hints: zone of dates that name none, whether midnights are days, charset.
        allow: regular expressions; when given, a link's absolute address must match one of them (`re.search`).
        deny: regular expressions that neither a link nor a child sitemap may match.
        limits: how much is read.
        since: aware; items and child sitemaps that the listing dates earlier are left out.
    """
    request = Request(
        url=url, now=now, hints=hints or Hints(), allow=allow, deny=deny, limits=limits or Limits(), since=since
    )
    data, cut = unpack(body, request.limits.bytes)
    text = decode(data, content_type, request.hints.charset)
    listing = _read(kind, text, request)
    if listing is None:
        listing = Listing(
            problem=Problem(NOT_A_FEED, f"the answer is no {_wanted(kind)}: {described(data, text, url)}")
        )
    if cut:
        note = f"only the first {request.limits.bytes} bytes were read"
        listing = replace(listing, notes=(*listing.notes, note))
    return listing


def _read(kind: EndpointKind, text: str, request: Request) -> Listing | None:
    """The listing as its look says, or None when it is none."""
    seen = look(text)
    match seen.shape:
        case Shape.FEED:
            return feed.read(text[seen.start :], request)
        case Shape.SITEMAP:
            return sitemap.read(text[seen.start :], request)
        case Shape.JSON:
            return feed_json.read(text[seen.start :], request)
        case Shape.ADDRESSES:
            return sitemap.read_addresses(text, request)
        case Shape.HTML if kind is EndpointKind.SECTION:
            return section.read(text, request)
    return None


def _wanted(kind: EndpointKind) -> str:
    return {EndpointKind.FEED: "feed", EndpointKind.SITEMAP: "sitemap"}.get(kind, "page of links")
