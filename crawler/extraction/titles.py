"""The headline of a page, out of the several spellings that pages give it, without the site's name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from crawler.extraction import jsonld
from crawler.extraction.metadata import Metadata
from crawler.extraction.tree import key, text_of

_SEPARATOR = re.compile(r"\s+(?:[-–—|·•»«›/]|::|>>)\s+|\s*[|_]\s*|\s*::\s*|\s+[-–—](?=\S)|(?<=\S)[–—]\s+")
_PARTS = re.compile(r"\s*[_|]\s*")
"""Between headline, section and site in title elements, in that order or its reverse; the headline is the longest."""
_SHORTEST = 4
_LONGEST = 400
_OPENING = 120
_NO_TITLE = frozenset(
    {"home", "homepage", "index", "untitled", "untitleddocument", "news", "article", "null", "none"}
)


def headline_keys(page: Metadata, *others: str | None) -> frozenset[str]:
    """Keys (see `tree.key`) of every spelling of the headline, with and without what stands before or after a
    separator, so that a repeated headline can be told from text."""
    keys = set()
    for title in [*page.titles(), *filter(None, others)]:
        keys.add(key(title))
        keys.update(key(part) for part in _SEPARATOR.split(title))
    return frozenset(name for name in keys if len(name) >= _SHORTEST)


def choose(page: Metadata, *, site_names: Iterable[str] = (), listed: str | None = None) -> str:
    """The headline; empty when the page has none.

    The heading on the page is taken when the page's metadata confirms it, since it is what readers see; then the
    publisher's structured data, then what is offered for sharing, then the title element, then what the listing said.
    """
    names = frozenset(filter(None, map(key, [*site_names, page.first("og:site_name"), _publisher(page)])))
    shared = [_clean(page.first(name), names) for name in ("og:title", "twitter:title", "dc.title", "sailthru.title")]
    structured = _clean(jsonld.string(page.article.get("headline")), names)
    element = max(_PARTS.split(_clean(page.title, names)), key=len).strip()
    claims = [title for title in (structured, *shared, element) if title]
    heading = _heading(page, names, claims)
    candidates = [heading, structured, *shared, element, _clean(listed or "", names)]
    return next((title for title in candidates if _is_title(title)), "")


def opening(text: str) -> str:
    """The first line of a text, cut at a word, for articles that nobody gave a headline."""
    line = text.partition("\n")[0]
    return line if len(line) <= _OPENING else line[:_OPENING].rpartition(" ")[0] + "…"


def _heading(page: Metadata, names: frozenset[str], claims: list[str]) -> str:
    """The h1 that the metadata confirms, or the only h1 when there is nothing to confirm it."""
    texts = [_clean(text_of(heading), names) for heading in page.headings]
    texts = [text for text in texts if _is_title(text) and key(text) not in names]
    for text in texts:
        if any(_same(text, claim) for claim in claims):
            return text
    return texts[0] if len(texts) == 1 and not claims else ""


def _same(heading: str, claim: str) -> bool:
    """Do the two say the same, when one of them may be cut or have a kicker before it?"""
    one, other = key(heading), key(claim)
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST:
        return False
    return short in long and len(short) >= 0.4 * len(long)


def _clean(title: str, names: frozenset[str]) -> str:
    """A title on one line, without the site's name or a section before or after the last separators."""
    title = " ".join(html.unescape(title).split())
    while True:
        shorter = _without_name(title, names)
        if shorter == title:
            return title
        title = shorter


def _without_name(title: str, names: frozenset[str]) -> str:
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts:
        return title
    head, tail = title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()
    if head and _is_name(tail, names):
        return head
    first, rest = title[: cuts[0].start()].strip(), title[cuts[0].end() :].strip()
    return rest if rest and _is_name(first, names) else title


def _is_name(part: str, names: frozenset[str]) -> bool:
    said = key(part)
    return said in names or any(len(name) >= _SHORTEST and (name in said or said in name) for name in names if said)


def _is_title(title: str) -> bool:
    said = key(title)
    return len(said) > 1 and len(title) <= _LONGEST and said not in _NO_TITLE


def _publisher(page: Metadata) -> str:
    return jsonld.string(page.article.get("publisher"))
