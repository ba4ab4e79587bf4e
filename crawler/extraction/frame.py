"""Where the text of an article stands on its page, by the mass of running text.

Text nodes outside links that are long enough to be prose are weighed, each for all its ancestors; the frame is found
by going down from the body as long as one child holds most of what its parent holds. Places that name themselves
comments, teasers, consent notices and the like do not count, unless nearly everything stands in such a place. (The
idea is that of Readability and of text density; the rules and figures were measured on real news pages, 2026-11.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.extraction.tree import attributes, evaluate, lineage
from crawler.extraction.vocabulary import WITHIN_TEXT

_SHARE = 0.6
"""Share of its parent's prose that a child must hold to be the frame instead (0.5 to 0.75 measure alike)."""
_DOMINANT = (0.4, 3.0)
"""… or this share, when it also holds this many times the prose of the next child, unless the two are of one make."""
_PROPER_SHARE = 0.25
_PROPER_CHARS = 400
"""Prose that must stand in proper places, as a share or in characters; with less, their names are not believed."""
_BESIDE = 0.04
"""Share of an element's prose in paragraphs beside its heaviest child that makes the element itself the frame."""
_PROSE = 40
"""Characters from which a text node may be prose; Han and kana count double, since they say more each."""
_LONG_NODES = etree.XPath("//body//text()[string-length(.) > 19]")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
ASIDES = ("button", "nav", "footer", "aside", "dialog", "label", "figure", "fieldset", "menu", "noindex")
"""Elements that hold no article, unless the article stands in them (broken markup leaves them open)."""
_PLACES = frozenset({*ASIDES, "figcaption"})
_NAMES = re.compile(
    r"comment|disqus|footer|related|recommend|side-?bar|cookie|consent|gdpr|newsletter|disclaimer|copyright|promo|popup"
    r"|modal|subscri|teaser|read-?more|most-?read|caption|author|byline|(?<![a-z])bio(?![a-z])|share|social|breadcrumb"
    r"|outbrain|taboola|advert|sponsor|login|sign-?up|(?<![a-z])tags?(?![a-z])|(?<![a-z])(?:cli|ot|cmp)-|privacy"
    r"|onetrust|didomi|usercentrics|next-?(?:post|story|article)",
    re.IGNORECASE,
)
Masses = dict[etree._Element, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """The element that holds the article's prose, its weight in characters, and the weight of every other element."""

    element: etree._Element
    mass: int
    masses: Masses
    prose: tuple[tuple[etree._Element, int], ...]
    """The holders of all prose on the page with its weight, as they were before anything was cleared."""


def find(tree: etree._Element) -> Frame | None:
    """The frame of the article, or None on a page without prose."""
    body = tree.find(".//body")
    top = tree if body is None else body
    found = tuple(prose(tree))
    masses = _weigh(found, top)
    if not masses.get(top):
        return None
    element = top
    while (child := _heir(element, masses)) is not None:
        element = child
    return Frame(element, masses[element], masses, found)


def of(element: etree._Element) -> Frame:
    """The frame that a source's file names."""
    found = tuple(prose(element.getroottree().getroot()))
    masses = _weigh(found, element)
    return Frame(element, masses.get(element, 0), masses, found)


def prose(tree: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """The holder and the weighed length of every text node that may be prose.

    Left out are links, list items that lead elsewhere, and texts that break off with an ellipsis, as teasers do.
    """
    for node in evaluate(_LONG_NODES, tree):
        holder = node.getparent()
        if holder is not None and node.is_tail:
            holder = holder.getparent()
        text = node.strip()
        if holder is None or text.endswith(("...", "…")) or _leads_elsewhere(holder):
            continue
        length = weight(text)
        if length >= _PROSE:
            yield holder, length


def weight(text: str) -> int:
    """Characters of a text, those of Chinese and Japanese counted double."""
    return len(text) * (2 if _DENSE.search(text) else 1)


def is_aside(place: etree._Element) -> bool:
    """Does the element say of itself that it holds no article?"""
    if place.tag in _PLACES:
        return True
    return place.tag not in ("html", "body", "article", "main") and bool(_NAMES.search(attributes(place)))


def _weigh(found: Iterable[tuple[etree._Element, int]], top: etree._Element) -> Masses:
    """Prose below each element that has any; only proper places count when they hold enough."""
    everything: Masses = {}
    proper: Masses = {}
    asides: dict[etree._Element, bool] = {}
    for holder, length in found:
        path = list(lineage(holder))
        for place in path:
            if place not in asides:
                asides[place] = is_aside(place)
            everything[place] = everything.get(place, 0) + length
        if not any(asides[place] for place in path):
            for place in path:
                proper[place] = proper.get(place, 0) + length
    enough = min(_PROPER_SHARE * everything.get(top, 0), _PROPER_CHARS)
    return proper if proper.get(top, 0) >= enough else everything


def _leads_elsewhere(element: etree._Element) -> bool:
    """Is the element (up to three levels) inside a link, or (up to five) inside a list item that has one?"""
    inside: etree._Element | None = element
    for level in range(6):
        if inside is None:
            return False
        if level < 4 and inside.tag in ("a", "option"):
            return True
        if inside.tag == "li":
            return inside.find(".//a") is not None
        inside = inside.getparent()
    return False


def _heir(element: etree._Element, masses: Masses) -> etree._Element | None:
    """The child that holds so much of the element's prose that it is the frame as well."""
    children = sorted(((masses[child], child) for child in element if child in masses), key=_mass, reverse=True)
    if not children or children[0][1].tag in WITHIN_TEXT:
        return None
    mass, child = children[0]
    others = children[1:]
    beside = sum(mass for mass, other in others if other.tag == "p")
    if element.tag != "body" and beside >= _BESIDE * masses[element]:
        return None
    if mass >= _SHARE * masses[element]:
        return child
    share, times = _DOMINANT
    alike = any(other.tag == child.tag and other.get("class") == child.get("class") for _, other in others)
    dominant = mass >= share * masses[element] and (not others or mass >= times * others[0][0])
    return child if dominant and not alike else None


def _mass(pair: tuple[int, etree._Element]) -> int:
    return pair[0]
