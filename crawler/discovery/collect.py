"""From what a listing says of its items to links: each address once, absolute, wanted, with believable dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache

from crawler import urls
from crawler.discovery.dates import Stamp, of_day, read_date
from crawler.discovery.listing import EMPTY, Listing, Problem, Request
from crawler.discovery.words import MAX_SUMMARY, MAX_TITLE, plain
from store.models import DateOrigin, Link, Precision, Published

CLOCK_GRACE = timedelta(minutes=10)
"""Publishers' clocks are not ours: a date so little ahead is no future date."""
MAX_UNREADABLE = 20
"""So many dates of one listing may be unreadable; then the rest is not tried (each may cost 2.4 ms)."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_AMPERSAND = re.compile(r"&(?:amp|#0?38|#x26);", re.IGNORECASE)
"""The one escape that addresses need; unescaping all would turn `&copy=1` and `&section=2` into signs."""
_OPAQUE = re.compile(r"/~r/|/~/\d")
"""Feed services that hide the target behind a number of their own."""


@dataclass(slots=True, kw_only=True)
class Item:
    """What a listing says of one item, as it stands there."""

    addresses: list[str] = field(default_factory=list)
    """The item's own addresses, the best first; the first that can be an article is taken."""
    bases: tuple[str, ...] = ()
    """What relative addresses stand on, one on the other: xml:base or the site's own address."""
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    summary: str | None = None


class Collector:
    """Takes the items of one listing and gives the `Listing`."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.items = 0
        self._links: dict[str, Link] = {}
        self._stamps: dict[str, Stamp] = {}
        self._left: Counter[str] = Counter()
        self._unreadable = 0
        self._allow = [re.compile(pattern) for pattern in request.allow]
        self._deny = [re.compile(pattern) for pattern in request.deny]

    @property
    def full(self) -> bool:
        """True when the limit of items is reached; the listing then says so."""
        if self.items >= self.request.limits.items:
            self._left["beyond the limit"] = 1
            return True
        return False

    def add(self, item: Item) -> None:
        """Take one item, or count why not."""
        self.items += 1
        address = self._address(item)
        identity = urls.canonical(address) if address else None
        if address is None or identity is None or not self._wanted(address):
            return
        link, stamp = self._link(address, item)
        if self._too_old(link, stamp):
            self._left["too old"] += 1
        elif identity in self._links:
            self._left["twice"] += 1
            self._links[identity] = _completed(self._links[identity], link)
        else:
            self._links[identity] = link
        if stamp:
            self._stamps.setdefault(identity, stamp)

    def listing(self, *, empty: str, more: Iterable[str] = (), notes: Sequence[str] = ()) -> Listing:
        """What was collected; `empty` says in a sentence what it is when there was nothing to collect."""
        children = tuple(more)
        links = tuple(self._by_day().values())
        problem = None
        if not links and not children:
            problem = Problem(
                EMPTY, f"{self.items} items, none of them an article to ask for" if self.items else empty
            )
        return Listing(links=links, more=children, problem=problem, notes=(*notes, *self._notes()), items=self.items)

    # --- addresses --------------------------------------------------------------------------------------------------

    def _address(self, item: Item) -> str | None:
        """The first of an item's addresses that can be an article's, without its redirector."""
        reason = "no address"
        found = [url for text in item.addresses if (url := resolved(text, (self.request.url, *item.bases)))]
        if len(found) > 1 and _OPAQUE.search(found[0]):
            found.sort(key=lambda url: _OPAQUE.search(url) is not None)
        for url in found:
            if not urls.is_media(url):
                return url
            reason = "a file"
        self._left[reason] += 1
        return None

    def _wanted(self, address: str) -> bool:
        wanted = not self._allow or any(pattern.search(address) for pattern in self._allow)
        if not wanted or any(pattern.search(address) for pattern in self._deny):
            self._left["not wanted"] += 1
            return False
        return True

    # --- fields -----------------------------------------------------------------------------------------------------

    def _link(self, address: str, item: Item) -> tuple[Link, Stamp | None]:
        stamp = self._date(item.published)
        modified = self._date(item.modified) if item.modified != item.published else stamp
        language = (item.language or "").strip().replace("_", "-")
        link = Link(
            url=address,
            title=plain(item.title, MAX_TITLE),
            published=Published(stamp.value, stamp.precision, DateOrigin.LISTING) if stamp else None,
            modified=modified.value if modified else None,
            language=language if _LANGUAGE.fullmatch(language) else None,
            summary=plain(item.summary, MAX_SUMMARY),
        )
        return link, stamp

    def _date(self, text: str | None) -> Stamp | None:
        if not text or self._unreadable > MAX_UNREADABLE:
            return None
        hints = self.request.hints
        stamp = read_date(text, hints.timezone)
        if stamp is None:
            self._unreadable += 1
            self._left["unreadable date"] += 1
        elif stamp.value > self.request.now + CLOCK_GRACE:
            self._left["future date"] += 1
            return None
        elif hints.date_only and stamp.midnight:
            return _as_day(stamp, hints.timezone)
        return stamp

    def _by_day(self) -> dict[str, Link]:
        """When every date of the listing is a midnight, the listing prints days."""
        if not self._stamps or not all(s.midnight or s.precision is Precision.DAY for s in self._stamps.values()):
            return self._links
        zone = self.request.hints.timezone
        found = dict(self._links)
        for identity, stamp in self._stamps.items():
            if identity in found and found[identity].published:
                day = _as_day(stamp, zone)
                found[identity] = replace(
                    found[identity], published=Published(day.value, day.precision, DateOrigin.LISTING)
                )
        return found

    def _too_old(self, link: Link, stamp: Stamp | None) -> bool:
        since = self.request.since
        if since is None:
            return False
        if link.published or link.modified:
            newest = max(d for d in (link.published and link.published.value, link.modified) if d)
            slack = timedelta(days=1) if stamp and stamp.precision is Precision.DAY else timedelta()
            return newest + slack < since
        day = urls.date_in_url(link.url)
        return day is not None and of_day(day, self.request.hints.timezone) + timedelta(days=1) < since

    # --- notes ------------------------------------------------------------------------------------------------------

    def _notes(self) -> list[str]:
        limits = self.request.limits
        sentences = {
            "no address": "{n} of {all} items have no usable address",
            "a file": "{n} of {all} items are files (sound, film, document), not articles",
            "not wanted": "{n} of {all} items do not match the endpoint's allow and deny patterns",
            "too old": f"{{n}} of {{all}} items are older than {self.request.since and self.request.since.date()}",
            "twice": "{n} of {all} items name an address that another item names",
            "future date": "{n} dates lie in the future and were dropped",
            "unreadable date": "{n} dates could not be read",
            "beyond the limit": f"only the first {limits.items} items were read",
        }
        return [
            sentence.format(n=self._left[reason], all=self.items)
            for reason, sentence in sentences.items()
            if self._left[reason]
        ]


def resolved(text: str, bases: Sequence[str]) -> str | None:
    """The absolute address that an item names, escapes of XML taken off, without its redirector; else None."""
    text = text.strip()
    for _ in range(2):
        text = _AMPERSAND.sub("&", text)
    base = "" if text[:4].lower() == "http" else _joined(tuple(bases))
    found = urls.absolute(text, base or None) if text else None
    return urls.unwrap(found, archives=False).replace(" ", "%20") if found else None


@lru_cache(maxsize=256)
def _joined(steps: tuple[str, ...]) -> str:
    """The address that relative ones stand on: each step stands on the one before."""
    base = ""
    for step in steps:
        base = urls.absolute(step, base or None) or base
    return base


def _as_day(stamp: Stamp, zone: str) -> Stamp:
    return Stamp(of_day(stamp.day, zone), Precision.DAY, stamp.day)


def _completed(first: Link, again: Link) -> Link:
    """The first mention of an address, with what only a later one says."""
    return replace(
        first,
        title=first.title or again.title,
        published=first.published or again.published,
        modified=first.modified or again.modified,
        summary=first.summary or again.summary,
    )
