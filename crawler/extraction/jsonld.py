"""schema.org data of a page: JSON-LD blocks read leniently, and the object that describes the article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from crawler.extraction.tree import key
from crawler.extraction.vocabulary import ARTICLE_TYPES, PAGE_TYPES

Node = dict[str, Any]

_MAX_DEPTH = 6
_MAX_NODES = 400
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = r'"{}"\s*:\s*"((?:[^"\\]|\\.)*)"'
_LOOSE_FIELDS = {
    name: re.compile(_FIELD.format(name))
    for name in ("headline", "datePublished", "dateModified", "dateCreated", "articleBody", "@type", "description")
}


def nodes(scripts: Iterable[str]) -> list[Node]:
    """All objects of the JSON-LD blocks, those nested in lists, `@graph` and main entities too, in page order.

    A block that is no JSON even after the usual repairs gives the fields that can be told in it.
    """
    found: list[Node] = []
    for script in scripts:
        for node in _walk(_load(script), 0):
            found.append(node)
            if len(found) >= _MAX_NODES:
                return found
    return found


def types(node: Node) -> frozenset[str]:
    """The node's schema.org types, without the address before them."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(str(name).rpartition("/")[2] for name in names if name)


def article(found: Iterable[Node], titles: Iterable[str]) -> Node | None:
    """The node that describes this page's article: the one with the page's headline, else
    the first; without any, the one of the page itself."""
    found = list(found)
    candidates = [node for node in found if types(node) & ARTICLE_TYPES]
    known = {key(title) for title in titles}
    named = [node for node in candidates if key(string(node.get("headline")) or string(node.get("name"))) in known]
    pool = named or candidates[:1] or [node for node in found if types(node) & PAGE_TYPES][:1]
    return max(pool, key=_richness, default=None)


def string(value: Any) -> str:
    """Text of a JSON-LD value: a string, the first of a list, or the `@value` or `name` of an object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id") or ""
    return html.unescape(value).strip() if isinstance(value, str) else ""


def address(value: Any) -> str:
    """The address in a value that may be a string, an object with `url` or `@id`, or a list of them."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id") or ""
        return address(value) if isinstance(value, list | dict) else address(str(value))
    return value.strip() if isinstance(value, str) else ""


def _richness(node: Node) -> tuple[bool, bool, bool]:
    return ("VideoObject" not in types(node), bool(node.get("datePublished")), bool(node.get("articleBody")))


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"):
            if isinstance(value.get(name), list | dict):
                yield from _walk(value[name], depth + 1)


def _load(script: str) -> Any:
    text = _COMMENT.sub("", _COMMENT.sub("", script)).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _loose(text)


def _loose(text: str) -> Node:
    """What can be told of an object that does not parse (unescaped quotes, cut blocks, templates left in)."""
    node: Node = {}
    for name, pattern in _LOOSE_FIELDS.items():
        if found := pattern.search(text):
            try:
                node[name] = json.loads(f'"{found.group(1)}"', strict=False)
            except ValueError:
                node[name] = found.group(1)
    return node
