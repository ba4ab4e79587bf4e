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
from store.search.words import LETTER, plain, units
from store.text import Folded, fold

Meaning = tuple[int, Spelling]
"""A group of the query, by its place in `wanted`, and the spelling of it that is met."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A group of the query at a place of a text: [start, end)."""

    start: int
    end: int
    group: int
    spelling: Spelling


class Marker:
    """Finds the wanted groups of a query in texts of one language."""

    def __init__(self, query: Query, language: str, compounds: Compounds) -> None:
        self._family = stems.family_of(language)
        self._groups = len(query.wanted)
        self._words: dict[str, Meaning] = {}
        self._keys: dict[str, Meaning] = {}
        self._prefixes: list[tuple[str, Meaning]] = []
        self._phrases: list[tuple[str, re.Pattern[str], Meaning]] = []
        self._met: dict[str, Meaning | None] = {}
        for number, group in enumerate(query.wanted):
            for spelling in group.spellings:
                self._learn(spelling, (number, spelling), compounds)

    def _learn(self, spelling: Spelling, meaning: Meaning, compounds: Compounds) -> None:
        first = spelling.units[0]
        if len(spelling.units) > 1 or first.is_run:
            pattern = _pattern(spelling.units, prefix=spelling.prefix)
            self._phrases.append((first.text, pattern, meaning))
        elif spelling.prefix:
            self._prefixes.append((first.text, meaning))
        else:
            self._words.setdefault(first.text, meaning)
            if not spelling.exact:
                self._learn_forms(first.text, meaning, compounds)

    def _learn_forms(self, word: str, meaning: Meaning, compounds: Compounds) -> None:
        spelling = meaning[1]
        asked = self._family.asked(word) if self._family and self._family in spelling.families() else None
        for key in asked.keys if asked else ():
            self._keys.setdefault(key, meaning)
        for other in (*(asked.words if asked else ()), *(compounds(word) if spelling.compounding() else ())):
            self._words.setdefault(other, meaning)

    def in_plain(self, text: str) -> list[Hit]:
        """Hits in a text that is folded and plain already, in order; of those that overlap, the first and longest."""
        found = [Hit(start, end, *meaning) for start, end, meaning in self._all(text)]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        apart: list[Hit] = []
        for hit in found:
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def in_text(self, text: str) -> list[Hit]:
        """Hits in a text as stored, as offsets into its folded form; parts of ZWNJ words stand where they would."""
        hits = self.in_plain(plain(fold(text)))
        if apart := self._apart(text, hits):
            hits += [hit for hit in self.in_plain(plain(fold(apart))) if hit.group not in {h.group for h in hits}]
        return hits

    def in_original(self, text: str) -> list[Hit]:
        """Hits as offsets into a text as it was stored, in order."""
        hits = self._mapped(text)
        if apart := self._apart(text, hits):
            met = {hit.group for hit in hits}
            hits = sorted([*hits, *(h for h in self._mapped(apart) if h.group not in met)], key=lambda h: h.start)
        return hits

    def _mapped(self, text: str) -> list[Hit]:
        folded = Folded(text)
        hits = self.in_plain(plain(folded.text))
        return [Hit(*folded.span(hit.start, hit.end), hit.group, hit.spelling) for hit in hits]

    def _apart(self, text: str, hits: Sequence[Hit]) -> str:
        """The text with its ZWNJ words in parts (of the same length), when that could meet a group not met yet."""
        if "\u200c" not in text or len({hit.group for hit in hits}) == self._groups:
            return ""
        return text.replace("\u200c", " ")

    def _all(self, text: str) -> Iterator[tuple[int, int, Meaning]]:
        if self._words or self._prefixes:
            for start, end, is_run in units(text):
                if not is_run and (meaning := self._meaning(text[start:end])) is not None:
                    yield start, end, meaning
        for first, pattern, meaning in self._phrases:
            if first in text:
                for match in pattern.finditer(text):
                    yield match.start(), match.end(), meaning

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
