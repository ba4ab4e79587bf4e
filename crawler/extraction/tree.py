"""The page as a tree: parsed once, with the few helpers that every reader of it shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

MAX_CHARS = 5_000_000
"""Characters of a page that are read; the largest real news page met while measuring had 1.9 million."""
_PARSER = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
# lxml.html asks a Python function for the class of every element it touches; one class for all is a tenth faster.
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WORDS = re.compile(r"[\W_]+")


def parse(html: str) -> HtmlElement | None:
    """The page's tree, or None when there is nothing in it."""
    text = _UNREADABLE.sub(" ", html[:MAX_CHARS])
    if not text.strip():
        return None
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return tree if isinstance(tree.tag, str) else None


def evaluate(path: etree.XPath, at: etree._Element) -> list[Any]:
    """What an XPath finds, as a list."""
    found = path(at)
    return found if isinstance(found, list) else []


def new(tag: str, text: str | None = None) -> etree._Element:
    """An element that belongs to no page yet."""
    element: etree._Element = _PARSER.makeelement(tag)
    element.text = text
    return element


def text_of(element: etree._Element) -> str:
    """All text below an element, white space collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())


def link_text_of(element: etree._Element) -> int:
    """Characters of the text of all links below an element, itself included."""
    return sum(len(text_of(link)) for link in element.iter("a"))


def attributes(element: etree._Element) -> str:
    """Class and id of an element, for matching names."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def remove(element: etree._Element) -> None:
    """Take an element out of the tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + " " + element.tail
        else:
            before.tail = (before.tail or "") + " " + element.tail
    element.tail = None
    parent.remove(element)


def lineage(element: etree._Element) -> Iterator[etree._Element]:
    """An element and its ancestors, upwards."""
    yield element
    yield from element.iterancestors()


def key(text: str) -> str:
    """Letters and digits of a text, for comparing headlines and sentences that differ in marks only."""
    return _WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())
