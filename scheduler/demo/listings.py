"""Listings of a newsroom: feeds of three kinds, sitemaps, section pages. Pure: items in, text out."""

from __future__ import annotations

import email.utils
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

XML = "<?xml version='1.0' encoding='{charset}'?>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article as a listing names it; times are aware."""

    url: str
    title: str
    published: datetime | None = None
    modified: datetime | None = None
    summary: str = ""


def rss(site: str, name: str, items: Sequence[Item], *, charset: str = "UTF-8") -> str:
    """RSS 2.0."""
    rows = []
    for item in items:
        stamp = f"<pubDate>{email.utils.format_datetime(item.published)}</pubDate>" if item.published else ""
        summary = f"<description>{escape(item.summary)}</description>" if item.summary else ""
        rows.append(
            f"<item><title>{escape(item.title)}</title><link>{escape(item.url)}</link>{summary}{stamp}</item>"
        )
    return (
        f"{XML.format(charset=charset)}<rss version='2.0'><channel><title>{escape(name)}</title>"
        f"<link>{site}</link><description>news</description>{''.join(rows)}</channel></rss>"
    )


def atom(site: str, name: str, items: Sequence[Item], *, charset: str = "UTF-8") -> str:
    """Atom 1.0."""
    rows = []
    for item in items:
        published = f"<published>{item.published.isoformat()}</published>" if item.published else ""
        changed = item.modified or item.published
        updated = f"<updated>{changed.isoformat()}</updated>" if changed else ""
        rows.append(
            f"<entry><id>{escape(item.url)}</id><title>{escape(item.title)}</title>"
            f"<link rel='alternate' href='{escape(item.url)}'/>{published}{updated}"
            f"<summary>{escape(item.summary)}</summary></entry>"
        )
    return (
        f"{XML.format(charset=charset)}<feed xmlns='http://www.w3.org/2005/Atom'><id>{site}</id>"
        f"<title>{escape(name)}</title><link href='{site}'/>{''.join(rows)}</feed>"
    )


def json_feed(site: str, name: str, items: Sequence[Item], *, charset: str = "UTF-8") -> str:
    """JSON Feed 1.1; it is always UTF-8."""
    rows = [
        {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "content_text": item.summary,
            **({"date_published": item.published.isoformat()} if item.published else {}),
            **({"date_modified": item.modified.isoformat()} if item.modified else {}),
        }
        for item in items
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": name, "home_page_url": site, "items": rows}
    return json.dumps(feed, ensure_ascii=False, indent=1)


def sitemap(site: str, name: str, items: Sequence[Item], *, charset: str = "UTF-8") -> str:
    """A sitemap with Google's elements for news."""
    rows = []
    for item in items:
        changed = item.modified or item.published
        lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        news = (
            f"<news:news><news:publication><news:name>{escape(name)}</news:name></news:publication>"
            f"<news:publication_date>{item.published.isoformat()}</news:publication_date>"
            f"<news:title>{escape(item.title)}</news:title></news:news>"
            if item.published
            else ""
        )
        rows.append(f"<url><loc>{escape(item.url)}</loc>{lastmod}{news}</url>")
    return (
        f"{XML.format(charset=charset)}<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{''.join(rows)}</urlset>"
    )


def sitemap_index(children: Sequence[str]) -> str:
    """An index of other sitemaps."""
    rows = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in children)
    return (
        f"{XML.format(charset='UTF-8')}<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        f"{rows}</sitemapindex>"
    )


def section(site: str, name: str, items: Sequence[Item], *, charset: str = "UTF-8") -> str:
    """A section page: headlines with links among the furniture of a site."""
    rows = "".join(
        f"<li class='item'><h3><a href='{escape(item.url)}'>{escape(item.title)}</a></h3></li>" for item in items
    )
    return (
        f"<!doctype html><html><head><meta charset='{charset}'><title>{escape(name)}</title></head><body>"
        f"<nav><a href='{site}'>{escape(name)}</a> <a href='{site}about'>About</a></nav>"
        f"<main><h1>{escape(name)}</h1><ul>{rows}</ul></main></body></html>"
    )


KINDS = {"rss": rss, "atom": atom, "json": json_feed, "sitemap": sitemap, "section": section}
"""The makers of listings by the name that outlets give them."""

CONTENT_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
    "section": "text/html",
}
