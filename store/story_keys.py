"""The index of what articles tell: which recent ones name the same rare things, in whatever words or language.

Rows of (key, day, article), read for a few days around an article's own; nothing is loaded when a process starts. A
key that more than `STOP` articles of these days have says nothing and is left out; of the others each counts
1 / (number of articles that have it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from store.database import Store
from store.models import Published
from store.values import pack, unpack

STOP = 40
WINDOW = 4
"""Days on either side of an article's own in which retellings of it are looked for."""
SHARED_AT_LEAST = 3
RIVAL = 0.3
"""Share of the best candidate's weight that another one must have: below it, it is hardly ever the right one."""
KEPT = 30
"""Days that an article's keys stay in the index, counted back from the day of the one that is kept now: a page may be
found late. The index holds the news of a month, however large the store grows."""

_DAY = 86400


def add(store: Store, article_id: int, keys: Collection[int], published: Published | None, now: datetime) -> None:
    """Let an article be found by what it tells; its fingerprint must be there."""
    if keys:
        day = _day(published.value if published else now)
        store.change_many(
            "INSERT INTO story_keys (key, day, article_id) VALUES (?, ?, ?)",
            [(key, day, article_id) for key in sorted(set(keys))],
        )
        changes = {"keys": pack(tuple(keys)), "keys_day": day}
        store.update("article_prints", {"article_id": article_id}, changes)
        _forget(store, day - KEPT)


def _forget(store: Store, before: int) -> None:
    """Take a few old articles out of the index, more than come in; their keys stay with their prints."""
    sql = "SELECT article_id FROM article_prints WHERE keys_day > 0 AND keys_day < ? ORDER BY keys_day LIMIT 3"
    for (article_id,) in store.execute(sql, [before]).fetchall():
        remove(store, article_id)
        store.update("article_prints", {"article_id": article_id}, {"keys_day": 0})


def remove(store: Store, article_id: int) -> None:
    """Take an article out of the index; before its fingerprint goes. Does nothing when it is not there."""
    row = store.row("SELECT keys, keys_day FROM article_prints WHERE article_id = ?", [article_id])
    if row is not None and row["keys"]:
        rows = [(key, row["keys_day"], article_id) for key in set(unpack(row["keys"]))]
        store.change_many("DELETE FROM story_keys WHERE key = ? AND day = ? AND article_id = ?", rows)


def of(store: Store, article_id: int) -> tuple[int, ...]:
    """The keys of an article."""
    return unpack(store.value("SELECT keys FROM article_prints WHERE article_id = ?", [article_id]) or b"")


def candidates_for(store: Store, keys: Sequence[int], when: datetime, limit: int) -> list[tuple[int, float]]:
    """The articles of the days around `when` that tell most of the same, best first, each with its weight.

    The weight is the sum over shared keys of 1 / (articles that have the key, this one included).
    """
    day = _day(when)
    sql = "SELECT article_id FROM story_keys WHERE key = ? AND day BETWEEN ? AND ? LIMIT ?"
    found: dict[int, list[float]] = defaultdict(list)
    for key in set(keys):
        owners = store.execute(sql, [key, day - WINDOW, day + WINDOW, STOP + 1]).fetchall()
        if len(owners) <= STOP:
            for (article_id,) in owners:
                found[article_id].append(1 / (1 + len(owners)))
    ranked = [(article, sum(weights)) for article, weights in found.items() if len(weights) >= SHARED_AT_LEAST]
    best = sorted(ranked, key=lambda item: (-item[1], item[0]))[:limit]
    return [item for item in best if item[1] >= RIVAL * best[0][1]]


def _day(when: datetime) -> int:
    """Days since 1970."""
    return int(when.timestamp() // _DAY)
