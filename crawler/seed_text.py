"""Cleaning a text that somebody else extracted: what is glued to it and is not the article. General rules, no list
of sites.
"""

from __future__ import annotations

import re

_STRAY_DATE = re.compile(r"\A\s*(?:date[:\s]+)?(?:\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}\S*)?\s+", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:(?<=[.!?”\"])\s+|\A|(?<=\n))[^.!?\n]{0,200}[.!?]?\s*"
    r"\((?:photo\s+|image\s+)?(?:credit|photo|image|source|file)\s*:[^()\n]*\)",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"^[^\n.!?]{1,120}/\s*(?:Getty|AFP|AP|Reuters|EPA|Xinhua|IRNA|TASS)[^\n.!?]{0,40}$", re.MULTILINE
)
_DATE_LINE = re.compile(r"^\s*(?:\w+ \d{1,2}, \d{4}|\d{1,2} \w+ \d{4}|\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)
_GLUED = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")
_MOST_CRUMBS = 8
_SENTENCE_END = re.compile(r"[.!?。！？؟…»”\"']\s*$")
_LONGEST_HEADLINE = 16


def clean(text: str) -> str:
    """The article's own text: without a date before it, crumbs, photo captions with credits and date lines.

    Menus, "read more" lines and disclaimers stay: `analysis/furniture.py` knows them in every text.
    """
    text = _STRAY_DATE.sub("", text.replace("\r\n", "\n"), count=1)
    text = _CREDIT.sub("", text)
    text = _CREDIT_LINE.sub("", text)
    text = _DATE_LINE.sub("", text)
    lines = [line.strip() for line in text.split("\n")]
    while lines and (not lines[0] or _are_crumbs(lines[0])):
        lines.pop(0)
    return "\n".join(line for line in lines if line)


def headline(text: str) -> str:
    """The first line when it is a headline: short, and no sentence; otherwise nothing."""
    first = next(iter(clean(text).split("\n")), "")
    is_headline = 3 <= len(first.split()) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(first)
    return first if is_headline and "\n" in clean(text) else ""


def _are_crumbs(line: str) -> bool:
    """Section names run together: "WorldAsiaBusiness News"."""
    return len(line.split()) <= _MOST_CRUMBS and len(_GLUED.findall(line)) >= 2 and not _SENTENCE_END.search(line)
