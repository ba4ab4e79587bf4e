"""What each article names: persons, companies, ships, sums, volumes and days, one row for each."""

from __future__ import annotations

from collections.abc import Sequence

from store.database import Store
from store.models import Mention, MentionKind
from store.values import clean

_COLUMNS = "kind, value, unit, label, text, field, start, stop, times"


def add(store: Store, article_id: int, mentions: Sequence[Mention]) -> None:
    """Keep what an article names; inside the caller's `write()`."""
    once = {(m.kind, m.value, m.unit): m for m in reversed(mentions)}
    store.change_many(
        f"INSERT INTO mentions (article_id, amount, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, m.amount, m.kind.value, m.value, m.unit, m.label, clean(m.text), m.field, m.start, m.end,
             m.times)
            for m in once.values()
        ],
    )  # fmt: skip


def remove(store: Store, article_id: int) -> None:
    """Forget what an article names."""
    store.change("DELETE FROM mentions WHERE article_id = ?", [article_id])


def of(store: Store, article_id: int) -> tuple[Mention, ...]:
    """What an article names, in the order in which it does: headline first."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM mentions WHERE article_id = ? ORDER BY field = 'text', start, stop, kind",
        [article_id],
    )
    return tuple(
        Mention(
            kind=MentionKind(row["kind"]), value=row["value"], unit=row["unit"], label=row["label"], text=row["text"],
            field=row["field"], start=row["start"], end=row["stop"], times=row["times"],
        )
        for row in rows
    )  # fmt: skip
