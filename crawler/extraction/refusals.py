"""Why a page is no article. Each check gives a code of `CODES` and one plain sentence, or nothing.

A wrong refusal is worse than a missed one: what a page says of itself (an article type, a publication date) always
outweighs how it looks, and short texts are articles, as many Chinese and Persian briefs are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from crawler import urls
from crawler.extraction import jsonld
from crawler.extraction.frame import Frame, weight
from crawler.extraction.metadata import Metadata
from crawler.extraction.tree import key, link_text_of, text_of
from crawler.extraction.vocabulary import (
    ARTICLE_TYPES,
    CHALLENGES,
    CONSENTS,
    ERRORS,
    LIST_TYPES,
    LOGINS,
    OTHER_KINDS,
    OTHER_TYPES,
)
from store.models import Rejection

CODES: dict[str, str] = {
    "empty_page": "The answer holds nothing.",
    "not_html": "The answer is no HTML page: a document, an image, data, a feed.",
    "challenge": "A check for browsers or people stands where the page should be.",
    "consent_wall": "A question for consent stands where the article should be.",
    "login_wall": "A request to log in stands where the article should be.",
    "error_page": "The page says that something is missing or went wrong, though it was answered with success.",
    "front_page": "The address is that of a home page.",
    "listing": "The page lists other pages: a section, a topic, a search, an index.",
    "not_article": "The page says of itself that it is something else: a product, a profile, a discussion.",
    "no_text": "No text of an article is on the page.",
    "too_short": "The text is shorter than any news brief.",
}
"""Every code with what it means."""

_SIGNATURES = (
    (b"%PDF-", "a PDF document"), (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"RIFF", "a media file"), (b"PK\x03\x04", "an archive"), (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"ID3", "a sound file"), (b"\x1f\x8b", "compressed data"), (b"\x00\x00\x00", "a media file"),
)  # fmt: skip
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.S | re.I
)
_JSON = re.compile(rb'^\s*(?:\{\s*"|\[\s*[\[{"])')
_HTML_TYPES = re.compile(r"html|^text/plain|^$", re.IGNORECASE)
_CHALLENGE = re.compile(CHALLENGES, re.IGNORECASE)
_CHALLENGE_MARKS = re.compile(
    r"cf-challenge|cf_chl|/cdn-cgi/challenge|_Incapsula_|px-captcha|distil_r|ddos-guard", re.I
)
_CONSENT = re.compile(CONSENTS, re.IGNORECASE)
_LOGIN = re.compile(rf"^{LOGINS}\b", re.IGNORECASE)
_ERROR = re.compile(ERRORS, re.IGNORECASE)
_ERROR_LENGTH = 600
_WALL_LENGTH = 700
_FORM_LENGTH = 200
_LINKED_PAGE, _LINKED_FRAME = 0.6, 0.5
"""Shares of link text from which a page, or the frame of its prose, is a list (articles of the bench stay below)."""
_LITTLE_PROSE = 400
_SHORTEST = 40
"""Weighed characters (Han counts double) of the shortest text taken for a brief."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is made, measured before its tree is cleared."""

    prose: int
    """Weight of the prose in the frame."""
    text: int = 0
    """Characters of all text of the page."""
    linked: float = 0.0
    """Share of it in links, 0 to 1."""
    frame_linked: float = 0.0
    """The same, of the frame."""


def look(tree: etree._Element, frame: Frame | None, page: Metadata) -> Look:
    """Measure a page; the tree must be stripped of scripts and not yet cleared.

    A page that calls itself an article is weighed only, since nothing else is asked of it.
    """
    if is_article(page):
        return Look(prose=frame.mass if frame else 0)
    body = tree.find(".//body")
    top = tree if body is None else body
    text = len(text_of(top))
    held = len(text_of(frame.element)) if frame else 0
    return Look(
        text=text,
        linked=min(1.0, link_text_of(top) / text) if text else 0.0,
        prose=frame.mass if frame else 0,
        frame_linked=min(1.0, link_text_of(frame.element) / held) if frame and held else 0.0,
    )


def of_answer(body: bytes, content_type: str) -> Rejection | None:
    """What the bytes and their declared type say, before they are read."""
    if not body.strip():
        return _refuse("empty_page")
    for signature, what in _SIGNATURES:
        if body.startswith(signature):
            return _refuse("not_html", f"The answer is {what}.")
    if _FEED.match(body[:1000]):
        return _refuse("not_html", "The answer is a feed or a sitemap.")
    if _JSON.match(body[:200]):
        return _refuse("not_html", "The answer is JSON.")
    declared = content_type.partition(";")[0].strip().lower()
    if not _HTML_TYPES.search(declared) and b"<html" not in body[:2000].lower():
        return _refuse("not_html", f"The answer declares itself {declared}.")
    return None


def of_page(page: Metadata, url: str, seen: Look, text: str, source: str, *, listed: bool) -> Rejection | None:
    """What the page is.

    Args:
        text: the article's text as it was found.
        source: the page's HTML.
        listed: did a listing name the page with its headline?
    """
    title = page.title or page.first("og:title")
    if wall := _wall(page, title, text, source):
        return wall
    if not is_article(page):
        said = (title, *map(text_of, page.headings))
        if seen.text < _ERROR_LENGTH and any(map(_ERROR.search, said)):
            return _refuse("error_page", f"The page says: {title[:80] or 'error'}.")
        if urls.looks_like_front_page(url):
            return _refuse("front_page")
        if refusal := _other(page):
            return refusal
        if not listed and not urls.looks_like_article(url) and (refusal := _list(seen)):
            return refusal
    if not text:
        return _refuse("no_text")
    if weight(text) < _SHORTEST and not is_article(page):
        return _refuse("too_short", f"The text has {len(text)} characters.")
    return None


def is_article(page: Metadata) -> bool:
    """Does the page say of itself that it is an article?"""
    if page.first("og:type").lower() == "article" or page.first("article:published_time"):
        return True
    return bool(jsonld.types(page.article) & ARTICLE_TYPES) and _is_about_page(page)


def _is_about_page(page: Metadata) -> bool:
    """Is the structured article this page's, and not one that the page lists?"""
    headline = key(jsonld.string(page.article.get("headline")) or jsonld.string(page.article.get("name")))
    shown = [key(said) for said in (page.title, page.first("og:title"), *map(text_of, page.headings))]
    return not headline or any(headline in said or (len(said) > 7 and said in headline) for said in shown if said)


def _wall(page: Metadata, title: str, text: str, source: str) -> Rejection | None:
    if weight(text) > _WALL_LENGTH or is_article(page):
        return None
    if _CHALLENGE.search(title) or (_CHALLENGE.search(text) and _CHALLENGE_MARKS.search(source)):
        return _refuse("challenge", f"The page says: {(title or text)[:80]}.")
    if _CONSENT.search(title) or len(_CONSENT.findall(text)) >= 2:
        return _refuse("consent_wall")
    if _LOGIN.search(title) or ('type="password"' in source and weight(text) < _FORM_LENGTH):
        return _refuse("login_wall")
    return None


def _other(page: Metadata) -> Rejection | None:
    kinds = frozenset().union(*map(jsonld.types, page.nodes)) if page.nodes else frozenset()
    declared = page.first("og:type").lower()
    if not kinds & ARTICLE_TYPES:
        if kinds & LIST_TYPES:
            return _refuse("listing", "The page's own data call it a collection.")
        if kinds & OTHER_TYPES or declared.startswith(OTHER_KINDS):
            return _refuse(
                "not_article", f"The page calls itself {', '.join(sorted(kinds & OTHER_TYPES)) or declared}."
            )
    return None


def _list(seen: Look) -> Rejection | None:
    if seen.prose < _LITTLE_PROSE and seen.linked >= _LINKED_PAGE:
        return _refuse("listing", f"{seen.linked:.0%} of the page's text are links, and it has no prose.")
    if seen.frame_linked >= _LINKED_FRAME:
        return _refuse("listing", f"{seen.frame_linked:.0%} of what prose the page has are links.")
    return None


def _refuse(code: str, detail: str = "") -> Rejection:
    return Rejection(code, detail or CODES[code])
