"""How the terms of a vocabulary stand on pages, before anything is folded: what the cheap look searches for."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.analysis.lexicon_terms import Term


class Spelling(str):
    """A term as printed, with the rules by which it counts. Equal to its text, whatever its rules."""

    __slots__ = ("case", "language", "match")

    match: str
    """As in `matcher`: `word`, `prefix`, `substring`, `clitic`, `clitic-prefix` or `suffix`."""
    case: str
    """Empty, `cap` (a capital first, unless the text has none) or `exact`."""
    language: str
    """The only language it counts in; empty when it counts in all."""

    def __new__(cls, text: str, match: str, case: str = "", language: str = "") -> Spelling:
        made = super().__new__(cls, text)
        made.match, made.case, made.language = match, case, language
        return made


def spellings(terms: Iterable[Term]) -> list[Spelling]:
    """Each way in which the terms may stand on a page, sorted; one entry for each set of rules."""
    found = {
        (text, term.match, term.case, term.base if term.own else "") for term in terms for text in _printed(term.text)
    }
    return [Spelling(*entry) for entry in sorted(found)]


_ARABIC_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "ه": "ہ"})
_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ہ": "ه"})


def _printed(term: str) -> set[str]:
    """A term with Arabic or Persian letters, with or without ZWNJ, with either apostrophe."""
    found = {term}
    if not term.isascii():
        found |= {term.translate(_PERSIAN_LETTERS), term.translate(_ARABIC_LETTERS)}
        found |= {t.translate(_ARABIC_LETTERS) for t in found}
        if term.startswith("ال"):
            found.add("لل" + term[2:])
        found |= {t.replace("\u200c", joint) for t in found if "\u200c" in t for joint in ("", " ")}
    found |= {t.replace("'", "’") for t in found if "'" in t}
    return found
