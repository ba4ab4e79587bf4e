"""Section pages: the links of an HTML page that lead to articles, with what stands beside them.

A title is a link's own text, the heading in it before the rest. A date is taken when it is written for machines
(`<time datetime>`) or in figures; "2 hours ago" is nobody's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from crawler import urls
from crawler.discovery.collect import Collector, Item, resolved
from crawler.discovery.listing import Listing, Request
from crawler.discovery.words import plain

MAX_TITLE = 300
MAX_STEPS = 5
"""So many elements up from a link its date is looked for, as long as no other article's link is met."""

MAX_ANCHORS = 6
"""Anchors of one article that are looked at: picture, headline, teaser, "read more" and two to spare."""

_HEADINGS = "|".join(f".//{name}" for name in ("h1", "h2", "h3", "h4", "h5"))
_FURNITURE = frozenset(
    {
        "nav", "navbar", "navigation", "menu", "main-menu", "submenu", "breadcrumb", "breadcrumbs", "footer",
        "site-footer", "page-footer", "pagination", "pager", "cookie-banner",
    }
)  # fmt: skip
"""Class names and ids of what stands on every page of a site."""
NUMBERED = 5
"""When so many links, and half of all, carry a number or a day, links that carry none are sections."""

_MORE = re.compile(
    r"(?:read|see|view|learn|show|load)?\s*(?:more|full story|all)|continue reading|details?|share|comments?|mehr|"
    r"weiterlesen|lire la suite|leer más|подробнее|читать далее|далее|ادامه(?: مطلب)?|بیشتر|المزيد|اقرأ المزيد|更多|"
    r"详细|详情|全文|阅读全文|続きを読む|더보기|devamı",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:an?|one|\d+)\s*\w+\s+ago|just now|yesterday|today|\d+\s*(?:分钟|小时|天|分鐘|小時)前|\d+\s\w+ (?:پیش|قبل)|"
    r"(?:منذ|قبل) .{1,20}|\d+ \w+\.? назад|il y a .{1,20}|hace .{1,20}|vor \d+ \w+",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(
    r"(?<!\d)(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|[۰-۹]{4}/[۰-۹]{1,2}/[۰-۹]{1,2})"
    r"(?:[T\s]+[\d۰-۹]{1,2}:[\d۰-۹]{2}(?::[\d۰-۹]{2})?)?(?![\d۰-۹])"
)


def read(text: str, request: Request) -> Listing | None:
    """The links of a page that may be articles, or None when it is no page at all."""
    root = _parsed(text)
    if root is None:
        return None
    collector = Collector(request)
    base = _base(root, request.url)
    cards: dict[str, list[etree._Element]] = {}
    for anchor in root.iter("a"):
        address = resolved(anchor.get("href") or "", (base,))
        if address and _is_candidate(address, anchor, request):
            anchors = cards.setdefault(urls.canonical(address) or address, [])
            if len(anchors) < MAX_ANCHORS:
                anchors.append(anchor)
    if not request.allow:
        cards = _articles_alone(cards)
    owners = {anchor: identity for identity, anchors in cards.items() for anchor in anchors}
    for anchors in cards.values():
        if collector.full:
            break
        collector.add(_item(anchors, base, owners))
    return collector.listing(empty="a page without links to articles")


def _parsed(text: str) -> etree._Element | None:
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError):
        return None


def _base(root: etree._Element, url: str) -> str:
    declared = root.find(".//base[@href]")
    return (urls.absolute(declared.get("href", ""), url) if declared is not None else None) or url


def _is_candidate(address: str, anchor: etree._Element, request: Request) -> bool:
    """With patterns of its own the source decides; without, a link counts that looks like an article of this site."""
    if request.allow:
        return True  # the collector matches the patterns
    return (
        urls.same_site(address, request.url)
        and urls.looks_like_article(address)
        and urls.canonical(address) != urls.canonical(request.url)
        and not any(_is_furniture(element) for element in (anchor, *anchor.iterancestors()))
    )


def _is_furniture(element: etree._Element) -> bool:
    if str(element.tag) in ("nav", "footer"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    return not _FURNITURE.isdisjoint(names)


def _articles_alone(cards: dict[str, list[etree._Element]]) -> dict[str, list[etree._Element]]:
    """Without sections of three words ("world-of-business"), where the site numbers its articles."""
    numbered = {identity: anchors for identity, anchors in cards.items() if urls.is_numbered(identity)}
    return numbered if len(numbered) >= NUMBERED and 2 * len(numbered) >= len(cards) else cards


def _item(anchors: list[etree._Element], base: str, owners: dict[etree._Element, str]) -> Item:
    titles = [title for anchor in anchors for title in _titles(anchor)]
    return Item(
        addresses=[anchors[0].get("href") or ""],
        bases=(base,),
        title=max(titles, key=lambda found: found[0])[2] if titles else None,
        published=next((date for anchor in anchors if (date := _date(anchor, owners))), None),
    )


def _titles(anchor: etree._Element) -> Iterator[tuple[int, int, str]]:
    """Possible titles with their rank: a heading, the link's text, what describes it to those who cannot see it."""
    heading = anchor.xpath(_HEADINGS)
    in_heading = any(str(e.tag) in ("h1", "h2", "h3", "h4", "h5") for e in anchor.iterancestors())
    texts = [(4, _text(h)) for h in heading] if isinstance(heading, list) else []
    texts += [(3 if in_heading else 2, _text(anchor)), (1, anchor.get("title") or anchor.get("aria-label") or "")]
    texts += [(0, picture.get("alt") or "") for picture in anchor.iter("img")]
    for rank, text in texts:
        title = plain(text, MAX_TITLE)
        bare = (title or "").strip(" .…»›>→[]()")
        if title and bare and not bare.isdecimal() and not _MORE.fullmatch(bare) and not _AGO.fullmatch(bare):
            yield rank, min(len(title), 120), title


def _text(element: object) -> str:
    return " ".join(str(part) for part in element.itertext()) if isinstance(element, etree._Element) else ""


def _date(anchor: etree._Element, owners: dict[etree._Element, str]) -> str | None:
    """The date in the smallest box around a link that holds no other article's link."""
    box: etree._Element | None = anchor
    for _ in range(MAX_STEPS):
        if box is None or str(box.tag) in ("body", "html"):
            return None
        if any(owners.get(other, owners[anchor]) != owners[anchor] for other in box.iter("a")):
            return None
        if date := _date_in(box):
            return date
        box = box.getparent()
    return None


def _date_in(box: etree._Element) -> str | None:
    for time in box.iter("time"):
        if stamp := (time.get("datetime") or "").strip():
            return stamp
    found = _IN_FIGURES.search(_text(box)[:2000])
    return found[0] if found else None
