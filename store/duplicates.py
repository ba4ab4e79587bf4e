"""Copies: each keeps a row and its own text, and points to the article or the seed that it copies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store import readings
from store.articles import day_of
from store.database import Store
from store.models import Comparison, Known, Reading, Relation, Source
from store.values import clean, dataclasses_to_json, published_columns, stamp, to_json


def insert(
    store: Store, reading: Reading, *, article_id: int | None, seed_id: str | None, comparison: Comparison,
    candidate_id: int, source: Source, run_id: int, now: datetime,
) -> int:  # fmt: skip
    """Keep a copy, with how it compares to what it copies, and return the id of its row.

    A copy that is fetched again takes the place of its earlier text; `first_seen` and the run that brought it stay.

    Raises:
        ValueError: not exactly one of `article_id` and `seed_id` is given.
    """
    if (article_id is None) == (seed_id is None):
        raise ValueError("a copy points to one article or to one seed")
    article, text = reading.article, clean(reading.article.text)
    row = {
        "url": clean(article.url),
        "title": clean(article.title),
        "publisher": source.name,
        "source_id": source.id,
        "article_id": article_id,
        "seed_id": seed_id,
        **comparison_columns(comparison),
        **published_columns(article.published),
        "day": day_of(article.published, source.hints.timezone, now),
        "first_seen": stamp(now),
        "language": article.language,
        "authors": to_json(article.authors),
        "length": article.length,
        "candidate_id": candidate_id,
        "run_id": run_id,
        "site": article.site,
        "credit": reading.credit,
        "facts": readings.facts(reading),
        "text_digest": reading.fingerprint.digest if reading.fingerprint else "",
        "text": text,
    }
    store.upsert("duplicates", ["url"], row, keep=["first_seen", "run_id", "day"])
    return int(store.value("SELECT id FROM duplicates WHERE url = ?", [row["url"]]))


def comparison_columns(comparison: Comparison) -> dict[str, Any]:
    """How a copy compares to what it copies, as its columns."""
    return {
        "relation": comparison.relation.value,
        "similarity": comparison.similarity,
        "coverage_new": comparison.coverage_a,
        "coverage_known": comparison.coverage_b,
        "why": clean(comparison.why),
        "passages": dataclasses_to_json(comparison.passages),
    }


def get(store: Store, copy_id: int) -> dict[str, Any]:
    """The row of a copy.

    Raises:
        StoreError: there is no such copy.
    """
    row = store.row("SELECT * FROM duplicates WHERE id = ?", [copy_id])
    if row is None:
        raise store.missing("copy", copy_id)
    return row


def at(store: Store, url: str) -> int | None:
    """The number of the copy at a canonical address."""
    own = store.value("SELECT id FROM duplicates WHERE url = ?", [url])
    number: int | None = own or store.value("SELECT duplicate_id FROM copy_urls WHERE url = ?", [url])
    return number


def known(store: Store, urls: Sequence[str]) -> Known | None:
    """The copy of an article at the first of these canonical addresses that is a copy's."""
    for url in urls:
        number = at(store, url)
        row = None if number is None else get(store, number)
        if row is not None and row["article_id"] is not None:
            names = {name: row[name] for name in ("article_id", "url", "text", "title")}
            return Known(digest=row["text_digest"], copy=Relation(row["relation"]), **names)
    return None


def alias(store: Store, url: str, of: str) -> None:
    """Let an address lead to the copy at another one; one that leads somewhere already stays as it is."""
    store.change(
        "INSERT OR IGNORE INTO copy_urls (url, duplicate_id) SELECT ?, id FROM duplicates WHERE url = ? "
        "AND NOT EXISTS (SELECT 1 FROM aliases WHERE url = ?)",
        [clean(url), clean(of), clean(url)],
    )


def of_article(store: Store, article_id: int) -> list[dict[str, Any]]:
    """Rows (without texts) of an article's copies, the first that was seen first."""
    return store.rows(
        "SELECT id, url, title, publisher, source_id, relation, similarity, why, published, first_seen, language, "
        "credit, lag FROM duplicates WHERE article_id = ? ORDER BY first_seen, id",
        [article_id],
    )
