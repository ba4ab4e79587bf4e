"""Addresses of articles: which spellings are one, whose they are, and what they say of themselves. Pure.

>>> canonical("http://m.example.com/amp/news/12345/headline/?utm_source=rss")
'https://example.com/news/12345/headline'
>>> site("https://edition.cnn.com/2011/WORLD/africa/04/06/libya.war/index.html")
'cnn.com'
"""

from __future__ import annotations

from crawler.url_articles import (
    is_media,
    is_numbered,
    looks_like_article,
    looks_like_front_page,
    same_site,
    site,
    trustworthy_canonical,
)
from crawler.url_dates import date_in_url
from crawler.url_hosts import folded
from crawler.url_identity import absolute, canonical
from crawler.url_numbers import article_key
from crawler.url_wrappers import unwrap

__all__ = [
    "absolute",
    "article_key",
    "canonical",
    "date_in_url",
    "host",
    "is_media",
    "is_numbered",
    "looks_like_article",
    "looks_like_front_page",
    "same_site",
    "site",
    "trustworthy_canonical",
    "unwrap",
]


def host(url: str) -> str:
    """The host of an http(s) address in lower case ASCII, without port and trailing dot; "" when there is none."""
    address = absolute(url)
    if address is None:
        return ""
    authority = address.split("://", 1)[1].replace("\\", "/")
    for mark in "/?#":
        authority = authority.partition(mark)[0]
    name, colon, port = authority.rpartition("@")[2].rpartition(":")
    return folded(name if colon and not port.endswith("]") else authority.rpartition("@")[2]) or ""
