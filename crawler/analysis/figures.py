"""Numbers and days in a text, however they are written: "650,000", "forty billion", 二十五.

Values of spelled numbers are in `words/numbers.csv` and `words/scales.csv`, months and weekdays in
`words/calendar.csv`, for nine languages (month names that are common words as well, like "may", are left out).
Used to tell a series (the same words, other numbers) from a copy, and to find the same facts told in other
words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from store.text import fold, tokens

_FOLDER = Path(__file__).parent / "words"
_AND = frozenset({"and", "و", "und", "et", "y"})
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|e|er)$")
_MARK = re.compile(r"[.,]")
_SHORT_SCALE = re.compile(r"([0-9]+)(k|m|mn|mln|bn|tn)$")
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
"""Joined to digits, as headlines and agencies write them; metres and millions look alike in either text."""
_MONTH, _MONTHS = "月", frozenset(map(str, range(1, 13)))


class Figure(NamedTuple):
    """A number or a day at token `start`, `width` tokens wide; `value` is the same for every spelling."""

    value: str
    start: int
    width: int


class _Words(NamedTuple):
    units: dict[str, int]
    scales: dict[str, int]
    days: dict[tuple[str, ...], str]
    starts: set[str]
    """Words that a figure can begin with, digits aside."""


def figures(words: Sequence[str], gaps: Sequence[str], language: str, decimal: str = "") -> list[Figure]:
    """The numbers and days of a folded, tokenised text, in order.

    `gaps` holds what stands behind each token. `decimal` names marks that never group: without it three digits behind
    a point or comma are a group, and other marks are none. For a language without number words digits are found.
    """
    known = _BY_LANGUAGE.get(language, _NO_WORDS)
    if language == "ar":
        words = [word[1:] if word[0] == "و" and word[1:].isdigit() else word for word in words]
    found: list[Figure] = []
    end = 0
    for at, word in enumerate(words):
        if at >= end and (word in known.starts or word[0].isdigit()):
            figure = _day(words, at, known) or _number(words, gaps, at, known, decimal)
            if figure:
                found.append(figure)
                end = at + figure.width
    return found


def _day(words: Sequence[str], at: int, known: _Words) -> Figure | None:
    for width in (3, 2, 1):
        name = known.days.get(tuple(words[at : at + width]))
        if name:
            return Figure(name, at, width)
    if words[at + 1 : at + 2] == [_MONTH] and words[at] in _MONTHS:
        return Figure(f"month-{int(words[at])}", at, 2)
    return None


def _number(words: Sequence[str], gaps: Sequence[str], at: int, known: _Words, decimal: str) -> Figure | None:
    """A number in digits or words, with the scale that follows ("1.5 million" is 1500000)."""
    word = words[at]
    if word[0].isdigit():
        if not word.isdigit() and not _SHORT_SCALE.match(word):
            return Figure(_ORDINAL.sub("", word), at, 1)
        value, end = _digits(words, gaps, at, decimal)
    elif word in known.units or word in known.scales:
        value, end = 0.0, at
    else:
        return None
    value, end = _spelled(words, end, value, known)
    return Figure(f"{value:.12g}", at, end - at)


def _digits(words: Sequence[str], gaps: Sequence[str], at: int, decimal: str) -> tuple[float, int]:
    """The value of digits with their grouping and decimal marks and a short scale (1.5bn), and where they end."""
    text, scale = _scale_of(words[at])
    end = at + 1
    while scale is None and end < len(words) and words[end][0].isdigit() and _is_mark(gaps[end - 1], decimal):
        part, scale = _scale_of(words[end])
        if not part.isdigit():
            break
        grouping = len(part) == 3 and len(words[at]) <= 3 and gaps[end - 1] not in decimal
        text += part if grouping else "." + part
        end += 1
        if not grouping:
            break
    return float(text[:18]) * (scale or 1), end


def _scale_of(word: str) -> tuple[str, float | None]:
    """The digits of a word, and the short scale that is joined to them."""
    found = _SHORT_SCALE.match(word)
    return (found[1], _SCALES[found[2]]) if found else (word, None)


def _is_mark(gap: str, decimal: str) -> bool:
    return bool(_MARK.fullmatch(gap)) or (len(gap) == 1 and gap in decimal)


def _spelled(words: Sequence[str], at: int, value: float, known: _Words) -> tuple[float, int]:
    """Go on from `value` with the number words from `at`: units add up, scales multiply what stands before them."""
    total, current, spelled = 0.0, value, value == 0
    while at < len(words):
        word = words[at]
        if word in known.scales:
            total, current = _scaled(total, current, known.scales[word])
            spelled = True
        elif spelled and word in known.units and _fits(current, known.units[word]):
            current += known.units[word]
        elif not _joins(words, at, total + current, known):
            break
        at += 1
    return total + current, at


def _scaled(total: float, current: float, scale: int) -> tuple[float, float]:
    """What stands before a scale, multiplied: the last part for tens and hundreds, everything for larger scales."""
    if scale <= 100:
        last = current % scale
        return total, current - last + (last or 1) * scale
    if total and total < scale:
        return (total + current) * scale, 0.0
    return total + (current or 1) * scale, 0.0


def _fits(current: float, unit: int) -> bool:
    """Whether a unit goes on with a number: after 20 comes 5, after 100 comes 20; in Arabic after 5 comes 20."""
    return current % (10 if unit < 10 else 100) == 0 or (0 < current < 10 and unit >= 20)


def _joins(words: Sequence[str], at: int, so_far: float, known: _Words) -> bool:
    """Whether the word is an "and" inside a number: "two hundred and five", not "a million and forty billion"."""
    if words[at] not in _AND or so_far < 20 or words[at + 1 : at + 2] == [] or words[at + 1] not in known.units:
        return False
    return at + 2 == len(words) or known.scales.get(words[at + 2], 0) <= so_far


def _rows(name: str) -> Iterator[tuple[str, str, str]]:
    """(first column, language, term) of a word file."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if row[0] in ("value", "name"):
                languages = row[1:]
                continue
            for language, cell in zip(languages, row[1:], strict=True):
                for term in cell.split():
                    yield row[0], language, term


def _load() -> dict[str, _Words]:
    known: dict[str, _Words] = {}
    for value, language, term in _rows("numbers.csv"):
        units = known.setdefault(language, _Words({}, {}, {}, set())).units
        units[fold(term)] = int(value)
    for value, language, term in _rows("scales.csv"):
        known[language].scales[fold(term)] = int(value)
    for name, language, term in _rows("calendar.csv"):
        days = known[language].days
        days[tuple(tokens(fold(term.replace("_", " "))))] = name
        days[tuple(tokens(fold(term.replace("_", ""))))] = name
    _join_parts(known)
    for words in known.values():
        words.starts.update(words.units, words.scales, (day[0] for day in words.days))
    return known


def _join_parts(known: dict[str, _Words]) -> None:
    """Numbers written as one word: fünfundzwanzig; and the Arabic "and" that is joined to what follows."""
    german, arabic = known["de"].units, known["ar"].units
    for tens in [word for word, value in german.items() if value >= 20]:
        for unit, value in [*german.items(), ("ein", 1)]:
            if value < 10:
                german[f"{unit}und{tens}"] = german[tens] + value
    for tens, value in list(arabic.items()):
        if value >= 20:
            arabic[f"و{tens}"] = value


_NO_WORDS = _Words({}, {}, {}, set())
_BY_LANGUAGE = _load()
