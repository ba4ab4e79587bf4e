"""The full-text index follows the articles, and is made anew, newest first, when its recipe has changed.

Its state is one row of `search_index`: the `recipe` by which it was made, and `below`: articles up to this id are
still to be indexed. Articles that come meanwhile have higher ids and are indexed at once. Each batch is a transaction
of its own, so a rebuild may be broken off and goes on where it stood, and a pass never waits for more than one batch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.database import Store
from store.search import compounds
from store.search.shadow import COLUMNS, Shadow, recipe, shadow

BATCH = 250
"""Articles indexed in one transaction: about a third of a second."""
_FIELDS = "title, text, language, source_id, site"
_NAMES = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class State:
    """How far the index is."""

    stale: bool
    """True when it was made by another recipe: it finds less than it should until a writer opens the store."""
    left: int
    """Articles that are not in it yet."""


def add(store: Store, article_id: int, row: Mapping[str, Any]) -> None:
    """Index an article; within `write()`. `row` has its title, text, language, source_id and site.

    One that waits for `catch_up` is left to it.
    """
    if not waits(store, article_id):
        insert_shadows(store, [(article_id, _shadow(row))])


def remove(store: Store, article_id: int, row: Mapping[str, Any]) -> None:
    """Forget an article, given its row as it was indexed; within `write()`. One not indexed yet is left alone."""
    if waits(store, article_id):
        return
    # An index without a copy of the text must be told what it forgets.
    store.change(
        f"INSERT INTO articles_fts (articles_fts, rowid, {_NAMES}) VALUES ('delete', ?, ?, ?, ?, ?)",
        (article_id, *_shadow(row).columns),
    )


def waits(store: Store, article_id: int) -> bool:
    """Whether an article is still to be indexed by `catch_up`."""
    return article_id <= int(store.value("SELECT below FROM search_index WHERE id = 1"))


def state(store: Store) -> State:
    """How far the index is."""
    made_by, below = store.execute("SELECT recipe, below FROM search_index WHERE id = 1").fetchone()
    left = store.value("SELECT count(*) FROM articles WHERE id <= ?", [below]) if below else 0
    return State(stale=made_by != recipe(), left=int(left))


def renew(store: Store) -> None:
    """Empty the index when it was made by another recipe; `catch_up` fills it again. Costs nothing else."""
    if store.value("SELECT recipe FROM search_index WHERE id = 1") != recipe():
        with store.write():
            empty(store)


def empty(store: Store) -> None:
    """Forget everything, to be indexed anew; within `write()`."""
    store.change("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    store.change("DELETE FROM compound_words")
    store.change(
        "UPDATE search_index SET recipe = ?, below = (SELECT ifnull(max(id), 0) FROM articles) WHERE id = 1",
        [recipe()],
    )


def catch_up(
    store: Store, *, seconds: float | None = None, told: Callable[[int], None] = lambda _: None
) -> int:  # fmt: skip
    """Index what is left, newest first; returns how many articles are still left.

    Args:
        seconds: begin no batch after this time; None goes on to the end.
        told: called after each batch with how many articles it held.
    """
    renew(store)
    begun = time.monotonic()
    while store.value("SELECT below FROM search_index WHERE id = 1"):
        if seconds is not None and time.monotonic() - begun >= seconds:
            return state(store).left
        with store.write():
            done = _batch(store)
        told(done)
    return 0


def _batch(store: Store) -> int:
    below = store.value("SELECT below FROM search_index WHERE id = 1")
    sql = f"SELECT id, {_FIELDS} FROM articles WHERE id <= ? ORDER BY id DESC LIMIT ?"
    rows = store.rows(sql, [below, BATCH])
    insert_shadows(store, [(row["id"], _shadow(row)) for row in reversed(rows)])
    left = rows[-1]["id"] - 1 if len(rows) == BATCH else 0
    store.change("UPDATE search_index SET below = ? WHERE id = 1", [left])
    return len(rows)


def insert_shadows(store: Store, shadows: Sequence[tuple[int, Shadow]]) -> None:
    """Put articles into the index by id; within `write()`."""
    store.change_many(
        f"INSERT INTO articles_fts (rowid, {_NAMES}) VALUES (?, ?, ?, ?, ?)",
        [(number, *made.columns) for number, made in shadows],
    )
    words = frozenset[str]().union(*(made.words for _, made in shadows))
    if words:
        sql = "INSERT OR IGNORE INTO compound_words (word, reversed) VALUES (?, ?)"
        store.change_many(sql, compounds.rows(sorted(words)))


def _shadow(row: Mapping[str, Any]) -> Shadow:
    return shadow(
        row["title"],
        row["text"],
        language=row["language"],
        source_id=row["source_id"],
        site=row["site"],
        compounding=row["language"].partition("-")[0] in compounds.LANGUAGES,
    )
