"""The vocabulary of a beat: terms of concepts in many languages, read from CSV files and compiled for one pass.

A row of `lexicon/*.csv` names a concept, its class, the side it is evidence for (or `both`, `context`, `mask`), how
strong it is, the language, the term, how it is matched (see `matcher`), its case rule, whether it counts in texts of
its own language only, from when to when an office was held, and where the row comes from (see docs/relevance.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from crawler.analysis.lexicon_spellings import Spelling, spellings
from crawler.analysis.lexicon_terms import COLUMNS, STRENGTHS, Term, digest, read_terms
from crawler.analysis.matcher import Hit, Matcher
from store.text import Folded

__all__ = [
    "ASIDE",
    "BOTH",
    "COLUMNS",
    "CONTEXT",
    "MASK",
    "PROGRAMME",
    "SELF",
    "STRENGTHS",
    "Lexicon",
    "Term",
    "settled",
]

BOTH = "both"
"""A concept that names the pair itself."""
CONTEXT = "context"
"""A concept that is evidence for no side, but tells what a text is: a genre, a link, another state."""
MASK = "mask"
"""Words that look like a side and are not; what they cover is not matched."""
PROGRAMME = "programme"
"""Class of names such as that of the Shanghai organisation: a place within one of them is no place."""
ASIDE = "aside"
"""Strength of phrases that name a side as a circumstance (the Iran war): a mention within one is worth no more."""
SELF = "self"
"""Class of terms a source uses for its own side without naming it (我国, کشورمان): they need the source's prior."""


class Lexicon:
    """All terms of a beat, ready to be found.

    What a process does not need is not made: the crawl process asks for `look_terms` only, a reader of English pages
    for Latin terms.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self.sides = tuple(sorted({t.side for t in self.terms} - {BOTH, CONTEXT, MASK}))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read every CSV file of a folder.

        Raises:
            ConfigurationError: listing each row that is not valid, with file and line, or that there is no row.
        """
        return cls(read_terms(folder))

    @cached_property
    def version(self) -> str:
        """Changes whenever a term does."""
        return digest(self.terms)

    @cached_property
    def _telling(self) -> Matcher:
        return Matcher(t for t in self.terms if _is_telling(t))

    @cached_property
    def _context(self) -> Matcher:
        return Matcher(t for t in self.terms if not _is_telling(t))

    def telling(self, text: Folded, language: str) -> list[Hit]:
        """The terms of sides, of the pair, of programmes, and masks: a quarter of the vocabulary.

        For a text that names no side the rest says nothing.
        """
        return self._telling.find(text, language)

    def find(self, text: Folded, language: str = "und", telling: Sequence[Hit] | None = None) -> list[Hit]:
        """The terms of a text, as `settled`. `telling` is what was found already."""
        told = self.telling(text, language) if telling is None else telling
        return settled([*told, *self._context.find(text, language)])

    @cached_property
    def telling_concepts(self) -> frozenset[str]:
        """Concepts that `telling` finds."""
        return frozenset(t.concept for t in self.terms if _is_telling(t))

    @cached_property
    def by_concept(self) -> Mapping[str, Sequence[Term]]:
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            found[term.concept].append(term)
        return found

    def look_terms(self, implied: Mapping[str, Iterable[str]] | None = None) -> dict[str, list[Spelling]]:
        """By side the raw spellings that a page must hold one of, as printed: for the cheap look at its bytes.

        Anchor and strong terms, those of the pair on every side; `implied` names further concepts by side (see
        `Weights.implied_concepts`). Persian and Arabic letters come in both their spellings, apostrophes too.
        """
        extra = {side: frozenset(concepts) for side, concepts in (implied or {}).items()}
        return {
            side: spellings(t for t in self.terms if _seen_by_look(t, side, extra.get(side, frozenset())))
            for side in self.sides
        }


def _is_telling(term: Term) -> bool:
    return term.side != CONTEXT or term.kind == PROGRAMME


def _seen_by_look(term: Term, side: str, implied: frozenset[str]) -> bool:
    if term.concept in implied:
        return term.strength != "weak"
    return term.side in (side, BOTH) and term.kind != SELF and term.strength in ("anchor", "strong")


def settled(hits: list[Hit]) -> list[Hit]:
    """Without what a mask covers, and without places within the names of programmes; nested terms are all kept."""
    masks = [(h.start, h.end) for h in hits if h.term.side == MASK]
    if masks:
        hits = [h for h in hits if h.term.side != MASK and not _masked(h, masks)]
    names = [h for h in hits if h.term.kind == PROGRAMME and h.term.side == CONTEXT]
    return [h for h in hits if not _within(h, names)] if names else hits


def _masked(hit: Hit, masks: Sequence[tuple[int, int]]) -> bool:
    """Whether a mask touches the hit and is not itself a part of it."""
    return any(
        start < hit.end
        and hit.start < end
        and not (hit.start <= start and end <= hit.end and hit.length > end - start)
        for start, end in masks
    )


def _within(hit: Hit, names: Iterable[Hit]) -> bool:
    return any(
        n.start <= hit.start and hit.end <= n.end and n.length > hit.length and hit.term.concept != n.term.concept
        for n in names
    )
