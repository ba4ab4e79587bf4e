"""`silkwatch sources list`: what the beat declares, beside what the store remembers of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from crawler.beat import Beat, find
from scheduler.terminal import isolated, plain
from scheduler.zone import shown
from store import sources as source_rows
from store.database import Store
from store.models import Source
from store.values import moment

Row = Mapping[str, Any]


def rows(db: Path, beat_folder: Path | None, *, everything: bool) -> list[dict[str, Any]]:
    """One row a source, enabled ones only unless `everything`; health fields are None when there is no store.

    Raises:
        ConfigurationError: the beat is not valid.
        StoreError: there is a store, and it cannot be read.
    """
    sources = Beat.load(find(beat_folder, env={})).sources
    health = _health(db) if db.exists() else {}
    return [_row(source, health.get(source.id)) for source in sources if everything or source.policy.enabled]


def _health(db: Path) -> dict[str, Row]:
    with Store.open(db, readonly=True) as store:
        return {row["id"]: row for row in source_rows.health(store)}


def _row(source: Source, known: Row | None) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "enabled": source.policy.enabled,
        "why_disabled": source.policy.why_disabled,
        "country": source.country,
        "language": source.language,
        "perspective": source.perspective,
        "endpoints": [endpoint.url for endpoint in source.endpoints],
        "delay": source.policy.delay,
        "cap": source.policy.cap,
        "last_ok": known and known["last_ok_at"],
        "failing_since": known and known["failing_since"],
        "last_error": known and known["last_error"],
        "articles": known and known["articles"],
        "health": health_of(known),
    }


def health_of(known: Row | None) -> str:
    """`not asked yet`, `well`, `failing in part` (some listings answer) or `failing`."""
    if known is None or (known["last_ok_at"] is None and not known["failing"]):
        return "not asked yet"
    if not known["failing"]:
        return "well"
    # Fallback addresses are never asked while the first one answers: failing means that nothing answers now.
    return "failing in part" if known["failing"] < known["listings"] and known["last_ok_at"] else "failing"


def as_text(found: Sequence[Row], zone: tzinfo | None) -> list[str]:
    """An aligned table, a line a source, and the sum."""
    table = [("ID", "LANGUAGE", "PERSPECTIVE", "LAST ANSWER", "HEALTH", "NAME")]
    for row in found:
        last = shown(moment(row["last_ok"]), zone) if row["last_ok"] else "–"
        state = row["health"] if row["enabled"] else "disabled"
        table.append((row["id"], row["language"], row["perspective"], last, state, _named(row)))
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]) - 1)]
    enabled = sum(1 for row in found if row["enabled"])
    lines = ["  ".join([*(c.ljust(w) for c, w in zip(line, widths, strict=False)), line[-1]]) for line in table]
    off = f", {len(found) - enabled} disabled" if enabled < len(found) else ""
    return [*lines, "", f"{enabled} sources enabled{off}."]


def _named(row: Row) -> str:
    """The name, and what is wrong where something is."""
    why = row["why_disabled"] if not row["enabled"] else row["last_error"] if row["health"] != "well" else ""
    return f"{isolated(row['name'])} ({plain(why)})" if why else isolated(row["name"])
