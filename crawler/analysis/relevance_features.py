"""What a text is measured by: a few numbers between 0 and 1 that a person can check against the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from crawler.analysis.lexicon import ASIDE, BOTH, STRENGTHS
from crawler.analysis.relevance_mentions import LIST, Mention, Reading
from crawler.analysis.relevance_text import Zone
from crawler.analysis.relevance_weights import Implied, Weights

_LONG_LIST = LIST + 1
_NEAR = 60.0
"""Characters between two sides at which being near counts half."""
_PRIOR_STRENGTH = 0.5
_PRIOR_LINKS = 2
"""Kinds of link words a sentence must hold for the source to stand for its own side, when no other state is named."""
_PROGRAMME_STRENGTH = 0.7
_ASIDE = STRENGTHS[ASIDE]
_TITLE_GENRE, _LEAD_GENRE = 0.85, 0.5
"""How much of a genre one clear word makes in the headline and in the lead; the body counts by its share."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of a text, and the sentence that says most."""

    values: dict[str, float]
    """Empty when a side is not there."""
    strengths: dict[str, float]
    """By side the strongest evidence anywhere: 0.0 for a side that the text does not name."""
    best: Reading | None
    added: dict[str, str] = field(default_factory=dict)
    """Sides that a sentence leaves out, with what stands for them: `prior`, `programme` or a concept."""


@dataclass(frozen=True, slots=True)
class _Stand:
    """What stands for a side that a sentence leaves out."""

    strength: float
    why: str
    where: frozenset[int]
    """Numbers of the sentences."""


@dataclass(frozen=True, slots=True)
class _Together:
    """One sentence's relation of the two sides."""

    reading: Reading
    sides: tuple[float, float]
    """Strength of each side, in lists or not."""
    free: tuple[float, float]
    """Strength of each side outside of lists."""

    @property
    def zone(self) -> Zone:
        return self.reading.sentence.zone

    @property
    def score(self) -> float:
        """Strength of the weaker side outside of lists; 0.0 when one is not there."""
        return min(self.free)

    @property
    def listed(self) -> int:
        """States of the list without which the sentence would not have both sides; else 0."""
        return self.reading.longest_list if min(self.sides) > self.score else 0

    @property
    def paired(self) -> bool:
        return any(m.paired and not m.listed for m in self.reading.mentions)

    @property
    def near(self) -> float:
        """1 when the sides stand side by side, one half at 60 characters, towards 0 far apart; 0 without both."""
        if not self.score:
            return 0.0
        free = [m for m in self.reading.mentions if not m.listed]
        gaps = [_gap(a, b) for a, b in combinations(free, 2) if a.side != b.side]
        return _NEAR / (_NEAR + min(gaps)) if gaps else 0.5


def _gap(a: Mention, b: Mention) -> int:
    return max(0, max(a.start, b.start) - min(a.end, b.end))


def measure(readings: Sequence[Reading], sides: Sequence[str], *, prior: Iterable[str], weights: Weights) -> Evidence:
    """The features of an article. Sides that a sentence does not name may be stood for: see `_stands`."""
    stands = _stands(readings, sides, frozenset(prior), weights)
    sentences = [
        _together(number, reading, sides, stands)
        for number, reading in enumerate(readings)
        if reading.mentions or reading.sentence.zone is not Zone.BODY
    ]
    strengths = {side: max((s.sides[n] for s in sentences), default=0.0) for n, side in enumerate(sides)}
    whys = {side: stand.why for side, stand in stands.items()}
    values = _values(readings, sentences, stands, weights) if all(strengths.values()) else {}
    if values:
        values["weak"] = 1.0 - min(strengths.values())
    return Evidence(values, strengths, _best(sentences), whys)


def _values(
    readings: Sequence[Reading], sentences: Sequence[_Together], stands: dict[str, _Stand], weights: Weights
) -> dict[str, float]:
    top = [s for s in sentences if s.zone is not Zone.BODY]
    body = sum(r.sentence.zone is Zone.BODY for r in readings)
    whys = {stand.why: stand.strength for stand in stands.values()}
    return {
        **_placed(top),
        **_surroundings(top, weights),
        **_body([s for s in sentences if s.zone is Zone.BODY], body),
        **_genres(readings, weights, body),
        "prior": float("prior" in whys),
        "implied": max((s for why, s in whys.items() if why not in ("prior", "programme")), default=0.0),
        "programme": float(any(_programme(s.reading) for s in top)),
    }


def _stands(
    readings: Sequence[Reading], sides: Sequence[str], prior: frozenset[str], weights: Weights
) -> dict[str, _Stand]:
    """What stands for a side in sentences that name only the other one, the strongest there is."""
    found: dict[str, _Stand] = {}
    spoken = [(n, r) for n, r in enumerate(readings) if r.mentions]
    for side in sides:
        rest = [other for other in sides if other != side]
        open_to = [n for n, r in spoken if not r.of(side) and all(r.of(other) for other in rest)]
        named = any(r.of(side) for _, r in spoken)
        for strength, why, holds in _stand_ins(side, prior, weights, named=named):
            where = frozenset(n for n in open_to if holds(readings[n]))
            if where:
                found[side] = _Stand(strength, why, where)
                break
    return found


def _stand_ins(
    side: str, prior: frozenset[str], weights: Weights, *, named: bool
) -> Iterable[tuple[float, str, Callable[[Reading], bool]]]:
    """A programme of the pair, a concept that implies the side, the source if the text never names the side."""
    yield _PROGRAMME_STRENGTH, "programme", _programme
    for rule in weights.implied:
        if rule.side == side and (named or not rule.named):
            yield rule.strength, rule.concept, _implies(rule)
    if side in prior and not named:
        links = weights.prior_links
        yield _PRIOR_STRENGTH, "prior", lambda r: not r.others and len(links & r.context.keys()) >= _PRIOR_LINKS


def _programme(reading: Reading) -> bool:
    """Whether a programme of the pair is named that is no proof by itself."""
    return any(h.term.side == BOTH and h.term.strength == "strong" for h in reading.sentence.hits)


def _implies(rule: Implied) -> Callable[[Reading], bool]:
    def holds(reading: Reading) -> bool:
        speaks = any(hit.term.concept == rule.concept for hit in reading.sentence.hits)
        return speaks and (not rule.links or not rule.links.isdisjoint(reading.context))

    return holds


def _together(number: int, reading: Reading, sides: Sequence[str], stands: dict[str, _Stand]) -> _Together:
    strengths, free = [], []
    for side in sides:
        stand = stands.get(side)
        instead = stand.strength if stand and number in stand.where else 0.0
        strengths.append(max(instead, reading.of(side)))
        free.append(max(instead, reading.of(side, listed=False)))
    return _Together(reading, (strengths[0], strengths[1]), (free[0], free[1]))


def _placed(top: Sequence[_Together]) -> dict[str, float]:
    """Where both sides stand together, near the top of the article."""
    title = max((s.score for s in top if s.zone is Zone.TITLE), default=0.0)
    lead = max((s.score for s in top if s.zone is Zone.LEAD), default=0.0)
    together = max(title, lead)
    apart = 0.0 if together else _apart(top)
    lists = [s.listed for s in top if s.listed] if not together else []
    return {
        "title_both": title,
        "lead_both": lead,
        "cross": apart,
        "pair": float(any(s.paired for s in top)),
        "near": max((s.near * s.score for s in top), default=0.0),
        "short_list": float(bool(lists) and min(lists) < _LONG_LIST),
        "long_list": float(bool(lists) and min(lists) >= _LONG_LIST),
        "body_only": float(not together and not apart and not lists),
        "aside": float(any(0.0 < max((s.sides[n] for s in top), default=0.0) <= _ASIDE for n in (0, 1))),
    }


def _apart(top: Sequence[_Together]) -> float:
    """Strength of the weaker side when headline and lead name both, each in a sentence of its own."""
    return min(max((s.free[n] for s in top), default=0.0) for n in (0, 1))


def _apart_but_linked(top: Sequence[_Together], weights: Weights) -> float:
    """The same, when the sentence of each side holds a word that relates it to another."""
    if any(s.score for s in top):
        return 0.0
    return _apart([s for s in top if not s.reading.context.keys().isdisjoint(weights.links)])


def _surroundings(top: Sequence[_Together], weights: Weights) -> dict[str, float]:
    """What else the sentences of both sides hold, at the top: words that relate them, other states."""
    related = [s.reading for s in top if s.score or s.listed] or ([s.reading for s in top] if _apart(top) else [])
    linked = {link: sum(r.context.get(link, 0.0) for r in related) for link in weights.links}
    in_title = related and any(s.zone is Zone.TITLE and not linked.keys().isdisjoint(s.reading.context) for s in top)
    others = len(frozenset[str]().union(*(r.others for r in related)))
    return {
        **{f"link:{link}": amount / (amount + 1.0) for link, amount in linked.items()},
        "link_title": float(bool(in_title)),
        "cross_linked": _apart_but_linked(top, weights),
        "unlinked": float(bool(related) and not any(linked.values())),
        "others": others / (others + 2.0),
    }


def _body(body: Sequence[_Together], length: int) -> dict[str, float]:
    """How much of the rest of the article, of `length` sentences, is about both."""
    both = sum(s.score for s in body)
    named = min(sum(bool(s.sides[n]) for s in body) for n in (0, 1))
    return {"body_both": both / (both + 2.0), "body_share": min(1.0, 4.0 * named / length) if body else 0.0}


def _genres(readings: Sequence[Reading], weights: Weights, length: int) -> dict[str, float]:
    """How much a text is of each genre that names states without relating them; its first line is its headline."""
    worth = {Zone.TITLE: _TITLE_GENRE, Zone.LEAD: _LEAD_GENRE, Zone.BODY: 1.0 / max(1, length)}
    amounts = dict.fromkeys(weights.genres, 0.0)
    for number, reading in enumerate(readings):
        if not reading.context:
            continue
        zone = Zone.TITLE if number == 0 else reading.sentence.zone
        for genre in amounts.keys() & reading.context.keys():
            spoken = reading.context[genre]
            amounts[genre] += worth[zone] * (min(1.0, spoken) if zone is Zone.BODY else spoken)
    return {f"genre:{genre}": min(1.0, amount) for genre, amount in amounts.items()}


_ZONE_VALUE = {Zone.TITLE: 0.3, Zone.LEAD: 0.15, Zone.BODY: 0.0}


def _best(sentences: Sequence[_Together]) -> Reading | None:
    """The sentence that says most: both sides, near each other, early; else the first that names a side."""
    if not sentences:
        return None
    best = max(sentences, key=lambda s: s.score and s.score + s.near + _ZONE_VALUE[s.zone])
    if best.score:
        return best.reading
    return next((s.reading for s in sentences if s.reading.mentions), None)
