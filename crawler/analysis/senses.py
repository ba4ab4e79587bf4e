"""Words of news in nine languages, by sense: what lets a rewrite or a translation be recognised without a model.

`words/senses.csv` (general news vocabulary) and `words/places.csv` (states with their capitals) were written
for this project by hand. They belong to no beat: persons, companies and the subject of a beat come from its own
lexicon.

A term stands as a person would write it; `_` joins words (also found written as one word), `*` at the end of a
word allows any ending. Terms of a language are read and folded when its first text is met.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from store.text import fold, tokens

_FOLDER = Path(__file__).parent / "words"
_PLACES, _SENSES = "places.csv", "senses.csv"
_SHORTEST_STEM = 2


class Found(NamedTuple):
    """A sense at token `start`, `width` tokens wide."""

    sense: str
    start: int
    width: int


class _Pattern(NamedTuple):
    words: tuple[tuple[str, bool], ...]
    """Each word and whether it is a stem (any ending allowed)."""
    sense: str


class Senses:
    """The terms of one language (or of several), ready to be looked for."""

    def __init__(self, terms: Iterable[tuple[str, str]], *, arabic: bool = False) -> None:
        """From (term, sense) pairs; `arabic` looks behind the article and the joined particles as well."""
        self._whole: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        self._arabic = arabic
        for term, sense in terms:
            for pattern in _patterns(term, sense):
                word, is_stem = pattern.words[0]
                (self._stems if is_stem else self._whole).setdefault(word, []).append(pattern)
        for index in (self._whole, self._stems):
            for patterns in index.values():
                patterns.sort(key=lambda p: -len(p.words))
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._cache: dict[str, tuple[_Pattern, ...]] = {}

    def find(self, words: Sequence[str]) -> list[Found]:
        """The senses in a sequence of folded tokens, in order; the longest term wins, none overlap."""
        found: list[Found] = []
        end = 0
        known = self._cache.get
        for at, word in enumerate(words):
            patterns = known(word)
            if patterns is None:
                patterns = self._starting(word)
            if not patterns or at < end:
                continue
            for pattern in patterns:
                if len(pattern.words) == 1 or self._continues(pattern, words, at):
                    end = at + len(pattern.words)
                    found.append(Found(pattern.sense, at, len(pattern.words)))
                    break
        return found

    def _starting(self, word: str) -> tuple[_Pattern, ...]:
        """Patterns whose first word is this one, longest and most exact first; remembered per word."""
        if len(self._cache) > 50_000:
            self._cache.clear()
        forms = _arabic_forms(word) if self._arabic else (word,)
        matching = [p for form in forms for p in self._lookup(form)]
        self._cache[word] = found = tuple(sorted(matching, key=lambda p: -len(p.words)))
        return found

    def _lookup(self, form: str) -> list[_Pattern]:
        patterns = list(self._whole.get(form, ()))
        for length in self._lengths:
            if length <= len(form):
                patterns.extend(self._stems.get(form[:length], ()))
        return patterns

    def _continues(self, pattern: _Pattern, words: Sequence[str], at: int) -> bool:
        if at + len(pattern.words) > len(words):
            return False
        rest = zip(pattern.words[1:], words[at + 1 : at + len(pattern.words)], strict=True)
        return all(word.startswith(part) if is_stem else word == part for (part, is_stem), word in rest)


def _patterns(term: str, sense: str) -> list[_Pattern]:
    words: list[tuple[str, bool]] = []
    for part in term.split("_"):
        pieces = tokens(fold(part.rstrip("*")))
        words += [(piece, False) for piece in pieces[:-1]]
        words += [(piece, part.endswith("*") and len(piece) >= _SHORTEST_STEM) for piece in pieces[-1:]]
    if not words:
        return []
    patterns = [_Pattern(tuple(words), sense)]
    if "_" in term:
        patterns.append(_Pattern((("".join(word for word, _ in words), words[-1][1]),), sense))
    return patterns


def _arabic_forms(word: str) -> tuple[str, ...]:
    """The word, then without joined particles (و ف ب ک ل) and article; what is left keeps three letters or more."""
    forms = [word]
    if len(word) > 3 and word[0] in "وف":
        forms.append(word[1:])
    for form in list(forms):
        if form.startswith("لل") and len(form) > 4:
            forms += [form[1:], form[2:]]
        elif len(form) > 4 and form[0] in "بکل":
            forms.append(form[1:])
    forms += [form[2:] for form in list(forms) if form.startswith("ال") and len(form) > 4]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=2)
def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=32)
def _of(language: str, *names: str) -> Senses:
    """The terms of a language in the given files: read when a text in it is met, because it takes 10 ms."""
    pairs = [(term, row["sense"]) for name in names for row in _rows(name) for term in row.get(language, "").split()]
    return Senses(pairs, arabic=language == "ar")


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Base tags of the languages that have words."""
    return frozenset(_rows(_SENSES)[0]) - {"sense", "weight"}


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["sense"]: float(row["weight"]) for name in (_PLACES, _SENSES) for row in _rows(name)}


def weight(sense: str) -> float:
    """How much it says that a sentence holds a sense, 0.4 to 1: the rarer in news, the more.

    Logarithm of the share of sentences that hold it, over 19,600 sentences of general and of Iranian news in English,
    German, Chinese and Persian (2026), where one in 250 or fewer gives 1. Senses of a lexicon's own give 1.
    """
    return _weights().get(sense, 1.0)


def find(words: Sequence[str], language: str) -> list[Found]:
    """The senses of a folded, tokenised text in a language (BCP 47 base tag); none for a language without words."""
    return _of(language, _PLACES, _SENSES).find(words) if language in languages() else []


def find_places(words: Sequence[str], language: str) -> list[Found]:
    """Only the places among the senses of a text."""
    return _of(language, _PLACES).find(words) if language in languages() else []
