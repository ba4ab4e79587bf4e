"""Articles for other programs: all that are wanted, one after the other, each with its story and its copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from store.database import Store
from store.errors import UsageError
from store.feedback import LISTED
from store.search.expression import expression
from store.search.find import compounds_of
from store.search.query import parse
from store.values import stamp, to_json

BATCH = 200
"""Articles whose copies and links are looked up together."""

_COLUMNS = (
    "a.id, a.url, a.title, a.publisher, a.source_id, a.country, a.perspective, a.published, a.published_precision, "
    "a.day, a.modified, a.first_seen, a.changed_at, a.language, a.authors, a.topics, a.relevance_score, "
    "a.relevance_label, a.relevance_evidence, a.lead, a.length, a.paywalled, a.revisions, a.story_id, "
    "s.title AS story_title, s.articles AS story_articles"
)
_COPIES = """
SELECT article_id, url, title, publisher, language, relation, similarity, published, first_seen FROM duplicates
WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_FOLLOWED = """
SELECT l.article_id, a.url, a.title, a.language, l.relation, l.confidence FROM links AS l
JOIN articles AS a ON a.id = l.other_id
WHERE l.article_id IN (SELECT value FROM json_each(?)) ORDER BY l.confidence DESC, a.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which articles; what is left empty does not narrow."""

    since: datetime | None = None
    """Kept since then."""
    topics: tuple[str, ...] = ()
    """About one of these."""
    languages: tuple[str, ...] = ()
    query: str = ""
    """As typed into a search, see `store.search.query`."""
    text: bool = False
    """With their texts."""
    newest: int | None = None
    """Only so many, the newest first; otherwise all, in the order in which they were kept."""


def articles(store: Store, wanted: Wanted, *, today: date) -> Iterator[dict[str, Any]]:
    """The articles that lists show, with `story_title`, `story_articles`, `copies` and `follows` (updates,
    rewrites and translations of what was there before), as rows: JSON columns as text.

    They are those of one moment, whatever is written meanwhile; memory holds a batch of them.

    Raises:
        UsageError: the query holds no word.
    """
    conditions, parameters = _conditions(store, wanted, today)
    columns = f"{_COLUMNS}, a.text" if wanted.text else _COLUMNS
    ending = "ORDER BY a.id" if wanted.newest is None else "ORDER BY a.first_seen DESC, a.id DESC LIMIT ?"
    limit = [] if wanted.newest is None else [wanted.newest]
    cursor = store.execute(
        f"SELECT {columns} FROM articles AS a LEFT JOIN stories AS s ON s.id = a.story_id "
        f"WHERE {' AND '.join([f'a.{LISTED}', *conditions])} {ending}",
        [*parameters, *limit],
    )
    names = [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(BATCH):
        yield from _with_others(store, [dict(zip(names, row, strict=True)) for row in rows])


def _conditions(store: Store, wanted: Wanted, today: date) -> tuple[list[str], list[Any]]:
    query = parse(wanted.query, today=today)
    if wanted.query and not query:
        raise UsageError(f"--query: expected at least one word to look for, got {wanted.query!r}")
    asked: list[tuple[str, Any]] = []
    if wanted.since:
        asked.append(("a.first_seen >= ?", stamp(wanted.since)))
    if query.since:
        asked.append(("a.day >= ?", query.since.isoformat()))
    for topics in (wanted.topics, query.filters.get("topic", ())):
        if topics:
            about = "SELECT article_id FROM topics WHERE topic IN (SELECT value FROM json_each(?))"
            asked.append((f"a.id IN ({about})", to_json(list(topics))))
    if wanted.languages:
        asked.append(("a.language IN (SELECT value FROM json_each(?))", to_json(list(wanted.languages))))
    if query:
        found = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
        asked.append((f"a.id IN ({found})", expression(query, compounds_of(store))))
    return [condition for condition, _ in asked], [value for _, value in asked]


def _with_others(store: Store, rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    ids = to_json([row["id"] for row in rows])
    copies, followed = _by_article(store, _COPIES, ids), _by_article(store, _FOLLOWED, ids)
    for row in rows:
        yield row | {"copies": copies.get(row["id"], []), "follows": followed.get(row["id"], [])}


def _by_article(store: Store, sql: str, ids: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in store.rows(sql, [ids]):
        found[row.pop("article_id")].append(row)
    return found
