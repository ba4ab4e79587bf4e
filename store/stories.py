"""Stories group articles that tell one event; the first article founds one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from store.database import Store
from store.values import stamp


def found(store: Store, title: str, *, now: datetime) -> int:
    """Open a story under the headline of the article that founds it, and return its id; let the article `join` it."""
    return store.insert("stories", {"title": title, "first_seen": stamp(now), "last_seen": stamp(now)})


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
