"""What a sentence says of each side: mentions with their strength, and lists of states, which relate nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from crawler.analysis.lexicon import ASIDE, BOTH, CONTEXT, SELF, STRENGTHS
from crawler.analysis.matcher import Hit, joined
from crawler.analysis.relevance_text import Sentence

STATE = "state"
"""Class of terms for states that are no side of the beat."""
PERSON = "person"
_NAMED = frozenset({"country", "capital", "bilateral", "programme"})
"""Classes whose terms stand for a state in a list of states; persons and companies do not."""

LIST = 3
"""States in a row that make a list: in such company a side is named, not spoken of."""
_FORMER = {"anchor": "strong", "strong": "weak", "aside": "aside", "weak": "weak"}
_LONGEST_JOINT = 24
_LONGEST_ENDING = 6
_WORD = re.compile(r"[^\s,、·/&'+-]+")


class Mention(NamedTuple):
    """A side at one place of a sentence. `listed` counts the states of the list it stands in, 0 outside of lists."""

    side: str
    start: int
    end: int
    strength: float
    named: bool
    """Whether the state itself is named, not a person, a place or a company of it."""
    paired: bool = False
    """Whether both sides are named in one phrase."""
    listed: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as evidence."""

    sentence: Sentence
    mentions: tuple[Mention, ...] = ()
    others: frozenset[str] = frozenset()
    """Further states that are named."""
    context: Mapping[str, float] = field(default_factory=dict)
    """Concepts of genres and links, with how many places speak of them; a common word counts less than a clear
    one."""

    def of(self, side: str, *, listed: bool | None = None) -> float:
        """The strongest mention of a side, 0.0 when there is none; only in or only outside of lists if asked."""
        best = 0.0
        for m in self.mentions:
            if m.side == side and m.strength > best and (listed is None or bool(m.listed) == listed):
                best = m.strength
        return best

    @property
    def longest_list(self) -> int:
        return max((m.listed for m in self.mentions), default=0)


_NOTHING: Mapping[str, float] = {}


def read(
    sentence: Sentence, sides: Sequence[str], *, prior: Collection[str], joiners: Collection[str], day: date | None
) -> Reading:
    """Weigh a sentence. `joiners` are the words that join a list; `day` tells who is in office."""
    if not sentence.hits:
        return Reading(sentence, context=_NOTHING)
    hits = sorted(sentence.hits, key=lambda h: (h.start, -h.end))
    told = [h for h in hits if h.term.side != CONTEXT]
    context = [h for h in hits if h.term.side == CONTEXT and h.term.kind != STATE]
    mentions = [m for side in sides for m in _mentions(told, hits, side, prior, day)] if told else []
    states = [h for h in hits if h.term.kind == STATE and not _inside(h, mentions)]
    lists = _lists(sentence.folded.text, mentions, states, joiners) if mentions and states else {}
    if lists:
        mentions = [m._replace(listed=lists.get((m.start, m.end), 0)) for m in mentions]
    return Reading(
        sentence,
        tuple(mentions),
        frozenset(h.term.concept for h in states),
        _context(context, told) if context else {},
    )


def _mentions(
    told: Sequence[Hit], hits: Sequence[Hit], side: str, prior: Collection[str], day: date | None
) -> list[Mention]:
    """The places that speak of a side; nested and overlapping terms are one mention with the strength of the best."""
    found: list[Mention] = []
    asides = [h for h in told if h.term.strength == ASIDE]
    for hit in told:
        if hit.term.side != side and hit.term.side != BOTH:
            continue
        strength = _strength(hit, prior, day)
        if not strength or (hit.term.kind == SELF and _owned_by_another(hit, hits, side)):
            continue
        if asides and any(a.start <= hit.start and hit.end <= a.end for a in asides):
            strength = min(strength, STRENGTHS[ASIDE])
        here = Mention(
            side, hit.start, hit.end, strength, hit.term.kind in _NAMED, hit.term.side == BOTH and strength == 1.0
        )
        if found and here.start < found[-1].end:
            found[-1] = _merged(found[-1], here)
        else:
            found.append(here)
    return found


def _owned_by_another(hit: Hit, hits: Iterable[Hit], side: str) -> bool:
    """Whether a state stands right beside the words a source uses for its own (the foreign ministry of France)."""
    return any(
        h.term.kind in (STATE, "country", "capital")
        and h.term.side != side
        and (h.start - 1 <= hit.end <= h.start or h.end <= hit.start <= h.end + 1)
        for h in hits
    )


def _merged(a: Mention, b: Mention) -> Mention:
    return a._replace(
        end=max(a.end, b.end), strength=max(a.strength, b.strength), named=a.named or b.named,
        paired=a.paired or b.paired,
    )  # fmt: skip


def _strength(hit: Hit, prior: Collection[str], day: date | None) -> float:
    """How much a hit says of a side. A pair concept that is no anchor needs more than itself: see the features."""
    term = hit.term
    if term.side == BOTH:
        return STRENGTHS["anchor"] if term.strength == "anchor" else 0.0
    if term.kind == SELF and term.side not in prior:
        return 0.0
    held = term.strength if term.kind != PERSON or term.in_office(day) else _FORMER[term.strength]
    return STRENGTHS[held]


def _inside(hit: Hit, mentions: Iterable[Mention]) -> bool:
    return any(m.start < hit.end and hit.start < m.end for m in mentions)


def _context(hits: Iterable[Hit], told: Sequence[Hit]) -> dict[str, float]:
    """How many separate places speak of each concept of context; parts of a side's words do not."""
    counts: dict[str, float] = {}
    ends: dict[str, int] = {}
    for hit in hits:
        concept = hit.term.concept
        if hit.start >= ends.get(concept, 0) and not any(_crosses(hit, other) for other in told):
            counts[concept] = counts.get(concept, 0.0) + STRENGTHS[hit.term.strength]
            ends[concept] = hit.end
    return counts


def _crosses(a: Hit, b: Hit) -> bool:
    """Whether two hits share a part but neither holds the other: `Iranian oil` and `oil climbed`."""
    return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end


def _lists(
    text: str, mentions: Sequence[Mention], states: Sequence[Hit], joiners: Collection[str]
) -> dict[tuple[int, int], int]:
    """For the place of each mention that stands in a list of at least three states: how many the list has."""
    places: dict[tuple[int, int], set[str]] = {}
    for m in mentions:
        if m.named:
            places.setdefault((m.start, m.end), set()).add(m.side)
    for hit in states:
        places.setdefault((hit.start, hit.end), set()).add(hit.term.concept)
    found: dict[tuple[int, int], int] = {}
    for run in _runs(text, sorted(places), joiners):
        size = len(set().union(*(places[place] for place in run)))
        if size >= LIST:
            found.update(dict.fromkeys(run, size))
    return found


def _runs(text: str, places: Sequence[tuple[int, int]], joiners: Collection[str]) -> list[list[tuple[int, int]]]:
    """Places that follow each other with nothing but commas and joining words between them."""
    runs: list[list[tuple[int, int]]] = []
    for place in places:
        if runs and (place[0] < runs[-1][-1][1] or _is_joint(text, runs[-1][-1][1], place[0], joiners)):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _is_joint(text: str, end: int, start: int, joiners: Collection[str]) -> bool:
    stop = min(end + _LONGEST_ENDING, start)
    while end < stop and text[end - 1].isalpha() and joined(text[end - 1], text[end]) and text[end] < "\u2e80":
        end += 1
    gap = text[end:start]
    return len(gap) <= _LONGEST_JOINT and all(word in joiners for word in _WORD.findall(gap))
