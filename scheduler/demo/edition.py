"""One day of the newsroom, put on a web: the addresses that answer, and what they answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from crawler import beat as beats
from crawler.seeds import make_seeds, write_seeds
from scheduler.demo import listings, pages
from scheduler.demo.listings import Item
from scheduler.demo.outlets import KNOWN, SOURCES, Fixed, Listing, Outlet, Page, as_edited, outlets
from scheduler.demo.pages import Times
from scheduler.demo.web import Web

DAYS = 2
_SUMMARY = 160
"""Characters of a text that a listing shows."""


def make_beat(folder: Path) -> Path:
    """A beat in a new folder: the shipped vocabulary, the newsroom's sources, and what its reader knows beforehand.

    Raises:
        UsageError: there is something already.
    """
    beats.create(folder)
    for path in sorted(SOURCES.glob("*.toml")):
        shutil.copyfile(path, folder / "sources" / path.name)
    write_seeds(folder / "seeds", make_seeds([KNOWN]))
    return folder


def publish(web: Web, day: int, now: datetime) -> None:
    """Let the web answer as the newsroom does on a day.

    Args:
        day: 1 or 2; the second day still has what the first brought.
        now: the time of that day's pass, aware; everything is published some hours before it.
    """
    web.answers.clear()
    for outlet in outlets():
        web.add(f"{outlet.site}/robots.txt", "User-agent: *\nDisallow:\n", content_type="text/plain")
        for page in _of_day(outlet, day):
            _put_page(web, outlet, page, times_of(page, day, now), edited=day == DAYS)
        for listing in outlet.listings:
            if listing.since <= day <= listing.until:
                _put_listing(web, outlet, listing, day, now)
        for answer in outlet.answers:
            if answer.since <= day:
                _put_fixed(web, outlet, answer)


def times_of(page: Page, day: int, now: datetime) -> Times:
    """When a page was published and changed, seen at the pass of `day`."""
    published = now - timedelta(days=day - page.day, hours=page.hours)
    changed = now - timedelta(hours=page.edited.hours) if page.edited and day == DAYS else None
    return Times(published=published, modified=changed)


def addresses(day: int, now: datetime) -> dict[str, str]:
    """The address of every page that is out on a day, by `outlet:page`."""
    return {
        f"{outlet.id}:{page.id}": pages.url_of(outlet, page, times_of(page, day, now).published)
        for outlet in outlets()
        for page in _of_day(outlet, day)
    }


def _of_day(outlet: Outlet, day: int) -> Iterator[Page]:
    return (page for page in outlet.pages if page.day <= day)


def _put_page(web: Web, outlet: Outlet, page: Page, times: Times, *, edited: bool) -> None:
    url = pages.url_of(outlet, page, times.published)
    body = pages.html(outlet, as_edited(page) if edited else page, times)
    kind = f"text/html; charset={outlet.charset}" if outlet.template != "tables" else "text/html"
    for spelling in (url, pages.amp_url(url)):
        web.add(_asked(spelling), body, content_type=kind, delay=outlet.delay, conditional=False)


def _asked(url: str) -> str:
    """The address as a client asks for it: what is not ASCII percent-encoded."""
    return quote(url, safe=":/?&=%~,.;+-_")


def _put_listing(web: Web, outlet: Outlet, listing: Listing, day: int, now: datetime) -> None:
    items = [item for page in _of_day(outlet, day) for item in _items(outlet, page, listing, day, now)]
    items.sort(key=lambda item: item.url)
    charset = "utf-8" if listing.kind == "json" else outlet.charset
    text = listings.KINDS[listing.kind](f"{outlet.site}/", outlet.name, items, charset=charset)
    kind = f"{listings.CONTENT_TYPES[listing.kind]}; charset={charset}"
    web.add(outlet.site + listing.path, text.encode(charset), content_type=kind)


def _items(outlet: Outlet, page: Page, listing: Listing, day: int, now: datetime) -> Iterator[Item]:
    times = times_of(page, day, now)
    shown = as_edited(page) if day == DAYS else page
    url = pages.url_of(outlet, page, times.published)
    for spelling in (url, pages.amp_url(url)) if listing.amp else (url,):
        yield Item(
            url=spelling,
            title=shown.title,
            published=times.published if listing.dates else None,
            modified=times.modified if listing.dates else None,
            summary=shown.paragraphs[0][:_SUMMARY] if shown.paragraphs else "",
        )


def _put_fixed(web: Web, outlet: Outlet, answer: Fixed) -> None:
    headers = {"Location": outlet.site + answer.location} if answer.location else {}
    web.add(
        outlet.site + answer.path, answer.body, status=answer.status, content_type=f"{answer.type}; charset=utf-8",
        headers=headers,
    )  # fmt: skip
