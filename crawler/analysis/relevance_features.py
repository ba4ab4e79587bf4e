"""What a text is measured by: a few numbers between 0 and 1 that a person can check against the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from crawler.analysis.lexicon import BOTH
from crawler.analysis.relevance_mentions import LIST, Mention, Reading
from crawler.analysis.relevance_text import Zone
from crawler.analysis.relevance_weights import Weights

_LONG_LIST = LIST + 1
_NEAR = 60.0
"""Characters between two sides at which being near counts half."""
_PRIOR_STRENGTH = 0.5
_IMPLIED_STRENGTH = 0.6
_PROGRAMME_STRENGTH = 0.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of a text, and the sentence that says most."""

    values: dict[str, float]
    strengths: dict[str, float]
    """By side the strongest evidence anywhere: 0.0 for a side that the text does not name."""
    best: Reading | None
    others: frozenset[str] = frozenset()
    added: dict[str, str] = field(default_factory=dict)
    """Sides that the text leaves out, with what stands for them: `prior`, or a concept."""


@dataclass(slots=True)
class _Pair:
    """One sentence's relation of the two sides."""

    reading: Reading
    score: float
    """Strength of the weaker side outside of lists; 0.0 when a side is not there."""
    listed: int
    """States of the list that holds a side without which the sentence would have only one; else 0."""
    near: float
    paired: bool


def measure(readings: Sequence[Reading], sides: Sequence[str], *, prior: Iterable[str], weights: Weights) -> Evidence:
    """The features of an article. Sides that it does not name are given by the prior or an implying concept."""
    first, second = sides
    readings = list(readings)
    added = _added(readings, sides, frozenset(prior), weights)
    top = [r for r in readings if r.sentence.zone is not Zone.BODY]
    body = [r for r in readings if r.sentence.zone is Zone.BODY]
    strengths = {side: max((r.of(side) for r in readings), default=0.0) for side in sides}
    for side, (strength, _, _) in added.items():
        strengths[side] = max(strengths[side], strength)
    pairs = [_pair(r, first, second, added) for r in readings]
    return Evidence(
        values={
            **_placed(pairs, top, sides, added),
            **_surroundings(top, pairs, weights),
            **_body(pairs, body, sides),
            **_genres(readings, weights),
            "prior": float(any(why == "prior" for _, why, _ in added.values())),
            "implied": float(any(why not in ("prior", "programme") for _, why, _ in added.values())),
            "programme": _programme(top),
            "weak": 1.0 - min(strengths.values()),
        },
        strengths=strengths,
        best=_best(pairs, readings),
        others=frozenset().union(*(r.others for r in readings)) if readings else frozenset(),
        added={side: why for side, (_, why, _) in added.items()},
    )


_Added = dict[str, tuple[float, str, frozenset[int]]]


def _added(readings: Sequence[Reading], sides: Sequence[str], prior: frozenset[str], weights: Weights) -> _Added:
    """For a side that no sentence names: how strongly something stands for it, what, and in which sentences."""
    found: _Added = {}
    for side in sides:
        if any(r.of(side) for r in readings):
            continue
        rest = [other for other in sides if other != side]
        for strength, why, holds in _stand_ins(side, rest, prior, weights):
            where = frozenset(n for n, r in enumerate(readings) if all(r.of(o) for o in rest) and holds(r))
            if where:
                found[side] = (strength, why, frozenset(id(readings[n]) for n in where))
                break
    return found


def _stand_ins(
    side: str, rest: Sequence[str], prior: frozenset[str], weights: Weights
) -> Iterable[tuple[float, str, Callable[[Reading], bool]]]:
    """What may stand for a side, strongest first: a programme of the pair, an implying concept, the source."""
    yield _PROGRAMME_STRENGTH, "programme", lambda r: bool(_programme([r]))
    for rule in weights.implied:
        if rule.side == side:
            yield (
                _IMPLIED_STRENGTH,
                rule.concept,
                lambda r, rule=rule: (  # type: ignore[misc]
                    rule.concept in r.context and not rule.links.isdisjoint(r.context)
                ),
            )
    if side in prior:
        yield _PRIOR_STRENGTH, "prior", lambda r: not r.others and not weights.links.isdisjoint(r.context)


def _programme(readings: Iterable[Reading]) -> float:
    """Whether a programme of the pair is named that is no proof by itself."""
    return float(any(h.term.side == BOTH and h.term.strength == "strong" for r in readings for h in r.sentence.hits))


def _pair(reading: Reading, first: str, second: str, added: _Added) -> _Pair:
    a, b = (_of(reading, side, added) for side in (first, second))
    free_a, free_b = (_of(reading, side, added, free=True) for side in (first, second))
    score = min(free_a, free_b)
    listed = reading.longest_list if min(a, b) > score else 0
    return _Pair(
        reading, score, listed, _nearness(reading, first, second) if score else 0.0,
        any(m.paired and not m.listed for m in reading.mentions),
    )  # fmt: skip


def _of(reading: Reading, side: str, added: _Added, *, free: bool = False) -> float:
    if side in added:
        strength, _, where = added[side]
        return strength if id(reading) in where else 0.0
    return reading.of(side, listed=False if free else None)


def _nearness(reading: Reading, first: str, second: str) -> float:
    """1 when the sides stand side by side, one half at 60 characters, towards 0 far apart."""
    gaps = [
        max(0, max(a.start, b.start) - min(a.end, b.end))
        for a, b in product(_free(reading.mentions, first), _free(reading.mentions, second))
    ]
    return _NEAR / (_NEAR + min(gaps)) if gaps else 0.5


def _free(mentions: Iterable[Mention], side: str) -> list[Mention]:
    return [m for m in mentions if m.side == side and not m.listed]


def _placed(pairs: Sequence[_Pair], top: Sequence[Reading], sides: Sequence[str], added: _Added) -> dict[str, float]:
    """Where both sides stand together, near the top of the article."""
    title = [p for p in pairs if p.reading.sentence.zone is Zone.TITLE]
    lead = [p for p in pairs if p.reading.sentence.zone is Zone.LEAD]
    ahead = title + lead
    title_both = max((p.score for p in title), default=0.0)
    lead_both = max((p.score for p in lead), default=0.0)
    apart = min(max((_of(r, side, added, free=True) for r in top), default=0.0) for side in sides)
    together = max(title_both, lead_both)
    lists = [p.listed for p in ahead if p.listed] if not together else []
    return {
        "title_both": title_both,
        "lead_both": lead_both,
        "cross": apart if not together else 0.0,
        "pair": float(any(p.paired for p in ahead)),
        "near": max((p.near * p.score for p in ahead), default=0.0),
        "short_list": float(bool(lists) and min(lists) < _LONG_LIST),
        "long_list": float(bool(lists) and min(lists) >= _LONG_LIST),
    }


def _surroundings(top: Sequence[Reading], pairs: Sequence[_Pair], weights: Weights) -> dict[str, float]:
    """What else the sentences of the two sides hold: words that relate them, joint acts, other states."""
    related = [p.reading for p in pairs if p.reading.sentence.zone is not Zone.BODY and (p.score or p.listed)] or top
    links = sum(n for r in related for concept, n in r.context.items() if concept in weights.links)
    in_title = sum(
        n for r in top if r.sentence.zone is Zone.TITLE for c, n in r.context.items() if c in weights.links
    )
    others = len(frozenset().union(*(r.others for r in related))) if related else 0
    return {
        "link": links / (links + 1.0),
        "link_title": float(bool(in_title)),
        "joint": float(any(weights.joint in r.context for r in related)),
        "others": others / (others + 2.0),
    }


def _body(pairs: Sequence[_Pair], body: Sequence[Reading], sides: Sequence[str]) -> dict[str, float]:
    """How much of the rest of the article is about both."""
    both = sum(p.score for p in pairs if p.reading.sentence.zone is Zone.BODY)
    named = min(sum(bool(r.of(side)) for r in body) for side in sides)
    return {"body_both": both / (both + 2.0), "body_share": min(1.0, 4.0 * named / len(body)) if body else 0.0}


def _genres(readings: Sequence[Reading], weights: Weights) -> dict[str, float]:
    """How much a text is of a genre that names states without relating them: headline, lead, share of the body."""
    body = sum(r.sentence.zone is Zone.BODY for r in readings)
    values = {}
    for genre in weights.genres:
        counts = dict.fromkeys(Zone, 0)
        speaking = 0
        for r in readings:
            n = r.context.get(genre, 0)
            counts[r.sentence.zone] += n
            speaking += bool(n) and r.sentence.zone is Zone.BODY
        share = speaking / body if body else 0.0
        values[f"genre:{genre}"] = min(
            1.0, 0.5 * min(counts[Zone.TITLE], 2) + 0.4 * min(counts[Zone.LEAD], 3) + share
        )
    return values


_ZONE_VALUE = {Zone.TITLE: 0.3, Zone.LEAD: 0.15, Zone.BODY: 0.0}


def _best(pairs: Sequence[_Pair], readings: Sequence[Reading]) -> Reading | None:
    """The sentence that says most: both sides, near each other, early; else the first that names a side."""
    if not pairs:
        return None
    best = max(pairs, key=lambda p: p.score and p.score + p.near + _ZONE_VALUE[p.reading.sentence.zone])
    if best.score:
        return best.reading
    return next((r for r in readings if r.mentions), None)
