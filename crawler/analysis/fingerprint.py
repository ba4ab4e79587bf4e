"""Fingerprints: a few stable hashes of a text's word runs, by which copies find each other among millions.

Shingles of 5 words (8 characters of scripts without spaces) are hashed to 48 bits; winnowing (Schleimer,
Wilkerson and Aiken, 2003) keeps the smallest of every 16 in a row, about one in eight, so that any shared run
of 20 words is found. Short texts are winnowed more finely: a hash that a long text kept is then found in a
short cut of it as well, because the smallest of 16 is the smallest of any fewer that hold it. The hash is our
own and its version is stored: hash functions of libraries changed their values between releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from hashlib import blake2b, sha256

from crawler.analysis.prepared import prepare
from store.models import Fingerprint

VERSION = 1
"""Raised whenever the same text would get other hashes (hash, shingles, folding, furniture)."""

BITS = 48
_SIZE, _SIZE_HAN = 5, 8
_VERIFY, _VERIFY_HAN = 4, 6
_WINDOW, _FINEST, _WINDOWS = 16, 4, 6
"""A text shorter than `_WINDOWS` windows gets smaller ones, `_FINEST` at the least."""

_PRIME = (1 << 61) - 1
_BASE = 0x1F0E_5D3C_2B7A_6981
_SPREAD = 0x9E37_79B9_7F4A_7C15
_WORD_MASK = (1 << 64) - 1


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text, page furniture left out. Cost: about 1 ms for 5 KB."""
    words = prepare(text).words
    hashes = _hashes(words, _SIZE_HAN if singles(words) else _SIZE)
    return Fingerprint(
        version=VERSION, hashes=tuple(_winnow(hashes)), tokens=len(words), digest=digest(words)
    )  # fmt: skip


def shingles(text: str) -> tuple[int, ...]:
    """Hashes (below 2**48) of all runs of 4 words (6 characters) of a text, in text order, furniture left out."""
    words = prepare(text).words
    return tuple(_hashes(words, _VERIFY_HAN if singles(words) else _VERIFY))


def digest(words: Sequence[str]) -> str:
    """SHA-256 of folded words: equal for texts that differ in case, punctuation and white space only."""
    return sha256(" ".join(words).encode()).hexdigest()


def singles(words: Sequence[str]) -> bool:
    """Whether most words are single characters of a script without spaces."""
    return 2 * sum(len(word) == 1 and not word.isascii() for word in words) > len(words)


def _hashes(words: Sequence[str], size: int) -> list[int]:
    """A polynomial over the words' hashes, mixed and cut to `BITS`. A text shorter than a shingle is one shingle."""
    if not words:
        return []
    values = [_word_hash(word) for word in words]
    size = min(size, len(values))
    total = reduce(lambda so_far, value: (so_far * _BASE + value) % _PRIME, values[:size], 0)
    sums = [total]
    highest = pow(_BASE, size - 1, _PRIME)
    for gone, come in zip(values, values[size:], strict=False):  # each shingle from the one before
        total = ((total - gone * highest) * _BASE + come) % _PRIME
        sums.append(total)
    return [((total * _SPREAD & _WORD_MASK) ^ (total >> 32)) >> (64 - BITS) & ((1 << BITS) - 1) for total in sums]


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) % _PRIME


def _winnow(hashes: Sequence[int]) -> list[int]:
    """The smallest hash of each window, the rightmost among equals, each place once, in text order."""
    window = max(_FINEST, min(_WINDOW, len(hashes) // _WINDOWS))
    kept: list[int] = []
    last = -1
    for begin in range(max(1, len(hashes) - window + 1)):
        end = min(begin + window, len(hashes))
        if last < begin:
            smallest = min(hashes[begin:end], default=None)
            if smallest is None:
                break
            last = max(at for at in range(begin, end) if hashes[at] == smallest)
            kept.append(smallest)
        elif hashes[end - 1] <= hashes[last]:
            last = end - 1
            kept.append(hashes[last])
    return kept
