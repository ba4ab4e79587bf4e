"""Find many terms in one pass over a folded text, each by the rules of its script.

The kinds of match:
- `word`: no letter on either side; a Latin or Cyrillic word may touch Han, kana and Hangul.
- `prefix`: no letter before it, anything after: stems of languages that inflect.
- `substring`: anywhere: Han, kana, Thai, where words have no borders.
- `clitic`: a word of Arabic or Hebrew with the particles that are written on to it (وبكين, للصين, בסין).
- `clitic-prefix`: the same with anything after it.
- `suffix`: a word of Persian or Urdu with its written endings (چین, چینی‌ها, چین‌ای).

Found with Aho–Corasick automata (ahocorasick_rs), one for the terms of each alphabet, built when a text first uses
that alphabet; borders and case are checked on each candidate.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from store.text import Folded, fold

if TYPE_CHECKING:
    from crawler.analysis.lexicon import Term

MATCHES = ("word", "prefix", "substring", "clitic", "clitic-prefix", "suffix")

# Letters are folded here: one yeh, kaf, heh and alef (see store/text.py).
_ARABIC_BEFORE = frozenset({
    "و", "ف", "ب", "ک", "ل", "س", "ال", "وال", "فال", "بال", "کال", "لل", "ول", "فل", "وب", "فب",
    "وک", "ولل", "فلل", "وبال", "وبه",
})  # fmt: skip
_ARABIC_AFTER = frozenset({
    "ی", "یه", "یین", "یون", "یات", "ها", "هم", "هما", "ه", "ا", "نا", "ان", "ین", "ات",
})  # fmt: skip
_HEBREW_BEFORE = frozenset("והבלמשכ")
_PERSIAN_AFTER = frozenset({
    "ها", "های", "هایی", "هاست", "ی", "ای", "یی", "اند", "است", "ست", "را", "شان", "مان", "تان",
    "اش", "ام", "ان", "ترین", "گری",
})  # fmt: skip
_FAMILY = {
    "nb": "no", "nn": "no", "ms": "id", "bs": "hr", "sr": "hr", "lb": "de", "gl": "es", "af": "nl", "mr": "hi",
    "ne": "hi",
}  # fmt: skip
"""Languages near enough that the words of one count in texts of the other, which short titles confuse."""

_OPEN_LEFT = frozenset({"word", "prefix", "suffix"})
"""Matches that begin a word: most candidates stand within one and are refused by the letter before them."""
_BORDERLESS = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_LONGEST_ADDITION = 5
_SHORTEST_WITH_ENDING = 4
"""Shorter Persian words with an ending are as often another word (کن, کنم)."""


class Hit(NamedTuple):
    """A term at a place of the folded text, [start, end)."""

    term: Term
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


_ALPHABETS = tuple(
    re.compile(letters)
    for letters in (
        "[\u0386\u0388-\u03fc\u0400-\u0481\u048a-\u0589\u10d0-\u10ff]",
        "[\u05d0-\u05f2\u0620-\u063f\u0641-\u064a\u0671-\u06d3]",
        r"[\u0904-\u109f\u1780-\u17ff](?<!\d)",
        "[\u1100-\u11ff\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]",
    )
)
"""Letters that folding leaves in their class: European ones but Latin; Arabic and Hebrew; Indic, Thai and such; those
of East Asia. A term that holds one can only stand in a text that holds one. Digits are none: they become ASCII."""
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2c00-\U0010ffff]")
_ANY = len(_ALPHABETS)
"""Terms without such a letter, mostly Latin: looked for in every text."""


class Matcher:
    """Compiled terms. Finding costs about as much as reading the text once."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[int, list[Term]] = defaultdict(list)
        for term in terms:
            self._terms[_alphabet(term.text)].append(term)
        self._parts: dict[int, _Part] = {}

    def find(self, text: Folded, language: str) -> list[Hit]:
        """Every term at every place, in order of their ends; one hit a concept and place."""
        hits = self._part(_ANY).find(text, language) if _ANY in self._terms else []
        if text.text.isascii() or not _BEYOND_LATIN.search(text.text):
            return hits
        found = [hits] if hits else []
        for number, letters in enumerate(_ALPHABETS):
            if number in self._terms and letters.search(text.text):
                found.append(self._part(number).find(text, language))
        return found[0] if len(found) == 1 else sorted((h for part in found for h in part), key=lambda h: h.end)

    def _part(self, number: int) -> _Part:
        part = self._parts.get(number)
        if part is None:
            part = self._parts[number] = _Part(self._terms[number])
        return part


def _alphabet(text: str) -> int:
    if text.isascii():
        return _ANY
    return next((number for number, letters in enumerate(_ALPHABETS) if letters.search(text)), _ANY)


class _Part:
    """The terms of one alphabet."""

    def __init__(self, terms: Iterable[Term]) -> None:
        # Terms that differ in nothing but their language are one meaning of a spelling.
        spelled: dict[str, dict[tuple[str, str, str, bool], list[Term]]] = {}
        for term in terms:
            meaning = (term.concept, term.match, term.case, term.own)
            for spelling in _spellings(term):
                spelled.setdefault(spelling, {}).setdefault(meaning, []).append(term)
        self._meanings = [tuple(same.values()) for same in spelled.values()]
        self._whole = [
            _script(spelling[0]) == 1 and all(match in _OPEN_LEFT for _, match, _, _ in same)
            for spelling, same in spelled.items()
        ]
        self._automaton = AhoCorasick(list(spelled), matchkind=MatchKind.Standard)
        self._spoken: dict[str, dict[int, tuple[Term, ...]]] = {}

    def find(self, text: Folded, language: str) -> list[Hit]:
        folded = text.text
        spoken = self._spoken.setdefault(language, {})
        hits: list[Hit] = []
        whole = self._whole
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if whole[number] and start and _script(folded[start - 1]) == 1:
                continue
            terms = spoken.get(number)
            if terms is None:
                terms = spoken[number] = self._in_language(number, language)
            met = ""
            for term in terms:
                if term.concept != met and _fits(term, folded, start, end) and _case_fits(term, text, start, end):
                    hits.append(Hit(term, start, end))
                    met = term.concept
        return hits

    def _in_language(self, number: int, language: str) -> tuple[Term, ...]:
        """What a spelling can mean in a language: terms of one concept side by side, the easiest to meet first."""
        found = [term for same in self._meanings[number] if (term := _spoken_in(language, same)) is not None]
        return tuple(sorted(found, key=lambda t: (t.concept, bool(t.case), t.match != "prefix")))


def _spoken_in(language: str, terms: Sequence[Term]) -> Term | None:
    """The term of the text's own language, or any, or None when it counts in its own language only."""
    spoken = _FAMILY.get(language, language)
    for term in terms:
        if _FAMILY.get(term.base, term.base) == spoken:
            return term
    return None if terms[0].own and language != "und" else terms[0]


def _spellings(term: Term) -> tuple[str, ...]:
    """The folded term; for an Arabic word with its article also the form after ل, where its alef is gone."""
    folded = term.text.lower() if term.text.isascii() and term.text.isalnum() else fold(term.text)
    if term.match.startswith("clitic") and folded.startswith("ال") and len(folded) > _SHORTEST_WITH_ENDING:
        return folded, "لل" + folded[2:]
    return (folded,)


def _fits(term: Term, text: str, start: int, end: int) -> bool:
    kind = term.match
    if kind == "substring":
        return True
    before = start > 0 and joined(text[start - 1], text[start])
    after = end < len(text) and joined(text[end - 1], text[end])
    if not before and (not after or kind in ("prefix", "clitic-prefix")):
        return True
    if kind in ("word", "prefix"):
        return False
    if kind == "suffix":
        return not before and end - start >= _SHORTEST_WITH_ENDING and _after(text, end) in _PERSIAN_AFTER
    return (not before or _particle(_before(text, start))) and (
        not after or kind == "clitic-prefix" or _after(text, end) in _ARABIC_AFTER
    )


def _particle(letters: str) -> bool:
    return letters in _ARABIC_BEFORE or (0 < len(letters) <= 3 and _HEBREW_BEFORE.issuperset(letters))


def _before(text: str, start: int) -> str:
    """The letters written on to the left of a place, or more of them than any particle has."""
    begin = start
    while begin > 0 and start - begin <= _LONGEST_ADDITION and joined(text[begin - 1], text[begin]):
        begin -= 1
    return text[begin:start]


def _after(text: str, end: int) -> str:
    stop = end
    while stop < len(text) and stop - end <= _LONGEST_ADDITION and joined(text[stop - 1], text[stop]):
        stop += 1
    return text[end:stop]


@lru_cache(maxsize=4096)
def _script(char: str) -> int:
    """0: no letter; 1: letter, digit or mark of a script with spaces; 2: Hangul; 3: Han, kana, Thai and such."""
    if not char.isalnum() and unicodedata.category(char)[0] != "M":
        return 0
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3 or 0x1100 <= code <= 0x11FF:
        return 2
    if code >= 0x2E80 or 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF:
        return 3
    return 1


def joined(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    script = _script(left)
    return script != 0 and script == _script(right)


def default_match(language: str, *, stem: bool = False) -> str:
    """How a term of a language is matched when nothing else is said; a stem takes any ending."""
    if language in _BORDERLESS:
        return "substring"
    if language in ("ar", "he"):
        return "clitic-prefix" if stem else "clitic"
    if stem:
        return "prefix"
    return "suffix" if language in ("fa", "ur") else "word"


def original_span(text: Folded, start: int, end: int) -> tuple[int, int]:
    """Where a folded span stands in the original; the map of offsets is only made when they differ."""
    if len(text.text) == len(text.original):
        if text.original.isascii():
            return start, end
        piece = text.original[start:end]
        if piece.casefold() == text.text[start:end] or fold(piece) == text.text[start:end]:
            return start, end
    return text.span(start, end)


def _case_fits(term: Term, text: Folded, start: int, end: int) -> bool:
    """Names must have a capital, unless the whole text has none; abbreviations must stand as they are written."""
    if not term.case:
        return True
    first, last = original_span(text, start, end)
    piece = text.original[first:last]
    if term.case == "cap":
        return piece[:1].isupper() or text.original == text.original.lower()
    return unicodedata.normalize("NFKC", piece).replace("’", "'") == term.text
