"""Text from the web on a page: always text, in its own language and direction; links only to http and https."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left; the store knows no script tags."""

LANGUAGES: Mapping[str, str] = {
    "ar": "Arabic", "az": "Azerbaijani", "bn": "Bengali", "ckb": "Sorani", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "ku": "Kurdish", "ms": "Malay", "nl": "Dutch", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ru": "Russian", "tg": "Tajik", "th": "Thai", "tr": "Turkish", "ug": "Uyghur",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese", "mul": "several languages",
    "und": "unknown language",
}  # fmt: skip

ROWS: Mapping[str, str] = {
    "article_id": "articles",
    "duplicate_of": "articles",
    "candidate_id": "candidates",
    "copy_id": "duplicates",
    "run_id": "runs",
    "seed_id": "seeds",
    "source_id": "sources",
    "story_id": "stories",
}
"""Columns, of tables and of answers to queries, that name a row of a table."""

_TEXT_COLUMNS = frozenset({"title", "evidence", "relevance_evidence", "lead", "text"})
_LIST_COLUMNS = frozenset({"topics", "authors", "alternate_urls"})
_LINK_LENGTH = 60


def safe_url(value: object) -> str | None:
    """The address when it is one that may be clicked: http or https with a host, without blanks or control marks."""
    if not isinstance(value, str) or any(char.isspace() or not char.isprintable() for char in value):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and host else None


def link(url: object, text: object = None) -> Markup:
    """A link that tells the other side nothing of us, or plain text when the address is not safe."""
    address = safe_url(url)
    label = escape(_short(str(url)) if text is None else text)
    if address is None:
        return Markup('<span dir="auto">{}</span>').format(label)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow" dir="auto">{}</a>').format(address, label)


def _short(url: str) -> str:
    bare = url.partition("://")[2] or url
    return bare if len(bare) <= _LINK_LENGTH else bare[: _LINK_LENGTH - 1] + "…"


def written_in(language: object) -> Markup:
    """The attributes `lang` and `dir` of a text in this language; the browser judges when it is not known."""
    tag = str(language or "")
    if not tag or tag == "und" or not tag.replace("-", "").isalnum():
        return Markup('dir="auto"')
    direction = "rtl" if tag.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
    return Markup('lang="{}" dir="{}"').format(tag, direction)


def language_name(tag: object) -> str:
    """The language in English, the tag itself when we have no name for it."""
    return LANGUAGES.get(str(tag or "und"), str(tag))


def words(identifier: object) -> str:
    """`sanctions_relief` as people write it."""
    return str(identifier).replace("_", " ").replace("-", " ")


def from_json(value: object) -> list[Any]:
    """A stored JSON list; anything else is an empty one."""
    try:
        found = json.loads(value) if isinstance(value, str) else []
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def cell(column: str, value: object, language: object) -> Markup | None:
    """How a table shows a value; None leaves it to Datasette, which escapes it."""
    if not isinstance(value, str) or not value:
        return None
    if column in _TEXT_COLUMNS:
        return Markup('<span class="written" {}>{}</span>').format(written_in(language), value)
    if column in _LIST_COLUMNS and value.startswith("["):
        return escape(", ".join(words(item) for item in from_json(value)))
    if column == "url" or column.endswith("_url") or value.startswith(("http://", "https://")):
        return link(value)
    return None
