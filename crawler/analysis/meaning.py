"""How much of what one text says another says too, in other words or in another language; no model, no network.

Each sentence becomes a set of what it is about: senses (see `senses.py`), numbers and days by value
(`figures.py`), concepts of a beat's lexicon where the caller gives them, and, in one language, the stems of the
words that are left (names, mostly). A retelling goes through the same things in much the same order; two
reports on one event, written independently, meet in a sentence or two. So sentences are paired in order, and
what the pairs share is weighed against what the shorter text says. A thing weighs less the more sentences of
the two texts hold it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crawler.analysis import senses
from crawler.analysis.figures import figures
from crawler.analysis.prepared import Prepared

_STEM = 6
"""Letters of a word that count: endings change with the grammar."""
_SHORTEST_NAME = 4
_NAME_WEIGHT = 0.8
_NUMBER_WEIGHT = 1.1
_UNSHARED_NAME = 0.4
"""What a word in no list weighs when only one text has it: a rewriter changes words that are in no list."""
_LEAST_ALIKE = 0.22
"""Sentences less alike than this are not a pair: about what two sentences on one subject reach by chance."""
_SENTENCES = 30
"""Sentences looked at: a rewrite shows itself long before, and the cost grows with their product."""
OPENING = 10
"""Sentences that are looked at first: texts whose openings have nothing in common are not compared further."""
_PERSIAN = frozenset("پچژگ")
_ARTICLE = re.compile("^[وف]?[بک]?(?:ال|لل)(?=.{4})")
_COMMON_NUMBERS = frozenset({"0", "1", "2", "3"})
_LATIN = frozenset({"en", "de", "fr", "es", "tr", "it", "pt", "id", "nl", "pl"})


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text says, sentence by sentence."""

    language: str
    sentences: tuple[frozenset[str], ...]
    spans: tuple[tuple[int, int], ...]
    """Where each sentence stands among the words of the prepared text."""


class Pair(NamedTuple):
    """Sentence `a` of one text and `b` of the other say the same; `gain` is the pair's part of the score."""

    a: int
    b: int
    gain: float


@dataclass(frozen=True, slots=True)
class Echo:
    """How far one text retells the other."""

    score: float
    """0 to 1: what paired sentences share, over what the shorter text says."""
    pairs: tuple[Pair, ...]
    """Paired sentences, in order; their gains add up to the score."""
    share_a: float
    """Share of the first text's sentences that have a pair."""
    share_b: float


@lru_cache(maxsize=64)
def gist(ready: Prepared, language: str, sentences: int = _SENTENCES) -> Gist:
    """What the first sentences of a text say.

    `language` is a BCP 47 base tag; one without word lists gives numbers and names only.
    """
    spans = ready.sentences[:sentences]
    said = _said(ready, language, spans[-1][1] if spans else 0)
    parts = [
        (frozenset(thing for at in range(begin, end) for thing in said.get(at, ())), (begin, end))
        for begin, end in spans
    ]
    parts = [(things, span) for things, span in parts if len(things) >= 2]
    return Gist(language, tuple(things for things, _ in parts), tuple(span for _, span in parts))


def language_of(tag: str, ready: Prepared) -> str:
    """The base tag of a language; for an undetermined one a guess by script, good enough to choose a word list."""
    base = tag.partition("-")[0].lower()
    if base not in ("", "und", "mul"):
        return base
    letters = Counter(_script(word[0]) for word in ready.words[:200])
    script = max(letters, key=lambda name: letters[name], default="latin")
    if script == "arabic":
        return "fa" if any(letter in _PERSIAN for word in ready.words[:200] for letter in word) else "ar"
    return {"han": "zh", "cyrillic": "ru"}.get(script, "en")


def quoted(side: Gist, marks: Sequence[int], share: float) -> frozenset[int]:
    """The sentences of which at least `share` of the words are marked as shared word for word."""
    return frozenset(
        at for at, (begin, end) in enumerate(side.spans) if sum(marks[begin:end]) >= share * (end - begin)
    )


def _script(letter: str) -> str:
    if "\u0600" <= letter <= "\u06ff":
        return "arabic"
    if "\u0400" <= letter <= "\u04ff":
        return "cyrillic"
    return "han" if "\u3400" <= letter <= "\u9fff" else "latin"


def _said(ready: Prepared, language: str, stop: int) -> dict[int, list[str]]:
    """What stands at each word up to `stop`: marked `s:` sense, `n:` number or day, `w:` stem of another word."""
    words = ready.words[:stop]
    said: dict[int, list[str]] = {}
    taken = bytearray(len(words))
    for figure in figures(words, ready.gaps, language):
        taken[figure.start : figure.start + figure.width] = b"\1" * figure.width
        if figure.value not in _COMMON_NUMBERS:
            said.setdefault(figure.start, []).append(f"n:{figure.value}")
    for found in senses.find(words, language):
        taken[found.start : found.start + found.width] = b"\1" * found.width
        said.setdefault(found.start, []).append(f"s:{found.sense}")
    for at in range(len(words)):
        if not taken[at]:
            found_stem = stem(words, at, language)
            if found_stem:
                said.setdefault(at, []).append(f"w:{found_stem}")
    return said


def stem(words: Sequence[str], at: int, language: str = "") -> str:
    """What counts of the word at `at`: its first letters, or two characters of Chinese; empty when nothing does.

    In Arabic without the particles and the article that are joined to it.
    """
    word = words[at]
    if language == "ar":
        word = _ARTICLE.sub("", word)
    if len(word) >= _SHORTEST_NAME:
        return word[:_STEM]
    if len(word) == 1 and not word.isascii() and at + 1 < len(words) and len(words[at + 1]) == 1:
        return word + words[at + 1]
    return ""


def echo(a: Gist, b: Gist) -> Echo:
    """How far two texts retell each other. Cost: grows with the product of their numbers of sentences."""
    with_names = a.language == b.language or {a.language, b.language} <= _LATIN
    first, second = (_things(side, with_names) for side in (a, b))
    if not first or not second:
        return Echo(0.0, (), 0.0, 0.0)
    held = Counter(thing for sentence in (*first, *second) for thing in sentence)
    weights = {thing: _weight(thing, count, len(first) + len(second)) for thing, count in held.items()}
    unshared = _UNSHARED_NAME if a.language == b.language else 0.0
    mass_a = [_mass(sentence, weights, unshared) for sentence in first]
    mass_b = [_mass(sentence, weights, unshared) for sentence in second]
    gains = [
        [_gain(s, t, weights, mass_a[i] + mass_b[j]) * min(mass_a[i], mass_b[j]) for j, t in enumerate(second)]
        for i, s in enumerate(first)
    ]
    smaller = min(sum(mass_a), sum(mass_b))
    if not smaller:
        return Echo(0.0, (), 0.0, 0.0)
    pairs = tuple(Pair(i, j, gains[i][j] / smaller) for i, j in _best_order(gains))
    return Echo(min(1.0, sum(pair.gain for pair in pairs)), pairs, len(pairs) / len(first), len(pairs) / len(second))


def figures_agree(a: Gist, b: Gist, pairs: Sequence[Pair]) -> tuple[int, int]:
    """How many numbers and days paired sentences have in common, and how many they could have."""
    agreed = possible = 0
    for pair in pairs:
        first, second = (
            {thing for thing in s if thing[0] == "n"} for s in (a.sentences[pair.a], b.sentences[pair.b])
        )
        agreed += len(first & second)
        possible += min(len(first), len(second))
    return agreed, possible


def _things(side: Gist, with_names: bool) -> list[frozenset[str]]:
    if with_names:
        return list(side.sentences)
    return [frozenset(thing for thing in sentence if thing[0] != "w") for sentence in side.sentences]


def _weight(thing: str, count: int, sentences: int) -> float:
    rarity = math.log(1 + sentences / max(2, count))
    if thing[0] == "w":
        return rarity * _NAME_WEIGHT
    return rarity * (_NUMBER_WEIGHT if thing[0] == "n" else senses.weight(thing[2:]))


def _mass(sentence: frozenset[str], weights: dict[str, float], unshared: float) -> float:
    return sum(weights[thing] * (unshared if thing[0] == "w" else 1.0) for thing in sentence)


def _gain(s: frozenset[str], t: frozenset[str], weights: dict[str, float], mass: float) -> float:
    """How alike two sentences are above chance, 0 to 1."""
    shared = s & t
    if len(shared) < 2 or not mass:
        return 0.0
    return max(0.0, min(1.0, 2 * sum(weights[thing] for thing in shared) / mass) - _LEAST_ALIKE) / (1 - _LEAST_ALIKE)


def _best_order(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairing of most gain in which neither text goes back (a longest common subsequence with weights)."""
    rows, columns = len(gains), len(gains[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows):
        for j in range(columns):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + gains[i][j])
    pairs: list[tuple[int, int]] = []
    i, j = rows, columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
