"""What a pass amounts to, and what a source failed to show: judged from counts, never from exit codes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from store.models import RunOutcome, Source, SourceCounts

INTERRUPTIONS = frozenset({"shutdown", "cancelled", "closespider_timeout"})
"""Scrapy's reasons for closing a spider that still had work to do."""


def judge(counts: Sequence[SourceCounts], *, close_reason: str, spider_errors: int) -> tuple[RunOutcome, str]:
    """The outcome of a pass and one plain sentence about it.

    A pass is completed when at least one source answered, or when it had none to ask; sources that did not answer
    are named in their own rows.
    """
    asked = [c for c in counts if c.listings or c.failed_listings]
    answered = [c for c in asked if c.listings]
    if close_reason in INTERRUPTIONS:
        return RunOutcome.INTERRUPTED, f"stopped before its end ({close_reason}); what was pending is resumed"
    if asked and not answered:
        return RunOutcome.FAILED, f"none of {len(asked)} sources could be reached"
    detail = f"{len(answered)} of {len(asked)} sources answered"
    if spider_errors:
        detail += f"; {spider_errors} internal errors (see issues)"
    return RunOutcome.COMPLETED, detail


def misses(source: Source, counts: SourceCounts, *, newest: datetime | None, now: datetime) -> list[tuple[str, str]]:
    """What the source was expected to show and did not: (code, message) rows for `issues`.

    Only a pass in which the listing was read in full can tell; `newest` is the newest time it listed.
    """
    expect, found = source.expect, []
    if not counts.listings or counts.unchanged_listings == counts.listings:
        return []
    limit = expect.newest_age_hours
    if limit and newest and now - newest > timedelta(hours=limit):
        days = (now - newest).days
        found.append(
            ("stale_listing", f"{source.name}: the newest item is {days} days old, expected {limit:g} hours")
        )
    share = expect.share_with_text
    read = counts.new + counts.duplicates + counts.revised + counts.unchanged + counts.off_topic
    if share and counts.pages >= 5 and read / counts.pages < share:
        found.append(
            ("little_text", f"{source.name}: {read} of {counts.pages} pages gave text, expected {share:.0%}")
        )
    return found
