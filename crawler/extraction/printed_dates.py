"""Dates that stand on the page for readers only: found by a source's selector, or printed next to the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo

from lxml import etree

from crawler.extraction import selectors
from crawler.extraction.metadata import Metadata
from crawler.extraction.timestamps import Moment
from crawler.extraction.titles import headline_keys
from crawler.extraction.tree import attributes, evaluate, key, lineage, text_of
from store.models import Precision

_AFTER = etree.XPath("following::text()[normalize-space()]")
_BEFORE = etree.XPath("preceding::text()[normalize-space()]")
_FIRST_NODES = etree.XPath("//body//text()[normalize-space()]")
_NAMED = etree.XPath(
    "//body//*[contains(@class, 'date') or contains(@class, 'Date') or contains(@class, 'time') or "
    "contains(@class, 'publish') or contains(@id, 'date') or contains(@id, 'pubtime')]"
)
_DATA = ("datetime", "content", "data-date", "data-time", "data-datetime", "data-origindate", "data-timestamp")
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|1[34]\d\d|[۱][۳۴][۰-۹]{2}|[٢][٠][٠-٩]{2})(?!\d)")
_WITH_CLOCK = re.compile(r"(?:19|20)\d\d\D.{0,12}\d{1,2}:\d{2}")
_NOT_OF_THIS = re.compile(r"©|\(c\)|copyright|all rights|comment|related|recommend|sidebar|footer|update|modif", re.I)
_AFTER_HEADLINE, _BEFORE_HEADLINE, _FIRST = 30, 8, 150
"""Text nodes after and before the headline, or at the start of a page without one, that may hold the date."""
_LONGEST = 120
_READ_WITHOUT = frozenset(["en", "de", "fr", "es", "it", "pt", "ru", "uk", "fa", "ar", "zh", "ja", "ko"])
"""Languages whose dates `timestamps` reads completely: what it left there is no date."""
_MONTH_NAME = re.compile(r"[^\W\d_]{3}")


def selected(tree: etree._Element, selector: str) -> Iterator[str]:
    """What the elements of a CSS selector give as a date: their machine-readable attribute, or their text."""
    for element in selectors.select(tree, selector):
        yield element.get("datetime") or element.get("content") or text_of(element)


def near_headline(page: Metadata, tree: etree._Element) -> Iterator[str]:
    """Short texts with a year: next to the headline, in elements that are named after dates, or, on a page without a
    headline, near its top together with the time of day."""
    heading = _heading(page, tree)
    if heading is not None:
        yield from _dated(evaluate(_AFTER, heading)[:_AFTER_HEADLINE])
        yield from _dated(evaluate(_BEFORE, heading)[-_BEFORE_HEADLINE:])
    for element in evaluate(_NAMED, tree):
        if not _NOT_OF_THIS.search(" ".join(attributes(place) for place in lineage(element))):
            yield from _dated([*(element.get(name) or "" for name in _DATA), text_of(element)])
    if heading is None:
        yield from (text for text in _dated(evaluate(_FIRST_NODES, tree)[:_FIRST]) if _WITH_CLOCK.search(text))


def _dated(texts: Iterable[str]) -> Iterator[str]:
    for raw in texts:
        text = " ".join(raw.split())
        if len(text) <= _LONGEST and _YEAR.search(text) and not _NOT_OF_THIS.search(text):
            yield text


def _heading(page: Metadata, tree: etree._Element) -> etree._Element | None:
    """The element with the page's headline, be it h1 or less."""
    keys = headline_keys(page)
    for element in tree.iter("h1", "h2", "h3"):
        if key(text_of(element)) in keys:
            return element
    return page.headings[0] if len(page.headings) == 1 else None


def read_in(raw: str, language: str, zone: tzinfo) -> Moment | None:
    """A day in a language whose months are not known here, by dateparser: strictly, and only with a month's name."""
    base = language.replace("_", "-").partition("-")[0].lower()
    if not _MONTH_NAME.search(raw) or base in _READ_WITHOUT:
        return None
    import dateparser  # a fifth of a second, for the few pages that need it
    from dateparser.data.languages_info import language_order

    if base not in language_order:
        return None
    found: datetime | None = dateparser.parse(raw, languages=[base], settings={"STRICT_PARSING": True})
    if found is None:
        return None
    return Moment(
        found.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone).astimezone(UTC), Precision.DAY
    )
