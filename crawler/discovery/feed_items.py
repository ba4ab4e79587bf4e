"""The items of a parsed RSS or Atom document, whichever namespaces its elements are written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from crawler import urls
from crawler.discovery.collect import Item
from crawler.discovery.words import text_of

_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_DUBLIN_CORE = frozenset({"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"})
_CONTENT = "http://purl.org/rss/1.0/modules/content/"

_CORE = {
    "title": "title", "link": "link", "guid": "guid", "id": "guid", "pubdate": "published", "published": "published",
    "issued": "published", "created": "created", "date": "published", "updated": "modified", "modified": "modified",
    "lastmod": "modified", "description": "summary", "summary": "summary", "abstract": "summary",
    "content": "content", "origlink": "origin",
}  # fmt: skip
_DC = {
    "title": "title", "date": "created", "issued": "published", "created": "created", "available": "created",
    "modified": "modified", "language": "language", "description": "summary", "identifier": "identifier",
}  # fmt: skip
_ATOM_IN_RSS = {"link": "link", "published": "published", "updated": "modified"}
_LINK_RANK = {"alternate": 0, "": 0, "related": 3, "via": 3, "self": 4}
"""Relations of links that may lead to the article, best first; enclosures, replies and edit links never do."""


@dataclass(slots=True)
class _Fields:
    """What an item's elements say, by role; the first of a role that says anything counts."""

    text: dict[str, str] = field(default_factory=dict)
    links: list[tuple[int, str]] = field(default_factory=list)


def site_of(root: etree._Element) -> str | None:
    """The address of the feed's site, on which relative addresses stand."""
    channel = root.find("{*}channel")
    holder = root if channel is None else channel
    fields = _Fields()
    for element in holder.iterchildren("{*}link"):
        _take_link(element, fields)
    return next((address for _, address in sorted(fields.links) if address.startswith("http")), None)


def items_of(root: etree._Element, *, based: bool) -> Iterator[Item]:
    """Every item or entry below `root`, in the document's order.

    Args:
        based: whether the document has xml:base attributes at all (asking each element costs as much as the rest).
    """
    site, language = site_of(root), _language_of(root)
    for element in root.iter("{*}item", "{*}entry", "{*}Item"):
        fields = _fields_of(element)
        base = element.base if based else None
        yield Item(
            addresses=_addresses(element, fields),
            bases=tuple(step for step in (site, base) if step),
            title=fields.text.get("title"),
            published=fields.text.get("published") or fields.text.get("created") or fields.text.get("modified"),
            modified=fields.text.get("modified"),
            language=fields.text.get("language") or element.get(f"{_XML}lang") or language,
            summary=fields.text.get("summary") or fields.text.get("content"),
        )


def _language_of(root: etree._Element) -> str | None:
    return root.get(f"{_XML}lang") or root.findtext("{*}channel/{*}language") or root.findtext("{*}language")


def _fields_of(item: etree._Element) -> _Fields:
    fields = _Fields()
    own = _namespace(item.tag)
    for element in item.iterchildren("*"):
        role = _role(str(element.tag), own)
        if role == "link":
            _take_link(element, fields)
        elif role and role not in fields.text:
            _take_text(element, role, fields)
    return fields


@lru_cache(maxsize=4096)
def _role(tag: str, own: str) -> str | None:
    """What an element means in an item of the namespace `own`; None for extensions (media, podcasts, comments)."""
    namespace, name = _namespace(tag), tag.rpartition("}")[2].lower()
    if name == "origlink":
        return "origin"
    if namespace in ("", own):
        return _CORE.get(name)
    if namespace in _DUBLIN_CORE:
        return _DC.get(name)
    if namespace == _CONTENT:
        return "content" if name == "encoded" else None
    if namespace in _ATOM:
        return _ATOM_IN_RSS.get(name)
    return None


def _namespace(tag: object) -> str:
    return str(tag)[1:].partition("}")[0] if str(tag).startswith("{") else ""


def _take_text(element: etree._Element, role: str, fields: _Fields) -> None:
    text = text_of(element).strip() if len(element) else (element.text or "").strip()
    if role == "guid" and element.get("isPermaLink", "").strip().lower() == "false":
        role = "number"
    if role == "content" and not text and (source := element.get("src")):
        fields.links.append((3, source))
    if text:
        fields.text.setdefault(role, text)


def _take_link(element: etree._Element, fields: _Fields) -> None:
    """An RSS link is text, an Atom link an attribute; some feeds write the one in the other's way."""
    relation = element.get("rel", "").strip().lower()
    address = (element.get("href") or text_of(element)).strip()
    rank = _LINK_RANK.get(relation)
    if not address or rank is None:
        return
    if base := element.get(f"{_XML}base"):
        address = urls.absolute(address, base) or urljoin(base, address)
    kind = element.get("type", "html").lower()
    fields.links.append((rank if "html" in kind or not kind else rank + 1, address))


def _addresses(item: etree._Element, fields: _Fields) -> list[str]:
    """The item's addresses, the best first: the original link, the link, a permalink, an id that is an address."""
    text = fields.text
    links = [address for rank, address in sorted(fields.links, key=lambda found: found[0]) if rank < 3]
    others = [address for rank, address in fields.links if rank >= 3]
    ids = [text.get("guid"), item.get(f"{_RDF}about"), text.get("identifier"), text.get("number")]
    absolute = [address for address in ids if address and _is_web_address(address)]
    found = [text.get("origin"), *links, *absolute, *others]
    return list(dict.fromkeys(address for address in found if address))


def _is_web_address(text: str) -> bool:
    """Ids are often tags, numbers or names."""
    return text[:8].lower().startswith(("http://", "https://"))
