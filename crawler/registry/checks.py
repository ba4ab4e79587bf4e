"""What the shape of a source cannot say: ids, addresses, zones, expressions, and what the beat must know. Pure but
for the system's list of time zones."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.registry.codes import COUNTRIES, is_language
from crawler.registry.keys import EXPECTED
from crawler.registry.problems import Problem
from crawler.registry.toml_file import shown
from store.models import Endpoint, Hints, Policy, Source

UNKNOWN_PERSPECTIVE = "unknown"
"""What an imported source has until someone says more; every beat knows it, without a prior."""

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?!\.))*(?<![.-])")
_MAX_ID = 100
_COUNTED = re.compile(r"\[[0-9]+\]")

Fault = tuple[str, str]
"""A key path and the sentence about it."""


def source_problems(
    source: Source,
    where: str,
    *,
    stem: str | None = None,
    sides: Collection[str] | None = None,
    perspectives: Collection[str] | None = None,
) -> list[Problem]:
    """All that is wrong with one source.

    Args:
        where: file (and line) for the messages.
        stem: the file's name without `.toml`; None when the source comes from elsewhere.
        sides, perspectives: what the beat declares; None leaves these keys unchecked.
    """
    faults = [
        *_identity(source, stem, perspectives),
        *(f for n, e in enumerate(source.endpoints) for f in _endpoint(e, f"endpoints[{n}]", sides)),
        *_hints(source.hints),
        *_policy(source.policy),
        *_expect(source),
    ]
    return [Problem(where, key, text) for key, text in faults]


def shared_problems(sources: Sequence[tuple[str, Source]]) -> list[Problem]:
    """Endpoint addresses that stand twice in a beat, told at the later one; pairs of (where, source)."""
    seen: dict[str, str] = {}
    found = []
    for where, source in sources:
        for number, endpoint in enumerate(source.endpoints):
            if endpoint.url in seen:
                text = f"{endpoint.url} stands already in {seen[endpoint.url]}"
                found.append(Problem(where, f"endpoints[{number}].url", text))
            seen.setdefault(endpoint.url, where)
    return found


def is_id(text: str) -> bool:
    """Whether the text can name a source: safe as a file name and in an address."""
    return len(text) <= _MAX_ID and _ID.fullmatch(text) is not None


def is_web_address(url: str) -> bool:
    """Whether this is an absolute http(s) address without user, password, blanks or control characters."""
    if re.search(r"[\x00-\x20\x7f<>\"]", url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and port != 0


def _expected(key: str, value: object) -> Fault:
    return key, f"expected {EXPECTED[_COUNTED.sub('', key)]}, got {shown(value)}"


def _identity(source: Source, stem: str | None, perspectives: Collection[str] | None) -> Iterator[Fault]:
    if not is_id(source.id) or (stem is not None and stem != source.id):
        yield _expected("id", source.id)
    if not source.name.strip():
        yield _expected("name", source.name)
    if not is_web_address(source.homepage):
        yield _expected("homepage", source.homepage)
    if source.country not in COUNTRIES:
        yield _expected("country", source.country)
    if not is_language(source.language):
        yield _expected("language", source.language)
    if perspectives is not None and source.perspective not in {*perspectives, UNKNOWN_PERSPECTIVE}:
        yield "perspective", f"expected {_one_of(perspectives)}, got {shown(source.perspective)}"
    if not source.endpoints and source.policy.enabled:
        yield "endpoints", f"missing; expected {EXPECTED['endpoints']} in an enabled source"


def _endpoint(endpoint: Endpoint, key: str, sides: Collection[str] | None) -> Iterator[Fault]:
    if not is_web_address(endpoint.url):
        yield _expected(f"{key}.url", endpoint.url)
    for url in endpoint.fallback_urls:
        if not is_web_address(url):
            yield _expected(f"{key}.fallback_urls", url)
    for side in endpoint.anchors if sides is not None else ():
        if side not in (sides or ()):
            yield f"{key}.anchors", f"expected {_one_of(sides or ())}, got {shown(side)}"
    for name, patterns in (("allow", endpoint.allow), ("deny", endpoint.deny)):
        for pattern in patterns:
            try:
                re.compile(pattern)
            except (re.error, RecursionError, OverflowError) as error:
                yield f"{key}.{name}", f"expected a regular expression, got {shown(pattern)} ({error})"


def _hints(hints: Hints) -> Iterator[Fault]:
    if not _is_zone(hints.timezone):
        yield _expected("hints.timezone", hints.timezone)
    if hints.charset is not None and not _is_charset(hints.charset):
        yield _expected("hints.charset", hints.charset)
    for key in ("body_selector", "title_selector", "date_selector"):
        selector = getattr(hints, key)
        if selector is not None and not _is_selector(selector):
            yield _expected(f"hints.{key}", selector)
    for selector in hints.remove_selectors:
        if not _is_selector(selector):
            yield _expected("hints.remove_selectors", selector)


def _policy(policy: Policy) -> Iterator[Fault]:
    if not 0 <= policy.delay <= 3600:  # also refuses nan and inf
        yield _expected("policy.delay", policy.delay)
    if policy.cap < 1:
        yield _expected("policy.cap", policy.cap)
    if not policy.enabled and not policy.why_disabled.strip():
        yield "policy.why_disabled", f"missing; expected {EXPECTED['policy.why_disabled']}"


def _expect(source: Source) -> Iterator[Fault]:
    for key, top in (("items_per_day", math.inf), ("newest_age_hours", math.inf), ("share_with_text", 1.0)):
        value = getattr(source.expect, key)
        if value is not None and not (math.isfinite(value) and 0 <= value <= top and (value or top == 1.0)):
            yield _expected(f"expect.{key}", value)


def _one_of(names: Collection[str]) -> str:
    return "one of " + ", ".join(f'"{n}"' for n in names) if names else "none, as beat.toml declares none"


@lru_cache(maxsize=512)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a folder of zones ("Asia") is an OSError, an unknown one a KeyError
        return False
    return True


def _is_charset(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


def _is_selector(selector: str) -> bool:
    from lxml.cssselect import CSSSelector, SelectorError  # slow to load, and few sources need it

    try:
        CSSSelector(selector)
    except (SelectorError, ValueError):
        return False
    return True
