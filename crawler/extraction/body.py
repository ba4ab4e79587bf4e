"""The text of an article: the page's tree is cleared of what is no text, then trafilatura reads it.

trafilatura's fast way is used, without comments and metadata: it costs half of its default and, on a cleared tree,
reads more of the text and less of the rest. When what it gives is thin against the prose that stands on the page, the
frame of that prose is read instead.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree

from crawler.extraction import clearing, lines, standfirst
from crawler.extraction import frame as frames
from crawler.extraction.frame import Frame
from crawler.extraction.tree import evaluate, key, lineage, new, text_of

# That a page holds no text is an answer here, and no warning.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_THIN = 0.5
"""Share of the frame's prose below which a reading is thin."""
_VERY_THIN = 0.25
_SHORT = 1500
"""Characters below which a thin reading that misses most of the frame is not believed."""
_JOINED = etree.XPath("//text()[contains(., '\u200c') or contains(., '\u200d')]")
_HIDDEN = str.maketrans("\u200c\u200d", "\ua717\ua718")
"""Joiners ↔ two printable modifier letters of Chinantec, which no page of the beat can be about."""
_SHOWN = {hidden: joiner for joiner, hidden in _HIDDEN.items()}
_NAMING = ("class", "id", "style", "hidden", "aria-hidden", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page's metadata says that helps to read its body."""

    headlines: frozenset[str] = frozenset()
    """Keys (see `tree.key`) of the spellings of the headline."""
    descriptions: tuple[str, ...] = ()
    claimed: str = ""
    """The body as the publisher's structured data has it, without markup."""


def extract(
    tree: etree._Element, frame: Frame | None, known: Known, *, selected: Iterable[etree._Element] = ()
) -> str:
    """The text of the article, paragraphs separated by newlines; empty when there is none.

    The tree, from which scripts and the like are gone (`clearing.strip`), is consumed.

    Args:
        frame: where its prose stands (`frame.find`).
        selected: elements that hold the body, where the source's file names them; the frame is not used then.
    """
    chosen = [frames.of(element) for element in selected]
    if chosen:
        frame = chosen[0]
    _hide_joiners(tree)
    opening = standfirst.find(tree, frame, known.headlines, known.descriptions)
    clearing.clear(tree, frame, known.headlines, key(known.claimed))
    text = "\n".join(_read(_page_of(part.element)) for part in chosen) if chosen else _read_page(tree, frame)
    return lines.tidy(text, headlines=known.headlines, opening=_shown_joiners(opening), claimed=known.claimed)


def default(tree: etree._Element, known: Known) -> str:
    """The text as trafilatura's default way finds it: with its fall-backs, which may take seconds on huge tables."""
    _hide_joiners(tree)
    return lines.tidy(_text_of(trafilatura.bare_extraction(tree, include_comments=False)), headlines=known.headlines)


def _read_page(tree: etree._Element, frame: Frame | None) -> str:
    if frame is not None and frame.element.tag in ("div", "section", "td", "main", "article", "span", "center"):
        # trafilatura looks for bodies by name; this name is one of its later choices, after all that say "article".
        frame.element.tag = "div"
        frame.element.set("id", "content")
    text = _read(tree)
    if frame is not None and _is_thin(text, frame):
        framed = _read(_page_of(frame.element))
        text = max(text, framed, key=len)
    return text


def _read(tree: etree._Element) -> str:
    return _text_of(trafilatura.bare_extraction(tree, fast=True, include_comments=False))


def _text_of(document: Any) -> str:
    """The text of what trafilatura answers: a document, or None when it found nothing."""
    return _shown_joiners((document.text or "") if document else "")


def _page_of(element: etree._Element) -> etree._Element:
    """A page whose article is this element, with no names left that could make a reader skip its prose."""
    for holder, _ in list(frames.prose(element.getroottree().getroot())):
        path = list(lineage(holder))
        if element in path and not any(frames.is_aside(place) for place in path[: path.index(element)]):
            for place in path[: path.index(element) + 1]:
                for name in _NAMING:
                    place.attrib.pop(name, "")
    clearing.make_plain(element)
    element.tail = None
    page = new("html")
    article = etree.SubElement(etree.SubElement(page, "body"), "article", {"class": "post"})
    article.append(element)
    return page


def _is_thin(text: str, frame: Frame) -> bool:
    """Does the reading miss most of the prose of the frame, though that is of the make of what was read?"""
    weight = frames.weight(text)
    if weight >= _THIN * frame.mass:
        return False
    read, missed = _by_make(text, frame)
    got = sum(read.values())
    if any(mass >= got / 2 and make[0] != "p" and missed.get(make, 0) >= mass for make, mass in read.items()):
        return False  # whole posts one after the other: the first was read
    if weight < _VERY_THIN * frame.mass and frame.element.tag != "body" and len(text) < _SHORT:
        return True
    return bool(got) and sum(missed.get(make, 0) for make in read) >= 0.6 * got


def _by_make(text: str, frame: Frame) -> tuple[dict[tuple[str, ...], int], dict[tuple[str, ...], int]]:
    """The weight of the page's prose that was read, and of the frame's that was not, by make of its holders."""
    said = key(text)
    read: dict[tuple[str, ...], int] = {}
    missed: dict[tuple[str, ...], int] = {}
    for holder, length in frames.prose(frame.element.getroottree().getroot()):
        if key(text_of(holder))[:50] in said:
            counts = read
        elif frame.element in lineage(holder):
            counts = missed
        else:
            continue
        make = clearing.make_of(holder)
        counts[make] = counts.get(make, 0) + length
    return read, missed


def _hide_joiners(tree: etree._Element) -> None:
    """Put other characters in the place of joiners: trafilatura drops them, and Persian words run together."""
    for node in evaluate(_JOINED, tree):
        holder = node.getparent()
        if node.is_tail:
            holder.tail = node.translate(_HIDDEN)
        else:
            holder.text = node.translate(_HIDDEN)


def _shown_joiners(text: str) -> str:
    return text.translate(_SHOWN)
