"""The text of an article as paragraphs, with the terms that made it relevant marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph; `side` names the side of the beat whose term it is, empty for plain text."""

    text: str
    side: str = ""


def paragraphs(text: str, terms: Iterable[Mapping[str, Any]]) -> list[list[Piece]]:
    """Cut a text at its line ends and around the terms found in it (`relevance_terms`, offsets into the text)."""
    marks = _apart(text, terms)
    found = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(_pieces(text, start, end, marks))
        start = end + 1
    return found


def _apart(text: str, terms: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    """Spans of terms of a side, in order, none over another; what does not fit the text is left out.

    Terms of one side that overlap are one span: 在伊 and 伊朗 are both found in 在伊朗.
    """
    spans = sorted(
        (term["start"], -term["end"], term["side"])
        for term in terms
        if term.get("side") and term.get("field") == "text" and 0 <= term["start"] < term["end"] <= len(text)
    )
    kept: list[tuple[int, int, str]] = []
    for start, negative_end, side in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -negative_end, side))
        elif kept[-1][2] == side:
            kept[-1] = (kept[-1][0], max(kept[-1][1], -negative_end), side)
    return kept


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> list[Piece]:
    pieces = []
    at = start
    for first, last, side in marks:
        if first < at or last > end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], side)]
        at = last
    pieces.append(Piece(text[at:end]))
    return [piece for piece in pieces if piece.text]
