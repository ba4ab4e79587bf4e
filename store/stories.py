"""Stories group articles that tell one event; the first article founds one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from store.database import Store
from store.models import Comparison
from store.values import clean, stamp


def found(store: Store, title: str, *, now: datetime) -> int:
    """Open a story under the headline of the article that founds it, and return its id; let the article `join` it."""
    used = store.value("SELECT max(id) FROM stories") or 0
    number = 1 + max(used, store.value("SELECT max(id) FROM moved WHERE noun = 'story'") or 0)
    times = {"first_seen": stamp(now), "last_seen": stamp(now)}
    return store.insert("stories", {"id": number, "title": title, **times})


def join(store: Store, story_id: int, article_id: int, *, now: datetime) -> None:
    """Count an article, whose row names the story, into it.

    Raises:
        StoreError: there is no such story.
    """
    changed = store.change(
        "UPDATE stories SET article_id = ifnull(article_id, ?), articles = articles + 1, last_seen = ? WHERE id = ?",
        [article_id, stamp(now), story_id],
    )
    if not changed.rowcount:
        raise store.missing("story", story_id)


def merge(store: Store, story_id: int, into: int, *, now: datetime) -> int:
    """Make two stories one, under the number of the older one, which is returned; the other number leads there."""
    if story_id == into:
        return into
    keep, gone = min(story_id, into), max(story_id, into)
    other = get(store, gone)
    store.change("UPDATE articles SET story_id = ? WHERE story_id = ?", [keep, gone])
    store.change(
        "UPDATE stories SET articles = articles + ?, last_seen = max(last_seen, ?), "
        "article_id = ifnull(article_id, ?) WHERE id = ?",
        [other["articles"], other["last_seen"], other["article_id"], keep],
    )
    store.change("DELETE FROM stories WHERE id = ?", [gone])
    moved(store, "story", gone, keep, now=now)
    return keep


def leave(store: Store, article_id: int) -> None:
    """Count an article out of its story before it goes; the oldest one that stays founds it then."""
    story = store.value("SELECT story_id FROM articles WHERE id = ?", [article_id])
    founder = store.row(
        "SELECT id, title FROM articles WHERE story_id = ? AND id != ? ORDER BY id LIMIT 1", [story, article_id]
    )
    store.change("UPDATE stories SET articles = articles - 1 WHERE id = ?", [story])
    if founder is not None:
        store.change(
            "UPDATE stories SET article_id = ?, title = ? WHERE id = ? AND article_id = ?",
            [founder["id"], founder["title"], story, article_id],
        )


def link(
    store: Store, article_id: int, other_id: int, comparison: Comparison, *, now: datetime
) -> None:  # fmt: skip
    """Keep that one article follows another (an update, a rewrite, a translation), and make their stories one.

    The pair is kept once.
    """
    pair = {"article_id": max(article_id, other_id), "other_id": min(article_id, other_id)}
    facts = {"relation": comparison.relation.value, "confidence": comparison.confidence, "why": clean(comparison.why)}
    store.upsert("links", ["article_id", "other_id"], pair | facts | {"found_at": stamp(now)}, keep=["found_at"])
    sql = "SELECT story_id FROM articles WHERE id = ?"
    merge(store, store.value(sql, [article_id]), store.value(sql, [other_id]), now=now)


def links_of(store: Store, article_id: int) -> list[dict[str, Any]]:
    """What an article follows or is followed by: relation, confidence, why, and the other's id, url and title."""
    return store.rows(
        "SELECT a.id, a.url, a.title, a.publisher, a.language, a.published, l.relation, l.confidence, l.why "
        "FROM (SELECT other_id AS id, relation, confidence, why FROM links WHERE article_id = :id UNION ALL "
        "SELECT article_id, relation, confidence, why FROM links WHERE other_id = :id) l "
        "JOIN articles a ON a.id = l.id ORDER BY l.confidence DESC, a.id",
        {"id": article_id},
    )


def moved(store: Store, noun: str, old: int, now_id: int, *, now: datetime) -> None:
    """Remember which row stands for one that is gone (`article` or `story`), also for those that led to it."""
    store.change("UPDATE moved SET now_id = ? WHERE noun = ? AND now_id = ?", [now_id, noun, old])
    store.upsert("moved", ["noun", "id"], {"noun": noun, "id": old, "now_id": now_id, "moved_at": stamp(now)})


def get(store: Store, story_id: int) -> dict[str, Any]:
    """The row of a story.

    Raises:
        StoreError: there is no such story.
    """
    row = store.row("SELECT * FROM stories WHERE id = ?", [story_id])
    if row is None:
        raise store.missing("story", story_id)
    return row


def articles_of(store: Store, story_id: int) -> list[dict[str, Any]]:
    """Id, URL, title, publisher, language and times of a story's articles, the first that was seen first."""
    return store.rows(
        "SELECT id, url, title, publisher, language, published, first_seen FROM articles "
        "WHERE story_id = ? ORDER BY id",
        [story_id],
    )


def by_url(store: Store) -> dict[str, int]:
    """The story of every article and of every copy of one, by address."""
    found = store.rows(
        "SELECT url, story_id FROM articles "
        "UNION ALL SELECT d.url, a.story_id FROM duplicates d JOIN articles a ON a.id = d.article_id"
    )
    return {row["url"]: row["story_id"] for row in found}
