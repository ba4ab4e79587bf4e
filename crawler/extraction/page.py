"""One page, from bytes to `Article` or `Rejection`: decoded once, parsed once, its metadata read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from crawler import urls
from crawler.extraction import (
    authors,
    charset,
    clearing,
    dates,
    embedded,
    jsonld,
    metadata,
    paywall,
    refusals,
    selectors,
    titles,
)
from crawler.extraction import body as bodies
from crawler.extraction import frame as frames
from crawler.extraction.body import Known
from crawler.extraction.frame import weight
from crawler.extraction.metadata import Metadata
from crawler.extraction.refusals import Look
from crawler.extraction.tree import key, parse, remove, text_of
from store.models import Article, Link, Rejection, Source

_BRIEF = 250
"""Weighed characters below which a text is held against what else the page may carry of the article."""
_MAX_ELEMENTS = 5_000
"""Elements above which trafilatura's default way, which is quadratic on big tables, is not tried."""
_LONGEST_LANGUAGE = 12


@dataclass(frozen=True, slots=True)
class _Page:
    """A page on its way: what was asked for, and what was read so far."""

    url: str
    html: str
    tree: etree._Element
    metadata: Metadata
    source: Source
    link: Link | None
    title: str


def read_page(
    body: bytes,
    *,
    url: str,
    headers_charset: str | None,
    source: Source,
    link: Link | None,
    now: datetime,
    content_type: str = "",
) -> Article | Rejection:
    """Read one answer to a request for an article.

    Args:
        body: the answer's bytes, decompressed.
        url: where it was found in the end, after redirects.
        headers_charset: charset of the Content-Type header.
        source: whose page it is; its hints are honoured.
        link: what the listing said of it, if it was listed.
        now: nothing is dated later than this.
        content_type: media type that the answer declared.
    """
    if refusal := refusals.of_answer(body, content_type):
        return refusal
    html = charset.decode(body, header=headers_charset, hint=source.hints.charset)
    tree = parse(html)
    if tree is None:
        return Rejection("empty_page", refusals.CODES["empty_page"])
    found = metadata.read(tree)
    page = _Page(url, html, tree, found, source, link, _title(found, tree, url, source, link))
    return _article(page, now)


def _article(page: _Page, now: datetime) -> Article | Rejection:
    found, source, tree = page.metadata, page.source, page.tree
    asked = dates.Asked(
        url=page.url, hints=source.hints, now=now, link=page.link, language=found.language or source.language
    )
    # The order matters: bylines and times are gone once the tree is cleared for the body.
    published = dates.published(found, tree, asked)
    written_by = authors.names(found, tree, site_names=_site_names(page.url, source))
    text, seen = _text(page)
    if refusal := refusals.of_page(found, page.url, seen, text, page.html, listed=_is_listed(page)):
        return refusal
    canonical = found.link("canonical") or found.first("og:url")
    return Article(
        url=urls.canonical(page.url) or page.url,
        source_id=source.id,
        title=page.title or titles.opening(text),
        text=text,
        authors=written_by,
        published=published,
        modified=dates.modified(found, asked, published),
        language=_language(found.language),
        site=found.first("og:site_name") or jsonld.string(found.article.get("publisher")) or source.name,
        image=_image(found, page.url),
        canonical_url=urls.trustworthy_canonical(page.url, urljoin(page.url, canonical)) if canonical else None,
        amp_url=_absolute(page.url, found.link("amphtml")),
        paywalled=paywall.is_paywalled(found, page.html, text, source.policy.paywall),
    )


def _title(found: Metadata, tree: etree._Element, url: str, source: Source, link: Link | None) -> str:
    if selector := source.hints.title_selector:
        for element in selectors.select(tree, selector):
            if title := text_of(element):
                return title
    listed = link.title if link else None
    return titles.choose(found, site_names=_site_names(url, source), listed=listed)


def _is_listed(page: _Page) -> bool:
    """Did the listing name the page by its headline?"""
    return bool(page.link and page.link.title and key(page.link.title) == key(page.title))


def _site_names(url: str, source: Source) -> list[str]:
    site = urls.site(url)
    return [source.name, urls.host(url), site, site.partition(".")[0]]


def _text(page: _Page) -> tuple[str, Look]:
    """The text of the article, and what the page looked like before it was cleared for it."""
    hints = page.source.hints
    for selector in hints.remove_selectors:
        for element in selectors.select(page.tree, selector):
            remove(element)
    clearing.strip(page.tree)
    frame = frames.find(page.tree)
    seen = refusals.look(page.tree, frame, page.metadata)
    known = Known(
        headlines=titles.headline_keys(page.metadata, page.title),
        descriptions=_descriptions(page.metadata),
        claimed=embedded.claimed_body(page.metadata),
    )
    selected = selectors.select(page.tree, hints.body_selector) if hints.body_selector else []
    text = bodies.extract(page.tree, frame, known, selected=selected)
    return text if weight(text) >= _BRIEF else _longer(text, page, known, seen), seen


def _longer(text: str, page: _Page, known: Known, seen: Look) -> str:
    """A brief text, or the longer one that the page carries as data or trafilatura's default way finds."""
    carried = max(known.claimed, embedded.body_in_scripts(page.metadata.scripts), key=len)
    if len(carried) >= max(_BRIEF, 2 * len(text)):
        return carried
    if seen.prose < 2 * max(weight(text), _BRIEF):
        return text
    tree = parse(page.html)
    if tree is None or sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        return text
    return max(text, bodies.default(tree, known), key=len)


def _descriptions(found: Metadata) -> tuple[str, ...]:
    claims = [found.first("og:description"), found.first("description"), found.first("twitter:description")]
    return tuple(filter(None, [*claims, jsonld.string(found.article.get("description"))]))


def _language(claimed: str) -> str:
    """The page's own word on its language as a BCP 47 base tag; analysis decides later."""
    base = claimed.strip().replace("_", "-").partition("-")[0].lower()
    return base if base.isascii() and base.isalpha() and 2 <= len(base) <= _LONGEST_LANGUAGE else "und"


def _image(found: Metadata, url: str) -> str | None:
    claimed = found.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return _absolute(url, claimed or jsonld.address(found.article.get("image")))


def _absolute(url: str, claimed: str | None) -> str | None:
    """An http(s) address that a page gives, made absolute; None for anything else."""
    if not claimed:
        return None
    try:
        address = urljoin(url, claimed)
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None
