"""Where a query is met in a text: for highlights in the original, for ranking, and to say which term matched.

Follows `expression`: words by their forms, phrases by neighbouring words, runs wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.search import stems
from store.search.expression import Compounds
from store.search.query import Query, Spelling, Unit
from store.search.words import LETTER, plain, word_at
from store.text import Folded

Meaning = tuple[int, Spelling]
"""A group of the query, by its place in `wanted`, and the spelling of it that is met."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A group of the query at a place of a text: [start, end)."""

    start: int
    end: int
    group: int
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the hits in it, and those in its ZWNJ words taken apart; offsets are into the folded texts."""

    folded: Folded
    whole: tuple[Hit, ...]
    apart: Folded | None = None
    parts: tuple[Hit, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.whole + self.parts

    @property
    def groups(self) -> set[int]:
        return {hit.group for hit in self.hits}

    def in_original(self) -> list[Hit]:
        """The hits as offsets into the text as it was stored, in order."""
        found = [*_mapped(self.folded, self.whole), *(_mapped(self.apart, self.parts) if self.apart else ())]
        return sorted(found, key=lambda hit: hit.start) if self.parts else found


def _mapped(folded: Folded, hits: Iterable[Hit]) -> list[Hit]:
    return [Hit(*folded.span(hit.start, hit.end), hit.group, hit.spelling) for hit in hits]


class Marker:
    """Finds the wanted groups of a query in texts of one language."""

    def __init__(self, query: Query, language: str, compounds: Compounds) -> None:
        self._family = stems.family_of(language)
        self._groups = len(query.wanted)
        self._words: dict[str, Meaning] = {}
        self._keys: dict[str, Meaning] = {}
        self._prefixes: list[tuple[str, Meaning]] = []
        self._phrases: list[tuple[str, re.Pattern[str], Meaning]] = []
        self._cores: set[str] = set()
        self._met: dict[str, Meaning | None] = {}
        for number, group in enumerate(query.wanted):
            for spelling in group.spellings:
                self._learn(spelling, (number, spelling), compounds)
        self._beginnings = _by_first(self._cores)

    def _learn(self, spelling: Spelling, meaning: Meaning, compounds: Compounds) -> None:
        first = spelling.units[0]
        if len(spelling.units) > 1 or first.is_run:
            pattern = _pattern(spelling.units, prefix=spelling.prefix)
            self._phrases.append((first.text, pattern, meaning))
        elif spelling.prefix:
            self._prefixes.append((first.text, meaning))
            self._cores.add(first.text)
        else:
            self._words.setdefault(first.text, meaning)
            self._cores.add(first.text)
            if not spelling.exact:
                self._learn_forms(first.text, meaning, compounds)

    def _learn_forms(self, word: str, meaning: Meaning, compounds: Compounds) -> None:
        spelling = meaning[1]
        asked = self._family.asked(word) if self._family and self._family in spelling.families() else None
        for key in asked.keys if asked else ():
            self._keys.setdefault(key, meaning)
            self._cores.add(self._family.core(key) if self._family else key)
        for other in (*(asked.words if asked else ()), *(compounds(word) if spelling.compounding() else ())):
            self._words.setdefault(other, meaning)
            self._cores.add(other)

    def in_plain(self, text: str) -> list[Hit]:
        """Hits in a text that is folded and plain already, in order; of those that overlap, the first and longest."""
        found = [Hit(start, end, *meaning) for start, end, meaning in self._all(text)]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        apart: list[Hit] = []
        for hit in found:
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def read(self, text: str) -> Marked:
        """Hits in a text as stored; parts of words with ZWNJ are met where nothing else is."""
        folded = Folded(text)
        hits = self.in_plain(plain(folded.text))
        if "\u200c" in text and len({hit.group for hit in hits}) < self._groups:
            apart = Folded(text.replace("\u200c", " "))  # of the same length
            met = {hit.group for hit in hits}
            more = [hit for hit in self.in_plain(plain(apart.text)) if hit.group not in met]
            if more:
                return Marked(folded, tuple(hits), apart, tuple(more))
        return Marked(folded, tuple(hits))

    def in_original(self, text: str) -> list[Hit]:
        """Hits as offsets into a text as it was stored, in order."""
        return self.read(text).in_original()

    def _all(self, text: str) -> Iterator[tuple[int, int, Meaning]]:
        for start, end in self._words_with_a_core(text):
            if (meaning := self._meaning(text[start:end])) is not None:
                yield start, end, meaning
        for first, pattern, meaning in self._phrases:
            if first in text:
                for match in pattern.finditer(text):
                    yield match.start(), match.end(), meaning

    def _words_with_a_core(self, text: str) -> Iterator[tuple[int, int]]:
        """The words that could be met: to look at every word of a text costs five times as much."""
        met: set[int] = set()
        letters = self._beginnings.keys() & set(text)
        for core in (core for letter in letters for core in self._beginnings[letter]):
            at = text.find(core)
            while at >= 0:
                start, end = word_at(text, at, at + len(core))
                if start not in met:
                    met.add(start)
                    yield start, end
                at = text.find(core, end)

    def _meaning(self, word: str) -> Meaning | None:
        try:
            return self._met[word]
        except KeyError:
            self._met[word] = found = self._look_up(word)
            return found

    def _look_up(self, word: str) -> Meaning | None:
        if word in self._words:
            return self._words[word]
        for prefix, meaning in self._prefixes:
            if word.startswith(prefix):
                return meaning
        for key in stems.keys(self._family, word) if self._family and self._keys else ():
            if key in self._keys:
                return self._keys[key]
        return None


def _by_first(cores: Iterable[str]) -> dict[str, list[str]]:
    """Cores by their first letter."""
    found: dict[str, list[str]] = {}
    for core in cores:
        found.setdefault(core[0], []).append(core)
    return found


def _pattern(parts: Sequence[Unit], *, prefix: bool) -> re.Pattern[str]:
    """Words one after the other with no other word between them; runs need no border."""
    body = r"[\W_]+?".join(re.escape(unit.text) for unit in parts)
    for before, after in pairwise(parts):
        if before.is_run != after.is_run:  # 5G技术 has nothing between its word and its run
            joined = re.escape(before.text) + r"[\W_]+?" + re.escape(after.text)
            body = body.replace(joined, re.escape(before.text) + r"[\W_]*?" + re.escape(after.text))
    start = "" if parts[0].is_run else f"(?<!{LETTER})"
    end = "" if parts[-1].is_run else f"{LETTER}*" if prefix else f"(?!{LETTER})"
    return re.compile(start + body + end)


def merged(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """The spans of hits in order, those that touch each other as one."""
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if spans and hit.start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(hit.end, spans[-1][1])
        else:
            spans.append((hit.start, hit.end))
    return spans
