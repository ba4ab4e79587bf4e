"""The dateline of a text: place, day and agency before the first sentence, which each republisher writes anew. Pure.

`BEIJING, March 3 (Reuters) - …`, `تهران، ۱۳ اسفند (ایرنا) – …`, `新华社北京3月3日电(记者 …) …`, `Vienna: …`. They say
when and where a copy was made, so their days and places must not make a series of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from crawler.analysis import credit, senses
from crawler.analysis.figures import Figure, figures
from crawler.analysis.prepared import Prepared
from store.text import fold

_LONGEST, _LONGEST_HAN = 12, 34
"""Words, or characters of Chinese, that a dateline has at most."""
_LEAST_BEHIND = 8
"""Words that follow it at least: a text is not all dateline."""
_DASH = re.compile(r"(?:\s|\))-+\s|\)\s*-+|^-+\s")
_COLON = re.compile(r":\s")
_COMMA = re.compile(r"[,:]")
_TOLD = (("电",), ("讯",), ("消", "息"), ("报", "道"))
_BRACKET_HAN = 24
"""Characters of a reporter's name and office in brackets behind 电."""
_SMALL_WORDS = 3
"""Letters of words that stand in small letters among the capitalised ones of a dateline: "de", "and", "mar"."""
_DAYS, _YEARS = range(1, 32), range(1300, 2200)


class Opening(NamedTuple):
    """The words at the start of a text that may be its dateline."""

    ready: Prepared
    language: str
    begin: int
    stop: int

    @property
    def ends(self) -> range:
        """Places behind each of the words."""
        return range(self.begin + 1, self.stop + 1)

    def behind(self, mark: re.Pattern[str]) -> list[int]:
        """The places that such a mark stands before."""
        return [at for at in self.ends if mark.search(self.ready.gaps[at - 1])]

    @property
    def text(self) -> str:
        """As it was written."""
        if self.begin == self.stop:
            return ""
        return self.ready.text[slice(*self.ready.original_span(self.begin, self.stop))]


@lru_cache(maxsize=64)
def end(ready: Prepared, language: str) -> int:
    """Where the words behind the dateline begin; 0 when the text has none.

    `language` is a BCP 47 base tag. Short lines before the dateline are left out with it.
    """
    begin, _ = ready.lead(_LEAST_BEHIND)
    longest = _LONGEST_HAN if language in ("zh", "ja") else _LONGEST
    opening = Opening(ready, language, begin, min(begin + longest, len(ready.words)))
    stops = _chinese(opening) if language in ("zh", "ja") else _spaced(opening)
    return max((at for at in stops if len(ready.words) - at >= _LEAST_BEHIND), default=0)


def _spaced(opening: Opening) -> Iterator[int]:
    dashes, colons, commas = (opening.behind(mark) for mark in (_DASH, _COLON, _COMMA))
    if dashes or colons:
        days = _days(opening)
        yield from (at for at in dashes if _only_days(opening, days, at) and _capitalised(opening, days, at))
        yield from (at for at in colons if _only_days(opening, days, at) and _all_told(opening, days, at))
    if commas and credit.opens(fold(opening.text)):
        yield min(commas)


def _chinese(opening: Opening) -> Iterator[int]:
    """Behind 日电, 日讯, 日消息, with the reporter's name in brackets; behind 【…】."""
    words, gaps = opening.ready.words, opening.ready.gaps
    for at in opening.ends:
        told = next((len(form) for form in _TOLD if tuple(words[at : at + len(form)]) == form), 0)
        if told and words[at - 1] == "日":
            yield _behind_bracket(gaps, at + told)
        if "】" in gaps[at - 1]:
            yield at


def _behind_bracket(gaps: Sequence[str], stop: int) -> int:
    if "(" not in gaps[stop - 1]:
        return stop
    return next((at + 1 for at in range(stop, min(stop + _BRACKET_HAN, len(gaps))) if ")" in gaps[at]), stop)


def _days(opening: Opening) -> list[Figure]:
    ready = opening.ready
    return [f for f in figures(ready.words[: opening.stop], ready.gaps, opening.language) if f.start >= opening.begin]


def _only_days(opening: Opening, days: Sequence[Figure], stop: int) -> bool:
    """Whether the numbers up to `stop` are days of a month and years; in a script without capitals beside a month."""
    inside = [figure for figure in days if figure.start < stop]
    months = [figure for figure in inside if "-" in figure.value]
    cased = opening.ready.text[:1].isupper()
    return all(
        figure in months
        or any(abs(figure.start - month.start) <= 1 for month in months)
        or ((cased or bool(months)) and _is_day_or_year(figure))
        for figure in inside
    )


def _is_day_or_year(figure: Figure) -> bool:
    return figure.value.isdigit() and (int(figure.value) in _DAYS or int(figure.value) in _YEARS)


def _capitalised(opening: Opening, days: Sequence[Figure], stop: int) -> bool:
    """Whether no word up to `stop` is written small, where a script has small letters."""
    of_days = _covered((figure.start, figure.width) for figure in days)
    ready = opening.ready
    return not any(
        ready.text[ready.original_span(at, at + 1)[0]].islower()
        for at in range(opening.begin, stop)
        if at not in of_days and len(ready.words[at]) > _SMALL_WORDS
    )


def _all_told(opening: Opening, days: Sequence[Figure], stop: int) -> bool:
    """Whether all words up to `stop` are places, days and agencies, or capitalised beside a day: no speaker."""
    if days and days[0].start < stop and opening.ready.text[:1].isupper():
        return _capitalised(opening, days, stop)
    words = opening.ready.words[opening.begin : stop]
    places = senses.find_places(words, opening.language)
    covered = _covered((opening.begin + place.start, place.width) for place in places)
    covered |= _covered((figure.start, figure.width) for figure in days)
    named = range(opening.begin, stop)
    return bool(covered) and all(at in covered or credit.is_name(opening.ready.words[at]) for at in named)


def _covered(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, width in spans for at in range(start, start + width)}
