"""The plain word finds its forms: keys of words by family of languages, from `stems.toml`.

An article's words get the keys of the article's own language; what is typed has no language, and is looked up by the
keys of every family of its script. So `Porter` does not become the German plural of `Port` in English articles.

Snowball stemmers were tried (2026-11-24) and not taken: the Russian one makes `ира` of `Иран` and `Ирана`, but `иран`
of `Ираном`; the Turkish one `ira` of `İran`; there are none for Persian, Urdu and Hebrew.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_suffix(".toml")
_FIRST_MARK = 0xE000
_SCRIPTS: Mapping[str, str] = {
    "latin": "a-z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
    "hebrew": "\u0590-\u05ff",
    "devanagari": "\u0900-\u097f",
}


def _stripper(endings: Sequence[str], least: int) -> Callable[[str], str]:
    """A function that strips the longest ending that leaves enough letters."""
    if not endings:
        return str
    pairs = [ending.partition(">")[::2] for ending in endings]
    restored = {ending: new for ending, new in pairs if new}
    # The shortest beginning is tried first, so the longest ending wins.
    match = re.compile(f"(.{{{least},}}?)({'|'.join(ending for ending, _ in pairs)})").fullmatch

    def strip(word: str) -> str:
        found = match(word)
        return found[1] + restored.get(found[2], "") if found else word

    return strip


@dataclass(frozen=True, slots=True)
class Asked:
    """How a typed word is looked up in a family: its keys, and other words it may stand as."""

    keys: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Languages whose words are reduced by the same rules. `mark` stands before its keys, and for it in the index."""

    id: str
    mark: str
    rules: Mapping[str, Any] = field(repr=False)
    strip: Callable[[str], str] = field(repr=False)
    strip_typed: Callable[[str], str] = field(repr=False)
    letters: re.Pattern[str] = field(repr=False)

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys by which an article's word is found besides itself."""
        if not self.letters.fullmatch(word) or word in self.rules.get("keep", ()):
            return ()
        left = [self._stem(word)] if self.rules["kind"] == "stem" else self._forms(word)
        return tuple(self.mark + form for form in dict.fromkeys(left) if form != word)

    def asked(self, word: str) -> Asked | None:
        """How a typed word is looked up; None when it is of another script."""
        if not self.letters.fullmatch(word):
            return None
        if self.rules["kind"] == "stem":
            stem = word if word in self.rules.get("keep", ()) else self._stem(word)
            # The plain word may look like a form of another one (`Haus`, but `Hauses` is stripped to it).
            return Asked(tuple(self.mark + form for form in dict.fromkeys((stem, word))), _others(word, stem))
        bare = self._without_article(word)
        plain = self.strip_typed(bare)
        found = tuple(self.mark + form for form in dict.fromkeys((word, bare, plain)))
        return Asked(found, _others(word, bare, *([plain] if self.rules.get("typed_leave_words") else [])))

    def core(self, key: str) -> str:
        """What every word with this key holds: the key without what an ending may have been replaced by."""
        form = key[len(self.mark) :]
        for ending in self.rules["endings"]:
            new = ending.partition(">")[2]
            if new and form.endswith(new) and len(form) > len(new):
                return form[: -len(new)]
        return form

    def _stem(self, word: str) -> str:
        for _ in range(self.rules.get("rounds", 1)):
            shorter = self.strip(word)
            if shorter == word:
                break
            word = shorter
        return word

    def _forms(self, word: str) -> list[str]:
        least, endings = self.rules["least"], self.rules["endings"]
        forms = [word]
        for particle in self.rules.get("before", ()):
            left = word[len(particle) :]
            if word.startswith(particle) and len(left) >= least + self._doubt(particle):
                forms.append(left)
        for _ in range(self.rules.get("rounds", 1)):
            forms += [f[: -len(e)] for f in forms for e in endings if f.endswith(e) and len(f) >= least + len(e)]
        return forms

    def _doubt(self, particle: str) -> int:
        """How many letters more must be left of a word when a particle is as often a letter of it."""
        return int(len(particle) == 1 and particle not in self.rules.get("sure", ()))

    def _without_article(self, word: str) -> str:
        for article in self.rules.get("articles", ()):
            if word.startswith(article) and len(word) - len(article) >= self.rules["least"]:
                return word[len(article) :]
        return word


def _others(word: str, *forms: str) -> tuple[str, ...]:
    return tuple(form for form in dict.fromkeys(forms) if form != word)


@cache
def families() -> tuple[Family, ...]:
    """All families, in the order of the file."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    return tuple(_family(name, chr(_FIRST_MARK + number), rules) for number, (name, rules) in enumerate(data.items()))


def _family(name: str, mark: str, rules: Mapping[str, Any]) -> Family:
    endings = rules["endings"] if rules["kind"] == "stem" else ()
    strip, strip_typed = (_stripper(which, rules["least"]) for which in (endings, rules.get("typed", ())))
    return Family(name, mark, rules, strip, strip_typed, re.compile(f"[{_SCRIPTS[rules['script']]}]+"))


@cache
def family_of(language: str) -> Family | None:
    """The family of a language tag; None when there are no rules for it."""
    base = language.partition("-")[0].lower()
    return next((family for family in families() if base in family.rules["languages"]), None)


@lru_cache(maxsize=65536)
def keys(family: Family, word: str) -> tuple[str, ...]:
    """`family.keys(word)`, remembered: the words of news repeat."""
    return family.keys(word)
