"""The article's text in data that a page carries for its scripts, for pages that are empty until these have run."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
from lxml import etree

from crawler.extraction.metadata import Metadata
from crawler.extraction.vocabulary import BODY_KEYS

_STATE = re.compile(r"^[^{\[]{0,200}?=\s*(?=[{\[])|^[^{\[]*?JSON\.parse\(\s*(?=\")")
_TAG = re.compile(r"<(?:/?(?:p|div|br|h\d|ul|li|section|article)\b)", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]{1,300}>")
_LEAST = 200
_MOST_NODES = 20_000
_SENTENCE = re.compile(r"[.!?。！？؟।]")


def claimed_body(page: Metadata) -> str:
    """`articleBody` of the structured data, as plain text; empty when there is none."""
    value = page.article.get("articleBody")
    return plain(value) if isinstance(value, str) else ""


def body_in_scripts(scripts: Iterable[str]) -> str:
    """The longest text under a key that names a body in the page's data; empty when none has 200 characters."""
    best = ""
    for script in scripts:
        for text in _bodies(_load(script)):
            if len(text) > len(best):
                best = text
    return best


def plain(text: str) -> str:
    """Text without markup; block elements and `br` end lines."""
    text = html.unescape(text)
    if not _MARKUP.search(text):
        return _tidy(text)
    try:
        tree = lxml.html.fromstring(f"<div>{_TAG.sub(lambda tag: chr(10) + tag.group(), text)}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return plain(_MARKUP.sub(" ", text).replace("<", " "))
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return _tidy("".join(map(str, tree.itertext())))


def _tidy(text: str) -> str:
    """Non-empty lines, white space within them collapsed."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _load(script: str) -> Any:
    text = _STATE.sub("", script.strip(), count=1).strip()
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
        return json.loads(value, strict=False) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _bodies(value: Any) -> Iterator[str]:
    """Texts under keys that name a body: strings, and lists of blocks each with its text."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            for name, inner in node.items():
                if str(name).lower() in BODY_KEYS and (text := _joined(inner)):
                    yield text
                elif isinstance(inner, dict | list):
                    waiting.append(inner)


def _joined(value: Any) -> str:
    """A body's text when it reads like one, or an empty string."""
    if isinstance(value, list):
        parts = [item if isinstance(item, str) else _block(item) for item in value if isinstance(item, str | dict)]
        value = "\n".join(filter(None, parts))
    if not isinstance(value, str) or len(value) < _LEAST:
        return ""
    text = plain(value)
    return text if len(text) >= _LEAST and len(_SENTENCE.findall(text)) >= 3 else ""


def _block(item: dict[str, Any]) -> str:
    for name in ("text", "content", "html", "value", "body"):
        if isinstance(item.get(name), str):
            return str(item[name])
    return ""
