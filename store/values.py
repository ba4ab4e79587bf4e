"""How values of the house are written in columns, and read from them."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from store.models import DateOrigin, Precision, Published

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def stamp(moment: datetime) -> str:
    """A time as it is stored: UTC, whole seconds, `2026-03-02T09:30:00Z`; sorts as text. Naive times are refused."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def stamp_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)


def moment(stored: str) -> datetime:
    """A stored time as an aware UTC datetime."""
    return datetime.fromisoformat(stored).astimezone(UTC)


def moment_or_none(stored: str | None) -> datetime | None:
    return None if stored is None else moment(stored)


def published_columns(published: Published | None) -> dict[str, str | None]:
    """A published time as its three columns."""
    if published is None:
        return {"published": None, "published_precision": None, "published_origin": None}
    return {
        "published": stamp(published.value),
        "published_precision": published.precision.value,
        "published_origin": published.origin.value,
    }


def published_of(row: dict[str, Any]) -> Published | None:
    """The published time of a row with the three columns."""
    if row["published"] is None:
        return None
    precision, origin = Precision(row["published_precision"]), DateOrigin(row["published_origin"])
    return Published(moment(row["published"]), precision, origin)


def clean(text: str) -> str:
    """Text that SQLite can hold: NUL and lone surrogates become U+FFFD, one for one, so that offsets hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def to_json(value: Any) -> str:
    """JSON as stored: readable in every script, without padding."""
    return clean(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def dataclasses_to_json(items: Sequence[Any]) -> str:
    """A list of one of our flat frozen nouns as a list of JSON objects (`asdict` copies deeply and is slow)."""
    names = [field.name for field in fields(items[0])] if items else []
    return to_json([{name: getattr(item, name) for name in names} for item in items])


def pack(hashes: Sequence[int]) -> bytes:
    """48-bit hashes as a blob of little-endian 64-bit integers."""
    return struct.pack(f"<{len(hashes)}Q", *hashes)


def unpack(blob: bytes) -> tuple[int, ...]:
    """The hashes of a blob made by `pack`."""
    return struct.unpack(f"<{len(blob) // 8}Q", blob)
