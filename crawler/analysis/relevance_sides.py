"""Whether an article can have evidence of every side: this decides most articles before anything is weighed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from crawler.analysis.lexicon import BOTH, SELF, Lexicon
from crawler.analysis.matcher import Hit
from crawler.analysis.relevance_text import Sentence
from crawler.analysis.relevance_weights import Weights


def can_name_all(
    sentences: Sequence[Sentence], lexicon: Lexicon, *, prior: Collection[str], weights: Weights
) -> bool:
    """False only when a side has no term, no concept that implies it, and no source that stands for it.

    A source stands for its side only beside the other one: see `relevance_features`.
    """
    implied = weights.implied_concepts
    if not lexicon.telling_concepts.issuperset(chain(*implied.values())):
        return True
    named = [side for side in lexicon.sides if _named(side, implied.get(side, frozenset()), sentences, prior)]
    return all(side in named or (side in prior and named) for side in lexicon.sides)


def speaks_of_own(sentence: Sentence, prior: Collection[str]) -> bool:
    """Whether a sentence holds words that a source uses for its own side; whose they are is told by its context."""
    return bool(prior) and any(_own(hit, prior) for hit in sentence.hits)


def _named(side: str, implied: Collection[str], sentences: Iterable[Sentence], prior: Collection[str]) -> bool:
    return any(
        (hit.term.side in (side, BOTH) and (hit.term.kind != SELF or side in prior)) or hit.term.concept in implied
        for sentence in sentences
        for hit in sentence.hits
    )


def _own(hit: Hit, prior: Collection[str]) -> bool:
    return hit.term.kind == SELF and hit.term.side in prior
