"""Who wrote an article, as the page says: names without addresses, introductions and the publisher itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from crawler.extraction import jsonld
from crawler.extraction.metadata import Metadata, strings
from crawler.extraction.tree import evaluate, key, text_of
from crawler.extraction.vocabulary import AUTHOR_META

_BYLINES = etree.XPath(
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' author ')"
    " or contains(@class, 'byline') or contains(@class, 'author-name') or contains(@class, 'author__name')]"
)
_INTRODUCTION = re.compile(
    r"^(?:(?:written |reported |posted |published |story |words |interview )?by|von|par|por|da|di|av|af|door|från"
    r"|автор(?:ы)?|текст|作者|记者|記者|文|撰文|来源|نویسنده|نوشته|گزارش|بقلم|كتب|کاتب|yazan|oleh|저자|글)\s*[:：/|]?\s+"
    r"|^(?:作者|记者|記者|文|撰文|نویسنده|بقلم)\s*[:：/|]\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:[;|•·]|,(?!\s*(?:jr|sr|md|ph\.?d)\b)|、|،| and (?=[A-Z])| und | et | y (?=[A-ZÁÉÍÓÚ])|&)\s*", re.I
)
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|ir|cn|ru|html?)\b|/", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\d{2}|[<>{}\[\]=]|^(?:admin|administrator|editor|editors|staff|guest|null|none|unknown|n/?a|undefined|redaktion"
    r"|online|web ?desk|news ?desk|webmaster|author|anonymous|user|root|nobody|编辑|未知|admin\w*)$"
    r"|\b(?:updated|published|subscribe|follow|share|read more|copyright|photo)\b",
    re.IGNORECASE,
)
_MOST = 12
_LENGTHS = range(2, 61)
_MOST_WORDS = 6


def names(page: Metadata, tree: etree._Element, *, site_names: Iterable[str] = ()) -> tuple[str, ...]:
    """The authors in the order of the page; empty when it names none.

    Structured data first, then meta elements, then what is marked up as a byline.
    """
    sites = frozenset(filter(None, map(key, [*site_names, page.first("og:site_name")])))
    for source in (_in_data(page), _in_meta(page), _in_bylines(tree)):
        if found := _clean(source, sites):
            return found
    return ()


def _in_data(page: Metadata) -> Iterator[str]:
    for role in ("author", "creator"):
        yield from strings(page.article.get(role))


def _in_meta(page: Metadata) -> Iterator[str]:
    for name in AUTHOR_META:
        yield from page.meta.get(name, ())


def _in_bylines(tree: etree._Element) -> Iterator[str]:
    for element in evaluate(_BYLINES, tree)[:5]:
        text = text_of(element)
        if len(text) <= 120:
            yield text


def _clean(raws: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for raw in raws:
        for part in _SEPARATOR.split(_INTRODUCTION.sub("", jsonld.string(raw))):
            name = " ".join(_INTRODUCTION.sub("", part).split()).strip(" -–—,.:/|\"'")
            said = key(name)
            if _is_name(name) and said not in sites:
                found.setdefault(said, name.title() if name.isupper() and len(name) > 4 else name)
    return tuple(list(found.values())[:_MOST])


def _is_name(name: str) -> bool:
    if len(name) not in _LENGTHS or len(name.split()) > _MOST_WORDS:
        return False
    return not _ADDRESS.search(name) and not _NOT_A_NAME.search(name)
