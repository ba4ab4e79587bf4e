"""How far an article concerns the beat: one score from features that can be checked, and the reasons in words.

The score is the logistic function of a weighted sum (see `relevance_features` for what is measured). Its weights are
data (`relevance.toml`), learned by `python -m crawler.evaluate.train` on labelled items; every verdict names the
features that decided it, the matched terms with their offsets, and the sentence that says most.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from datetime import datetime

from crawler.analysis.lexicon import BOTH, SELF, Lexicon
from crawler.analysis.relevance_features import Evidence, measure
from crawler.analysis.relevance_mentions import Reading, read
from crawler.analysis.relevance_sides import can_name_all, speaks_of_own
from crawler.analysis.relevance_text import sentences, with_context
from crawler.analysis.relevance_weights import Weights
from store.models import Label, Measured, Relevance, TermMatch

__all__ = ["Weights", "evidence", "judge", "measuring", "version", "weigh"]

MOST_MATCHES = 40
"""Matches kept with a verdict: enough to highlight, and a long article has hundreds."""
_TOLD = 3


def judge(
    title: str, text: str, *, language: str, lexicon: Lexicon, weights: Weights,
    prior_sides: frozenset[str] = frozenset(), published: datetime | None = None,
) -> Relevance:  # fmt: skip
    """Judge an article, or a headline with its first lines; either may be empty.

    Args:
        title: the headline as printed.
        text: the body, paragraphs parted by newlines.
        language: its BCP 47 base tag; terms that are common words elsewhere count in their own language only.
        lexicon: the vocabulary of the beat, of exactly two sides.
        weights: the numbers of the beat.
        prior_sides: sides that the source writes about without naming them.
        published: tells who was in office.
    """
    readings = read_article(
        title, text, language=language, lexicon=lexicon, weights=weights, prior=prior_sides, published=published
    )
    found = measure(readings, lexicon.sides, prior=prior_sides, weights=weights)
    score = _score(found, weights)
    label = _label(score, found, weights)
    return Relevance(
        score=round(score, 4),
        label=label,
        matches=_matches(readings, prior_sides),
        evidence=found.best.sentence.text if found.best else "",
        why=_why(found, label, weights),
        version=version(weights, lexicon),
        measured=_measured(found, weights, lexicon),
    )


def version(weights: Weights, lexicon: Lexicon) -> str:
    """Names weights, thresholds and vocabulary: `1-3f20c6aa+9d5e0b1c7f44`. Equal ones judge every text alike."""
    return f"{weights.version}-{weights.identity}+{lexicon.version}"


def weigh(measured: Measured, *, lexicon: Lexicon, weights: Weights) -> Relevance | None:
    """Judge a text anew by what was measured of it: score, label and reasons, without matches and evidence.

    None when it was measured by another vocabulary or in another way: then the text is needed.
    """
    if measured.rules != measuring(weights, lexicon):
        return None
    found = Evidence(dict(measured.values), dict(measured.strengths), None, dict(measured.added))
    score = _score(found, weights)
    label = _label(score, found, weights)
    return Relevance(
        score=round(score, 4), label=label, why=_why(found, label, weights), version=version(weights, lexicon),
        measured=measured,
    )  # fmt: skip


def measuring(weights: Weights, lexicon: Lexicon) -> str:
    """Names the vocabulary and the ways of measuring, whatever is made of the measures."""
    return f"{weights.measuring}+{lexicon.version}"


def _measured(found: Evidence, weights: Weights, lexicon: Lexicon) -> Measured:
    both = all(found.strengths.values())
    return Measured(
        rules=measuring(weights, lexicon),
        strengths={side: round(value, 4) for side, value in found.strengths.items()},
        values={name: round(value, 5) for name, value in found.values.items() if value} if both else {},
        added=dict(found.added),
    )


def read_article(
    title: str, text: str, *, language: str, lexicon: Lexicon, weights: Weights, prior: Collection[str] = (),
    published: datetime | None = None,
) -> list[Reading]:  # fmt: skip
    """The sentences of an article as evidence.

    Links, genres and third states are looked for only when the article can have evidence of every side: most articles
    stop before that.
    """
    day = published.date() if published else None
    found = sentences(title, text, language=language, lexicon=lexicon)
    whole = can_name_all(found, lexicon, prior=prior, weights=weights)
    return [
        read(
            with_context(s, language=language, lexicon=lexicon) if whole or speaks_of_own(s, prior) else s,
            lexicon.sides, prior=prior, joiners=weights.joiners, day=day,
        )
        for s in found
    ]  # fmt: skip


def evidence(
    title: str, text: str, *, language: str, lexicon: Lexicon, weights: Weights,
    prior_sides: frozenset[str] = frozenset(), published: datetime | None = None,
) -> Evidence:  # fmt: skip
    """The features of an article, as training reads them."""
    readings = read_article(
        title, text, language=language, lexicon=lexicon, weights=weights, prior=prior_sides, published=published
    )
    return measure(readings, lexicon.sides, prior=prior_sides, weights=weights)


def _score(found: Evidence, weights: Weights) -> float:
    """0 to 1. A text that names one side only cannot reach the beat, however strongly it does."""
    if not all(found.strengths.values()):
        return weights.one_sided * max(found.strengths.values(), default=0.0)
    total = weights.bias + sum(weights.weights[name] * value for name, value in found.values.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _label(score: float, found: Evidence, weights: Weights) -> Label:
    if score >= weights.central:
        return Label.CENTRAL
    if score >= weights.substantial:
        return Label.SUBSTANTIAL
    return Label.NEAR_MISS if score >= weights.near_miss else Label.OFF_TOPIC


def _matches(readings: Iterable[Reading], prior: frozenset[str]) -> tuple[TermMatch, ...]:
    """The terms of a side or of the pair, in reading order; words of genre and link are told in `why`."""
    found: list[TermMatch] = []
    for reading in readings:
        if not reading.mentions and not any(h.term.side == BOTH for h in reading.sentence.hits):
            continue
        for hit in sorted(reading.sentence.hits, key=lambda h: (h.start, -h.end)):
            term = hit.term
            own_side = term.kind != SELF or term.side in prior
            if own_side and (term.side == BOTH or any(m.side == term.side for m in reading.mentions)):
                found.append(reading.sentence.match(hit))
                if len(found) == MOST_MATCHES:
                    return tuple(found)
    return tuple(found)


def _why(found: Evidence, label: Label, weights: Weights) -> str:
    """One plain sentence: what counted for it, and what against."""
    missing = [side for side, strength in found.strengths.items() if not strength]
    if missing:
        named = [side for side in found.strengths if side not in missing]
        return f"Names {' and '.join(named)} only." if named else "Names neither side."
    parts = sorted(
        ((weights.weights[name] * value, name) for name, value in found.values.items() if value), reverse=True
    )
    for_it = [weights.reasons[name] for part, name in parts if part > 0 and name in weights.reasons][:_TOLD]
    against = [weights.reasons[name] for part, name in reversed(parts) if part < 0 and name in weights.reasons][
        :_TOLD
    ]
    stand_ins = [f"{side} through the {why}" for side, why in found.added.items()]
    sentence = "; ".join((*for_it, *stand_ins)) or "both sides named, nothing relates them"
    if against:
        sentence += f"; but {', '.join(against)}"
    return f"{sentence[0].upper()}{sentence[1:]}."
