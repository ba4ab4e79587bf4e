"""What was judged by other rules than today's, read in pieces and saved under a guard.

Nothing is locked between reading and saving, so that passes go on meanwhile: a row that has changed since it was read
is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from store import feedback
from store.articles import relevance_columns
from store.candidates import judged_columns
from store.database import Store
from store.models import Relevance

PIECE = 200
"""Rows that are read, or saved in one transaction: about half a second of judging, some milliseconds of writing."""

Row = dict[str, Any]

_ARTICLES = """
SELECT a.id, a.url, a.title, a.text, a.language, a.published, a.source_id, a.perspective, a.text_digest,
       a.relevance_score AS score, ifnull(f.rules_label, a.relevance_label) AS label, a.relevance_why AS why,
       a.relevance_evidence AS evidence, a.relevance_terms AS terms, a.relevance_version AS version,
       f.judgement AS reader,
       (SELECT endpoint_url FROM candidates WHERE article_id = a.id ORDER BY id LIMIT 1) AS endpoint_url
FROM articles AS a LEFT JOIN feedback AS f ON f.article_id = a.id
WHERE a.id > :after AND a.first_seen >= :since AND (:version IS NULL OR a.relevance_version != :version)
ORDER BY a.id LIMIT :piece
"""
_PAGES = """
SELECT c.id, c.url, ifnull(c.title, '') AS title, c.source_id, c.endpoint_url, c.published, c.score, c.label, c.why,
       c.measured, c.relevance_version AS version, s.perspective,
       CASE s.language WHEN 'mul' THEN NULL ELSE s.language END AS language, f.judgement AS reader
FROM candidates AS c JOIN sources AS s ON s.id = c.source_id LEFT JOIN feedback AS f ON f.url = c.url
WHERE c.verdict = 'off_topic' AND c.id > :after AND c.decided_at >= :since
      AND (:version IS NULL OR c.relevance_version IS NOT :version)
      AND NOT (c.relevance_version IS NULL AND ifnull(json_extract(c.measured, '$.rules') = :measuring, 0))
ORDER BY c.id LIMIT :piece
"""


def articles(store: Store, *, version: str | None, since: str = "") -> Iterator[list[Row]]:
    """The articles that were judged by another version (all of them for None), in pieces, oldest first.

    `label` is what the rules said, `reader` what a reader said, if anyone did.

    Args:
        since: a stored time; articles that were seen first before it are left out.
    """
    return _pieces(store, _ARTICLES, {"version": version, "since": since})


def pages(store: Store, *, version: str | None, measuring: str | None = None, since: str = "") -> Iterator[list[Row]]:
    """The off-topic pages that were judged by another version (all for None), in pieces.

    Pages that were only looked at are left out when the look went by today's vocabulary (`measuring`): a look does
    not depend on weights. None leaves out none.
    """
    return _pieces(store, _PAGES, {"version": version, "measuring": measuring, "since": since})


def _pieces(store: Store, sql: str, parameters: Row) -> Iterator[list[Row]]:
    after = 0
    while found := store.rows(sql, {**parameters, "after": after, "piece": PIECE}):
        yield found
        after = found[-1]["id"]


def save_article(store: Store, row: Row, relevance: Relevance) -> bool:
    """Keep the new judgement of an article, a reader's word before it; within `write()`. False when it changed."""
    guard = {"id": row["id"], "relevance_version": row["version"], "text_digest": row["text_digest"]}
    if not store.update("articles", guard, relevance_columns(relevance)):
        return False
    store.update("candidates", {"article_id": row["id"]}, judged_columns(relevance))
    feedback.follow(store, row["id"])
    return True


def confirm_article(store: Store, number: int, *, was: str, version: str) -> bool:
    """Note that newer rules say the same of an article; within `write()`. False when it has changed."""
    changed = store.update("articles", {"id": number, "relevance_version": was}, {"relevance_version": version})
    if changed:
        store.update("feedback", {"article_id": number}, {"rules_version": version})
    return bool(changed)


def save_page(store: Store, row: Row, relevance: Relevance) -> bool:
    """Keep the new judgement of a page that was off topic; within `write()`. False when it is not (any more)."""
    kept = judged_columns(relevance)
    values = {name: kept[name] for name in ("score", "label", "why", "relevance_version")}
    if not relevance.relevant:
        values |= {"reason": relevance.label.value, "detail": relevance.why}
    return bool(store.update("candidates", {"id": row["id"], "verdict": "off_topic"}, values))
