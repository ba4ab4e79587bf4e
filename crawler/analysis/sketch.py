"""What is kept of a seed article instead of its text: shingle hashes cut so short that the text cannot be rebuilt.

With full hashes of overlapping shingles anyone could rebuild a text word by word: guess the first four words,
then try each word of the language as the next. Here each hash is cut to so few bits that about one shingle in
eight is hit by chance: every step of such a guess has hundreds of wrong continuations, and the order of the
shingles is not kept. Copies are recognised all the same, because they hit many shingles in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log2
from typing import NamedTuple

from store.models import Seed

_SPARSITY = 8
"""One value in so many is taken, so that one strange shingle in about so many is hit by chance."""
_FEWEST_BITS = 8
_IN_A_ROW = 3
"""Hits in a row that count: by chance one place in 500 begins such a run."""
_BRIDGED = 5
"""Misses between two such runs that count as shared too: a changed word makes four shingles miss."""


class Overlap(NamedTuple):
    """What a new text and a seed share, each 0 to 1."""

    coverage_new: float
    coverage_seed: float


def sketch(hashes: Sequence[int], words: int) -> tuple[int, ...]:
    """The hashes of all shingles of a text of so many words, cut short, sorted, each once."""
    bits = _bits(words)
    return tuple(sorted({value & (1 << bits) - 1 for value in hashes}))


def overlap(hashes: Sequence[int], seed: Seed) -> Overlap:
    """How much of a new text (its shingles, full hashes in text order) stands in a seed, and of the seed in it."""
    if not hashes or not seed.shingles:
        return Overlap(0.0, 0.0)
    mask = (1 << _bits(seed.fingerprint.tokens)) - 1
    known = frozenset(seed.shingles)
    hits = [value & mask in known for value in hashes]
    covered = bytearray(len(hits))
    begin = end = 0
    for at in range(len(hits) + 1):
        if at == len(hits) or not hits[at]:
            if at - begin >= min(_IN_A_ROW, len(hits), len(known)):
                covered[begin:at] = b"\1" * (at - begin)
                if end and begin - end <= _BRIDGED:
                    covered[end:begin] = b"\2" * (begin - end)
                end = at
            begin = at + 1
    found = {value & mask for value, how in zip(hashes, covered, strict=True) if how == 1}
    runs, bridged = covered.count(1), covered.count(2)
    share = len(found) / len(known) * (1 + bridged / runs if runs else 1)
    return Overlap((runs + bridged) / len(hashes), min(1.0, share))


def _bits(words: int) -> int:
    return max(_FEWEST_BITS, ceil(log2(_SPARSITY * max(1, words))))
