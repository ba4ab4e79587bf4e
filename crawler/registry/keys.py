"""Every key of a source file with what is expected there: the texts of error messages, tested against the docs.

A key of a table is written with a dot: `endpoints.url`, `hints.timezone`.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from store.models import Endpoint, Expectations, Hints, Policy, Source

EXPECTED: Mapping[str, str] = {
    "id": "a short name of lower-case letters, digits, hyphens and dots, equal to the file's name without .toml",
    "name": "the publisher's name, a text",
    "homepage": "an http(s) address",
    "country": 'an ISO 3166-1 alpha-2 code such as "IR" ("ZZ" when unknown)',
    "language": 'a BCP 47 tag such as "fa" or "zh-Hans" ("mul" for several, "und" when unknown)',
    "perspective": "one of the perspectives that beat.toml declares",
    "publisher_group": "the owner's short name, a text",
    "role": 'one of "publisher", "republisher", "aggregator"',
    "state_owned": "true or false",
    "endpoints": "at least one [[endpoints]] table",
    "endpoints.kind": 'one of "feed", "sitemap", "section"',
    "endpoints.url": "an http(s) address",
    "endpoints.fallback_urls": "a list of http(s) addresses",
    "endpoints.section": "a text",
    "endpoints.anchors": "a list of sides that beat.toml declares",
    "endpoints.allow": "a list of regular expressions",
    "endpoints.deny": "a list of regular expressions",
    "hints": "a table, [hints]",
    "hints.timezone": 'an IANA time zone such as "Asia/Tehran"',
    "hints.calendar": 'one of "gregorian", "jalali"',
    "hints.charset": 'the name of a character set such as "gb18030"',
    "hints.body_selector": "a CSS selector",
    "hints.title_selector": "a CSS selector",
    "hints.date_selector": "a CSS selector",
    "hints.remove_selectors": "a list of CSS selectors",
    "hints.date_only": "true or false",
    "policy": "a table, [policy]",
    "policy.delay": "seconds, a number from 0 to 3600",
    "policy.cap": "a whole number of at least 1",
    "policy.paywall": 'one of "none", "metered", "hard"',
    "policy.enabled": "true or false",
    "policy.why_disabled": "a sentence when enabled is false",
    "expect": "a table, [expect]",
    "expect.items_per_day": "a number above 0",
    "expect.newest_age_hours": "a number above 0",
    "expect.share_with_text": "a number from 0 to 1",
}


class Type(StrEnum):
    """What a leaf key holds."""

    TEXT = "text"
    BOOL = "bool"
    WHOLE = "whole"
    NUMBER = "number"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A key that holds a value: its table ("" for the top), its name, which is unique over all tables, its type."""

    table: str
    name: str
    type: Type


TABLES: Mapping[str, type] = {
    "": Source, "endpoints": Endpoint, "hints": Hints, "policy": Policy, "expect": Expectations,
}  # fmt: skip


@cache
def leaves() -> Mapping[str, Leaf]:
    """Every leaf key by its name, in the order of the format."""
    found: dict[str, Leaf] = {}
    for table, shape in TABLES.items():
        annotations = get_type_hints(shape)
        for field in fields(shape):
            if field.name not in TABLES:
                found[field.name] = Leaf(table, field.name, _type(annotations[field.name]))
    return found


def _type(annotation: Any) -> Type:
    if get_origin(annotation) in (types.UnionType, Union):  # `str | None`
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is tuple:
        return Type.LIST
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Type.TEXT
    return {bool: Type.BOOL, int: Type.WHOLE, float: Type.NUMBER}.get(annotation, Type.TEXT)
