"""What an article names: persons, companies and ships (`names`), sums and volumes (`mentions_amounts`), days
(`mentions_days`), each once, with the place where it is named first and how often it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from crawler.analysis.matcher import original_span
from crawler.analysis.mentions_amounts import amounts
from crawler.analysis.mentions_days import days
from crawler.analysis.names import Names
from crawler.analysis.relevance_text import READ, split
from store.models import Mention, MentionKind
from store.text import Folded

MOST = 80
"""Different mentions that are kept of an article: those named first."""
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_UNITS = {"bbl": "barrels", "t": "tonnes", "m3": "cubic metres"}
_RATES = {"d": "a day", "y": "a year"}


class _Found(NamedTuple):
    kind: MentionKind
    value: str
    unit: str
    label: str
    start: int
    end: int


def find(title: str, text: str, *, language: str, names: Names, published: date | None = None) -> tuple[Mention, ...]:
    """What an article names, in the order in which it does.

    Args:
        published: gives days without a year their year; without it they are left out.
    """
    kept: dict[tuple[MentionKind, str, str], Mention] = {}
    for field, source in (("title", title), ("text", text[:READ])):
        for start, sentence in split(source):
            folded = Folded(sentence)
            for found in _in_sentence(folded, language, names, published):
                key = (found.kind, found.value, found.unit)
                if key in kept:
                    kept[key] = replace(kept[key], times=kept[key].times + 1)
                elif len(kept) < MOST:
                    kept[key] = _mention(found, folded, field, start)
    return tuple(kept.values())


def _in_sentence(folded: Folded, language: str, names: Names, published: date | None) -> Iterator[_Found]:
    for name, start, end in names.find(folded, language):
        yield _Found(MentionKind(name.kind), name.id, "", name.name, start, end)
    for amount in amounts(folded.text, language):
        value = f"{amount.value:.15g}" if amount.value < 1e15 else f"{amount.value:.0f}"
        label = amount_label(amount.value, amount.unit)
        yield _Found(MentionKind(amount.kind), value, amount.unit, label, amount.start, amount.end)
    for day in days(folded, language, published):
        yield _Found(MentionKind.DAY, day.iso, "", day.iso, day.start, day.end)


def _mention(found: _Found, folded: Folded, field: str, begin: int) -> Mention:
    start, end = original_span(folded, found.start, found.end)
    return Mention(
        kind=found.kind, value=found.value, unit=found.unit, label=found.label, text=folded.original[start:end],
        field=field, start=begin + start, end=begin + end,
    )  # fmt: skip


def amount_label(value: float, unit: str) -> str:
    """`400 billion USD`, `1.38 million barrels a day`."""
    size, word = next(((size, f" {word}") for size, word in _SCALES if value >= size), (1.0, ""))
    base, _, rate = unit.partition("/")
    shown = f"{value / size:,.10g}{word} {_UNITS.get(base, base)}"
    return f"{shown} {_RATES[rate]}" if rate else shown
