"""The passage of a text that says most about a query: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.search.marks import Hit, merged

LENGTH = 240
"""Characters of a passage, about; a Han character stands for two."""
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
_SENTENCE = re.compile(r"[.!?؟۔।]\s+|[。！？]|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text: [start, end) of it, with the marked spans as offsets into `text`."""

    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    begins: bool
    ends: bool
    """Whether the passage begins and ends where the text does."""


def passage(text: str, hits: Sequence[Hit], weights: Mapping[int, float], *, goes_on: bool = False) -> Passage:
    """The window of a text that holds the most different groups of a query, by their weight, then the most hits.

    `goes_on` tells that the text is longer than what is given.
    """
    length = LENGTH // 2 if _WIDE.search(text[:200]) else LENGTH
    start = _begin(text, _best(hits, length, weights), length)
    end = _end(text, start + length)
    marks = [(max(a, start) - start, min(b, end) - start) for a, b in merged(hits) if a < end and b > start]
    shown = text[start:end]
    return Passage(shown, start, end, tuple(marks), begins=start == 0, ends=end >= len(text.rstrip()) and not goes_on)


def _best(hits: Sequence[Hit], length: int, weights: Mapping[int, float]) -> int:
    """Where the first hit of the best window stands."""
    best, found = -1.0, 0
    for number, first in enumerate(hits):
        within = [hit for hit in hits[number : number + 40] if hit.end <= first.start + length]
        worth = sum(weights.get(group, 1.0) for group in {hit.group for hit in within}) + len(within) / 100
        if worth > best:
            best, found = worth, first.start
    return found


def _begin(text: str, first: int, length: int) -> int:
    """The beginning of the sentence of the first hit when that is near, else a word before it."""
    least = max(0, first - length // 2)
    if least == 0 and not _SENTENCE.search(text, 0, first):
        return 0
    ends = [found.end() for found in _SENTENCE.finditer(text, least, first)]
    if ends:
        return ends[-1]
    near = max(0, first - length // 4)
    blank = text.find(" ", near, first)
    return blank + 1 if blank >= 0 else near


def _end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text.rstrip())
    blank = text.rfind(" ", end - 30, end)
    return blank if blank > 0 else end
