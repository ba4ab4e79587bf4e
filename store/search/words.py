"""How search sees a folded text: words, and runs of scripts that set no spaces between words.

A word is looked up without its accents (`Teherán`, `Teheran`). A run of Han, kana, Hangul, Thai … is looked up by its
overlapping pairs of characters: most Chinese words have two, and Korean writes particles on to its words (`이란과`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from store.text import SINGLE

_RUN = f"{SINGLE}\u1100-\u11ff\uac00-\ud7a3"
_MARKS = "\u0900-\u0963\u0966-\u096f\u0971-\u0dff"
"""Indic vowel signs are no letters to `re`, but part of their words."""
LETTER = f"[^\\W_{_RUN}]"
"""A letter or digit of a word, in a regular expression."""
_UNIT = re.compile(f"([{_RUN}]+)|{LETTER}(?:{LETTER}|[{_MARKS}])*")


class _Plain(dict[int, str]):
    """A Latin letter with accents → the letter; filled as characters are met. One character stays one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0] if code > 0x7F else char
        self[code] = found = base if base.isascii() else char
        return found


_PLAIN = _Plain()


def plain(folded: str) -> str:
    """The folded text with Latin letters bare of their accents; of the same length. `й`, `か` and `آ` stay."""
    return folded if folded.isascii() else folded.translate(_PLAIN)


def units(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where words and runs stand in a plain text: start, end, and whether it is a run."""
    for match in _UNIT.finditer(text):
        yield match.start(), match.end(), match[1] is not None


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run, and its last character: what the index holds of it, in order."""
    return [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]
