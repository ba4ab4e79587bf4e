"""Addresses that carry another address: click counters, share links, AMP caches and viewers, archives."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote

from crawler.url_hosts import folded, identity_host
from crawler.url_rules import (
    AMP_CACHES,
    AMP_VIEWERS,
    ARCHIVES,
    REDIRECT_LABEL,
    REDIRECT_NAMES,
    REDIRECT_SEGMENT,
)

MAX_DEPTH = 4
_PARTS = re.compile(r"https?:/{1,3}(?:[^/?#@]*@)?([^/?#:]*)(?::\d*)?([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?:/{1,3}[^/?#\s]+\.[^/?#\s]+", re.IGNORECASE)
_ESCAPED = re.compile(r"https?%(?:25)*3a", re.IGNORECASE)
_CACHED = re.compile(r"/(?:c|v|a|r|wp)/(s/)?([^/]+\..*)")
_VIEWED = re.compile(r"/amp/(s/)?([^/]+\..*)")
_REPLAYED = re.compile(r"/(?:web|wayback)/\d{14}(?:[a-z]{2}_)?/https?:/{1,2}[^/:]+\.", re.IGNORECASE)
"""Other hosts replay archives under the same paths; and an archived page names such paths without a host."""
_ARCHIVED = re.compile(r"/(?:web|wayback)/\d{4,14}(?:[a-z]{2}_)?/(?:(https?:)/{1,2})?([^/:]+\..*)", re.IGNORECASE)
_IN_PATH = re.compile(r"(?:/|RU=)(https?(?::/{1,2}[^/]+\.|%(?:25)*3a%(?:25)*2f).*)", re.IGNORECASE)


def unwrap(url: str, *, archives: bool = True) -> str:
    """The address that a redirector or a cache carries in its own address, or `url` as it is. Nothing is fetched.

    A parameter counts only when the address looks like a redirector's (its host label or last path segment) and the
    value is an absolute http address; wrappers in wrappers are opened too.

    Args:
        archives: open addresses of web archives too. An archived page is the same article, but it must be fetched
            from the archive: its own address may be long gone.
    """
    for _ in range(MAX_DEPTH):
        target = _target(url) if _may_wrap(url) else None
        if target is None or (not archives and _is_archive(url)):
            return url
        url = target
    return url


def _may_wrap(url: str) -> bool:
    """A cheap test that spares nearly every address the full one."""
    rest = url[8:].lower()
    cached = "amp" in rest and ("/amp/" in rest or "ampproject." in rest or "bing-amp." in rest)
    return "http" in rest or cached or "archive.org" in rest


def _is_archive(url: str) -> bool:
    parts = _PARTS.match(url)
    return parts is not None and _replays(folded(parts[1]) or "", parts[2])


def _target(url: str) -> str | None:
    parts = _PARTS.match(url)
    if parts is None:
        return None
    host, path, query = folded(parts[1]) or "", parts[2], parts[3] or ""
    return _cached(host, path, query) or _counted(host, path, query)


def _cached(host: str, path: str, query: str) -> str | None:
    """The page behind an AMP cache, an AMP viewer of a search engine, or a web archive."""
    if _replays(host, path):
        found = _ARCHIVED.match(path)
        return _with_query(f"{found[1] or 'http:'}//{found[2]}", query) if found else None
    if any(host == cache or host.endswith(f".{cache}") for cache in AMP_CACHES):
        found = _CACHED.match(path)
    elif AMP_VIEWERS.fullmatch(host):
        found = _VIEWED.match(path)
    else:
        return None
    return _with_query(f"http{'s' if found[1] else ''}://{found[2]}", query) if found else None


def _replays(host: str, path: str) -> bool:
    return bool(ARCHIVES.fullmatch(host) or _REPLAYED.match(path))


def _counted(host: str, path: str, query: str) -> str | None:
    """The target of a click counter or share link, from its query or its path."""
    segments = [s for s in path.split("/") if s]
    last = segments[-1].rpartition(".")[0] or segments[-1] if segments else ""
    if (bare := _absolute(query)) and not last:
        return bare
    gated = bool(
        REDIRECT_LABEL.fullmatch((identity_host(host) or "").partition(".")[0]) or REDIRECT_SEGMENT.fullmatch(last)
    )
    if gated and query and (value := _parameter(query)):
        return value
    inside = _IN_PATH.search(path)
    if inside is None or not (gated or any(REDIRECT_SEGMENT.fullmatch(s) for s in segments[:2])):
        return None
    text = inside[1]
    return _absolute(text.partition("/")[0]) if _ESCAPED.match(text) else _absolute(_with_query(text, query))


def _parameter(query: str) -> str | None:
    values = {name.lower(): value for name, value in reversed(parse_qsl(query.replace("&amp;", "&")))}
    found = (_absolute(values[name]) for name in REDIRECT_NAMES if name in values)
    return next((url for url in found if url), None)


def _absolute(value: str) -> str | None:
    """The value, unescaped as often as it needs, when it is an absolute http address of a host with a dot."""
    for _ in range(2):
        if _ESCAPED.match(value):
            value = unquote(value)
    return value if _ABSOLUTE.match(value) else None


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url
