"""The standfirst: the sentence or two under the headline that many sites set outside the article's body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice

from lxml import etree

from crawler.extraction.frame import Frame
from crawler.extraction.tree import attributes, key, link_text_of, text_of

_NAMES = re.compile(
    r"stand-?first|(?<![a-z])lead(?!er|ing)|(?<![a-z])lede|(?<![a-z])dek(?![a-z])|sub-?(?:title|head|line|heading)"
    r"|summary|excerpt|intro|abstract|(?<![a-z])sapo|chapo|ingress|preamble|manchet|vorspann|anriss|untertitel"
    r"|teaser-?text|entradilla|bajada|sommario|occhiello|catenaccio|description|perex|anons|podtitul|annotation|spot",
    re.IGNORECASE,
)
"""What designers of news sites in a dozen languages call it in class names."""
_BLOCKS = ("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "section", "header", "ul")
_SENTENCES = frozenset({"p", "h2", "h3", "h4", "span", "strong"})
_LOOKED_AT = 60
_LENGTH = range(30, 601)
_OPENING = 50


def find(tree: etree._Element, frame: Frame | None, headlines: frozenset[str], descriptions: Iterable[str]) -> str:
    """The standfirst as it stands on the page, or an empty string.

    What is between headline and body is believed to be one when the page's own description says the same. (A class
    name alone is no proof: measured, 21 of 23 such finds were captions, credits or notices.)
    """
    claims = [claim for claim in map(key, descriptions) if len(claim) >= 20]
    heading = _heading(tree, headlines)
    if heading is None or not claims:
        return ""
    for element in _following(tree, heading):
        if _opens_body(element, frame):
            break
        text = text_of(element)
        if len(text) in _LENGTH and link_text_of(element) <= 0.3 * len(text) and _is_claimed(element, text, claims):
            return "" if key(text) in headlines else text
    return ""


def _following(tree: etree._Element, heading: etree._Element) -> Iterator[etree._Element]:
    """The first blocks after the headline, in page order."""
    blocks = dropwhile(lambda element: element is not heading, tree.iter(*_BLOCKS))
    yield from islice(blocks, 1, _LOOKED_AT)


def _heading(tree: etree._Element, headlines: frozenset[str]) -> etree._Element | None:
    for element in tree.iter("h1", "h2"):
        if key(text_of(element)) in headlines:
            return element
    only = list(tree.iter("h1"))
    return only[0] if len(only) == 1 else None


def _opens_body(element: etree._Element, frame: Frame | None) -> bool:
    if frame is None or element.tag != "p" or element.getparent() is not frame.element:
        return False
    return not _NAMES.search(attributes(element))


def _is_claimed(element: etree._Element, text: str, claims: list[str]) -> bool:
    said = key(text)
    lengths = [len(c) for c in claims if said.startswith(c[:_OPENING]) or c.startswith(said[:_OPENING])]
    if not lengths:
        return False
    if _NAMES.search(attributes(element)):
        return True
    return element.tag in _SENTENCES and 0.8 * len(said) <= max(lengths) <= 1.6 * len(said)
