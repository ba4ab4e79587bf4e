"""The days that a text names outright, as ISO days: «۷ فروردین ۱۴۰۰», 27 марта 2021 года, 2021年3月27日.

Gregorian and Jalali calendars, months by name in the languages of `crawler.extraction.months`, and in digits where
only one reading is possible. A day without its year is taken to be the one nearest to the day of publication; words
like "Tuesday" or "yesterday" are no days here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import jdatetime

from crawler.analysis.figures import figures
from crawler.extraction.months import JALALI_NUMBER_OF, NUMBER_OF
from store.text import Folded, fold, token_spans

_MONTHS = {fold(name): number for name, number in NUMBER_OF.items()}
_JALALI_IN_LATIN = "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand"
_JALALI = {
    **{fold(name): number for name, number in JALALI_NUMBER_OF.items()},
    **{name: number for number, name in enumerate(_JALALI_IN_LATIN.split(), 1)},
}
_CAPITAL = frozenset({"en", "de", "id", "tr", "ms"})
"""Languages that write months with a capital: "5 may have died" names no day."""
_JALALI_IN = frozenset({"fa", "en", "ar", "ur", "de", "fr", "tr"})
_BETWEEN = frozenset({"of", "de", "del", "den", "e", "ماه", "من", "شهر", "th", "st", "nd", "rd", "er", "º"})
_BEFORE_YEAR = frozenset({"of", "de", "del", "سال", "عام", "سنه", "ماه", "در"})
_OTHER_WORDS = frozenset({"mar", "set", "out", "ago", "gen", "mag", "lis"})
"""Short names of months that are words too: they need their year."""

_DIGITS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20|13|14)\d\d)([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?:(?P<y>(?:19|20)\d\d)\s?[年년]\s?)?(?<!\d)(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日号일]"),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?!\s?\d)(?P<d>)"),
)


class Day(NamedTuple):
    """A day, or a month of a year, at [start, end) of the folded text."""

    iso: str
    """`2021-03-27`, or `2021-03`."""
    start: int
    end: int


def days(text: Folded, language: str, published: date | None) -> list[Day]:
    """The days that a text names, in order."""
    folded = text.text
    found = [*_in_digits(folded, published), *_by_name(text, language, published)]
    kept: list[Day] = []
    for day in sorted(found, key=lambda d: (d.start, -d.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def _in_digits(folded: str, published: date | None) -> Iterator[Day]:
    for pattern in _DIGITS:
        for match in pattern.finditer(folded):
            day = int(match["d"]) if match["d"] else None
            iso = _iso(int(match["y"]) if match["y"] else None, int(match["m"]), day, published)
            if iso:
                yield Day(iso, match.start(), match.end())


def _by_name(text: Folded, language: str, published: date | None) -> Iterator[Day]:
    spans = token_spans(text.text)
    words = [text.text[start:end] for start, end in spans]
    months = [(at, *_month(words, at, language)) for at in range(len(words))]
    if not any(month for _, month, _, _ in months):
        return
    numbers = _numbers(text.text, words, spans, language)
    for at, month, jalali, width in months:
        word = words[at]
        if not month or (language in _CAPITAL and not _capital(text, spans[at])):
            continue
        day, first, last = _day_beside(words, at, width, numbers)
        year, end = _year_after(words, last, jalali=jalali)
        if year is None and (day is None or (word in _OTHER_WORDS and language not in _CAPITAL)):
            continue
        iso = _iso(year, month, day, published, jalali=jalali)
        if iso:
            yield Day(iso, spans[first][0], spans[(end if year is not None else last) - 1][1])


def _numbers(
    folded: str, words: list[str], spans: list[tuple[int, int]], language: str
) -> dict[int, tuple[int, int]]:
    """Where a number from 1 to 31 ends → the number and where it begins; spelled ones too: «بیست و هفتم»."""
    gaps = [folded[end : spans[n + 1][0] if n + 1 < len(spans) else None] for n, (_, end) in enumerate(spans)]
    found = {}
    for figure in figures(words, gaps, language):
        if figure.value.isdigit() and 1 <= int(figure.value) <= 31:
            found[figure.start + figure.width] = (int(figure.value), figure.start)
    return found


def _month(words: list[str], at: int, language: str) -> tuple[int, bool, int]:
    """The number of the month that begins here, whether it is Jalali, and of how many words; 0 for no month.

    A name may consist of two words (كانون الثاني) and have another beside it (مارس/آذار).
    """
    word, two = words[at], _joined(words, at)
    jalali = _JALALI.get(word, 0) if language in _JALALI_IN else 0
    if jalali:
        return jalali, True, 1
    for name, width in ((two, 2), (word, 1)):
        if name in _MONTHS:
            number, again = _MONTHS[name], at + width
            if again < len(words) and _MONTHS.get(words[again]) == number:
                width += 1
            elif _MONTHS.get(_joined(words, again)) == number:
                width += 2
            return number, False, width
    return 0, False, 0


def _joined(words: list[str], at: int) -> str:
    """Two words, empty when there are no two."""
    return " ".join(words[at : at + 2]) if at + 1 < len(words) else ""


def _capital(text: Folded, span: tuple[int, int]) -> bool:
    start, end = text.span(*span)
    return text.original[start:end][:1].isupper()


def _day_beside(
    words: list[str], at: int, width: int, numbers: dict[int, tuple[int, int]]
) -> tuple[int | None, int, int]:
    """The day before a month (27 March, 27 de marzo) or behind it (March 27), with where both begin and end."""
    for before in (at, at - 1 if at and words[at - 1] in _BETWEEN else at):
        if before in numbers:
            return numbers[before][0], numbers[before][1], at + width
    behind = words[at + width] if at + width < len(words) else ""
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", behind)
    if digits and 1 <= int(digits[1]) <= 31:
        return int(digits[1]), at, at + width + 1
    return None, at, at + width


def _year_after(words: list[str], at: int, *, jalali: bool) -> tuple[int | None, int]:
    if at < len(words) and words[at] in _BEFORE_YEAR:
        at += 1
    word = words[at] if at < len(words) else ""
    if re.fullmatch(r"1[34]\d\d" if jalali else r"(?:19|20)\d\d", word):
        return int(word), at + 1
    return None, at


def _iso(year: int | None, month: int, day: int | None, published: date | None, *, jalali: bool = False) -> str:
    """ISO of a day or month; empty when there is no such day, or no year to be had."""
    jalali = jalali or (year is not None and year < 1500)
    if day is None:
        return _iso_month(year, month, jalali=jalali) if year is not None and 1 <= month <= 12 else ""
    if year is not None:
        found = _gregorian(year, month, day, jalali=jalali)
        return found.isoformat() if found else ""
    if published is None:
        return ""
    own = jdatetime.date.fromgregorian(date=published).year if jalali else published.year
    near = [d for y in (own - 1, own, own + 1) if (d := _gregorian(y, month, day, jalali=jalali))]
    return min(near, key=lambda d: abs(d - published)).isoformat() if near else ""


def _iso_month(year: int, month: int, *, jalali: bool) -> str:
    """A Jalali month lies in two Gregorian ones and is named by the one that it begins in."""
    first = _gregorian(year, month, 1, jalali=jalali)
    return f"{first:%Y-%m}" if first else ""


def _gregorian(year: int, month: int, day: int, *, jalali: bool) -> date | None:
    try:
        found: date = jdatetime.date(year, month, day).togregorian() if jalali else date(year, month, day)
    except ValueError:
        return None
    return found
