"""What an address says of the article behind it: its number, its slug, and whether it can be an article at all."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from crawler import url_rules as rules
from crawler.url_dates import date_in_url
from crawler.url_hosts import registrable
from crawler.url_identity import canonical
from crawler.url_numbers import SLUG_WORDS, languages, numbers, segments, words

_OPAQUE = re.compile(r"(?=.*[a-z])(?=.+[A-Z])[A-Za-z0-9]{6,24}")
SAME_SLUG = 0.5
"""Share of words (of the shorter slug) at which two slugs are one headline."""


def looks_like_article(url: str) -> bool:
    """True when the address names one article: by a number, a day or a headline; False for sections and files."""
    address = canonical(url)
    if address is None or is_media(address):
        return False
    if any(s.lower() in rules.LISTING_SEGMENTS for s in segments(address)):
        return False
    return is_numbered(address) or len(_slug(address)) >= SLUG_WORDS


def is_numbered(url: str) -> bool:
    """True when the address carries an article's number or day, which sections never do."""
    address = canonical(url)
    return address is not None and (bool(numbers(address)) or date_in_url(address) is not None)


def is_media(url: str) -> bool:
    """True when the path ends like a picture, sound, film, document or data file."""
    return rules.MEDIA_FILE.search(urlsplit_path(url).rsplit("/", 1)[-1]) is not None


def trustworthy_canonical(page_url: str, claimed: str) -> str | None:
    """The canonical form of an address that a page claims for itself (rel=canonical, og:url), when it can be true.

    Refused are the home page, sections, files, another language, another article (other number, other headline), and
    anything of another site that shares neither number nor headline.
    """
    page, other = canonical(page_url), canonical(claimed, page_url)
    if page is None or other is None or page == other:
        return other if page else None
    if looks_like_front_page(other) or is_media(other) or _languages_differ(page, other):
        return None
    if _agree(page, other):
        return other
    if looks_like_article(page) and not looks_like_article(other):
        return None
    return other if _may_agree(page, other) else None


def looks_like_front_page(url: str) -> bool:
    """True for the home page of a site or of one of its languages; an article named in the query is none."""
    address = canonical(url)
    if address is None:
        return False
    parts = urlsplit(address)
    path = [s.lower() for s in segments(address)]
    names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    bare = all(_is_home_word(s) for s in path[:2]) and len(path) <= 2
    return bare and not parts.fragment and names <= rules.LANGUAGE_NAMES


def _is_home_word(segment: str) -> bool:
    word = segment.rpartition(".")[0] or segment
    return word in rules.HOME_WORDS or word in rules.LANGUAGES or bool(re.fullmatch(r"[a-z]{2}[-_][a-z]{2,4}", word))


def _agree(page: str, other: str) -> bool:
    """One number or one headline in both; on one site also one path, or one random id of letters."""
    if same_site(page, other) and (_one_path(page, other) or _opaque(page) & _opaque(other)):
        return True
    a, b = _slug(page), _slug(other)
    shared = len(a & b) / min(len(a), len(b)) if a and b else 0.0
    if min(len(a), len(b)) >= SLUG_WORDS and shared >= SAME_SLUG:
        return True
    return bool(set(numbers(page)) & set(numbers(other))) and (not a or not b or shared > 0 or same_site(page, other))


def _one_path(page: str, other: str) -> bool:
    """One path on two hosts; a query that only the page has must not be what names the article."""
    asked, claimed = urlsplit(page).query, urlsplit(other).query
    one_query = asked == claimed or (not claimed and is_numbered(other))
    return one_query and segments(page) == segments(other)


def _opaque(address: str) -> set[str]:
    """What in a path is written in capitals and small letters by turns: /i/dRwWqB/, -idUSKBN1ZI0EH."""
    ends = {part for segment in segments(address) for part in (segment, segment.rpartition("-")[2])}
    return {part for part in ends if _OPAQUE.fullmatch(part)}


def _may_agree(page: str, other: str) -> bool:
    """On one site, a short address may stand for a long one when nothing speaks against it."""
    if not same_site(page, other) or (numbers(page) and numbers(other) and not urlsplit(page).query):
        return False
    return len(_slug(page)) < SLUG_WORDS or len(_slug(other)) < SLUG_WORDS


def same_site(a: str, b: str) -> bool:
    """True when both addresses are under one registrable domain."""
    return bool(site(a)) and site(a) == site(b)


def site(url: str) -> str:
    """The registrable domain of an address (`bbc.co.uk`), by the public suffix list without a network; "" if none.

    A cached or redirected address belongs to its target's site.
    """
    address = canonical(url)
    return registrable(urlsplit(address).hostname or "") if address else ""


def urlsplit_path(url: str) -> str:
    """The path of any address, without the errors of the standard library for broken hosts."""
    rest = url.partition("://")[2] or url
    return re.split(r"[?#]", rest[rest.find("/") :] if "/" in rest else "", maxsplit=1)[0]


def _languages_differ(page: str, other: str) -> bool:
    a, b = languages(page), languages(other)
    return bool(a or b) and a != b and (bool(a and b) or urlsplit(page).hostname != urlsplit(other).hostname)


@lru_cache(maxsize=4096)
def _slug(address: str) -> frozenset[str]:
    """The words of the longest of the last two path segments; each Han or kana character counts for a word."""
    return frozenset(max(map(words, segments(address)[-2:]), key=len, default=()))
