"""An article as relevance reads it: sentences with their place, and the vocabulary found in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crawler.analysis import furniture
from crawler.analysis.lexicon import Lexicon, settled
from crawler.analysis.matcher import Hit, original_span
from store.models import TermMatch
from store.text import Folded

LEAD = 450
"""Characters: sentences that begin within so many of the text are its lead."""
READ = 60_000
"""Characters of a text that are read: nothing a news page prints after so much changes what it is about."""
LONGEST = 1200
"""Characters of one sentence; a table or a list without full stops is cut, so that far words are not neighbours."""


class Zone(StrEnum):
    """Where a sentence stands, from what says most of an article to what says least."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a clause between semicolons, with the terms found in it."""

    zone: Zone
    start: int
    """Offset in its field: the title, or the text."""
    folded: Folded
    hits: Sequence[Hit]
    told: Sequence[Hit]
    """Terms of sides before masks were heeded."""

    @property
    def text(self) -> str:
        return self.folded.original

    @property
    def field(self) -> str:
        return "title" if self.zone is Zone.TITLE else "text"

    def match(self, hit: Hit) -> TermMatch:
        """A hit with its offsets in the article."""
        start, end = original_span(self.folded, hit.start, hit.end)
        return TermMatch(
            concept=hit.term.concept, side=hit.term.side, strength=hit.term.strength, term=hit.term.text,
            language=hit.term.base, field=self.field, start=self.start + start, end=self.start + end,
        )  # fmt: skip


def sentences(title: str, text: str, *, language: str, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of an article in reading order, with the terms of sides that the lexicon finds in each."""
    found = [_sentence(Zone.TITLE, start, piece, language, lexicon) for start, piece in split(title)]
    lead_open = True
    for start, piece in split(text[:READ]):
        lead_open = lead_open and start < LEAD
        found.append(_sentence(Zone.LEAD if lead_open else Zone.BODY, start, piece, language, lexicon))
    return found


def _sentence(zone: Zone, start: int, piece: str, language: str, lexicon: Lexicon) -> Sentence:
    folded = Folded(piece)
    told = lexicon.telling(folded, language)
    return Sentence(zone, start, folded, settled(told) if told else told, told)


def with_context(sentence: Sentence, *, language: str, lexicon: Lexicon) -> Sentence:
    """The sentence with all its terms: links, genres and third states too. Page furniture has none: "subscribe to our
    newsletter" makes no article a round-up."""
    hits = lexicon.find(sentence.folded, language, sentence.told)
    if len(hits) > len(sentence.hits) and furniture.is_line(sentence.folded.text):
        return sentence
    return Sentence(sentence.zone, sentence.start, sentence.folded, hits, sentence.told) if hits else sentence


# A full stop ends a sentence when a space follows and no small letter after it, and no single capital stands before
# it (U.S., J. Smith). Semicolons and bars part what a summary strings together.
# The character comes first in the pattern, so that the engine can search for it.
_END = re.compile(
    r"""[.!?؟。！？;；؛|•\n](?:
        (?<=[.!?؟])(?<!\b[A-ZА-Я]\.)["'”’»)\]]*\s+(?![a-zà-ÿа-я])
      | (?<=[。！？])["'”’」』）]*
      | (?<=[;；؛|•\n])\s*
    )""",
    re.VERBOSE,
)


def split(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its offset, without the space around it."""
    begin = 0
    for end in _END.finditer(text):
        yield from _pieces(begin, text[begin : end.end()])
        begin = end.end()
    yield from _pieces(begin, text[begin:])


def _pieces(begin: int, sentence: str) -> Iterator[tuple[int, str]]:
    for first in range(0, len(sentence), LONGEST):
        part = sentence[first : first + LONGEST]
        trimmed = part.strip()
        if trimmed:
            yield begin + first + part.index(trimmed[0]), trimmed
