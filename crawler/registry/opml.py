"""OPML, the list of feeds that readers exchange: read (hostile until shown otherwise) and written (OPML 2.0).

Every key of our format travels in attributes of our own namespace, so that an export is imported again as it was;
other readers see ordinary feeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any

from lxml import etree

from crawler.registry.codes import language_name, normal_language
from crawler.registry.keys import leaves
from crawler.registry.problems import Problem
from crawler.registry.rows import Row, text_of
from store.models import Endpoint, Source

NAMESPACE = "urn:silkwatch:source"
_OURS = f"{{{NAMESPACE}}}"


def read_opml(data: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    """Every outline with an `xmlUrl`, however deep, in document order, and what is wrong with the file."""
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        cause = (error.msg or "").split(", line ")[0]  # lxml repeats the position
        return [], [Problem(f"{file}: line {line}, column {column}", "", f"expected well-formed XML: {cause}")]
    doctype: Any = root.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):
        return [], [Problem(file, "", "expected OPML without entity declarations, which no feed list needs")]
    if _tag(root) != "opml":
        return [], [Problem(f"{file}: line {root.sourceline}", "", f"expected <opml>, got <{_tag(root)}>")]
    outlines = [e for e in root.iter() if isinstance(e.tag, str) and _tag(e) == "outline"]
    rows = [Row(_line(e), texts) for e in outlines if (texts := _texts(e)).get("url")]
    problems = [
        Problem(f"{file}: line {_line(e)}", "xmlUrl", "missing; expected the address of the feed")
        for e in outlines
        if e.get("type") == "rss" and not _texts(e).get("url")
    ]
    if not rows and not problems:
        problems = [Problem(file, "", "expected at least one <outline> with an xmlUrl")]
    return rows, problems


def export_opml(sources: Sequence[Source]) -> str:
    """OPML 2.0, grouped by language: one outline an endpoint; disabled sources are marked as such."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"silkwatch": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Silkwatch sources"
    body = etree.SubElement(root, "body")
    by_language = sorted(sources, key=lambda s: (language_name(s.language), s.language, s.id))
    for language, members in groupby(by_language, key=lambda s: s.language):
        folder = etree.SubElement(body, "outline", {"text": f"{language_name(language)} ({language})"})
        for source in members:
            for number, endpoint in enumerate(source.endpoints):
                etree.SubElement(folder, "outline", _attributes(source, endpoint, whole=number == 0))
    xml: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return xml.decode("utf-8")


def _parser() -> etree.XMLParser:
    """Reads no DTD, no entity, no other file, nothing from the network; libxml2's limits on size and depth stay."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _tag(element: Any) -> str:
    return etree.QName(element).localname.lower()


def _line(element: Any) -> int:
    return element.sourceline or 0


def _texts(outline: Any) -> dict[str, str]:
    """An outline's attributes by the names of leaf keys; ours win over what OPML itself can say."""
    said = {name.lower(): value.strip() for name, value in outline.attrib.items() if not name.startswith("{")}
    ours = {name: outline.get(_OURS + name, "") for name in leaves()}
    plain = {
        "url": said.get("xmlurl", ""),
        "name": said.get("title") or said.get("text", ""),
        "homepage": said.get("htmlurl", "") if said.get("htmlurl", "").startswith(("http://", "https://")) else "",
        # What a feed says of its language is hearsay: a tag that is none is left out instead of refused.
        "language": normal_language(said.get("language", "")) or "",
        "section": "" if ours["id"] else _folder(outline),
    }
    return {name: text for name, text in {**plain, **{n: t for n, t in ours.items() if t}}.items() if text}


def _folder(outline: Any) -> str:
    """The nearest folder's name, or the first category."""
    for parent in outline.iterancestors():
        if text := (parent.get("text") or parent.get("title") or "").strip():
            return text
    return (outline.get("category") or "").split(",")[0].strip("/ ")


def _attributes(source: Source, endpoint: Endpoint, *, whole: bool) -> dict[str, str]:
    """The attributes of one endpoint; what concerns the whole source stands at its first one."""
    plain = {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": endpoint.url}
    plain |= {"htmlUrl": source.homepage, "language": source.language}
    tables = [endpoint, *((source, source.hints, source.policy, source.expect) if whole else ())]
    ours = {name: text for table in tables for name, text in _changed(table) if name not in ("url", "name")}
    ours["id"] = source.id
    every = {**plain, **{_OURS + name: text for name, text in ours.items()}}
    return {name: _printable(text) for name, text in every.items()}


def _changed(table: Any) -> Iterator[tuple[str, str]]:
    for field in fields(table):
        value = getattr(table, field.name)
        if field.name in leaves() and value is not None and value != field.default:
            yield field.name, text_of(value)


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
