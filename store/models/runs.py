"""What a pass did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """What one pass did for one source."""

    source_id: str
    listings: int = 0
    """Listings answered, unchanged (304) ones included."""
    unchanged_listings: int = 0
    failed_listings: int = 0
    links: int = 0
    pages: int = 0
    """Article pages fetched."""
    new: int = 0
    duplicates: int = 0
    revised: int = 0
    unchanged: int = 0
    off_topic: int = 0
    rejected: int = 0
    failed: int = 0
    """Article pages that could not be fetched."""
    error: str = ""
    """The last listing error, in one sentence."""
