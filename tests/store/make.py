"""Nouns for the tests of the store, with everything filled in that a test does not care about."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from store import articles, candidates, runs, sources
from store.database import Store
from store.models import (
    Article,
    DateOrigin,
    Endpoint,
    EndpointKind,
    Fingerprint,
    Label,
    Link,
    Precision,
    Published,
    Reading,
    Relevance,
    Seed,
    Source,
    TermMatch,
    Topic,
)
from store.search import find
from store.text import fold, tokens

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FEED = "https://paper.example/rss.xml"


def source(id: str = "paper", **fields: Any) -> Source:
    endpoints = (Endpoint(kind=EndpointKind.FEED, url=f"https://{id}.example/rss.xml"),)
    given = {"endpoints": endpoints, "country": "IR", "language": "en", "perspective": "state-iran", **fields}
    return Source(id=id, name=f"The {id.title()}", homepage=f"https://{id}.example/", **given)


def at(day: int, hour: int = 0, *, precision: Precision = Precision.MINUTE) -> Published:
    return Published(datetime(2026, 3, day, hour, tzinfo=UTC), precision, DateOrigin.META)


def link(url: str, **fields: Any) -> tuple[str, Link]:
    return url, Link(url=f"{url}?utm_source=rss", **fields)


def shingles(text: str, size: int = 3) -> tuple[int, ...]:
    words = tokens(fold(text))
    grams = [" ".join(words[i : i + size]) for i in range(max(0, len(words) - size + 1))]
    return tuple(int.from_bytes(hashlib.blake2b(g.encode(), digest_size=6).digest()) for g in grams)


def fingerprint(text: str) -> Fingerprint:
    words = tokens(fold(text))
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return Fingerprint(version=1, hashes=shingles(text), tokens=len(words), digest=digest)


TERMS = (
    TermMatch(
        concept="iran", side="iran", strength="anchor", term="Iran", language="en", field="title", start=0, end=4
    ),
    TermMatch(concept="oil", side="", strength="weak", term="oil", language="en", field="text", start=5, end=8),
)


def relevance(**fields: Any) -> Relevance:
    given = {"score": 0.9, "label": Label.CENTRAL, "matches": TERMS, "evidence": "Iran sells oil.", **fields}
    return Relevance(why="It names both.", version="1", **given)


def reading(
    url: str, title: str = "Iran sells oil", text: str = "Iran sells oil to China.", **fields: Any
) -> Reading:
    topics = fields.pop("topics", (Topic("energy", 0.8, "sells oil"),))
    given = {"source_id": "paper", "language": "en", "site": "paper.example", "published": at(1, 12), **fields}
    article = Article(url=url, title=title, text=text, **given)
    return Reading(article=article, relevance=relevance(), topics=topics, fingerprint=fingerprint(text))


def seed(id: str = "s1", text: str = "Known words of an old article.", **fields: Any) -> Seed:
    given = {"title": "Old", "publisher": "Paper", "published": "2024-07-04", "language": "en", **fields}
    given.setdefault("url", f"https://old.example/{id}")
    return Seed(id=id, fingerprint=fingerprint(text), shingles=shingles(text), numbers=("25",), **given)


def begin(store: Store, *found: Source) -> int:
    """Sync sources (one by default) and start a run over them; within no write."""
    with store.write():
        sources.sync(store, found or (source(),), NOW)
        return runs.start(store, kind="news", source_ids=[s.id for s in found or (source(),)], now=NOW, pid=1)


def keep(store: Store, run_id: int, read: Reading, **fields: Any) -> int:
    """Insert one article in a write of its own."""
    given = {"source": source(), "story_id": None, "now": NOW, **fields}
    with store.write():
        return articles.insert(store, read, run_id=run_id, **given)


def found(store: Store, typed: str, limit: int = 20) -> list[dict[str, Any]]:
    """Rows of the articles that a search finds, best first."""
    return [dict(one.row) for one in find.search(store, typed, now=NOW, limit=limit).found]


def listed(store: Store, run_id: int, *urls: str) -> list[int]:
    """Candidate ids of URLs that a listing named."""
    with store.write():
        candidates.record_links(store, "paper", FEED, [link(url) for url in urls], run_id=run_id, now=NOW)
    found = [candidates.find(store, url) for url in urls]
    return [candidate.id for candidate in found if candidate]
