"""Titles and summaries of listings as plain text: no tags, no entities, one line."""

from __future__ import annotations

import html
import re

from lxml import etree

MAX_TITLE = 500
MAX_SUMMARY = 1500
"""Characters; some feeds put the whole article into the summary, and some into the title."""

_SILENT = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|</?[a-zA-Z][^<>]*>|<\?[^<>]*>|<![a-zA-Z][^<>]*>", re.DOTALL)
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|span|font|a|sup|sub|small|mark|q|cite|abbr|wbr)\b[^<>]*>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ROUNDS = 4
_READ = 20_000


def plain(text: str | None, limit: int) -> str | None:
    """The text without tags and entities (also when it was escaped twice), blanks collapsed; None when empty.

    A `<` that opens no tag stays: "5 < 6" is a sentence.
    """
    if not text:
        return None
    text = text[:_READ]
    if "&" in text or "<" in text:
        text = _unescaped(text)
        text = _TAG.sub(" ", _INLINE.sub("", _SILENT.sub(" ", text)))
    text = " ".join(_CONTROL.sub("", text).split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return text or None


def text_of(element: etree._Element) -> str:
    """All text inside an element, in one string."""
    return "".join(part for part in element.itertext() if isinstance(part, str))


def _unescaped(text: str) -> str:
    for _ in range(_ROUNDS):
        once = html.unescape(text)
        if once == text:
            break
        text = once
    return text
