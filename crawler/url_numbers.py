"""The numbers by which sites tell their articles apart, and the key that stays when a headline changes."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler import url_rules as rules
from crawler.url_dates import date_in_url
from crawler.url_identity import canonical

SLUG_WORDS = 3
"""A last path segment of so many words is a headline; sections have one or two."""

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_HEX = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{24,40})(?![0-9a-z])", re.I)
_WHOLE_NUMBER = re.compile(r"(?:[a-z]{1,3}|article-?|news-?|story-?|id-?)?(\d{4,})(?:\.\w{3,5})?", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(?:[-_.,/]|[-_.,/][a-z]{1,2})(\d{5,})(?:\.\w{3,5})?\Z", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"(\d{5,})[-_]")
_RANDOM = re.compile(r"(?=(?:[a-z]*\d){2})(?=\d*[a-z])[a-z0-9]{8,20}")
_MIXED = re.compile(r"[a-z]+\d+[a-z]|\d+[a-z]+\d")
"""Letters and digits by turns: a random id, and not a name with a number at its end or a year at its head."""
_LONG = re.compile(r"\d{5,}")
_EXTENSION = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_YEAR = re.compile(r"(?:19|20|13|14)\d\d")
_MONTH_NUMBER = re.compile(r"(?:19|20|13|14)\d\d(?:0[1-9]|1[0-2])")
_DAY_NUMBER = re.compile(r"(?:0[1-9]|[12]\d|3[01]){2}(?:19|20)\d\d")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(?:19|20)(\d\d)[-/]?(0?[1-9]|1[0-2])(?!\d)")
_NAME_OF_NUMBER = re.compile(r".*id|.*(?:_no|num|idx|newsno)|(?:no|p|a|v|nr|key|code|art|story|doc|item|post|read)")


def article_key(url: str) -> str | None:
    """What stays the same when a site changes an article's slug: its host, language and number; or None.

    Two addresses with one key are probably one article; the texts have to agree before anything is concluded. None
    where it is not clear which number is the article's: a day, a section's number, a parameter that pages a listing.
    """
    address = canonical(url)
    if not address:
        return None
    names = [s.lower() for s in segments(address)]
    number = None if _is_no_article(address, names) else _key(address)
    if number is None:
        return None
    apart = [s for s in names if s in rules.KINDS_WITH_OWN_NUMBERS]
    return "/".join([urlsplit(address).netloc, *languages(address), *apart[:1], number])


def _is_no_article(address: str, names: list[str]) -> bool:
    """True for listings, searches and files."""
    asked = {name.lower() for name, _ in parse_qsl(urlsplit(address).query)}
    listed = not rules.LISTING_SEGMENTS.isdisjoint(names) or not rules.LISTING_NAMES.isdisjoint(asked)
    return listed or bool(names and rules.MEDIA_FILE.search(names[-1]))


def _key(address: str) -> str | None:
    """The number of the article: the last in the path, with what stands behind it unless that is a headline."""
    found = segments(address)
    month = _months(address)
    for at in range(len(found) - 1, -1, -1):
        number = _number(found[at])
        if number is None or _is_period(number, month):
            continue
        behind = [s for s in found[at + 1 :] if any(map(str.isdigit, s)) and len(words(s)) < SLUG_WORDS]
        return "/".join([_whole(found[at], number), *behind, *_in_query(address)])
    return "/".join(_in_query(address)) or None


def _whole(segment: str, number: str) -> str:
    """All long numbers of a segment: the last one alone may be the section's."""
    return "_".join(_LONG.findall(segment)) if _LONG.fullmatch(number) else number


def _number(segment: str) -> str | None:
    """The number or random id in a path segment that may identify an article; a day or a year is none."""
    if found := _HEX.search(unquote(segment)):
        return found[0]
    match = _WHOLE_NUMBER.fullmatch(segment) or _LAST_NUMBER.search(segment) or _FIRST_NUMBER.match(segment)
    if match and not _is_day(match[1]):
        return match[1]
    return segment if not match and _RANDOM.fullmatch(segment) and _MIXED.search(segment) else None


def _in_query(address: str) -> list[str]:
    pairs = parse_qsl(urlsplit(address).query)
    return [
        f"{name}={value}"
        for name, value in pairs
        if name.lower() not in rules.LISTING_NAMES | rules.LANGUAGE_NAMES | rules.IDS_OF_OTHERS
        and _NAME_OF_NUMBER.fullmatch(name.lower())
        and any(map(str.isdigit, value))
    ]


def _months(address: str) -> set[str]:
    """Year and month that the address names, as a short number writes them: {"2604"}."""
    return {f"{year}{int(month):02d}" for year, month in _YEAR_AND_MONTH.findall(urlsplit(address).path)}


def _is_period(number: str, months: set[str]) -> bool:
    """True for numbers that may be a month or a day: 201205, 09202011, and 130403 or 030413 under /2013/04/."""
    if len(number) == 6:
        return bool(_MONTH_NUMBER.fullmatch(number)) or not months.isdisjoint({number[:4], number[4:] + number[2:4]})
    return len(number) == 8 and bool(_DAY_NUMBER.fullmatch(number))


@lru_cache(maxsize=4096)
def numbers(address: str) -> tuple[str, ...]:
    """The numbers (and random ids) of a canonical address that may identify an article, in order; days are none."""
    found = _HEX.findall(unquote(urlsplit(address).path))
    for segment in segments(address):
        match = _WHOLE_NUMBER.fullmatch(segment) or _LAST_NUMBER.search(segment) or _FIRST_NUMBER.match(segment)
        if match and not _is_day(match[1]):
            found.append(match[1])
        elif _RANDOM.fullmatch(segment):
            found.append(segment)
    for name, value in parse_qsl(urlsplit(address).query):
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


def segments(address: str) -> list[str]:
    """The parts of the path, without empty ones."""
    return [s for s in urlsplit(address).path.split("/") if s]


def words(segment: str) -> list[str]:
    """The words of a path segment; each Han or kana character counts for a word."""
    return _WORD.findall(_HAN.sub(r" \g<0>\g<0> ", _EXTENSION.sub("", unquote(segment)).lower()))


def languages(address: str) -> list[str]:
    """Language codes among the first host label and the first two path segments."""
    labels = (urlsplit(address).hostname or "").split(".")[:-2][:1]
    found = [_LANGUAGE.fullmatch(s) for s in [*labels, *segments(address)[:2]]]
    return [m[0].lower() for m in found if m and m[1].lower() in rules.LANGUAGES]
