"""The day that stands in an address, Gregorian or Jalali."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

import jdatetime

from crawler.url_wrappers import unwrap

GREGORIAN_YEARS = range(1993, 2100)
"""The first news sites opened in 1993."""
JALALI_YEARS = range(1372, 1479)
"""The same years in the Jalali calendar."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR = r"(?P<y>(?:19|20|13|14)\d\d)"
_MONTH, _DAY = r"(?P<m>0?[1-9]|1[0-2])", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_MONTH2, _DAY2 = r"(?P<m>0[1-9]|1[0-2])", r"(?P<d>0[1-9]|[12]\d|3[01])"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2024/07/04 2024-7-4 2024_07_04 2024.07.04, also in a query; the separator is the same twice; the 3 of
        # 2024/07/3-reasons-to-hope counts reasons
        rf"(?<!\d){_YEAR}(?P<s>[/._-]){_MONTH}(?P=s){_DAY}(?!\d|(?<=/\d)-)",
        # 2023/apr/28 and 28-april-2023
        rf"(?<!\d){_YEAR}[/_-](?P<name>[a-z]{{3,9}})[/_-]{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}[/_-](?P<name>[a-z]{{3,9}})[/_-]{_YEAR}(?!\d)",
        # 202407/04 and 2024/0704 and 2024-07/04 (Chinese state media)
        rf"(?<!\d){_YEAR}{_MONTH2}/{_DAY2}(?!\d)",
        rf"(?<!\d){_YEAR}/{_MONTH2}{_DAY2}(?!\d)",
        rf"(?<!\d){_YEAR}-{_MONTH2}/{_DAY2}(?!\d)",
        # 20240704 alone, t20240704_163068, AEN20240704…
        rf"(?<!\d){_YEAR}{_MONTH2}{_DAY2}(?!\d)",
        # 04-07-2024 only when one of the two cannot be a month
        rf"(?<!\d)(?P<d>1[3-9]|2\d|3[01])(?P<s>[/._-]){_MONTH}(?P=s){_YEAR}(?!\d)",
        rf"(?<!\d){_MONTH}(?P<s>[/._-])(?P<d>1[3-9]|2\d|3[01])(?P=s){_YEAR}(?!\d)",
        # a day at the head of a longer number: 202204275562, 13960111000669, 20190820002300325
        rf"(?<!\d){_YEAR}{_MONTH2}{_DAY2}(?=\d{{4}}(?!\d)|\d{{6}}(?!\d)|\d{{9}}(?!\d))",
    )
)  # fmt: skip


def date_in_url(url: str) -> date | None:
    """The Gregorian day that an article's address carries, or None.

    A year and a month alone are no day, and neither is a number that could be read in two ways. Years 1372–1478 are
    Jalali and converted. The day is the publisher's, in the time zone of the publisher.
    """
    _, _, rest = unwrap(url).partition("://")
    path = rest[rest.find("/") :] if "/" in rest else ""
    if "%" in path:
        path = unquote(path)
    path = path.partition("#")[0]
    return next(_days(path), None)


def _days(path: str) -> Iterator[date]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(path):
            parts = match.groupdict()
            month = _MONTHS.get(parts["name"].lower()) if parts.get("name") else int(parts["m"])
            if month and (day := _day(int(parts["y"]), month, int(parts["d"]))):
                yield day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        if year in GREGORIAN_YEARS:
            return date(year, month, day)
        if year in JALALI_YEARS:
            found: date = jdatetime.date(year, month, day).togregorian()
            return found
    except ValueError:
        return None
    return None
