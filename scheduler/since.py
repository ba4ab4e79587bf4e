"""What people type behind `--since`: a span (`36h`, `7d`, `2w`), a day or a time in their own zone. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from store.errors import UsageError

EXPECTED = "a span such as 36h, 7d or 2w, a day such as 2026-03-01, or a time such as 2026-03-01T18:30"
_SPAN = re.compile(r"(\d{1,5})\s*([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}


def since(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """The moment that is meant; a day begins at its midnight in the zone, a time without an offset is of the zone.

    Raises:
        UsageError: it is none, or it lies in the future.
    """
    found = _moment(text.strip().lower(), now, zone)
    if found is None:
        raise UsageError(f"--since: expected {EXPECTED}, got {text!r}")
    if found > now:
        raise UsageError(f"--since: {text!r} lies in the future")
    return found


def _moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    try:
        if span := _SPAN.fullmatch(text):
            return now - timedelta(hours=int(span[1]) * _HOURS[span[2]])
        given = datetime.fromisoformat(text.upper())
        return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return None
