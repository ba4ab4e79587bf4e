"""What a page says of itself, read in one walk: JSON-LD, OpenGraph and other meta elements, links, title, times."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.extraction import jsonld
from crawler.extraction.tree import text_of
from crawler.extraction.vocabulary import TITLE_META

_MAX_TIMES = 40
_MAX_SCRIPT = 1_000_000
_DATA_FROM, _MAX_SCRIPTS = 300, 60
"""Characters from which a script may carry an article as data, and how many of them are kept."""


@dataclass(slots=True, kw_only=True)
class Metadata:
    """Raw claims of a page; nothing in it is cleaned or believed yet."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    """Contents of meta elements by lower-case name, property or itemprop, in page order."""
    title: str = ""
    """The title element."""
    headings: list[etree._Element] = field(default_factory=list)
    """The h1 elements."""
    times: list[etree._Element] = field(default_factory=list)
    """time elements and those with a date as itemprop, in page order."""
    links: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of link elements by rel."""
    nodes: list[jsonld.Node] = field(default_factory=list)
    article: jsonld.Node = field(default_factory=dict)
    """The JSON-LD object of the article; empty when there is none."""
    scripts: list[str] = field(default_factory=list)
    """The other scripts; in pages that are rendered by script, one of them holds the article as data."""
    language: str = ""
    """lang of the html element or og:locale; often the template's, not the text's."""

    def first(self, *names: str) -> str:
        """The first non-empty content among these meta names."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return ""

    def link(self, rel: str) -> str | None:
        return next((href for href in self.links.get(rel, ()) if href), None)

    def titles(self) -> list[str]:
        """Every spelling of the title that the page has, most trusted first; with site names still in them."""
        claims = [jsonld.string(self.article.get("headline"))]
        claims += [content for name in TITLE_META for content in self.meta.get(name, ())]
        if len(self.headings) == 1:
            claims.append(text_of(self.headings[0]))
        return [claim for claim in [*claims, self.title] if claim]


def read(tree: etree._Element) -> Metadata:
    """Collect a page's claims about itself."""
    found = Metadata()
    blocks: list[str] = []
    for element in tree.iter("meta", "link", "title", "script", "time", "h1", "span", "abbr"):
        _take(element, found, blocks)
    found.language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found.language = found.language or found.first("og:locale", "content-language", "language")
    found.nodes = jsonld.nodes(blocks)
    titles = [*(content for name in TITLE_META for content in found.meta.get(name, ())), found.title]
    titles += [text_of(heading) for heading in found.headings]
    found.article = jsonld.article(found.nodes, titles) or {}
    return found


def _take(element: etree._Element, found: Metadata, blocks: list[str]) -> None:
    match element.tag:
        case "meta":
            _take_meta(element, found)
        case "link":
            for rel in (element.get("rel") or "").lower().split():
                found.links.setdefault(rel, []).append((element.get("href") or "").strip())
        case "title":
            found.title = found.title or text_of(element)
        case "h1":
            found.headings.append(element)
        case "script":
            _take_script(element, found, blocks)
        case _ if element.tag == "time" or "date" in (element.get("itemprop") or "").lower():
            if len(found.times) < _MAX_TIMES:
                found.times.append(element)


def _take_meta(element: etree._Element, found: Metadata) -> None:
    content = html.unescape(element.get("content") or element.get("value") or "").strip()
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        if name := element.get(attribute):
            found.meta.setdefault(name.strip().lower(), []).append(content)


def _take_script(element: etree._Element, found: Metadata, blocks: list[str]) -> None:
    text = element.text
    if not text or len(text) > _MAX_SCRIPT:
        return
    kind = (element.get("type") or "").lower()
    if "ld+json" in kind:
        blocks.append(text)
    elif len(text) >= _DATA_FROM and len(found.scripts) < _MAX_SCRIPTS:
        found.scripts.append(text)


def strings(value: Any) -> Iterator[str]:
    """Strings of a JSON value that may be one or a list of them, or objects with a name."""
    for item in value if isinstance(value, list) else [value]:
        if text := jsonld.string(item):
            yield text
