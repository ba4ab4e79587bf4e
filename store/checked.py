"""What a pass over one source gave, as `silkwatch sources check` tells it: for a store that holds nothing else."""

from __future__ import annotations

from typing import Any

from store.database import Store
from store.models import CandidateState

Row = dict[str, Any]

_ENDPOINTS = """
SELECT url, kind, section, last_status, last_error, items, newest_item FROM endpoints
WHERE last_ok_at IS NOT NULL OR last_failed_at IS NOT NULL ORDER BY declared DESC, url
"""
_LINKS = """
SELECT url, title, published, published_precision, published_origin, endpoint_url, discovered_at, state
FROM candidates ORDER BY published IS NULL, published DESC, id
"""
_SAMPLES = """
SELECT c.url, c.state, c.verdict, c.reason, coalesce(nullif(c.detail, ''), c.last_error, '') AS detail, c.why,
    coalesce(a.title, d.title, c.title) AS title, coalesce(a.language, d.language) AS language,
    coalesce(a.length, d.length) AS length, coalesce(a.published, d.published, c.published) AS published,
    coalesce(a.published_precision, d.published_precision, c.published_precision) AS published_precision,
    coalesce(a.published_origin, d.published_origin, c.published_origin) AS published_origin,
    coalesce(a.relevance_score, c.score) AS score, coalesce(a.relevance_label, c.label) AS label
FROM candidates c LEFT JOIN articles a ON a.id = c.article_id LEFT JOIN duplicates d ON d.candidate_id = c.id
WHERE c.state = ? OR c.attempts > 0 ORDER BY c.id
"""


def endpoints(store: Store) -> list[Row]:
    """The listings that were asked, with what each answered."""
    return store.rows(_ENDPOINTS)


def links(store: Store) -> list[Row]:
    """Everything that was listed, the newest first."""
    return store.rows(_LINKS)


def samples(store: Store) -> list[Row]:
    """The candidates that were fetched, with what was read of each and what became of it."""
    return store.rows(_SAMPLES, [CandidateState.DECIDED])
