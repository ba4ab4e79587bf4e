"""Whether a page that was read before says something else now, or only shows another clock. Pure."""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from crawler.analysis.figures import figures
from crawler.analysis.meaning import language_of
from crawler.analysis.prepared import Prepared, prepare

_SHORT_LINE = 8
"""Words. A shorter line or sentence that holds a number is a clock, a counter or a date: it does not count."""
_FEW_WORDS = 3
"""Fewer changed words than this, none of them a number, are a typing error put right."""
_CUT = 0.5
"""A page that shows less than this of the known text, and nothing else, hides the rest (a paywall, a failed load)."""


def changed(old_title: str, old_text: str, title: str, text: str, language: str = "und") -> str:
    """What changed between two readings of one page, in one plain sentence; empty when nothing that matters did.

    Case, punctuation, furniture, clocks and counters do not matter; a number in a sentence does.
    """
    if prepare(title).words != prepare(old_title).words:
        return "The headline changed."
    old, new = prepare(old_text), prepare(text)
    known, found = _said(old, language), _said(new, language)
    if known == found:
        return ""
    gone, come = _differences(known, found)
    if not come and len(found) < _CUT * len(known):
        return ""
    if len(gone) + len(come) < _FEW_WORDS and not any(word[0].isdigit() for word in gone + come):
        return ""
    return f"{len(come)} words came and {len(gone)} went."


def _said(ready: Prepared, language: str) -> list[str]:
    """The words of a text without its clocks and counters."""
    spoken = language_of(language, ready)
    numbers = {figure.start for figure in figures(ready.words, ready.gaps, spoken)}
    kept: list[str] = []
    for begin, end in ready.sentences:
        if end - begin > _SHORT_LINE or not numbers.intersection(range(begin, end)):
            kept += ready.words[begin:end]
    return kept


def _differences(known: list[str], found: list[str]) -> tuple[list[str], list[str]]:
    """Words that went and words that came."""
    gone: list[str] = []
    come: list[str] = []
    for op in LCSseq.opcodes(known, found):
        if op.tag != "equal":
            gone += known[op.src_start : op.src_end]
            come += found[op.dest_start : op.dest_end]
    return gone, come
