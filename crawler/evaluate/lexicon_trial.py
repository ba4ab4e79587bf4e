"""What a new term would have matched in a store, and whose verdict it would have changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.analysis import language
from crawler.analysis.lexicon import BOTH, CONTEXT, MASK, Lexicon, Term
from crawler.analysis.matcher import Hit, Matcher, default_match, original_span
from crawler.rejudge.rules import Row, Rules
from store import rejudging
from store.database import Store
from store.errors import UsageError
from store.models import Relevance
from store.text import Folded, fold, fold_with_map

AROUND = 60
"""Characters on either side of a match that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A stored text in which the term stands, with the verdict before and with the term."""

    kind: str
    """`article`, or `page` for the headline of a page that was not kept."""
    url: str
    title: str
    language: str
    before: str
    """The label by today's rules; of a page by its headline alone."""
    now: str
    score_before: float
    score_now: float
    around: str
    """The first place, with what stands around it."""

    @property
    def changes(self) -> bool:
        return self.before != self.now


@dataclass(slots=True, kw_only=True)
class Trial:
    """What the term did."""

    term: Term
    read: Counter[str] = field(default_factory=Counter)
    """Texts that were read, by kind."""
    places: Counter[str] = field(default_factory=Counter)
    """Places where it stands, by language of the text."""
    known: Counter[str] = field(default_factory=Counter)
    """Concepts of today's vocabulary that are found at some of these places."""
    matches: list[Match] = field(default_factory=list)


def new_term(
    text: str, *, side: str, spoken: str, lexicon: Lexicon, match: str | None = None, strength: str = "strong",
    case: str | None = None,
) -> Term:  # fmt: skip
    """A term as it would stand in the vocabulary.

    Args:
        side: a side of the beat, `both`, `context`, `mask`, or a concept of the vocabulary: then the term is one more
            of that concept's.
        spoken: its language.
        match, case: how it is found; None for what is usual in its language.

    Raises:
        UsageError: nothing is left of the term when it is folded, or the side is neither a side nor a concept.
    """
    if not fold(text):
        raise UsageError(f"{text!r} holds no letter")
    if case is None:
        case = "cap" if text[:1].isupper() else ""
    match = match or default_match(spoken)
    if side not in (*lexicon.sides, BOTH, CONTEXT, MASK):
        if like := lexicon.by_concept.get(side):
            return like[0]._replace(
                language=spoken, text=text, match=match, case=case, own=False, since=None, until=None
            )
        raise UsageError(
            f"{side!r} is neither a side ({', '.join(lexicon.sides)}, both, context, mask) nor a concept"
        )
    kind, strength = ("mask", "mask") if side == MASK else ("trial", strength)
    return Term("trial", kind, side, strength, spoken, text, match, case)


def trial(store: Store, rules: Rules, term: Term, *, since: str = "") -> Trial:
    """Look for the term in every article and in the headline of every off-topic page, and judge those that hold it.

    Args:
        since: a stored time; older articles and pages are left out.
    """
    found, seeker = Trial(term=term), Matcher([term])
    more = replace(rules, lexicon=Lexicon([*rules.lexicon.terms, term]))
    for row in _articles(store, since):
        found.read["article"] += 1
        if hits := _hits(seeker, row["title"], row["text"], row["language"]):
            _note(found, rules.lexicon, row["language"], hits)
            found.matches.append(_match("article", row, row["language"], hits, rules.article(row), more.article(row)))
    for row in _pages(store, since):
        found.read["page"] += 1
        spoken = language.identify(row["title"], row["language"])
        if hits := _hits(seeker, row["title"], "", spoken):
            _note(found, rules.lexicon, spoken, hits)
            found.matches.append(_match("page", row, spoken, hits, rules.headline(row), more.headline(row)))
    found.matches.sort(key=lambda m: (not m.changes, -abs(m.score_now - m.score_before), m.url))
    return found


def _articles(store: Store, since: str) -> Iterator[Row]:
    for piece in rejudging.articles(store, version=None, since=since):
        yield from piece


def _pages(store: Store, since: str) -> Iterator[Row]:
    for piece in rejudging.pages(store, version=None, since=since):
        yield from (row for row in piece if row["title"])


def _hits(seeker: Matcher, title: str, text: str, spoken: str) -> list[tuple[Folded, Hit]]:
    """The places of the term, those of the headline first."""
    return [(part, hit) for part in map(fold_with_map, (title, text)) for hit in seeker.find(part, spoken)]


def _note(found: Trial, lexicon: Lexicon, spoken: str, hits: Sequence[tuple[Folded, Hit]]) -> None:
    """Count the places, and what today's vocabulary finds at them."""
    found.places[spoken] += len(hits)
    for part in {id(part): part for part, _ in hits}.values():
        today = lexicon.find(part, spoken)
        for own, hit in hits:
            if own is part:
                here = {h.term.concept for h in today if h.start < hit.end and hit.start < h.end}
                found.known.update(here)


def _match(
    kind: str, row: Row, spoken: str, hits: Sequence[tuple[Folded, Hit]], before: Relevance, now: Relevance
) -> Match:
    part, hit = hits[0]
    start, end = original_span(part, hit.start, hit.end)
    return Match(
        kind=kind, url=row["url"], title=row["title"], language=spoken, before=before.label.value,
        now=now.label.value, score_before=before.score, score_now=now.score,
        around=part.original[max(0, start - AROUND) : end + AROUND],
    )  # fmt: skip
