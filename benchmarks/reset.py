"""Another article's text in a real page's markup: the page keeps its weight, its scripts and its furniture."""

from __future__ import annotations

import json
import re

from lxml import etree, html

_LEAST_TEXT = 800
"""Characters of paragraphs in one element below which a page is not taken for an article's."""
_TITLE_METAS = frozenset({"og:title", "twitter:title", "title"})

_HEADLINE = re.compile(r'("headline"\s*:\s*)"(?:[^"\\]|\\.)*"')


def set_into(page: bytes, title: str, paragraphs: list[str]) -> bytes | None:
    """The page with this article in the place of its own; None when the page has no clear place for it."""
    try:
        tree = html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return None
    place = _place(tree)
    if place is None:
        return None
    _entitle(tree, title)
    _replace(place, paragraphs)
    written: bytes = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return written


def _entitle(tree: html.HtmlElement, title: str) -> None:
    for element in list(tree.iter("title", "h1")):
        element.clear()
        element.text = title
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            script.text = _HEADLINE.sub(lambda found: f"{found[1]}{json.dumps(title)}", script.text or "")
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name")) in _TITLE_METAS:
            meta.set("content", title)


def _place(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The element whose own paragraphs hold most text."""
    sizes: dict[html.HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + len(paragraph.text_content())
    best = max(sizes, key=lambda element: sizes[element], default=None)
    return best if best is not None and sizes[best] >= _LEAST_TEXT else None


def _replace(place: html.HtmlElement, paragraphs: list[str]) -> None:
    """The new paragraphs where the first old one stood; what stands between the old ones stays."""
    old = [child for child in place if child.tag == "p"]
    at = place.index(old[0])
    for element in old:
        place.remove(element)
    for offset, text in enumerate(paragraphs):
        element = etree.Element("p")
        element.text = text
        place.insert(at + offset, element)
