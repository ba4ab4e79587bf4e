"""What the full-text index holds of an article: folded words, pairs of characters, keys, and a few facts.

Three zones are told apart, because a word of the headline says more than one of the lead, and that more than one of
the text: `title`, `lead`, `text`. Each holds its words in order, so that phrases are found, then, past a break that
no phrase crosses, the parts of words written with ZWNJ, the keys of `stems`, the single characters of runs and the
mark of the family, each once. `facts` holds what narrows a search.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.search import stems
from store.search.words import RUN, pairs, plain, units
from store.text import fold

COLUMNS = ("title", "lead", "text", "facts")
BREAK = "\uf8ff"
"""Stands where no phrase may go on. Text from outside holds no private-use character once it is folded to words."""
_LANGUAGE, _SOURCE, _SITE, _CHARACTER = "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3"
LEAD = 500
"""Characters of a text that are its lead at the most; it ends with a line or sentence where one ends in them."""
VERSION = 2
"""Raised whenever this module or the folding makes other words of the same text."""

_WITH_ZWNJ = re.compile("[^\\s\u200c]+(?:\u200c+[^\\s\u200c]+)+")
_LEAD_END = re.compile(r"\n|[.!?؟۔।](?=\s)|[。！？]")


def recipe() -> str:
    """The name of the way in which the words are made; an index made in another way must be made anew."""
    return f"{VERSION}-{hashlib.sha256(stems.DATA.read_bytes()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Shadow:
    """One article in the index."""

    title: str
    lead: str
    text: str
    facts: str
    words: frozenset[str]
    """The words of it, when its language writes compounds as one word (see `compounds`); else none."""

    @property
    def columns(self) -> tuple[str, str, str, str]:
        return self.title, self.lead, self.text, self.facts


def shadow(title: str, text: str, *, language: str, source_id: str, site: str, compounding: bool = False) -> Shadow:
    """What the index holds of an article.

    Args:
        language: of the article, a BCP 47 tag: its family decides which keys the words get.
        compounding: whether to list its words, for a language that writes compounds as one word.
    """
    family = stems.family_of(language)
    seen: set[str] = set()
    cut = lead_end(text)
    headline, lead, rest = (_zone(part, family, seen) for part in (title, text[:cut], text[cut:]))
    facts = [_LANGUAGE + language.partition("-")[0], _SOURCE + _joined(source_id), _SITE + _joined(site)]
    words = frozenset(word for word in seen if len(word) >= 3 and word.isalpha()) if compounding else frozenset[str]()
    return Shadow(headline, lead, rest, " ".join(facts), words)


def lead_end(text: str) -> int:
    """Where the lead of a text ends: with the last line or sentence that ends within its first `LEAD` characters."""
    if len(text) <= LEAD:
        return len(text)
    ends = [found.end() for found in _LEAD_END.finditer(text, LEAD // 3, LEAD)]
    blank = text.rfind(" ", LEAD // 3, LEAD)
    return ends[-1] if ends else blank + 1 if blank >= 0 else LEAD


def language_fact(language: str) -> str:
    """The word in `facts` of articles in a language."""
    return _LANGUAGE + "".join(filter(str.isalnum, language.partition("-")[0].lower()))


def place_facts(name: str) -> tuple[str, str]:
    """The words in `facts` of articles of a source with this id, and of a site with this name."""
    return _SOURCE + _joined(name), _SITE + _joined(name)


def one_of_run(char: str) -> str:
    """The word of the index for a single character of a run: to look through all pairs that begin with it is dear."""
    return _CHARACTER + char


def _joined(name: str) -> str:
    """An id or host as one word of the index, which takes ASCII punctuation for a border."""
    return "".join(char if char.isalnum() else BREAK for char in name.lower())


def tokens(folded: str) -> list[str]:
    """The words of a folded text as the index has them, runs as pairs."""
    text = plain(folded)
    found: list[str] = []
    for start, end, is_run in units(text):
        if is_run:
            found += pairs(text[start:end])
        else:
            found.append(text[start:end])
    return found


def _zone(text: str, family: stems.Family | None, seen: set[str]) -> str:
    words = tokens(fold(text))
    different = dict.fromkeys(words)
    seen.update(different)
    keys = _keys(different, family)
    for joined in dict.fromkeys(_WITH_ZWNJ.findall(text)) if "\u200c" in text else ():
        parts = tokens(fold(joined.replace("\u200c", " ")))
        keys += _keys(parts, family)
        words += [BREAK, *parts]
    keys += map(one_of_run, sorted({char for word in different if RUN.match(word) for char in word}))
    if words and family is not None:
        keys.append(family.mark)
    if keys:
        words += [BREAK, *dict.fromkeys(keys)]
    return " ".join(words)


def _keys(words: Iterable[str], family: stems.Family | None) -> list[str]:
    return [] if family is None else [key for word in words for key in stems.keys(family, word)]
