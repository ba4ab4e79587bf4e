"""Page furniture that extraction left in a text: menus, share buttons, credits, disclaimers, "read more" lines.

Two articles of one site share it whatever they say, so it must not count when texts are compared. The phrases
are in `words/furniture.csv`, in nine languages, written for this project from what news pages carry:

- *labels* are names of buttons and sections. They are words of news as well ("world", "business"), so they are
  taken for furniture only where `_RUN` or more of them follow each other without another word between.
- *lines* make the sentence that begins with them, or that they end, furniture, when it is short. Those with a colon
  need it: a source that says something is news, "Source:" is not.

- *disclaimers* make a whole paragraph furniture when it is one of the last and holds two of them: republishers put
  the same hundred words under everything.

The rule needs no markup and no memory of other pages of the site; it misses what is in no list.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from store.text import fold, token_spans, tokens

_FILE = Path(__file__).parent / "words" / "furniture.csv"
_RUN = 3
_LONGEST_LINE = 24
"""Words. A longer sentence that begins with a phrase like "copyright" says something."""

_LEAD_IN = 3
"""Words that may stand before such a phrase in its sentence ("(Reporting by …", "To read more …")."""
_BETWEEN_LABELS = re.compile(r"[\s|/>·•¶»-]+")
_SENTENCE_END = re.compile(r"[!?;|¶。]|\.\W")
_FULL_STOP = re.compile(r"[!?。]|\.\W")
_CLOSING_PARAGRAPHS = 3
_CUES = 2
_COLON = ":"
LINE_BREAK = "¶"
"""Stands for a newline in text that is folded: folding makes all white space one space."""


@lru_cache(maxsize=4096)
def ends_sentence(gap: str) -> bool:
    """Whether a sentence or a line ends in what stands between two tokens."""
    return gap != " " and _SENTENCE_END.search(gap) is not None


def is_full_stop(gap: str) -> bool:
    """Whether a sentence, not only a line, ends in what stands between two tokens."""
    return gap != " " and _FULL_STOP.search(gap) is not None


def _load(column: str) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first token, longest first."""
    phrases: dict[str, set[tuple[str, ...]]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row[column].split(";"):
                words = tuple(tokens(fold(phrase)))
                if words:
                    colon = (_COLON,) if phrase.endswith(_COLON) else ()
                    phrases.setdefault(words[0], set()).add(words + colon)
    return {first: sorted(found, key=len, reverse=True) for first, found in phrases.items()}


_LABELS = _load("labels")
_LINES = _load("lines")
_STARTS = frozenset(_LABELS) | frozenset(_LINES)
_DISCLAIMERS = _load("disclaimers")


def mask(words: Sequence[str], gaps: Sequence[str]) -> bytearray:
    """Mark the words of a text that are furniture (1) and those that are not (0).

    `gaps` holds what stands behind each word, up to the next one. When nothing would be left, nothing is marked: a
    text that is all furniture is compared as it is.
    """
    marks = bytearray(len(words))
    starts = [at for at, word in enumerate(words) if word in _STARTS]
    _mark_labels(words, gaps, starts, marks)
    _mark_lines(words, gaps, starts, marks)
    _mark_disclaimers(words, gaps, marks)
    return bytearray(len(words)) if all(marks) else marks


def is_line(sentence: str) -> bool:
    """Whether a folded sentence is a line of furniture: short, and begun or ended by one of the phrases."""
    spans = token_spans(sentence)
    if len(spans) > _LONGEST_LINE:
        return False
    words = [sentence[begin:end] for begin, end in spans]
    starts = [begin for begin, _ in spans] + [len(sentence)]
    gaps = [sentence[end:following] for (_, end), following in zip(spans, starts[1:], strict=True)]
    return any(
        at <= _LEAD_IN or at + width == len(words)
        for at, word in enumerate(words)
        if word in _LINES and (width := _phrase(_LINES, words, gaps, at))
    )


def _mark_labels(words: Sequence[str], gaps: Sequence[str], starts: Sequence[int], marks: bytearray) -> None:
    done = 0
    for at in starts:
        if at < done:
            continue
        end, count = at, 0
        while end < len(words) and (width := _phrase(_LABELS, words, gaps, end)):
            end, count = end + width, count + 1
            if not _BETWEEN_LABELS.fullmatch(gaps[end - 1]):
                break
        if count >= _RUN:
            marks[at:end] = b"\1" * (end - at)
            done = end


def _mark_lines(words: Sequence[str], gaps: Sequence[str], starts: Sequence[int], marks: bytearray) -> None:
    for at in starts:
        if marks[at] or not (width := _phrase(_LINES, words, gaps, at)):
            continue
        begin = _line_begin(gaps, marks, at)
        stop = _line_end(gaps, marks, at + width - 1)
        if stop - begin <= _LONGEST_LINE and (at - begin <= _LEAD_IN or at + width == stop):
            marks[begin:stop] = b"\1" * (stop - begin)


def _mark_disclaimers(words: Sequence[str], gaps: Sequence[str], marks: bytearray) -> None:
    """Mark closing paragraphs that disclaim; the first paragraph never is one."""
    stop = len(words)
    for _ in range(_CLOSING_PARAGRAPHS):
        begin = stop - 1
        while begin > 0 and LINE_BREAK not in gaps[begin - 1]:
            begin -= 1
        if begin <= 0:
            return
        cues = {
            tuple(words[at : at + width])
            for at in range(begin, stop)
            if words[at] in _DISCLAIMERS and (width := _phrase(_DISCLAIMERS, words, gaps, at))
        }
        if len(cues) >= _CUES:
            marks[begin:stop] = b"\1" * (stop - begin)
        stop = begin


def _line_begin(gaps: Sequence[str], marks: bytearray, at: int) -> int:
    """The first word of the sentence that holds the word `at`; looked for as far as a line may reach."""
    begin = at
    while begin and at - begin <= _LONGEST_LINE and not ends_sentence(gaps[begin - 1]) and not marks[begin - 1]:
        begin -= 1
    return begin


def _line_end(gaps: Sequence[str], marks: bytearray, at: int) -> int:
    """Behind the last token of the sentence that holds the token `at`."""
    while at < len(gaps) - 1 and not ends_sentence(gaps[at]) and not marks[at + 1]:
        at += 1
    return at + 1


def _phrase(
    phrases: dict[str, list[tuple[str, ...]]], words: Sequence[str], gaps: Sequence[str], at: int
) -> int:  # fmt: skip
    """How many tokens a phrase that starts here takes; 0 when none does."""
    for phrase in phrases.get(words[at], ()):
        told = phrase[:-1] if phrase[-1] == _COLON else phrase
        stop = at + len(told)
        if tuple(words[at:stop]) == told and (told is phrase or _COLON in gaps[stop - 1]):
            return len(told)
    return 0
