"""What an address says of the article behind it: its number, its slug, and whether it can be an article at all."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler import url_rules as rules
from crawler.url_dates import date_in_url
from crawler.url_hosts import registrable
from crawler.url_identity import canonical

_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_HEX = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{24,40})(?![0-9a-z])", re.I)
_WHOLE_NUMBER = re.compile(r"(?:[a-z]{1,3}|article-?|news-?|story-?|id-?)?(\d{4,})(?:\.\w{3,5})?", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(?:[-_.,/]|[-_.,/][a-z]{1,2})(\d{5,})(?:\.\w{3,5})?\Z", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"(\d{5,})[-_]")
_RANDOM = re.compile(r"(?=(?:[a-z]*\d){2})(?=\d*[a-z])[a-z0-9]{8,20}")
_EXTENSION = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"(?:19|20|13|14)\d\d")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

SLUG_WORDS = 3
"""A last path segment of so many words is a headline; sections have one or two."""
SAME_SLUG = 0.5
"""Share of words (of the shorter slug) at which two slugs are one headline."""


def looks_like_article(url: str) -> bool:
    """True when the address names one article: by a number, a day or a headline; False for sections and files."""
    address = canonical(url)
    if address is None or is_media(address):
        return False
    segments = _segments(address)
    if any(s.lower() in rules.LISTING_SEGMENTS for s in segments):
        return False
    return is_numbered(address) or len(_slug(address)) >= SLUG_WORDS


def is_numbered(url: str) -> bool:
    """True when the address carries an article's number or day, which sections never do."""
    address = canonical(url)
    return address is not None and (bool(_numbers(address)) or date_in_url(address) is not None)


def is_media(url: str) -> bool:
    """True when the path ends like a picture, sound, film, document or data file."""
    return rules.MEDIA_FILE.search(urlsplit_path(url).rsplit("/", 1)[-1]) is not None


def article_key(url: str) -> str | None:
    """What stays the same when a site changes an article's slug: its host, language and number; or None.

    Two addresses with one key are probably one article; the texts have to agree before anything is concluded.
    """
    address = canonical(url)
    numbers = _numbers(address) if address else ()
    if not address or not numbers:
        return None
    segments = [s.lower() for s in _segments(address)]
    apart = [s for s in segments if s in rules.KINDS_WITH_OWN_NUMBERS]
    return "/".join([urlsplit(address).netloc, *_languages(address), *apart[:1], numbers[-1]])


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
    if looks_like_article(page) and not looks_like_article(other):
        return None
    if _agree(page, other):
        return other
    return other if _may_agree(page, other) else None


def looks_like_front_page(url: str) -> bool:
    """True for the home page of a site or of one of its languages; an article named in the query is none."""
    address = canonical(url)
    if address is None:
        return False
    parts = urlsplit(address)
    segments = [s.lower() for s in _segments(address)]
    names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    bare = all(_is_home_word(s) for s in segments[:2]) and len(segments) <= 2
    return bare and not parts.fragment and names <= rules.LANGUAGE_NAMES


def _is_home_word(segment: str) -> bool:
    word = segment.rpartition(".")[0] or segment
    return word in rules.HOME_WORDS or word in rules.LANGUAGES or bool(re.fullmatch(r"[a-z]{2}[-_][a-z]{2,4}", word))


def _agree(page: str, other: str) -> bool:
    """One number or one headline in both."""
    a, b = _slug(page), _slug(other)
    shared = len(a & b) / min(len(a), len(b)) if a and b else 0.0
    if min(len(a), len(b)) >= SLUG_WORDS and shared >= SAME_SLUG:
        return True
    return bool(set(_numbers(page)) & set(_numbers(other))) and (
        not a or not b or shared > 0 or same_site(page, other)
    )


def _may_agree(page: str, other: str) -> bool:
    """On one site, a short address may stand for a long one when nothing speaks against it."""
    if not same_site(page, other) or (_numbers(page) and _numbers(other) and not urlsplit(page).query):
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


def _segments(address: str) -> list[str]:
    return [s for s in urlsplit(address).path.split("/") if s]


def _languages(address: str) -> list[str]:
    """Language codes among the first host label and the first two path segments."""
    parts = urlsplit(address)
    labels = (parts.hostname or "").split(".")[:-2][:1]
    found = [_LANGUAGE.fullmatch(s) for s in [*labels, *_segments(address)[:2]]]
    return [m[0].lower() for m in found if m and m[1].lower() in rules.LANGUAGES]


def _languages_differ(page: str, other: str) -> bool:
    a, b = _languages(page), _languages(other)
    return bool(a or b) and a != b and (bool(a and b) or urlsplit(page).hostname != urlsplit(other).hostname)


@lru_cache(maxsize=4096)
def _numbers(address: str) -> tuple[str, ...]:
    """The numbers (and random ids) of a canonical address that may identify an article, in order; days are none."""
    parts = urlsplit(address)
    found = _HEX.findall(unquote(parts.path))
    for segment in _segments(address):
        match = _WHOLE_NUMBER.fullmatch(segment) or _LAST_NUMBER.search(segment) or _FIRST_NUMBER.match(segment)
        if match and not _is_day(match[1]):
            found.append(match[1])
        elif _RANDOM.fullmatch(segment):
            found.append(segment)
    for name, value in parse_qsl(parts.query):
        if name.lower() not in rules.LISTING_NAMES | rules.LANGUAGE_NAMES and any(c.isdigit() for c in value):
            found.append(value)
    return tuple(found)


def _is_day(number: str) -> bool:
    if len(number) == 4:
        return _YEAR.fullmatch(number) is not None
    return (
        len(number) in (6, 8)
        and _YEAR.match(number) is not None
        and date_in_url(f"://x/{number[:8]:0<8}") is not None
    )


@lru_cache(maxsize=4096)
def _slug(address: str) -> frozenset[str]:
    """The words of the longest of the last two path segments; each Han or kana character counts for a word."""
    slugs = [_EXTENSION.sub("", unquote(segment)).lower() for segment in _segments(address)[-2:]]
    words: list[list[str]] = [_WORD.findall(_HAN.sub(r" \g<0>\g<0> ", slug)) for slug in slugs]
    return frozenset(sorted(words, key=len)[-1] if words else [])
