"""A text made ready to be compared: folded, cut into words and sentences, page furniture marked.

The text is folded in pieces between white space, and what a piece gives is remembered: most of a text's words
are in the texts before it. That is several times as fast as folding it as a whole, and tells where each word
stood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from operator import attrgetter
from typing import NamedTuple

from crawler.analysis import furniture
from store.text import fold, fold_with_map, token_spans

_KEPT = 64
"""Texts remembered: a page and the neighbours it is compared with, many times over; about 150 KB each at 5 KB."""
_PIECE = re.compile(r"\S+")
_MOST_REMEMBERED = 1 << 16
_MARKS = ".,;:!?"
_CHARACTERS = 1.75
"""Of a word, in scripts whose tokens are single characters."""
_LONGEST_REMEMBERED = 40
"""Characters. A longer piece is a sentence of a script without spaces and does not come again."""


class _Piece(NamedTuple):
    """What stands between two white spaces, folded."""

    words: tuple[str, ...]
    before: str
    """What stands before the first word."""
    gaps: tuple[str, ...]
    """What stands behind each word; the last one with the white space that follows."""


class Prepared:
    """What comparing needs of one text. Words are counted without furniture."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces: list[_Piece] = []
        gaps: list[str] = []
        for line in text.split("\n"):
            found = [_PIECES.get(chunk) or _piece(chunk) for chunk in line.split()]
            if any(map(_BEFORE, found)):
                _add_gaps(gaps, found)
            else:
                gaps += chain.from_iterable(map(_GAPS, found))
            if gaps:
                gaps[-1] += furniture.LINE_BREAK
            pieces += found
        words = list(chain.from_iterable(map(_WORDS, pieces)))
        self._counted = pieces
        marks = furniture.mask(words, gaps)
        self._places = [at for at, marked in enumerate(marks) if not marked]
        whole = len(self._places) == len(words)
        self.words: list[str] = words if whole else [words[at] for at in self._places]
        self.gaps: list[str] = gaps if whole else [gaps[at] for at in self._places]
        """What stands behind each word, up to the next one (furniture or not)."""

    def part(self, start: int, stop: int) -> Prepared:
        """The same text with the words outside of `words[start:stop]` taken for furniture."""
        other = copy(self)
        other.words, other.gaps = self.words[start:stop], self.gaps[start:stop]
        other._places = self._places[start:stop]
        other.__dict__.pop("sentences", None)
        return other

    def lead(self, least: int) -> tuple[int, int]:
        """Where the first sentence of at least so many words stands; the whole text when there is none.

        Shorter lines before it are crumbs, bylines and the like. A word of Chinese is nearly two characters.
        """
        begin = 0
        for at in self._stops():
            single = len(self.words[begin]) == 1 and not self.words[begin].isascii()
            if at - begin >= least * (_CHARACTERS if single else 1):
                return begin, at
            begin = at
        return 0, len(self.words)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Spans of all sentences in `words`."""
        stops = list(self._stops())
        return list(zip([0, *stops], stops, strict=False))

    def _stops(self) -> Iterator[int]:
        """Behind which words a sentence ends, or furniture begins."""
        places = self._places
        last = len(places) - 1
        for at, gap in enumerate(self.gaps):
            if (gap != " " and furniture.ends_sentence(gap)) or at == last or places[at + 1] != places[at] + 1:
                yield at + 1

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of `words[start:end]`, from the first letter to the last."""
        return self._original(start)[0], self._original(end - 1)[1]

    def _original(self, at: int) -> tuple[int, int]:
        place = self._places[at]
        number = bisect_right(self._counts, place)
        begin = self._starts[number]
        before = self._counts[number - 1] if number else 0
        piece = _PIECE.match(self.text, begin)
        assert piece is not None, "a piece stands where one was found"
        first, last = _span_in_piece(piece[0], place - before)
        return begin + first, begin + last

    @cached_property
    def _counts(self) -> list[int]:
        """Words up to and with each piece, furniture included."""
        return list(accumulate(map(len, map(_WORDS, self._counted))))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each piece begins. Numbers, because a thousand pairs would wake the collector of cycles."""
        return list(map(re.Match.start, _PIECE.finditer(self.text)))


def _add_gaps(gaps: list[str], pieces: Iterable[_Piece]) -> None:
    """Add what stands behind the words of the pieces, where something stands before the first word of some."""
    for piece in pieces:
        if piece.before and gaps:
            gaps[-1] += piece.before
        gaps += piece.gaps


_WORDS, _BEFORE, _GAPS = (attrgetter(name) for name in ("words", "before", "gaps"))
_PIECES: dict[str, _Piece] = {}
"""Pieces met before. A plain dictionary, because it is asked a thousand times a text."""


def _piece(text: str) -> _Piece:
    piece = _cut(text)
    if len(text) <= _LONGEST_REMEMBERED:
        if len(_PIECES) >= _MOST_REMEMBERED:
            _PIECES.clear()
        _PIECES[text] = piece
    return piece


def _cut(text: str) -> _Piece:
    word, mark = (text, "") if text[-1] not in _MARKS else (text[:-1], text[-1])
    if word.isascii() and word.isalpha():  # most pieces that are new: folding them is lower-casing them
        return _Piece((word.lower(),), "", (mark + " ",))
    return _cut_folded(text)


def _cut_folded(text: str) -> _Piece:
    folded = fold(text)
    spans = token_spans(folded)
    if not spans:
        return _Piece((), folded + " ", ())
    ends = [start for start, _ in spans[1:]] + [len(folded)]
    gaps = [folded[end:next_start] for (_, end), next_start in zip(spans, ends, strict=True)]
    gaps[-1] += " "
    return _Piece(tuple(folded[start:end] for start, end in spans), folded[: spans[0][0]], tuple(gaps))


@lru_cache(maxsize=4096)
def _span_in_piece(piece: str, number: int) -> tuple[int, int]:
    folded = fold_with_map(piece)
    return folded.span(*token_spans(folded.text)[number])


@lru_cache(maxsize=_KEPT)
def prepare(text: str) -> Prepared:
    """The text ready to be compared; remembered, because one page meets several neighbours."""
    return Prepared(text)
