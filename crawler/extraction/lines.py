"""From the lines that a reader gives to the article's paragraphs: no markup, no headline, no asides at the end."""

from __future__ import annotations

import re
from datetime import UTC

from crawler.extraction import timestamps
from crawler.extraction.frame import weight
from crawler.extraction.tree import key
from crawler.extraction.vocabulary import ENDING_LINES, INVITATIONS, NOISE_LINES

_HEAD_LINES = 6
"""Lines at the start among which a repeated headline is looked for."""
_RULE = re.compile(r"^[|\-\s]+$")
_ROW = re.compile(r"^\|.*\|$")
_BULLET = re.compile(r"^[-•*] +")
_NOISE = re.compile(rf"^\W*{NOISE_LINES}\W*$", re.IGNORECASE)
_ENDING = re.compile(rf"^\W*{ENDING_LINES}\W*$|^\W*{INVITATIONS}\b.{{0,160}}$", re.IGNORECASE)
"""Lines that lead on or invite; dropped from the end of a text only, where they are never prose."""
_SHORT = 30
_PROSE = 80
_LABEL_LETTERS = 40
_SENTENCE_END = re.compile(r"[.!?。！？؟…।][\"'”»)）』」]*$")
_AGREE = 0.6


def tidy(text: str, *, headlines: frozenset[str] = frozenset(), opening: str = "", claimed: str = "") -> str:
    """Paragraphs of an article, one a line.

    Args:
        headlines: keys of the spellings of the headline, which is no part of the text.
        opening: a standfirst, put first unless the text has it.
        claimed: the body as the publisher's data has it: where it agrees, it tells what is not part of the article.
    """
    found = [line for line in map(_plain, text.split("\n")) if line and not _NOISE.match(line)]
    found = [line for n, line in enumerate(found) if n >= _HEAD_LINES or key(line) not in headlines]
    found = _without_labels(found)
    if claimed:
        found = _agreed(found, claimed)
    while found and _ENDING.match(found[-1]):
        found.pop()
    if opening and key(opening)[:40] not in key("".join(found)):
        found.insert(0, opening)
    return "\n".join(found)


def _plain(line: str) -> str:
    """A line without the marks of lists and tables."""
    line = line.strip()
    if _RULE.match(line):
        return ""
    if _ROW.match(line):
        line = " ".join(cell.strip() for cell in line.strip("|").replace("\\|", "|").split("|"))
    return _BULLET.sub("", " ".join(line.split()))


def _without_labels(found: list[str]) -> list[str]:
    """Drop the lines at the start that say when the text was published, and by whom, and no more."""
    first = next((n for n, line in enumerate(found[:_HEAD_LINES]) if weight(line) >= _PROSE), 0)
    return [line for line in found[:first] if not _is_label(line)] + found[first:]


def _is_label(line: str) -> bool:
    """A date with a few words around it, which make no sentence."""
    words = sum(char.isalpha() for char in line)
    return words <= _LABEL_LETTERS and not _SENTENCE_END.search(line) and timestamps.read(line, zone=UTC) is not None


def _agreed(found: list[str], claimed: str) -> list[str]:
    """Drop what follows the claimed body, and long lines within that it does not have.

    Lines before it stay (a standfirst is no part of it), and short ones, which may be subheadings that it leaves out.
    Nothing is dropped unless the claim covers most of the text.
    """
    body = key(claimed)
    shared = [_stands_in(key(line), body) for line in found]
    common = sum(len(line) for line, is_shared in zip(found, shared, strict=True) if is_shared)
    if len(body) < 200 or common < _AGREE * sum(map(len, found)) or common < len(claimed) / 2:
        return found
    first, last = shared.index(True), len(shared) - 1 - shared[::-1].index(True)
    return [
        line
        for n, (line, is_shared) in enumerate(zip(found, shared, strict=True))
        if is_shared or n < first or (n < last and len(line) <= _SHORT)
    ]


def _stands_in(line: str, body: str) -> bool:
    return line in body or (len(line) > 60 and (line[:40] in body or line[-40:] in body))
