"""How search sees a folded text: words, and runs of scripts that set no spaces between words.

A word is looked up without its accents (`Teherán`, `Teheran`). A run of Han, kana, Hangul, Thai … is looked up by its
overlapping pairs of characters: most Chinese words have two, and Korean writes particles on to its words (`이란과`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from store.text import SINGLE

_RUN = f"{SINGLE}\u1100-\u11ff\uac00-\ud7a3"
_MARKS = "\u0900-\u0963\u0966-\u096f\u0971-\u0dff"
"""Indic vowel signs are no letters to `re`, but part of their words."""
RUN = re.compile(f"[{_RUN}]")
LETTER = f"[^\\W_{_RUN}]"
"""A letter or digit of a word, in a regular expression."""
_REST = re.compile(f"(?:{LETTER}|[{_MARKS}])*")
_UNIT = re.compile(f"([{_RUN}]+)|{LETTER}(?:{LETTER}|[{_MARKS}])*")


class _Plain(dict[int, str]):
    """A Latin letter with accents → the letter; filled as characters are met. One character stays one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0] if code > 0x7F else char
        self[code] = found = base if base.isascii() else char
        return found


_PLAIN = _Plain()
_ACCENTED = re.compile("[\u00aa-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff]")
"""Where Unicode has the Latin letters with accents; a text without them is left as it is."""


def plain(folded: str) -> str:
    """The folded text with Latin letters bare of their accents; of the same length. `й`, `か` and `آ` stay."""
    return folded.translate(_PLAIN) if _ACCENTED.search(folded) else folded


def units(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where words and runs stand in a plain text: start, end, and whether it is a run."""
    for match in _UNIT.finditer(text):
        yield match.start(), match.end(), match[1] is not None


def word_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The word of a plain text around a part of it."""
    while start and _is_of_word(text[start - 1]):
        start -= 1
    rest = _REST.match(text, end)
    return start, rest.end() if rest else end


@lru_cache(maxsize=8192)
def _is_of_word(char: str) -> bool:
    return _REST.fullmatch(char) is not None


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run, and its last character: what the index holds of it, in order."""
    return [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]
