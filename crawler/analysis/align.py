"""What two texts share, word by word: blocks of equal words in any order, and words that agree in a row around
edits.

Both measures are needed. Blocks of `BLOCK` words survive cuts and moved paragraphs, but not a word changed
every fourth word; the longest common subsequence survives word edits, but not moved paragraphs. A word counts
as shared when either finds it; the common words that any two texts of a language have in the same order are
left out by asking for density.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

BLOCK = 4
"""Words a block has at least; `BLOCK_HAN` of scripts whose tokens are single characters."""
BLOCK_HAN = 6
_WINDOW = 8
_WITHIN = 5
"""A pair of the common subsequence counts when this many of the next or of the last `_WINDOW` words are pairs too, in
both texts: by their common words alone, texts on one subject hardly ever reach it (docs/quality-duplicates.md)."""
_SHORT, _LEAST = 400, 0.05
"""Texts of so many words and more are searched for dense stretches only when blocks cover so much of the shorter one:
a fifth of the words changed leaves blocks in two fifths of a text."""
_STRIDE = 32
_PLACES = 8
"""Occurrences of a block tried in the second text: refrains need no more."""


class Block(NamedTuple):
    """Equal runs of words: `length` from `a` in the first text, from `b` in the second."""

    a: int
    b: int
    length: int


class Change(NamedTuple):
    """Words of the first text [a, a_end) that stand as [b, b_end) in the second, between shared words."""

    a: int
    a_end: int
    b: int
    b_end: int


@dataclass(frozen=True)
class Alignment:
    """What two sequences of words share."""

    a: Sequence[str]
    b: Sequence[str]
    blocks: tuple[Block, ...]
    """Equal runs in the order of the first text; they may stand in any order in the second."""
    dense: tuple[Block, ...]
    """Equal runs, single words among them, in one order and close together, edits between them."""
    changes: tuple[Change, ...]
    """What was put in the place of what, inside shared stretches."""

    @cached_property
    def marks_a(self) -> bytearray:
        """1 for each word of the first text that the second shares."""
        return _marks(len(self.a), [(run.a, run.length) for run in (*self.blocks, *self.dense)])

    @cached_property
    def marks_b(self) -> bytearray:
        return _marks(len(self.b), [(run.b, run.length) for run in (*self.blocks, *self.dense)])

    @cached_property
    def coverage_a(self) -> float:
        """Share of the first text's words that the second shares, 0 to 1."""
        return self.marks_a.count(1) / len(self.a) if self.a else 0.0

    @cached_property
    def coverage_b(self) -> float:
        return self.marks_b.count(1) / len(self.b) if self.b else 0.0

    def counterpart(self, at: int) -> int | None:
        """Where the word `at` of the first text stands in the second, in the common order; None when nowhere."""
        place = bisect_right(self.dense, at, key=lambda run: run.a) - 1
        if place < 0 or at >= self.dense[place].a + self.dense[place].length:
            return None
        return self.dense[place].b + at - self.dense[place].a


def align(a: Sequence[str], b: Sequence[str]) -> Alignment:
    """Compare two sequences of words. Cost: about 0.3 ms for 800 words each; grows with the product of the lengths
    divided by 64."""
    size = block_size(a, b)
    if len(a) >= size and a == b:
        whole = (Block(0, 0, len(a)),)
        return Alignment(a, b, whole, whole, ())
    blocks = tuple(_blocks(a, b, size))
    dense: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    shorter = min(len(a), len(b))
    if shorter < _SHORT or sum(block.length for block in blocks) >= _LEAST * shorter:
        dense, changes = _dense(a, b)
    return Alignment(a, b, blocks, dense, changes)


def block_size(a: Sequence[str], b: Sequence[str]) -> int:
    """Words in the smallest block: more where tokens are single characters."""
    sample = [*a[:100], *b[:100]]
    singles = sum(len(word) == 1 and not word.isascii() for word in sample)
    return BLOCK_HAN if singles * 2 > len(sample) else BLOCK


def _blocks(a: Sequence[str], b: Sequence[str], size: int) -> list[Block]:
    """Maximal equal runs, greedily from the left; a run of the second text may be found again."""
    grams_a, grams_b = _grams(a, size), _grams(b, size)
    first = dict(zip(reversed(grams_b), range(len(grams_b) - 1, -1, -1), strict=True))
    if first.keys().isdisjoint(grams_a):
        return []
    others = _other_places(grams_b, first)
    found: list[Block] = []
    end = at = 0
    starts = list(map(first.get, grams_a))
    while at < len(starts):
        start = starts[at]
        if start is None:
            at += 1
            continue
        block = max(
            (Block(at, place, _length(a, b, at, place, size)) for place in (start, *others.get(grams_a[at], ()))),
            key=lambda block: block.length,
        )
        if at + block.length > end:  # else it lies wholly inside the one before
            found.append(block)
            end = at + block.length
        at += max(1, block.length - size + 1)
    return found


def _other_places(
    grams: Sequence[tuple[str, ...]], first: dict[tuple[str, ...], int]
) -> dict[tuple[str, ...], list[int]]:
    """The places of each run behind its first one."""
    places: dict[tuple[str, ...], list[int]] = {}
    if len(first) < len(grams):
        for at in [at for at, gram in enumerate(grams) if first[gram] != at]:
            if len(known := places.setdefault(grams[at], [])) < _PLACES - 1:
                known.append(at)
    return places


def _grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` words."""
    return list(zip(*(words[shift:] for shift in range(size)), strict=False))


def _length(a: Sequence[str], b: Sequence[str], i: int, j: int, length: int) -> int:
    """How many words are equal from `a[i]` and `b[j]`; `length` of them are known to be."""
    most = min(len(a) - i, len(b) - j)
    while length + _STRIDE <= most:
        if a[i + length : i + length + _STRIDE] != b[j + length : j + length + _STRIDE]:
            break
        length += _STRIDE
    while length < most and a[i + length] == b[j + length]:
        length += 1
    return length


def _dense(a: Sequence[str], b: Sequence[str]) -> tuple[tuple[Block, ...], tuple[Change, ...]]:
    """The longest common subsequence, where it is dense, and the changes inside of it."""
    runs = [
        Block(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in LCSseq.opcodes(a, b)
        if op.tag == "equal"
    ]
    first: list[int] = []
    second: list[int] = []
    for run in runs:
        first += range(run.a, run.a + run.length)
        second += range(run.b, run.b + run.length)
    dense: list[Block] = []
    at = 0
    for run in runs:
        if run.length > _WITHIN:  # all its words have company in it
            dense.append(run)
        else:
            near = (k for k in range(at, at + run.length) if _has_company(first, second, k))
            dense += (Block(first[k], second[k], 1) for k in near)
        at += run.length
    return tuple(dense), tuple(_changes(dense))


def _changes(dense: Sequence[Block]) -> Iterator[Change]:
    for one, other in pairwise(dense):
        end_a, end_b = one.a + one.length, one.b + one.length
        if 0 < max(other.a - end_a, other.b - end_b) < _WINDOW:
            yield Change(end_a, other.a, end_b, other.b)


def _has_company(first: Sequence[int], second: Sequence[int], at: int) -> bool:
    """Whether the pairs `_WITHIN` further on or back are near: they are in order, so all between them are as well."""
    on, back = at + _WITHIN, at - _WITHIN
    if on < len(first) and first[on] - first[at] <= _WINDOW and second[on] - second[at] <= _WINDOW:
        return True
    return back >= 0 and first[at] - first[back] <= _WINDOW and second[at] - second[back] <= _WINDOW


def _marks(length: int, runs: Sequence[tuple[int, int]]) -> bytearray:
    marks = bytearray(length)
    for start, width in runs:
        marks[start : start + width] = b"\1" * width
    return marks
