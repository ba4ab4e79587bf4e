"""What a text is by its own look, and in plain words what it is instead of a listing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crawler.discovery.words import plain
from crawler.urls import absolute


class Shape(StrEnum):
    FEED = "feed"
    SITEMAP = "sitemap"
    JSON = "json"
    HTML = "html"
    ADDRESSES = "addresses"
    """Plain text, one address a line: the simplest sitemap."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Look:
    shape: Shape
    start: int = 0
    """Where the root element begins: what stands before it (byte order marks, warnings of a script) is no listing."""


_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex|channel)(?=[\s>/])", re.IGNORECASE)
_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_JSON = re.compile(r"[\ufeff\s]*(?:\{(?=\s*[\"}])|\[(?=\s*[\[{\"\d\]]))")
_FIRST = re.compile(r"<([a-z][\w.:-]*)", re.IGNORECASE)
_HTML_NAMES = frozenset(
    {
        "html", "head", "body", "title", "meta", "link", "base", "style", "script", "noscript", "div", "p", "br", "b",
        "h1", "h2", "h3", "span", "center", "table", "a", "img", "iframe", "form", "pre", "font", "ul", "hr", "main",
    }
)  # fmt: skip
"""Elements with which pages begin that leave `<html>` out."""
_QUOTED = re.compile(
    r"<!--.*?(?:-->|\Z)|<!doctype(?!\s+html)[^<>\[]*(?:\[.*?(?:\]|\Z))?\s*(?:>|\Z)", re.IGNORECASE | re.DOTALL
)
"""What is left open counts to the end: to look for an end from each start anew takes minutes of hostile text."""
_HEAD = 200_000
_TITLE = re.compile(r"<title\b[^<>]*>(.{0,500}?)</title", re.IGNORECASE | re.DOTALL)
_FEED_LINK = re.compile(
    r"<link\b(?=[^<>]*\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+)[^<>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|cf-chl|challenge-platform|attention required! \| cloudflare|ddos-guard|ddos protection|"
    r"_incapsula_|px-captcha|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"enable javascript and cookies|checking your browser|در حال انتقال|acw_sc__v2|aliyun_waf|安全验证|请稍候",
    re.IGNORECASE,
)
_MAYBE_CHALLENGE = re.compile(r"captcha|access denied|arvancloud|forbidden|blocked", re.IGNORECASE)
_SMALL = 15_000
"""Characters; ordinary pages are longer and carry captchas for their forms."""
_APPLICATION = re.compile(
    r"__NEXT_DATA__|id=[\"']?(?:__next|root|app|__nuxt)[\"'>\s]|ng-app|window\.__", re.IGNORECASE
)
_BINARY = {
    "%PDF": "a PDF document", "\x89PNG": "a picture", "GIF8": "a picture", "\xff\xd8\xff": "a picture",
    "PK\x03\x04": "a zip archive", "\x1f\x8b": "a damaged gzip archive", "ID3": "a sound file",
    "RIFF": "a media file",
}  # fmt: skip


def look(text: str) -> Look:
    """What the text is, by its first telling element."""
    json = _JSON.match(text)
    if json:
        return Look(Shape.JSON, json.end() - 1)
    head = _QUOTED.sub(lambda match: " " * len(match[0]), text[:_HEAD])
    root, page = _FEED_ROOT.search(head), _HTML_ROOT.search(head)
    if root and not (page and page.start() < root.start()):
        return Look(Shape.SITEMAP if root[1].lower() in ("urlset", "sitemapindex") else Shape.FEED, root.start())
    if _is_page(head):
        return Look(Shape.HTML)
    return Look(Shape.ADDRESSES if _are_addresses(head) else Shape.OTHER)


def _is_page(head: str) -> bool:
    first = _FIRST.search(head)
    return bool(_HTML_ROOT.search(head) or (first and first[1].lower() in _HTML_NAMES))


def _are_addresses(head: str) -> bool:
    lines = [line.strip() for line in head.splitlines()[:20] if line.strip()]
    return bool(lines) and all(line.lower().startswith(("http://", "https://")) for line in lines[:-1] or lines)


def described(data: bytes, text: str, url: str) -> str:
    """What an answer is that is no listing, in plain words: "an HTML page titled “Sign in”"."""
    if not data.strip():
        return "empty"
    for magic, name in _BINARY.items():
        if data.startswith(magic.encode("latin-1")):
            return name
    head = text[:_HEAD]
    if _JSON.match(head):
        return f"JSON without feed items: {_excerpt(head)}"
    if _is_page(_QUOTED.sub("", head)):
        return _page(head, url)
    if head.lstrip().startswith("<"):
        return f"XML of another kind: {_excerpt(head)}"
    if "\ufffd" in head[:200] or "\0" in head[:200]:
        return "binary data"
    return f"plain text: {_excerpt(head)}"


def _page(head: str, url: str) -> str:
    title = _TITLE.search(head)
    named = plain(title[1], 80) if title else None
    titled = f" titled “{named}”" if named else " without a title"
    if _CHALLENGE.search(head) or (len(head) < _SMALL and _MAYBE_CHALLENGE.search(head)):
        return f"a challenge page for browsers{titled}"
    feed = _FEED_LINK.search(head)
    address = absolute(feed[1].replace("&amp;", "&"), url) if feed else None
    if address:
        return f"an HTML page{titled}, which names the feed {address[:300]}"
    kind = (
        "the HTML shell of a script application"
        if _APPLICATION.search(head) and len(head) < 100_000
        else "an HTML page"
    )
    return f"{kind}{titled}"


def _excerpt(text: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[:400]).split())
    return f"“{shown[:80]}{'…' if len(shown) > 80 else ''}”"
