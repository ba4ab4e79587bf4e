"""All that the store knows of one address: what `silkwatch explain` tells."""

from __future__ import annotations

import json
from typing import Any

from store import articles, duplicates, seeds, stories
from store.database import Store

Row = dict[str, Any]

_ARTICLE = (
    "id", "url", "title", "publisher", "source_id", "published", "published_precision", "published_origin",
    "modified", "first_seen", "language", "perspective", "authors", "topics", "relevance_score", "relevance_label",
    "relevance_evidence", "relevance_why", "relevance_version", "relevance_terms", "length", "paywalled",
    "revisions", "credit", "changed_at", "story_id", "run_id", "canonical_url", "amp_url",
)  # fmt: skip
_JSON = ("authors", "topics", "relevance_terms", "terms", "passages")


def trail(store: Store, url: str) -> Row:
    """Everything about one canonical URL, ready for JSON (times as stored, in UTC).

    Keys, None or empty where nothing is known:
        `candidate`: where and when it was found, how often it was fetched, what became of it and why. For an address
            that was never listed but leads to an article, the candidate of that article.
        `source`, `found_in`, `decided_in`: the rows of its source and of the passes.
        `article`: the article it leads to, with `story`, `also_at` (its other addresses), `topic_evidence`,
            `earlier_versions` (without texts), `copies`, and `links`: what it follows or is followed by.
        `duplicate`: how it compares to what it copies; `copy_of`: that article or seed.
        `near`: of a page that was kept as new, the article that was most like it then, with `relation` and `why`.
        `seed`: the seed that has this address.
        `feedback`: what a reader said of it.
        `issues`: what was recorded about it.
    """
    article = _article(store, url)
    candidate = _candidate(store, url, article)
    duplicate = _duplicate(store, url)
    if duplicate and not candidate:
        candidate = _parsed(store.row("SELECT * FROM candidates WHERE id = ?", [duplicate["candidate_id"]]))
    addresses = {url, candidate["url"], candidate["fetch_url"]} if candidate else {url}
    return {
        "url": url,
        "candidate": candidate,
        "source": _by_id(store, "sources", candidate and candidate["source_id"]),
        "found_in": _by_id(store, "runs", candidate and candidate["run_id"]),
        "decided_in": _by_id(store, "runs", candidate and candidate["decided_run_id"]),
        "article": article,
        "duplicate": duplicate,
        "copy_of": _copied(store, duplicate or candidate or {}),
        "near": _near(store, candidate),
        "seed": _seed(store, store.value("SELECT min(seed_id) FROM seed_urls WHERE url = ?", [url])),
        "feedback": _feedback(store, url, article),
        "issues": [row for address in sorted(addresses) for row in _issues(store, address)],
    }


def _candidate(store: Store, url: str, article: Row | None) -> Row | None:
    row = store.row("SELECT * FROM candidates WHERE url = ?", [url])
    if row is None and article is not None:
        row = store.row("SELECT * FROM candidates WHERE article_id = ? ORDER BY id LIMIT 1", [article["id"]])
    return _parsed(row)


def _article(store: Store, url: str) -> Row | None:
    number = store.value("SELECT article_id FROM aliases WHERE url = ?", [url])
    if number is None:
        return None
    row = articles.get(store, number)
    found = {name: row[name] for name in _ARTICLE}
    found["story"] = _by_id(store, "stories", row["story_id"])
    aliases = store.rows("SELECT url FROM aliases WHERE article_id = ? ORDER BY url", [number])
    found["also_at"] = [alias["url"] for alias in aliases if alias["url"] != row["url"]]
    found["topic_evidence"] = store.rows(
        "SELECT topic, score, evidence FROM topics WHERE article_id = ? ORDER BY score DESC, topic", [number]
    )
    found["earlier_versions"] = store.rows(
        "SELECT replaced_at, run_id, title, length FROM revisions WHERE article_id = ? ORDER BY id", [number]
    )
    found["copies"] = duplicates.of_article(store, number)
    found["links"] = stories.links_of(store, number)
    return _parsed(found)


def _duplicate(store: Store, url: str) -> Row | None:
    number = duplicates.at(store, url)
    if number is None:
        return None
    row = _parsed(duplicates.get(store, number)) or {}
    return {name: value for name, value in row.items() if name not in ("text", "facts")}


def _near(store: Store, candidate: Row | None) -> Row | None:
    if candidate is None or candidate["near_id"] is None:
        return None
    article = articles.get(store, candidate["near_id"])
    facts = {name: article[name] for name in ("id", "url", "title", "publisher", "published")}
    return facts | {"relation": candidate["near_relation"], "why": candidate["near_why"]}


def _copied(store: Store, row: Row) -> Row | None:
    """What a copy copies: the candidate says `duplicate_of`, the row of the copy itself `article_id`."""
    number = row.get("duplicate_of") if "duplicate_of" in row else row.get("article_id")
    if number is not None:
        article = articles.get(store, number)
        return {name: article[name] for name in ("id", "url", "title", "publisher", "published", "first_seen")}
    return _seed(store, row.get("seed_id"))


def _seed(store: Store, seed_id: str | None) -> Row | None:
    seed = None if seed_id is None else seeds.get_or_none(store, seed_id)
    if seed is None:
        return None
    facts = ("id", "url", "title", "publisher", "published", "language", "added_by")
    return {name: getattr(seed, name) for name in facts}


def _feedback(store: Store, url: str, article: Row | None) -> Row | None:
    number = article["id"] if article else None
    sql = "SELECT judgement, note, judged_at, rules_label FROM feedback WHERE url = ? OR article_id = ?"
    return store.row(sql, [url, number])


def _issues(store: Store, url: str) -> list[Row]:
    return store.rows("SELECT * FROM issues WHERE url = ? ORDER BY id", [url])


def _by_id(store: Store, table: str, key: object) -> Row | None:
    return None if key is None else store.row(f"SELECT * FROM {table} WHERE id = ?", [key])


def _parsed(row: Row | None) -> Row | None:
    """A row with its JSON columns read."""
    if row is None:
        return None
    return {name: json.loads(value) if name in _JSON and value else value for name, value in row.items()}
