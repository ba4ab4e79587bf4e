"""Measures of two prepared texts, the passages they share, and the sentence that says why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from crawler.analysis import dateline, furniture, meaning, senses
from crawler.analysis.align import Alignment
from crawler.analysis.figures import Figure, figures
from crawler.analysis.measures import Measures
from crawler.analysis.prepared import Prepared
from crawler.analysis.relation import by_retelling, confidence
from store.models import Passage, Relation

_PASSAGES = 40
"""Longest passages kept: more than a reader looks at, and a bound for what is stored."""
_LEAD_WORDS = 8
_OPENING_WORDS = 60
"""What numbers are taken for the news of a text, its lead at the least: the rest is often background used again."""
_OPENING_CHARACTERS = 100
_PUT_BEFORE = 45
"""Words of a new first sentence; what is longer is other news over the whole of an older article."""
_NEWS_PART = 0.4
_OTHER_NUMBERS = 1 / 3


Spans = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""Words [begin, end) of the first text with their counterpart in the second."""


def longest(alignment: Alignment) -> Spans:
    """The longest of the shared runs, in the order of the first text."""
    kept = sorted(alignment.blocks, key=lambda block: -block.length)[:_PASSAGES]
    return [((run.a, run.a + run.length), (run.b, run.b + run.length)) for run in sorted(kept)]


def passages(spans: Spans, a: Prepared, b: Prepared) -> tuple[Passage, ...]:
    """Words of both texts as offsets in the two originals."""
    found = []
    for first, second in spans:
        (start_a, end_a), (start_b, end_b) = a.original_span(*first), b.original_span(*second)
        found.append(Passage(start_a=start_a, end_a=end_a, start_b=start_b, end_b=end_b))
    return tuple(found)


def runs(alignment: Alignment) -> float:
    """Share of the first text's shared words that stand in unbroken runs, 0 to 1."""
    in_runs, end = 0, 0
    for block in alignment.blocks:
        in_runs += block.a + block.length - max(end, block.a)
        end = block.a + block.length
    return in_runs / shared if (shared := alignment.marks_a.count(1)) else 0.0


def lead_shared(alignment: Alignment, a: Prepared, b: Prepared) -> float:
    """Share of the shorter of two openings that stands in the other opening, 0 to 1.

    Of the shorter one, because a menu that no list knows may be glued to the other.
    """
    begin_a, end_a = a.lead(_LEAD_WORDS)
    begin_b, end_b = b.lead(_LEAD_WORDS)
    shorter = min(end_a - begin_a, end_b - begin_b)
    pairs = 0
    for run in alignment.dense:
        first = max(0, begin_a - run.a, begin_b - run.b)
        pairs += max(0, min(run.length, end_a - run.a, end_b - run.b) - first)
    return pairs / shorter if shorter else 0.0


def openings_shared(alignment: Alignment, *, characters: bool) -> tuple[float, float]:
    """Share of the first words of each text that stands somewhere in the other, each 0 to 1.

    The first 60 words (100 characters), of a short text the first two fifths: its news and not its background.
    """
    most = _OPENING_CHARACTERS if characters else _OPENING_WORDS
    shorter = min(len(alignment.a), len(alignment.b))
    return _opening(alignment.marks_a, most, shorter), _opening(alignment.marks_b, most, shorter)


def _opening(marks: bytearray, most: int, shorter: int) -> float:
    count = min(most, max(int(len(marks) * _NEWS_PART), _LEAD_WORDS), shorter)
    return marks[:count].count(1) / count if count else 0.0


def put_before(alignment: Alignment, a: Prepared, b: Prepared) -> bool:
    """Whether one text begins with what the other puts a sentence or two of its own before."""
    own = sorted((_own(alignment.marks_a, a), _own(alignment.marks_b, b)))
    return own[0] == 0 < own[1] <= _PUT_BEFORE


def _own(marks: bytearray, ready: Prepared) -> int:
    """Words of a text before the first sentence of which half is shared."""
    for begin, end in ready.sentences:
        if 2 * marks[begin:end].count(1) >= end - begin:
            return begin
    return len(ready.words)


def new_lead(alignment: Alignment, a: Prepared) -> bool:
    """Whether the first text begins with a whole sentence of its own before what it shares.

    Crumbs and menus are short, or end without a full stop.
    """
    own = _own(alignment.marks_a, a)
    return any(
        end <= own and end - begin >= _LEAD_WORDS and furniture.is_full_stop(a.gaps[end - 1])
        for begin, end in a.sentences
    )


def subject(a: Prepared, title_a: Prepared, b: Prepared, title_b: Prepared) -> float:
    """Likeness (Dice) of what two texts announce: the stems in their headlines and first sentences, 0 to 1."""
    first, second = _announced(a, title_a), _announced(b, title_b)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _announced(ready: Prepared, title: Prepared) -> set[str]:
    begin, end = ready.lead(_LEAD_WORDS)
    stems = {meaning.stem(words, at) for words in (title.words, ready.words[begin:end]) for at in range(len(words))}
    return stems - {""}


@dataclass(frozen=True)
class Told:
    """Numbers, days and places of a text, of its opening (its title included) and of its title, found when asked."""

    ready: Prepared
    title: Prepared
    language: str

    @cached_property
    def headline(self) -> frozenset[str]:
        """Values in the title."""
        return frozenset(figure.value for figure in figures_of(self.title, self.language))

    @cached_property
    def values(self) -> frozenset[str]:
        """Values anywhere."""
        return self.headline | {figure.value for figure in figures_of(self.ready, self.language)}

    @cached_property
    def _lead(self) -> tuple[int, int]:
        """The first sentence without its dateline: that tells of the copy, not of the news."""
        begin, stop = self.ready.lead(_LEAD_WORDS)
        return max(begin, dateline.end(self.ready, self.language)), stop

    @cached_property
    def opening_values(self) -> frozenset[str]:
        begin, end = self._lead
        opening = range(begin, max(end, begin + _OPENING_WORDS))
        return self.headline | {f.value for f in figures_of(self.ready, self.language) if f.start in opening}

    @cached_property
    def places(self) -> frozenset[str]:
        """Places anywhere."""
        return self._places(self.title.words) | self._places(self.ready.words)

    @cached_property
    def opening_places(self) -> frozenset[str]:
        """Places in the title and the first sentence."""
        begin, end = self._lead
        return self._places(self.title.words) | self._places(self.ready.words[begin:end])

    def _places(self, words: Sequence[str]) -> frozenset[str]:
        return frozenset(found.sense for found in senses.find_places(words, self.language))


def places_differ(a: Told, b: Told) -> bool:
    """Whether each text opens with a place that the other does not have: the same story told of another match."""
    opening_a, opening_b = a.opening_places, b.opening_places
    if not (opening_a - opening_b and opening_b - opening_a):
        return False
    return bool(opening_a - b.places and opening_b - a.places)


def values_differ(a: Told, b: Told, least: int = 1) -> bool:
    """Whether each text opens with `least` numbers or days that the other has not: the same story of another day.

    A copy may drop what its original opens with, but does not put another in its place.
    """
    kinds = {_kind(value) for value in a.opening_values} & {_kind(value) for value in b.opening_values}
    return any(_others(a, b, kind, least) and _others(b, a, kind, least) for kind in kinds)


def headlines_differ(a: Told, b: Told) -> bool:
    """Whether each headline has a number or a day that the other has not: the third round, and the fourth.

    Only one site writes its headlines by a form; copies elsewhere have headlines of their own.
    """
    return bool(a.headline - b.headline and b.headline - a.headline)


def _others(one: Told, other: Told, kind: str, least: int) -> bool:
    """Whether a good part of the values of a kind in one opening stand nowhere in the other text."""
    own = [value for value in one.opening_values if _kind(value) == kind]
    return sum(value not in other.values for value in own) >= max(least, _OTHER_NUMBERS * len(own))


def numbers(alignment: Alignment, a: Prepared, b: Prepared, languages: tuple[str, str]) -> tuple[int, int]:
    """How many numbers and days were put in the place of others, and how many stayed, inside shared stretches."""
    first, second = (
        [figure for figure in figures_of(ready, spoken) if figure.start >= dateline.end(ready, spoken)]
        for ready, spoken in ((a, languages[0]), (b, languages[1]))
    )
    begins = [change.a for change in alignment.changes]
    changed = kept = 0
    for figure in first:
        at = alignment.counterpart(figure.start)
        if at is not None and (other := _at(second, at)) and other.value == figure.value:
            kept += 1
            continue
        change_at = bisect_left(begins, figure.start + figure.width) - 1
        if change_at >= 0:
            change = alignment.changes[change_at]
            rivals = [f for f in second if f.start < change.b_end and f.start + f.width > change.b]
            inside = figure.start < change.a_end and figure.start + figure.width > change.a
            if inside and any(f.value == figure.value for f in rivals):
                kept += 1
            elif inside and any(_kind(f.value) == _kind(figure.value) for f in rivals):
                changed += 1
    return changed, kept


def values(ready: Prepared, language: str) -> tuple[str, ...]:
    """The numbers and days of a text by value, in order, each once."""
    return tuple(dict.fromkeys(figure.value for figure in figures_of(ready, language)))


@lru_cache(maxsize=64)
def figures_of(ready: Prepared, language: str) -> list[Figure]:
    """The numbers and days of a text; remembered, because several measures ask."""
    return figures(ready.words, ready.gaps, language)


def _at(found: Sequence[Figure], at: int) -> Figure | None:
    place = bisect_left(found, at + 1, key=lambda figure: figure.start) - 1
    return found[place] if place >= 0 and found[place].start + found[place].width > at else None


def _kind(value: str) -> str:
    """`day`, `month` and `jalali` are kinds of their own; every other value is a number."""
    head, dash, _ = value.partition("-")
    return head if dash else "number"


def why(relation: Relation, m: Measures) -> str:
    """One plain English sentence."""
    a, b = f"{m.coverage_a:.0%}", f"{m.coverage_b:.0%}"
    if relation is Relation.SERIES and m.news_differs:
        return f"Each opens with a number, a day or a place that the other has not ({a} and {b} shared)."
    if relation is Relation.SERIES and m.numbers_changed < max(1, m.numbers_kept):
        days = m.apart.days if m.apart else 0
        return f"The same site takes its subject up again, {days} days apart ({a} and {b} shared)."
    if relation is Relation.UPDATED and by_retelling(relation, m):
        sentence = _UPDATED_IN_OTHER_WORDS
    else:
        sentence = _SENTENCES[relation]
    return sentence.format(
        a=a, b=b, changed=m.numbers_changed, kept=m.numbers_kept, echo=f"{m.echo:.2f}", sentences=m.retold_sentences,
        confidence=f"{confidence(relation, m):.0%}",
    )  # fmt: skip


_UPDATED_IN_OTHER_WORDS = (
    "Another opening over what is known, in other words or another language: {sentences} sentences have a "
    "counterpart (echo {echo}, confidence {confidence})."
)
_SENTENCES = {
    Relation.EXACT: "The texts are equal but for case, punctuation and page furniture.",
    Relation.NEAR: "{a} of this text stands in the known one and {b} of that in this one.",
    Relation.TRUNCATED: "{a} of this text stands in the known one, which is longer ({b} of it is here).",
    Relation.EXTENDED: "{b} of the known text stands in this one, which is longer ({a} of it is known).",
    Relation.UPDATED: "Another opening over text that is known: {a} of this one, {b} of the known one.",
    Relation.EXCERPT: "Only a part is shared: {a} of this text, {b} of the known one.",
    Relation.REWRITTEN: (
        "The same is told in the same order in other words: {sentences} sentences have a counterpart (echo {echo}, "
        "confidence {confidence}; {a} of the words are shared)."
    ),
    Relation.TRANSLATED: (
        "The same is told in the same order in another language: {sentences} sentences have a counterpart "
        "(echo {echo}, confidence {confidence})."
    ),
    Relation.SAME_EVENT: "Much the same is told, but independently or too long after (echo {echo}).",
    Relation.SERIES: "The same words with other numbers: {changed} changed, {kept} stayed.",
    Relation.UNRELATED: "Hardly anything is shared ({a} of this text, {b} of the known one).",
}
