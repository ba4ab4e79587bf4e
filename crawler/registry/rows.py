"""The rows of an import file, one feed each, gathered into sources: the same for OPML and CSV. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from crawler.registry.checks import UNKNOWN_PERSPECTIVE, is_id, is_web_address, source_problems
from crawler.registry.codes import UNKNOWN_COUNTRY, UNKNOWN_LANGUAGE, normal_language
from crawler.registry.keys import EXPECTED, Leaf, Type, leaves
from crawler.registry.load import source_shape
from crawler.registry.problems import Problem, usage_error
from store.errors import UsageError
from store.models import Policy, Source

KINDS: Mapping[str, str] = {
    "rss": "feed", "atom": "feed", "jsonfeed": "feed", "rdf": "feed", "news-sitemap": "sitemap",
    "sitemapindex": "sitemap", "html": "section", "page": "section",
}  # fmt: skip
"""Other words for the kinds of endpoints that lists of feeds use."""

_SEPARATOR = re.compile(r"\s+\|\s+")
_MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One feed as the file gives it: the line it stands in, and texts by the names of leaf keys."""

    line: int
    texts: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.texts.get(name, "").strip()


@dataclass(slots=True)
class _Group:
    """The rows of one source."""

    rows: list[Row] = field(default_factory=list)
    urls: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        if (url := row.text("url")) not in self.urls:
            self.rows.append(row)
            self.urls.add(url)


def sources_of(
    rows: Iterable[Row], problems: Sequence[Problem], *, file: str, delay: float | None, cap: int | None
) -> list[Source]:
    """Sources in the order of their first rows: rows of one id, or without an id of one host, become one source.

    Args:
        problems: what reading the file has found already; told together with what is found here.
        delay, cap: the policy of every source, whatever the file says; None leaves it.

    Raises:
        UsageError: naming line, key and what was expected, for every fault at once.
    """
    check_policy(delay, cap)
    found = list(problems)
    groups: dict[str, _Group] = {}
    for row in rows:
        if is_web_address(row.text("url")):
            groups.setdefault(row.text("id") or id_of(row.text("url")), _Group()).add(row)
        else:
            found.append(Problem(f"{file}: line {row.line}", "url", _told("endpoints.url", row.text("url"))))
    sources: list[Source] = []
    for id_, group in groups.items():
        source, faults = _source(id_, group.rows, f"{file}: line {group.rows[0].line}")
        found += faults
        if source is not None:
            sources.append(replace(source, policy=with_policy(source.policy, delay, cap)))
    if found:
        raise usage_error(found, f"{file} (nothing was imported)")
    return sources


def check_policy(delay: float | None, cap: int | None) -> None:
    """Raises UsageError for a delay or a cap that no source may have."""
    if delay is not None and not 0 <= delay <= 3600:
        raise UsageError(f"delay: expected {EXPECTED['policy.delay']}, got {delay}")
    if cap is not None and cap < 1:
        raise UsageError(f"cap: expected {EXPECTED['policy.cap']}, got {cap}")


def with_policy(policy: Policy, delay: float | None, cap: int | None) -> Policy:
    return replace(
        policy, delay=policy.delay if delay is None else float(delay), cap=policy.cap if cap is None else cap
    )


def id_of(url: str) -> str:
    """The id of a source that a file does not name: its host, with the port when there is one.

    Stable: it depends on the host alone. A host that is no id as it stands (an IPv6 address, an underscore, hundreds
    of letters) is rewritten and gets the start of its SHA-256, so that two of them never meet.
    """
    host = host_of(url)
    if is_id(host):
        return host
    safe = re.sub(r"[^a-z0-9]+", "-", host)[:60].strip("-")
    return f"{safe or 'host'}-{hashlib.sha256(host.encode()).hexdigest()[:8]}"


def host_of(url: str) -> str:
    """Lower-case host of a valid address, international names in their ASCII form, `:port` unless the usual one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        with suppress(UnicodeError):  # else kept as written: `id_of` makes it safe
            host = host.encode("idna").decode("ascii")
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return host if parts.port in (None, usual) else f"{host}:{parts.port}"


def neutral(id_: str, url: str) -> Source:
    """A source of which nothing is known but the address of a feed."""
    host = host_of(url)
    return Source(
        id=id_,
        name=host,
        homepage=f"{urlsplit(url).scheme}://{host}/",
        country=UNKNOWN_COUNTRY,
        language=UNKNOWN_LANGUAGE,
        perspective=UNKNOWN_PERSPECTIVE,
    )


def text_of(value: Any) -> str:
    """A leaf's value as `sources_of` reads it again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def _source(id_: str, rows: Sequence[Row], where: str) -> tuple[Source | None, list[Problem]]:
    raw: dict[str, Any] = {"endpoints": [{} for _ in rows]}
    tables: dict[str, Any] = {name: {} for name in ("hints", "policy", "expect")}
    for leaf in leaves().values():
        if leaf.table == "endpoints":
            for endpoint, row in zip(raw["endpoints"], rows, strict=True):
                _put(endpoint, leaf, row.text(leaf.name))
        else:
            said = next((text for row in rows if (text := row.text(leaf.name))), "")
            _put(tables.get(leaf.table, raw), leaf, said)
    unsaid = neutral(id_, rows[0].text("url"))
    for name in ("id", "name", "homepage", "country", "language", "perspective"):
        raw.setdefault(name, getattr(unsaid, name))
    for endpoint in raw["endpoints"]:
        endpoint.setdefault("kind", "feed")
    source, problems = source_shape().read({**raw, **{n: t for n, t in tables.items() if t}}, where)
    return source, problems or source_problems(source, where)


def _put(table: dict[str, Any], leaf: Leaf, text: str) -> None:
    """Sets the leaf to what the text means; one of the wrong type stays a text, which the shape refuses."""
    if text:
        table[leaf.name] = _READ[leaf.name](text) if leaf.name in _READ else _read(leaf.type, text)


def _read(type_: Type, text: str) -> Any:
    match type_:
        case Type.LIST:
            return _SEPARATOR.split(text)
        case Type.BOOL:
            return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
                text.lower(), text
            )
        case Type.WHOLE | Type.NUMBER:
            return _number(text)
        case _:
            return text


def _number(text: str) -> Any:
    try:
        return float(text) if "." in text or "e" in text.lower() else int(text)
    except ValueError:
        return text


def _name(text: str) -> str:
    """A name without control and direction characters, in one line and of a length that a table can show."""
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    kept = "".join(c for c in seen if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    short = " ".join(kept.split())
    return short if len(short) <= _MAX_NAME else short[: _MAX_NAME - 1] + "…"


_READ: Mapping[str, Any] = {
    "name": _name,
    "section": _name,
    "country": str.upper,
    "kind": lambda text: KINDS.get(text.lower(), text.lower()),
    "language": lambda text: normal_language(text) or text,
}


def _told(key: str, text: str) -> str:
    return f"expected {EXPECTED[key]}, got {text!r}" if text else f"missing; expected {EXPECTED[key]}"
