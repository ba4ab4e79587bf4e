"""What two texts share, word by word: blocks of equal words in any order, and words that agree in a row around
edits.

Both measures are needed. Blocks of `BLOCK` words survive cuts and moved paragraphs, but not a word changed
every fourth word; the longest common subsequence survives word edits, but not moved paragraphs. A word counts
as shared when either finds it; the common words that any two texts of a language have in the same order are
left out by asking for density.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_SHORT = 400
"""Words up to which texts are searched for dense stretches even when they share no block (a rewrite word by word)."""
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
    dense: tuple[tuple[int, int], ...]
    """Pairs of equal words in one order that stand densely, edits between them."""
    changes: tuple[Change, ...]
    """What was put in the place of what, inside shared stretches."""

    @cached_property
    def marks_a(self) -> bytearray:
        """1 for each word of the first text that the second shares."""
        return _marks(len(self.a), [(x.a, x.length) for x in self.blocks], [i for i, _ in self.dense])

    @cached_property
    def marks_b(self) -> bytearray:
        return _marks(len(self.b), [(x.b, x.length) for x in self.blocks], [j for _, j in self.dense])

    @property
    def coverage_a(self) -> float:
        """Share of the first text's words that the second shares, 0 to 1."""
        return sum(self.marks_a) / len(self.a) if self.a else 0.0

    @property
    def coverage_b(self) -> float:
        return sum(self.marks_b) / len(self.b) if self.b else 0.0


def align(a: Sequence[str], b: Sequence[str]) -> Alignment:
    """Compare two sequences of words. Cost: about 0.3 ms for 800 words each; grows with the product of the lengths
    divided by 64."""
    size = block_size(a, b)
    blocks = tuple(_blocks(a, b, size))
    dense: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()
    if blocks or min(len(a), len(b)) < _SHORT:
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
    common = set(grams_a).intersection(grams_b)
    if not common:
        return []
    places: dict[tuple[str, ...], list[int]] = {}
    for at, gram in enumerate(grams_b):
        if gram in common:
            places.setdefault(gram, []).append(at)
    found: list[Block] = []
    end = 0
    for at, gram in enumerate(grams_a):
        if at >= end and gram in common:
            start, length = _longest(a, b, at, places[gram], size)
            found.append(Block(at, start, length))
            end = at + max(1, length - size + 1)
    return _merged(found)


def _grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` words."""
    return list(zip(*(words[shift:] for shift in range(size)), strict=False))


def _longest(a: Sequence[str], b: Sequence[str], at: int, starts: Sequence[int], size: int) -> tuple[int, int]:
    best_start, best = starts[0], 0
    for start in starts[:_PLACES]:
        length = size
        while at + length < len(a) and start + length < len(b) and a[at + length] == b[start + length]:
            length += 1
        if length > best:
            best_start, best = start, length
    return best_start, best


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Without blocks that lie wholly inside the one before."""
    kept: list[Block] = []
    for block in blocks:
        if kept and block.a + block.length <= kept[-1].a + kept[-1].length:
            continue
        kept.append(block)
    return kept


def _dense(a: Sequence[str], b: Sequence[str]) -> tuple[tuple[tuple[int, int], ...], tuple[Change, ...]]:
    """The longest common subsequence, where it is dense, and the changes inside of it."""
    pairs: list[tuple[int, int]] = []
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            pairs.extend(zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True))
    # The pairs are in order, so the fifth next one tells whether five lie within the window.
    ahead = [k - i <= _WINDOW and m - j <= _WINDOW for (i, j), (k, m) in zip(pairs, pairs[_WITHIN:], strict=False)]
    none = [False] * min(_WITHIN, len(pairs))
    dense = [pair for pair, to, back in zip(pairs, ahead + none, none + ahead, strict=True) if to or back]
    changes = [
        Change(i + 1, k, j + 1, m)
        for (i, j), (k, m) in pairwise(dense)
        if (k > i + 1 or m > j + 1) and k - i <= _WINDOW and m - j <= _WINDOW
    ]
    return tuple(dense), tuple(changes)


def _marks(length: int, runs: Sequence[tuple[int, int]], singles: Sequence[int]) -> bytearray:
    marks = bytearray(length)
    for start, width in runs:
        marks[start : start + width] = b"\1" * width
    for at in singles:
        marks[at] = 1
    return marks
