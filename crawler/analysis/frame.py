"""Furniture that no list knows: what two texts have in common only around them, not in them.

Texts of one site begin with the same menu and end with the same notes. When both begin with the same words and no
sentence ends in them, and hardly anything is shared between them and a common ending, that is a frame, not a copy.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.analysis import furniture
from crawler.analysis.align import Alignment
from crawler.analysis.prepared import Prepared

_SHORTEST = 4
_LONGEST_ENDING = 30
_MOST = 0.6
"""A frame leaves at least the rest of either text."""
_STRANGE = 0.2
"""Texts that share less than this between their ends share only their frame."""


def without_frame(a: Prepared, b: Prepared, found: Alignment) -> tuple[Prepared, Prepared] | None:
    """Both texts, aligned as `found`, without their common frame; None when they have none."""
    head = _common(a.words, b.words)
    if head < _SHORTEST:
        return None
    head = min(head, _sentence_start(a, head))
    shorter = min(len(a.words), len(b.words))
    if head < _SHORTEST or head > _MOST * shorter:
        return None
    tail = min(_common(a.words[:head:-1], b.words[:head:-1]), _LONGEST_ENDING, shorter - head)
    if tail + head > _MOST * shorter:
        return None
    if any(_share(marks, head, tail) >= _STRANGE for marks in (found.marks_a, found.marks_b)):
        return None
    return a.part(head, len(a.words) - tail), b.part(head, len(b.words) - tail)


def _share(marks: bytearray, head: int, tail: int) -> float:
    """Share of the words between the ends that are marked as shared."""
    between = marks[head : len(marks) - tail]
    return between.count(1) / len(between) if between else 0.0


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two texts have in common from the start."""
    for at, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return at
    return min(len(a), len(b))


def _sentence_start(ready: Prepared, stop: int) -> int:
    """Where the first full sentence begins when one ends before `stop`; `stop` otherwise."""
    begin = 0
    for at in range(stop):
        if furniture.is_full_stop(ready.gaps[at]):
            return begin
        if ready.gaps[at].strip(" ,"):
            begin = at + 1
    return stop
