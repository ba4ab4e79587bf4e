"""Taking from a page's tree what is no text of its article, before anything reads it.

Every rule looks at structure (how much of a block is links, what holds prose, what a table is for), none at a site.
"""

from __future__ import annotations

import re

from lxml import etree

from crawler.extraction.frame import ASIDES, Frame
from crawler.extraction.tree import key, lineage, link_text_of, new, remove, text_of
from crawler.extraction.vocabulary import INLINE, NO_TEXT

_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")
_LONG_CELL = 200
_LINKED_AROUND = (0.2, 0.1)
"""Share of link text from which a block before or after the frame is dropped."""
_HEAVY = 0.15
"""Prose, as a share of the frame's, that keeps a block outside the frame all the same."""
_LINE_OF_LINKS = 0.9
_LEAD_IN = re.compile(r".{1,39}[:：\-–—>»|]$", re.DOTALL)


def strip(tree: etree._Element) -> None:
    """Drop everything that holds no text: scripts, styles, forms' fields, media."""
    etree.strip_elements(tree, *NO_TEXT, with_tail=False)


def clear(tree: etree._Element, frame: Frame | None, headlines: frozenset[str], claimed: str) -> None:
    """Drop asides, the headline, layout tables and what surrounds the frame.

    Args:
        headlines: keys (see `tree.key`) of the spellings of the headline.
        claimed: key of the text that the publisher's own data gives as the article's body, or empty.
    """
    holding = frozenset(lineage(frame.element)) if frame else frozenset()
    for element in holding:
        if element.tag in ASIDES:
            make_plain(element)
    for element in list(tree.iter(*ASIDES)):
        remove(element)
    for element in list(tree.iter("h1", "h2", "h3")):
        if element not in holding and key(text_of(element)) in headlines:
            remove(element)
    _unfold_tables(tree, frame)
    if frame:
        _clear_frame(frame, claimed)


def make_plain(element: etree._Element) -> None:
    """Turn an element into a nameless div, so that no rule takes it for what it says of itself."""
    element.tag = "div"
    element.attrib.clear()


def _clear_frame(frame: Frame, claimed: str) -> None:
    for element in list(frame.element.iter("p")):
        if element is not frame.element and _is_pointer(element, claimed):
            remove(element)
    _drop_around(frame)
    _make_paragraphs(frame)


def _unfold_tables(tree: etree._Element, frame: Frame | None) -> None:
    """Layout tables become plain blocks; those without prose inside the frame (advertisements, tool boxes) go."""
    masses = frame.masses if frame else {}
    inside = frozenset(frame.element.iter("table")) if frame else frozenset()
    for table in list(tree.iter("table")):
        if table.tag != "table" or not _is_layout(table):
            continue
        if table in inside and table is not (frame and frame.element) and table not in masses and _is_poor(table):
            remove(table)
            continue
        for element in table.iter(*_TABLE_PARTS):
            element.tag = "div"


def _is_layout(table: etree._Element) -> bool:
    """Does the table place text on the page, rather than tabulate data?"""
    if table.find(".//table") is not None:
        return True
    cells = [len(text_of(cell)) for cell in table.iter("td", "th")]
    longest = max(cells, default=0)
    if len(cells) <= 1 or longest >= _LONG_CELL:
        return True
    return table.find(".//p") is not None and longest > sum(cells) / 2


def _is_poor(table: etree._Element) -> bool:
    length = len(text_of(table))
    return length < 50 or link_text_of(table) >= length / 2


def _is_pointer(paragraph: etree._Element, claimed: str) -> bool:
    """Is the paragraph nothing but a link, or `Read also:` and a link?

    One that the publisher counts as body stays, and so do paragraphs in lists, whose density of links says more.
    """
    parent = paragraph.getparent()
    link = paragraph.find(".//a")
    if link is None or parent is None or parent.tag == "li":
        return False
    text = text_of(paragraph)
    if not 10 <= len(text) <= 250 or "http" in text[:8] or len(text.split()) < 3:
        return False
    if claimed and key(text) in claimed:
        return False
    linked = link_text_of(paragraph)
    if linked >= _LINE_OF_LINKS * len(text):
        return True
    lead = text[: text.find(text_of(link))].strip()
    return linked >= len(text) / 2 and bool(_LEAD_IN.match(lead)) and len(lead) + linked >= _LINE_OF_LINKS * len(text)


def _drop_around(frame: Frame) -> None:
    """Drop the blocks around the frame, at every level, that are empty or made of links."""
    inner = frame.element
    before, after = _LINKED_AROUND
    for outer in inner.iterancestors():
        share = before
        for block in list(outer):
            if block is inner:
                share = after
            elif block.tag not in ("br", "hr") and frame.masses.get(block, 0) < _HEAVY * frame.mass:
                length = len(text_of(block))
                if not length or link_text_of(block) >= share * length:
                    remove(block)
        inner = outer


def _make_paragraphs(frame: Frame) -> None:
    """Text that stands loose in the frame, broken by br or between blocks, becomes paragraphs.

    Only holders with a tenth of the frame's prose: a caption or a comment must not come to look like text.
    """
    holders: dict[etree._Element, int] = {}
    for holder, length in frame.prose:
        while holder.tag in INLINE and (parent := holder.getparent()) is not None:
            holder = parent
        holders[holder] = holders.get(holder, 0) + length
    for holder, length in holders.items():
        if length * 10 >= frame.mass and holder.tag not in ("p", "pre") and frame.element in lineage(holder):
            _split(holder)


def _split(holder: etree._Element) -> None:
    """Wrap the runs of text and inline elements of a holder in paragraphs."""
    children = list(holder)
    if all(child.tag in INLINE for child in children):
        return
    blocks: list[etree._Element] = []
    run = new("p", holder.text)
    holder.text = None
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in INLINE and child.find(".//p") is None and child.find(".//div") is None:
            run.append(child)
            child.tail = tail
            continue
        holder.remove(child)
        blocks += [run] if child.tag == "br" else [run, child]
        run = new("p", tail)
    for block in [*blocks, run]:
        if block.tag != "p" or len(block) or (block.text or "").strip():
            holder.append(block)


def make_of(holder: etree._Element) -> tuple[str, ...]:
    """What kind of block holds a text: its tag and class, or, without a class, those of its parent as well."""
    while holder.tag in INLINE and (above := holder.getparent()) is not None:
        holder = above
    if name := holder.get("class"):
        return (holder.tag, name)
    parent = holder.getparent()
    return (holder.tag, "", *((parent.tag, parent.get("class") or "") if parent is not None else ()))
