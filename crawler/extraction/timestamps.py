"""One date string → a moment, with how exact it is. Reads what machines and newsrooms write, guesses nothing.

ISO 8601 and its relatives, RFC 2822, Unix times, named months (see `months`), East Asian 年月日, and Jalali years
(1300–1499, by jdatetime) in any digits. A numeric date that could be day-month or month-day is not read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

import jdatetime

from crawler.extraction.months import JALALI_NUMBER_OF, NUMBER_OF, PERSIAN_DAYS, spelling
from store.models import Precision

_EARLIEST = 1985
_JALALI_YEARS = range(1300, 1500)
_LONGEST = 200
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SPACE = re.compile(r"[\s\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CLOCK = (
    r"(?P<before>上午|下午|晚上?|오전|오후)?\s?(?P<hour>\d{1,2})\s?(?:[:h時时시.]|و)\s?(?P<minute>\d{2})\s?[분分]?"
    r"(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?|ق\.ظ|ب\.ظ)?\s*(?P<zone>Z\b|UTC|GMT|[A-Z]{2,4}T\b|BST|MSK|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b)?"
)
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20|1[34])\d{2})\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)"
)
_COMPACT = re.compile(
    r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[T ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{4})?)?$"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\s?(?P<mark>[./-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>(?:19|20|1[34])\d{2})(?!\d)"
)
_WORD = r"[^\s\d,./()|:،\-]+(?:\s(?:الثانی|الأول))?"
_NAMED_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\.?[\s\-/]*(?:de\s|of\s|d[’'])?(?P<name>{_WORD})\.?[\s,\-/]*(?:de\s)?(?P<year>(?:19|20|1[34])\d{{2}})(?!\d)",
    re.IGNORECASE,
)
_NAMED_MONTH_FIRST = re.compile(
    rf"(?P<name>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})(?!\d)", re.IGNORECASE
)
_JALALI_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}) (?P<name>{'|'.join(JALALI_NUMBER_OF)})(?: ماه)? (?P<year>(?:1[34])?\d{{2}})(?!\d)"
)
_SPELLED_DAY = re.compile(rf"({'|'.join(PERSIAN_DAYS)})(?= (?:{'|'.join(JALALI_NUMBER_OF)}))")
_UNIX = re.compile(r"^1\d{9}(?:\d{3})?$")
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180, "irst": 210,
    "est": -300, "edt": -240, "et": -300, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "hkt": 480,
    "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
}  # fmt: skip
"""Minutes east of UTC; `CST` and `IST` mean different zones in different countries and are left out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A UTC time; a day is its midnight in the zone that was asked for, turned to UTC."""

    value: datetime
    precision: Precision


def read(raw: str, *, zone: tzinfo, day_first: bool | None = None) -> Moment | None:
    """The moment that a string names, or None when it names none or leaves room for two.

    Args:
        zone: time zone of times without one, and of days.
        day_first: how to read `03/04/2024`; None leaves such dates unread.
    """
    text = _plain(raw)
    if _UNIX.match(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return Moment(datetime.fromtimestamp(seconds, UTC).replace(microsecond=0), Precision.MINUTE)
    if compact := _COMPACT.match(text):
        return _moment(compact.groupdict(), compact.groupdict(), zone)
    parts, rest = _date(text, day_first)
    if parts is None:
        return _rfc2822(text, zone)
    clock = _TIME.search(rest)
    return _moment(parts, clock.groupdict() if clock else {}, zone)


def _plain(raw: str) -> str:
    """One line with ASCII digits, ordinary spaces, and the days that Persian spells out as numbers."""
    text = _SPACE.sub(" ", _NOT_ASCII.sub(_ascii_digit, raw[:_LONGEST])).strip().replace("ي", "ی").replace("ك", "ک")
    return _SPELLED_DAY.sub(lambda word: PERSIAN_DAYS[word.group()], text)


def _ascii_digit(char: re.Match[str]) -> str:
    digit = unicodedata.decimal(char.group(), None)
    return char.group() if digit is None else str(digit)


def _date(text: str, day_first: bool | None) -> tuple[dict[str, str | None] | None, str]:
    """Year, month and day named in a text, and the text without them."""
    for pattern in (_NUMERIC, _JALALI_NAMED, _NAMED_DAY_FIRST, _NAMED_MONTH_FIRST, _DAY_FIRST):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            if (month := _month(parts, day_first)) is None:
                continue
            parts["month"] = str(month)
            return parts, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _month(parts: dict[str, str | None], day_first: bool | None) -> int | None:
    """The month of a match; swaps day and month that stand the other way round. None: no month, or undecided."""
    if name := parts.get("name"):
        name = spelling(name)
        return JALALI_NUMBER_OF.get(name) or NUMBER_OF.get(name)
    month, day = int(parts["month"] or 0), int(parts["day"] or 0)
    if parts.get("mark") in ("/", "-"):
        if (month > 12 and day <= 12) or (day_first is False and day <= 12):
            parts["day"], month = str(month), day
        elif day <= 12 and day != month and day_first is None:
            return None
    return month


def _moment(date: dict[str, str | None], clock: dict[str, str | None], zone: tzinfo) -> Moment | None:
    numbers = _numbers(date, "year", "month", "day")
    year, month, day = numbers
    try:
        if year < 100:
            year += 1300 if year >= 60 else 1400
        if year in _JALALI_YEARS:
            gregorian = jdatetime.date(year, month, day).togregorian()
            year, month, day = gregorian.year, gregorian.month, gregorian.day
        if year < _EARLIEST:
            return None
        hour, minute, second = _numbers(clock, "hour", "minute", "second")
        hour = _full_hour(hour, clock.get("half") or clock.get("before"))
        if not clock.get("hour") or hour == minute == second == 0:
            return Moment(datetime(year, month, day, tzinfo=zone).astimezone(UTC), Precision.DAY)
        there = _zone(clock.get("zone")) or zone
        return Moment(
            datetime(year, month, day, hour, minute, second, tzinfo=there).astimezone(UTC), Precision.MINUTE
        )
    except (ValueError, OverflowError):
        return None


def _numbers(parts: dict[str, str | None], *names: str) -> list[int]:
    return [int(parts.get(name) or 0) for name in names]


def _full_hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    is_afternoon = half[:1] in "pPب下晚" or half == "오후"
    return hour % 12 + (12 if is_afternoon else 0) if hour <= 12 else hour


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name[0] in "+-":
        digits = name[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes))
    minutes_east = _ZONES.get(name.lower())
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east))


def _rfc2822(text: str, zone: tzinfo) -> Moment | None:
    found = parsedate_tz(text)
    if found is None or found[0] < _EARLIEST:
        return None
    there = zone if found[9] is None else timezone(timedelta(seconds=found[9]))
    try:
        return Moment(datetime(*found[:6], tzinfo=there).astimezone(UTC), Precision.MINUTE)
    except (ValueError, OverflowError):
        return None
