"""Sitemaps: plain, Google News, indexes of sitemaps, and plain lists of addresses. Streamed: they may be large.

`lastmod` says when a page was changed, not when it was published, so it becomes `modified`; only a news sitemap's
publication date is a published time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from crawler import urls
from crawler.discovery.collect import Collector, Item, resolved
from crawler.discovery.dates import Stamp, read_date
from crawler.discovery.listing import Listing, Request
from crawler.discovery.words import text_of

_MEDIA = frozenset({"image", "video", "thumbnail_loc", "content_loc", "player_loc"})
_NO_ARTICLES = re.compile(
    r"(?:tax(?:onomies|onomy)|users?|authors?|tags?|categor(?:y|ies)|images?|videos?|galler(?:y|ies)|pages?|products?|"
    r"local|events?|podcasts?|topics?|attachments?|elementor|static|recipes?)(?=[-_.\d/]|$)",
    re.IGNORECASE,
)
"""Words in the names of child sitemaps that list no articles (wp-sitemap-taxonomies-…, image-sitemap-2.xml)."""
_ARTICLES = re.compile(r"news|post|article|story|stories", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def read(text: str, request: Request) -> Listing:
    """The addresses of a sitemap, or the child sitemaps of an index, from the root element on."""
    collector = Collector(request)
    children: dict[str, Stamp | None] = {}
    rows = 0
    for element in _elements(text):
        fields = _fields(element)
        if _local(element) == "sitemap":
            rows += 1
            address = resolved(fields.get("loc", ""), (request.url,))
            if address:
                children[address] = read_date(fields.get("lastmod", ""), request.hints.timezone)
        elif collector.full:
            break
        else:
            collector.add(_item(fields))
    more, notes = _chosen(children, request)
    listing = collector.listing(empty="a sitemap without addresses", more=more, notes=notes)
    return listing if listing.items else _counted(listing, rows)


def read_addresses(text: str, request: Request) -> Listing:
    """Plain text with one address a line."""
    collector = Collector(request)
    for line in text.splitlines():
        if collector.full:
            break
        if line.strip():
            collector.add(Item(addresses=[line.strip()]))
    return collector.listing(empty="a list without addresses")


def _elements(text: str) -> Iterator[etree._Element]:
    """Each `url` and `sitemap` element, whole; what was read is freed. A damaged rest ends it."""
    source = io.BytesIO(text.encode("utf-8", "replace"))
    walk = etree.iterparse(
        source, events=("end",), tag=("{*}url", "{*}sitemap"), encoding="utf-8", recover=True, huge_tree=False,
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in walk:
            parent = element.getparent()
            if parent is not None and _local(parent) in ("urlset", "sitemapindex"):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError:
        return


def _fields(element: etree._Element) -> dict[str, str]:
    """Texts by local name, `loc` of pictures and films left out; a news element's fields stand under their names."""
    found: dict[str, str] = {}
    for part in element.iter("*"):
        name = _local(part)
        inside = part.getparent()
        if part is element or (inside is not element and inside is not None and _local(inside) in _MEDIA):
            continue
        if name == "loc" and inside is not element:
            continue
        if name in ("loc", "lastmod", "publication_date", "title", "language") and part.text:
            found.setdefault(name, text_of(part).strip())
    if "loc" not in found and element.text and element.text.strip():
        found["loc"] = element.text.strip()  # some generators leave the <loc> out
    return found


def _item(fields: dict[str, str]) -> Item:
    return Item(
        addresses=[fields["loc"]] if fields.get("loc") else [],
        title=fields.get("title"),
        published=fields.get("publication_date"),
        modified=fields.get("lastmod"),
        language=fields.get("language"),
    )


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


# --- indexes ------------------------------------------------------------------------------------------------------


def _chosen(children: dict[str, Stamp | None], request: Request) -> tuple[tuple[str, ...], list[str]]:
    """The child sitemaps worth fetching, newest first, and what was left out."""
    wanted = [url for url in children if not any(re.search(pattern, url) for pattern in request.deny)]
    articles = [url for url in wanted if not _lists_no_articles(url)] or wanted
    fresh = [url for url in articles if not _is_old(children[url], request)]
    chosen = sorted(fresh, key=lambda url: _promise(url, children[url]), reverse=True)[: request.limits.children]
    left = len(children) - len(chosen)
    notes = [f"{left} of {len(children)} child sitemaps are old, list no articles or are not wanted"] if left else []
    return tuple(chosen), notes


def _lists_no_articles(url: str) -> bool:
    name = url.partition("://")[2].partition("/")[2]
    return _NO_ARTICLES.search(name) is not None and not _ARTICLES.search(name)


def _is_old(changed: Stamp | None, request: Request) -> bool:
    return request.since is not None and changed is not None and changed.value < request.since


def _promise(url: str, changed: Stamp | None) -> tuple[bool, str, str, list[int]]:
    """News first, then by date (its own or in its name), then by number: the last of a numbered row is the newest."""
    day = urls.date_in_url(url)
    return (
        "news" in url.lower(),
        changed.value.isoformat() if changed else "",
        day.isoformat() if day else "",
        [int(number) for number in _NUMBER.findall(url)[-3:] if len(number) < 12],
    )


def _counted(listing: Listing, rows: int) -> Listing:
    return Listing(links=listing.links, more=listing.more, problem=listing.problem, notes=listing.notes, items=rows)
