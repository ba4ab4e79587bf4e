"""What a listing gives: links, further listings to read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.models import Hints, Link

NOT_A_FEED = "not_a_feed"
"""The answer is no feed, sitemap or page of links; the detail says what it is instead."""
EMPTY = "empty"
"""A listing without any item that could be an article."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a listing gave no links: `not_a_feed` or `empty`, and one plain sentence."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was read from one answer of an endpoint, in the order of the listing."""

    links: tuple[Link, ...] = ()
    more: tuple[str, ...] = ()
    """Child sitemaps to fetch, the most promising first."""
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    """What was left out or mended, one plain sentence each."""
    items: int = 0
    """Items (or addresses, or links) seen before anything was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a listing is read; the rest is left out with a note."""

    bytes: int = 50 * 1024 * 1024
    """After decompression: what the sitemap protocol allows, and fifty times an ordinary feed."""
    items: int = 50_000
    """What the sitemap protocol allows."""
    children: int = 200
    """Child sitemaps of an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a listing is to be read: where it came from, when, and what is wanted of it."""

    url: str
    now: datetime
    """Aware. Dates after it (with ten minutes of grace for clocks) are dropped."""
    hints: Hints
    allow: Sequence[str] = ()
    deny: Sequence[str] = ()
    limits: Limits = Limits()
    since: datetime | None = None
    """Aware. What the listing dates before it is left out; undated items stay."""
