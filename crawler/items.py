"""What the spider hands to the pipelines: the outcome of one request, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.discovery import Listing
from store.models import Article, Candidate, Endpoint, Measured, Reading, Rejection, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRead:
    """A listing answered. `listing` is None when it has not changed since the last pass (304)."""

    source: Source
    endpoint: Endpoint
    url: str
    """The address that was asked: the endpoint's, a fallback's, or a child sitemap's."""
    listing: Listing | None
    etag: str | None = None
    last_modified: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFailed:
    """A listing did not answer, or not with something that lists articles."""

    source: Source
    endpoint: Endpoint
    url: str
    code: str
    error: str
    status: int | None = None
    retry_after: float | None = None
    """Seconds the server asked to wait."""
    unreachable: bool = False
    """True when no server answered at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article page as fetched."""

    candidate: Candidate
    source: Source
    url: str
    """The address that answered, after redirects."""
    body: bytes
    status: int
    charset: str | None = None
    """The charset of the Content-Type header."""
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFailed:
    """An article page could not be fetched."""

    candidate: Candidate
    source: Source
    code: str
    error: str
    status: int | None = None
    retry_after: float | None = None
    final: bool = False
    """True when asking again makes no sense: gone, forbidden by robots.txt, refused address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page after extraction and analysis, ready for the verdict."""

    page: Page
    result: Reading | Rejection | None
    """None: the cheap look found that the page cannot concern the beat."""
    look: frozenset[str] = field(default_factory=frozenset)
    """Sides of the beat the cheap look saw."""
    looked: Measured | None = None
    """The same as it is kept, when the look was all that was done."""
    article: Article | None = None
