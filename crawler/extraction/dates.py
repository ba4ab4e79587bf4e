"""When an article was published and last changed, by what its page, its listing and its address say.

The most trusted statement wins (the order of `DateOrigin`): structured data, meta elements, marked-up times, the
listing, the address, and at last a date printed by the headline; one that gives no more than the day is made exact
by the next that gives a time on that day. A date later than now is no date; without any statement there is None,
never the day of the crawl.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import etree

from crawler import urls
from crawler.extraction import jsonld, printed_dates, timestamps
from crawler.extraction.metadata import Metadata
from crawler.extraction.timestamps import Moment
from crawler.extraction.tree import attributes, lineage, text_of
from crawler.extraction.vocabulary import MODIFIED_META, PUBLISHED_META
from store.models import DateOrigin, Hints, Link, Precision, Published

_PUBLISHED_IN_DATA = ("datePublished", "uploadDate", "dateCreated")
_MODIFIED_IN_DATA = ("dateModified",)
_CHANGED = re.compile(r"modif|updat|aktualis|actualiz|mise?-?a-?jour|edited|revis", re.IGNORECASE)
_NOT_THE_ARTICLES = re.compile(
    r"comment|related|recommend|teaser|sidebar|footer|next|card|latest|most-|popular|trending|list-item",
    re.IGNORECASE,
)
_DAY = timedelta(days=1)
_LATE = timedelta(days=7)
"""A statement this much later than the day in the address is about a later edition of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page's dates are judged by."""

    url: str
    hints: Hints
    now: datetime
    link: Link | None = None
    language: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of times without one; UTC when the source's file names none that is known."""
        try:
            return ZoneInfo(self.hints.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def day_first(self) -> bool | None:
        """How `03/04/2024` is read: by the page's language and country; None leaves it unread."""
        language = self.language.lower().replace("_", "-")
        if language == "en-us":
            return False
        return None if language in ("", "en") else True


def published(page: Metadata, tree: etree._Element, asked: Asked) -> Published | None:
    """When the article was published, or None. The tree must still have its time elements."""
    best: Published | None = None
    for moment, origin in _believable(page, tree, asked):
        if best is None:
            best = Published(moment.value, moment.precision, origin)
        elif best.value <= moment.value < best.value + _DAY and moment.precision is Precision.MINUTE:
            return Published(moment.value, moment.precision, origin)
        if best.precision is Precision.MINUTE:
            break
    return best


def modified(page: Metadata, asked: Asked, since: Published | None) -> datetime | None:
    """When the page says that it was last changed: later than its publication and not in the future; UTC."""
    raws = [*_in_data(page, _MODIFIED_IN_DATA), *_in_meta(page, MODIFIED_META)]
    for raw in raws:
        moment = _read(raw, asked)
        if moment and moment.value <= asked.now and (since is None or moment.value >= since.value):
            return moment.value
    return None


def _believable(page: Metadata, tree: etree._Element, asked: Asked) -> Iterator[tuple[Moment, DateOrigin]]:
    """The statements that can be true, the most trusted first."""
    in_address = _in_address(asked)
    for moment, origin in _statements(page, tree, asked, in_address):
        fitting = _fitting(moment, asked)
        if fitting and (in_address is None or fitting.value - in_address.value <= _LATE or origin is DateOrigin.URL):
            yield fitting, origin


def _statements(
    page: Metadata, tree: etree._Element, asked: Asked, in_address: Moment | None
) -> Iterator[tuple[Moment | None, DateOrigin]]:
    if asked.hints.date_selector:
        for raw in printed_dates.selected(tree, asked.hints.date_selector):
            yield _read(raw, asked), DateOrigin.TIME_TAG
    for raw in _in_data(page, _PUBLISHED_IN_DATA):
        yield _read(raw, asked), DateOrigin.JSON_LD
    for raw in _in_meta(page, PUBLISHED_META):
        yield _read(raw, asked), DateOrigin.META
    for raw in _in_times(page.times):
        yield _read(raw, asked), DateOrigin.TIME_TAG
    if asked.link and (listed := asked.link.published):
        yield Moment(listed.value, listed.precision), DateOrigin.LISTING
    yield in_address, DateOrigin.URL
    for raw in printed_dates.near_headline(page, tree):
        yield _read(raw, asked) or printed_dates.read_in(raw, asked.language, asked.zone), DateOrigin.TEXT


def _in_data(page: Metadata, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if raw := jsonld.string(page.article.get(name)):
            yield raw


def _in_meta(page: Metadata, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from page.meta.get(name, ())


def _in_times(times: Iterable[etree._Element]) -> Iterator[str]:
    """Times of the article: those marked as its publication first; none of comments, teasers or later changes."""
    plain = []
    for element in times:
        names = " ".join(attributes(place) for place, _ in zip(lineage(element), range(4), strict=False))
        role = f"{element.get('itemprop') or ''} {attributes(element)}"
        raw = element.get("datetime") or element.get("content") or element.get("title") or text_of(element)
        if not raw or _CHANGED.search(role) or _NOT_THE_ARTICLES.search(names):
            continue
        if "published" in role.lower() or element.get("pubdate") is not None or "entry-date" in role:
            yield raw
        elif element.tag == "time":
            plain.append(raw)
    yield from plain[:1]


def _in_address(asked: Asked) -> Moment | None:
    day = urls.date_in_url(asked.url)
    if day is None:
        return None
    return Moment(datetime.combine(day, time(), tzinfo=asked.zone).astimezone(UTC), Precision.DAY)


def _read(raw: str, asked: Asked) -> Moment | None:
    moment = timestamps.read(raw, zone=asked.zone, day_first=asked.day_first)
    if moment and asked.hints.date_only and moment.precision is Precision.MINUTE:
        return _day_of(moment, asked)
    return moment


def _fitting(moment: Moment | None, asked: Asked) -> Moment | None:
    """A moment that can be true: one later than now keeps its day if that is today, and is dropped otherwise.

    (Sites that print local time as UTC are ahead by hours; their day is right.)
    """
    if moment is None or moment.value <= asked.now:
        return moment
    day = _day_of(moment, asked)
    return day if day.value <= asked.now else None


def _day_of(moment: Moment, asked: Asked) -> Moment:
    midnight = moment.value.astimezone(asked.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(midnight.astimezone(UTC), Precision.DAY)
