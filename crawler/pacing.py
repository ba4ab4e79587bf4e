"""When a failed fetch is tried again, and when it is given up: pure.

A pass usually runs once a day, sometimes every hour: the first pause lets the next pass try again, the later ones
grow, so that a dead page costs ten requests in all, and a site that was down for a week loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

PAUSES = (300, 3600, 6 * 3600, 20 * 3600, 44 * 3600, 92 * 3600, 7 * 86400, 7 * 86400, 14 * 86400)
"""Seconds after the first, second, … failed pass. Days are cut by four hours: a daily pass meets them."""

LISTING_PAUSES = (0, 0, 3600, 3 * 3600, 6 * 3600, 20 * 3600)
"""Seconds a failing listing rests; the last one repeats, because a source is never given up."""

_LONGEST_WAIT = 30 * 86400.0


def next_try(
    attempts: int, *, now: datetime, retry_after: float | None = None, pauses: Sequence[float] = PAUSES
) -> datetime | None:
    """When a candidate that has now failed in `attempts` passes (≥ 1) is due again; None gives it up.

    `retry_after` is what the server asked for, in seconds; the longer of the two pauses counts.
    """
    if attempts > len(pauses):
        return None
    return now + timedelta(seconds=_longer(pauses[max(attempts, 1) - 1], retry_after))


def listing_due(failures: int, *, now: datetime, retry_after: float | None = None) -> datetime:
    """When a listing that failed `failures` times in a row (≥ 1) is due again."""
    pause = LISTING_PAUSES[min(max(failures, 1), len(LISTING_PAUSES)) - 1]
    return now + timedelta(seconds=_longer(pause, retry_after))


def _longer(pause: float, retry_after: float | None) -> float:
    return max(pause, min(retry_after or 0.0, _LONGEST_WAIT))
