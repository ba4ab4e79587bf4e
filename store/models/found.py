"""What is found and read: links, candidates, articles, rejections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.models.enums import CandidateState, DateOrigin, Precision, VerdictKind


@dataclass(frozen=True, slots=True)
class Published:
    """A published time with how exact it is and where it was read."""

    value: datetime
    precision: Precision
    origin: DateOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that an endpoint listed, with what the listing said of it (all of it hearsay)."""

    url: str
    title: str | None = None
    published: Published | None = None
    modified: datetime | None = None
    language: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A link that was kept, by canonical URL: what is to be fetched, or what became of it."""

    id: int
    url: str
    """Canonical: the identity of the candidate."""
    fetch_url: str
    """As the listing had it: what is requested."""
    source_id: str
    endpoint_url: str
    title: str | None
    published: Published | None
    state: CandidateState
    verdict: VerdictKind | None
    reason: str
    attempts: int
    not_before: datetime | None
    discovered_at: datetime
    decided_at: datetime | None
    article_id: int | None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page as read: what extraction gives. `url` is canonical."""

    url: str
    source_id: str
    title: str
    text: str
    """Paragraphs separated by newlines, without markup."""
    authors: tuple[str, ...] = ()
    published: Published | None = None
    modified: datetime | None = None
    language: str = "und"
    site: str = ""
    image: str | None = None
    canonical_url: str | None = None
    amp_url: str | None = None
    paywalled: bool = False

    @property
    def length(self) -> int:
        """Characters of the text."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a page is no article: a code of the documented list and one plain sentence."""

    code: str
    detail: str
