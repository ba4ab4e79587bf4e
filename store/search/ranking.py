"""How search results are ordered. Pure.

    score = Σ idf(g) · f · (k + 1) / (f + k · (1 − b + b · length / mean length))
            × (0.7 + 0.3 · 2^(−age / half-life))

over the groups g of the query: BM25F (S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and
beyond", 2009), where f counts a hit in the headline `TITLE` times, in the lead `LEAD` times. Age takes at most 30 %:
an old article that has the words in its headline stays before a new one that mentions them once.

FTS5's own bm25() is not used: to learn how many articles hold a word it reads all of them, for each word and each
search, and it does not know that the forms of a word, or a concept's terms, are one thing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TITLE = 5.0
LEAD = 2.0
K = 3.0
"""How soon further hits count less. Above BM25's usual 1.2, because f is weighted: with that a hit in the headline
was worth 1.3 in the lead and 1.8 in the text, now 1.6 and 2.5."""
B = 0.75
"""How far long texts are held back; BM25's usual value."""
AGEING = 0.3
"""The part of a score that ages."""
HALF_LIFE = 30.0
"""Days in which the part of a score that ages is halved."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in one article: hits by group in each zone, and its length in characters."""

    title: Mapping[int, int]
    lead: Mapping[int, int]
    text: Mapping[int, int]
    length: int
    age: float
    """Days."""


def idf(articles: int, of: int) -> float:
    """The weight of a group that `of` so many articles hold; always positive."""
    return math.log(1.0 + (max(articles, of) - of + 0.5) / (of + 0.5))


def scores(found: Sequence[Counted], weights: Mapping[int, float]) -> list[float]:
    """The score of each article; `weights` gives each group's idf."""
    mean = sum(one.length for one in found) / len(found) if found else 1.0
    return [_score(one, weights, mean or 1.0) for one in found]


def freshness(age: float) -> float:
    """1 for an article of today, towards 0.7 for an old one. `age` in days."""
    return 1.0 - AGEING + AGEING * math.exp2(-max(age, 0.0) / HALF_LIFE)


def _score(one: Counted, weights: Mapping[int, float], mean: float) -> float:
    norm = K * (1.0 - B + B * one.length / mean)
    total = 0.0
    for group, weight in weights.items():
        often = TITLE * one.title.get(group, 0) + LEAD * one.lead.get(group, 0) + one.text.get(group, 0)
        total += weight * often * (K + 1.0) / (often + norm)
    return total * freshness(one.age)
