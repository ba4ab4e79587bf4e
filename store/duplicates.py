"""Copies: each keeps a row and its own text, and points to the article or the seed that it copies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from store.articles import day_of
from store.database import Store
from store.models import Comparison, Reading, Source
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
        **_comparison_columns(comparison),
        **published_columns(article.published),
        "day": day_of(article.published, source.hints.timezone, now),
        "first_seen": stamp(now),
        "language": article.language,
        "authors": to_json(article.authors),
        "length": article.length,
        "candidate_id": candidate_id,
        "run_id": run_id,
        "site": article.site,
        "text_digest": reading.fingerprint.digest if reading.fingerprint else "",
        "text": text,
    }
    store.upsert("duplicates", ["url"], row, keep=["first_seen", "run_id", "day"])
    return int(store.value("SELECT id FROM duplicates WHERE url = ?", [row["url"]]))


def _comparison_columns(comparison: Comparison) -> dict[str, Any]:
    return {
        "relation": comparison.relation.value,
        "similarity": comparison.similarity,
        "coverage_new": comparison.coverage_a,
        "coverage_known": comparison.coverage_b,
        "why": clean(comparison.why),
        "passages": dataclasses_to_json(comparison.passages),
    }


def of_article(store: Store, article_id: int) -> list[dict[str, Any]]:
    """Rows (without texts) of an article's copies, the first that was seen first."""
    return store.rows(
        "SELECT id, url, title, publisher, source_id, relation, similarity, why, published, first_seen, language "
        "FROM duplicates WHERE article_id = ? ORDER BY first_seen, id",
        [article_id],
    )
