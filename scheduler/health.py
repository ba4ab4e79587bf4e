"""Which sources are ill, since when, and why. Pure: rows of `store.sources.health` and now go in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from store.values import moment

FAILURES = 2
"""One failure is no illness: the next pass may find it well."""
STALE = timedelta(days=14)
"""A listing that answers, whose newest article is older than this, and that has named no new page for as long, is
stuck or has moved. The rarest sources of the shipped beat publish weekly."""


class Illness(StrEnum):
    DOWN = "down"
    """None of its listings answers."""
    PARTLY = "partly"
    """Some of its listings do not answer."""
    STALE = "stale"
    """It answers, with nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ill:
    """A source that somebody should look at."""

    id: str
    name: str
    illness: Illness
    since: datetime | None
    why: str
    """One sentence."""
    advice: str


_ORDER = (Illness.DOWN, Illness.PARTLY, Illness.STALE)


def ill(rows: Iterable[Mapping[str, Any]], now: datetime) -> list[Ill]:
    """The enabled sources that are ill, the worst first, then by how long they are."""
    found = [sick for row in rows if row["enabled"] and (sick := _of(row, now))]
    return sorted(found, key=lambda sick: (_ORDER.index(sick.illness), sick.since or now, sick.id))


def _of(row: Mapping[str, Any], now: datetime) -> Ill | None:
    if row["failing"] and row["failures"] >= FAILURES:
        return _failing(row)
    newest, named = _moment(row["newest_item"]), _moment(row.get("last_new_page"))
    if not row["failing"] and newest and now - max(newest, named or newest) > STALE:
        why = f"it answers, but its newest article is {(now - newest).days} days old"
        return Ill(
            id=row["id"], name=row["name"], illness=Illness.STALE, since=newest, why=why,
            advice="look whether its feed has moved; `silkwatch sources check ID` shows what it lists",
        )  # fmt: skip
    return None


def _failing(row: Mapping[str, Any]) -> Ill:
    down = row["failing"] == row["listings"]
    which = "no listing answers" if down else f"{row['failing']} of {row['listings']} listings do not answer"
    error = f": {row['last_error']}" if row["last_error"] else ""
    return Ill(
        id=row["id"], name=row["name"], illness=Illness.DOWN if down else Illness.PARTLY,
        since=_moment(row["failing_since"]), why=f"{which}, {row['failures']} times in a row{error}",
        advice="`silkwatch sources check ID` asks it now; correct or disable its file when the address is gone",
    )  # fmt: skip


def _moment(stored: str | None) -> datetime | None:
    return moment(stored) if stored else None
