"""CSS selectors of sources' files, applied to a page."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree
from lxml.cssselect import CSSSelector, SelectorError

from crawler.extraction.tree import evaluate


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError:
        return None


def select(tree: etree._Element, selector: str) -> list[etree._Element]:
    """Elements that match, outermost only, in page order; none for a selector that is not valid CSS."""
    compiled = _compiled(selector)
    found = evaluate(compiled, tree) if compiled else []
    inside = set(found)
    return [element for element in found if not any(outer in inside for outer in element.iterancestors())]
