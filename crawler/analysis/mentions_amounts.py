"""Sums of money and volumes in a text, in one unit whatever the language: "$400bn", «۴۰۰ میلیارد دلار», 4000亿美元.

Numbers are read by `figures`; what follows or precedes them makes them an amount. Names of currencies, volumes and
rates are in `words/units.csv`, for sixteen languages; symbols and ISO 4217 codes are known in all. Unless the text
says otherwise a dollar is USD, a rial IRR, a toman ten of these, a ton a metric one.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawler.analysis.figures import Figure, figures
from store.text import fold, token_spans, tokens

_UNITS = Path(__file__).parent / "words" / "units.csv"
MONEY, VOLUME = "money", "volume"

_SYMBOLS = {
    "$": "USD", "us$": "USD", "u.s.$": "USD", "usd": "USD", "hk$": "HKD", "c$": "CAD", "ca$": "CAD", "a$": "AUD",
    "au$": "AUD", "s$": "SGD", "nt$": "TWD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "CNY",
    "cny": "CNY", "rmb": "CNY", "cn¥": "CNY", "jpy": "JPY", "₽": "RUB", "rub": "RUB", "₹": "INR", "inr": "INR",
    "₺": "TRY", "₩": "KRW", "krw": "KRW", "aed": "AED", "sar": "SAR", "irr": "IRR", "人民币": "CNY", "美元": "USD",
}  # fmt: skip
_BEFORE = re.compile(
    rf"(?:^|(?<=[^a-z])|(?<=[^\d\W]))({'|'.join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)))})\s?$"
)
_AFTER = re.compile(r"\s?([$€£¥₽₹₺₩])(?![\w])")
_RATED = re.compile(r"[\s-]?(?:(?:mb/d|mbpd)|(?:b/d|bbl/d|б/с|барр\.?/сут\w*|барр\.?/день))(?!\w)")
_PER = re.compile(
    r"\s?/\s?(?:(day|d|日|天|сут\w*|день|روز|یوم\w*|gün|tag|jour|día|dia|giorno|hari|일|दिन)|(year|y|yr|年|год|سال|سنه|yıl|jahr|an|año|anno|ano|tahun|년))(?![a-z])"
)
_GLUE = re.compile(r"[\s\-·'’(]{0,2}")
_PIECE = re.compile(r"\d+|[^\d]+")
_KOREAN_PIECE = re.compile(r"\d+|[천백만억조]|[^\d천백만억조]+")
_FILLERS = frozenset({"de", "di", "d", "of", "en", "des"})
_MOST_BETWEEN = 3
"""Words between a volume and its rate: barrels *of Iranian crude* a day."""
_RATE_BEFORE = 4
_DECIMAL = {
    "fa": "./", "ar": "", **dict.fromkeys(("de", "fr", "es", "it", "pt", "id", "ru", "tr", "uk", "pl", "nl"), ","),
}  # fmt: skip
"""Marks that set off decimals and never group, by language; a point where none is given."""
_UNCOUNTED = frozenset({
    "hundreds", "thousands", "millions", "billions", "trillions", "milliers", "milliards", "millones", "millionen",
    "milliarden", "billionen", fold("آلاف"), fold("ملايين"), fold("مليارات"),
})  # fmt: skip
"""Scales without a number before them: billions of dollars."""
_HUGE = 1e16
"""No sum of money is greater; a figure that is has lost its borders."""


class Amount(NamedTuple):
    """An amount at [start, end) of the folded text."""

    kind: str
    value: float
    unit: str
    """ISO 4217, or bbl, t, m3, with /d and /y."""
    start: int
    end: int


class _Words(NamedTuple):
    """What can stand beside a figure in one language: phrase → (kind, unit, factor)."""

    whole: dict[tuple[str, ...], tuple[str, str, float]]
    stems: dict[tuple[str, ...], tuple[str, str, float]]
    """Phrases whose last word goes on: доллар*."""
    longest: int


class _Pieces(NamedTuple):
    """A folded text in words and numbers, which stand apart even where they are written together (25bn, 400억)."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]

    def gap(self, at: int) -> str:
        """What stands behind a word."""
        following = self.spans[at + 1][0] if at + 1 < len(self.spans) else len(self.text)
        return self.text[self.spans[at][1] : following]


def amounts(folded: str, language: str) -> list[Amount]:
    """The sums and volumes of a folded text, in order."""
    if not any(char.isdigit() for char in folded) and language not in _SPELLED:
        return []
    pieces = _pieces(folded, language)
    gaps = [pieces.gap(at) for at in range(len(pieces.words))]
    known = _words(language)
    found: list[Amount] = []
    for figure in figures(pieces.words, gaps, language, _DECIMAL.get(language, ".")):
        amount = _amount(pieces, figure, known)
        if amount is not None and (not found or amount.start >= found[-1].end):
            found.append(amount)
    return found


def _pieces(folded: str, language: str) -> _Pieces:
    split = _KOREAN_PIECE if language == "ko" else _PIECE
    spans: list[tuple[int, int]] = []
    for start, end in token_spans(folded):
        if folded[start].isdigit() and not folded[start:end].isdigit():
            spans += [(start + m.start(), start + m.end()) for m in split.finditer(folded[start:end])]
        else:
            spans.append((start, end))
    return _Pieces(folded, [folded[start:end] for start, end in spans], spans)


def _amount(pieces: _Pieces, figure: Figure, known: _Words) -> Amount | None:
    if figure.width == 1 and pieces.words[figure.start] in _UNCOUNTED:
        return None
    try:
        value = float(figure.value)
    except ValueError:
        return None  # a day
    value, at = _scaled(pieces, value, figure.start + figure.width, known)
    if not 0 < value < _HUGE:
        return None
    start = pieces.spans[figure.start][0]
    symbol = _BEFORE.search(pieces.text, max(0, start - 6), start)
    found = _unit(pieces, at, known)
    if found is not None:
        (kind, unit, factor), last = found
        end = pieces.spans[last - 1][1]
        if kind == VOLUME:
            unit, end = _rated(pieces, figure.start, last, unit, end, known)
        return Amount(kind, value * factor, unit, symbol.start(1) if symbol and kind == MONEY else start, end)
    return _marked(pieces, value, start, at, symbol)


def _marked(pieces: _Pieces, value: float, start: int, at: int, symbol: re.Match[str] | None) -> Amount | None:
    """An amount whose unit is a sign: before it ($5bn), behind it (5 Mrd. €), or an abbreviation (2m b/d)."""
    end = pieces.spans[at - 1][1]
    if symbol:
        return Amount(MONEY, value, _SYMBOLS[symbol[1]], symbol.start(1), end)
    if behind := _AFTER.match(pieces.text, end + (pieces.text[end : end + 1] == ".")):
        return Amount(MONEY, value, _SYMBOLS[behind[1]], start, behind.end())
    if rated := _RATED.match(pieces.text, end):
        return Amount(VOLUME, value * (1e6 if "mb" in rated[0] else 1.0), "bbl/d", start, rated.end())
    return None


def _scaled(pieces: _Pieces, value: float, at: int, known: _Words) -> tuple[float, int]:
    """Go on with scales that `figures` does not read: 25m when written together, 4조 5000억, 400 juta."""
    total = 0.0
    while at < len(pieces.words):
        kind, _, factor = known.whole.get((pieces.words[at],), ("", "", 0.0))
        if kind != "scale" or (len(pieces.words[at]) <= 2 and pieces.words[at].isascii() and pieces.gap(at - 1)):
            break
        value, at = value * factor, at + 1
        follows = known.whole.get((pieces.words[at + 1],), ("", "", 0.0)) if at + 1 < len(pieces.words) else None
        if follows and follows[0] == "scale" and follows[2] < factor and pieces.words[at].isdigit():
            total, value, at = total + value, float(pieces.words[at]), at + 1
    return total + value, at


def _unit(pieces: _Pieces, at: int, known: _Words) -> tuple[tuple[str, str, float], int] | None:
    """The unit that begins at a word, with where it ends."""
    for first in (at, at + 1):
        if first >= len(pieces.words) or (first > at and pieces.words[at] not in _FILLERS):
            return None
        if not _GLUE.fullmatch(pieces.gap(first - 1)) and pieces.gap(first - 1) != ". ":
            return None
        found = _phrase(pieces, first, known, (MONEY, VOLUME))
        if found:
            return found
    return None


def _phrase(
    pieces: _Pieces, at: int, known: _Words, kinds: Sequence[str]
) -> tuple[tuple[str, str, float], int] | None:
    for length in range(min(known.longest, len(pieces.words) - at), 0, -1):
        words = tuple(pieces.words[at : at + length])
        entry = known.whole.get(words) or _stem(words, known)
        if entry and entry[0] in kinds:
            return entry, at + length
    return None


def _stem(words: tuple[str, ...], known: _Words) -> tuple[str, str, float] | None:
    last = words[-1]
    for length in range(len(last), 2, -1):
        entry = known.stems.get((*words[:-1], last[:length]))
        if entry:
            return entry
    return None


def _rated(pieces: _Pieces, first: int, at: int, unit: str, end: int, known: _Words) -> tuple[str, int]:
    """The unit with the time it is counted by, said behind it (within a few words) or just before the figure."""
    if "/" in unit:
        return unit, end
    if per := _PER.match(pieces.text, end):
        return unit + ("/d" if per[1] else "/y"), per.end()
    for place in range(at, min(at + _MOST_BETWEEN + 1, len(pieces.words))):
        if any(mark in pieces.gap(place - 1) for mark in ".,;:。，；"):
            break
        found = _phrase(pieces, place, known, ("rate",))
        if found:
            return unit + found[0][1], pieces.spans[found[1] - 1][1]
        if per := _PER.match(pieces.text, pieces.spans[place][1]):
            return unit + ("/d" if per[1] else "/y"), per.end()
    for place in range(max(0, first - _RATE_BEFORE), first):
        found = _phrase(pieces, place, known, ("before",))
        if found and found[1] <= first:
            return unit + found[0][1], end
    return unit, end


@cache
def _table() -> Mapping[str, _Words]:
    whole: dict[str, dict[tuple[str, ...], tuple[str, str, float]]] = defaultdict(dict)
    stems: dict[str, dict[tuple[str, ...], tuple[str, str, float]]] = defaultdict(dict)
    with _UNITS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = (row.pop("kind"), row.pop("unit"), float(row.pop("factor")))
            for language, cell in row.items():
                for term in cell.split():
                    table = stems if term.endswith("*") else whole
                    table[language][tuple(tokens(fold(term.rstrip("*").replace("_", " "))))] = entry
    return {
        name: _Words(whole[name], stems[name], max(map(len, (*whole[name], *stems[name])), default=0))
        for name in (*whole, *stems)
    }


def _words(language: str) -> _Words:
    return _table().get(language, _Words({}, {}, 0))


_SPELLED = frozenset({"en", "fa", "zh", "ar", "ru", "tr", "de", "fr", "es"})
"""Languages whose numbers `figures` reads in words."""
