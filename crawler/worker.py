"""The door to the worker processes: what is handed to them, and what they call.

The crawl process knows this module only. What reads a page (trafilatura, the vocabulary, language statistics) is
imported behind the door, in the workers: it would cost the crawl process 0.2 s of CPU and 40 MB for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from store.models import Link, Reading, Rejection, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """What a worker needs to read a page."""

    body: bytes
    url: str
    charset: str | None
    content_type: str
    source: Source
    link: Link
    prior_sides: frozenset[str]
    now: datetime
    wanted: bool = False
    """Whether a reader called the page relevant: it is then made ready to be kept, whatever the rules say."""


def read(beat_folder: Path, page: PageInput) -> Reading | Rejection:
    """Extract the article of a page and judge it (see `crawler/reading.py`)."""
    from crawler import reading

    return reading.read(beat_folder, page)
