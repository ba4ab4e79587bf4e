"""The nouns of the house: frozen values that every package shares. They import nothing of ours and do no I/O.

All times are aware datetimes in UTC. Text offsets count Unicode code points of the text as stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EndpointKind(StrEnum):
    """How the links of an endpoint are found; each kind is one file in `crawler/discovery`."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


class Role(StrEnum):
    """What a publisher does with news; republishers and aggregators are never taken for the original."""

    PUBLISHER = "publisher"
    REPUBLISHER = "republisher"
    AGGREGATOR = "aggregator"


class Paywall(StrEnum):
    NONE = "none"
    METERED = "metered"
    HARD = "hard"


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    JALALI = "jalali"


class Precision(StrEnum):
    """How exact a published time is. A day is stored as its midnight in the source's time zone, turned to UTC."""

    MINUTE = "minute"
    DAY = "day"


class DateOrigin(StrEnum):
    """Where a date was read, from the most to the least trusted."""

    JSON_LD = "json-ld"
    META = "meta"
    TIME_TAG = "time-tag"
    LISTING = "listing"
    URL = "url"
    TEXT = "text"


class VerdictKind(StrEnum):
    NEW = "new"
    DUPLICATE = "duplicate"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    OFF_TOPIC = "off_topic"
    REJECTED = "rejected"


class CandidateState(StrEnum):
    """A candidate waits (also after failed fetches) until it is decided, once."""

    PENDING = "pending"
    DECIDED = "decided"


class Label(StrEnum):
    """How far an article concerns the beat."""

    CENTRAL = "central"
    SUBSTANTIAL = "substantial"
    NEAR_MISS = "near_miss"
    OFF_TOPIC = "off_topic"


class Relation(StrEnum):
    """What a text is to another one. `DUPLICATE_RELATIONS` says which of them make a duplicate."""

    EXACT = "exact"
    NEAR = "near"
    TRUNCATED = "truncated"
    EXTENDED = "extended"
    UPDATED = "updated"
    EXCERPT = "excerpt"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"
    SAME_EVENT = "same_event"
    SERIES = "series"
    UNRELATED = "unrelated"


DUPLICATE_RELATIONS = frozenset({Relation.EXACT, Relation.NEAR, Relation.TRUNCATED, Relation.EXTENDED})


class RunOutcome(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


# --- sources, as a beat's files declare them --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address at which a source lists its articles."""

    kind: EndpointKind
    url: str
    fallback_urls: tuple[str, ...] = ()
    section: str = ""
    anchors: tuple[str, ...] = ()
    """Sides of the beat (ids of `beat.toml`) that everything listed here concerns; empty for a general endpoint."""
    allow: tuple[str, ...] = ()
    """Regular expressions; when given, a link must match one of them."""
    deny: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What helps to read a source's pages."""

    timezone: str = "UTC"
    calendar: Calendar = Calendar.GREGORIAN
    charset: str | None = None
    body_selector: str | None = None
    title_selector: str | None = None
    date_selector: str | None = None
    remove_selectors: tuple[str, ...] = ()
    date_only: bool = False
    """True when the source prints a day without a time, so that a midnight is not taken for a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    delay: float = 2.0
    """Seconds between two requests to one host."""
    cap: int = 60
    """Articles fetched in one pass at the most; the rest waits for the next pass."""
    paywall: Paywall = Paywall.NONE
    enabled: bool = True
    why_disabled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """What a healthy pass over the source shows; a miss becomes an issue row."""

    items_per_day: float | None = None
    newest_age_hours: float | None = None
    share_with_text: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    name: str
    homepage: str
    country: str
    """ISO 3166-1 alpha-2."""
    language: str
    """BCP 47; `mul` when the source writes several."""
    perspective: str
    publisher_group: str = ""
    role: Role = Role.PUBLISHER
    state_owned: bool = False
    endpoints: tuple[Endpoint, ...] = ()
    hints: Hints = field(default_factory=Hints)
    policy: Policy = field(default_factory=Policy)
    expect: Expectations = field(default_factory=Expectations)


# --- what is found and read -------------------------------------------------------------------------------------


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


# --- what is judged ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """A lexicon term that was found: `start` and `end` are offsets in the named field of the article."""

    concept: str
    side: str
    strength: str
    term: str
    language: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How far an article concerns the beat, and the evidence for it."""

    score: float
    """0 to 1."""
    label: Label
    matches: tuple[TermMatch, ...] = ()
    evidence: str = ""
    """The sentence of the article that says most, as it stands there."""
    why: str = ""
    """One plain English sentence."""
    version: str = ""
    """Version of the weights and the lexicon that gave the score."""

    @property
    def relevant(self) -> bool:
        return self.label in (Label.CENTRAL, Label.SUBSTANTIAL)


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    score: float
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Winnowed shingle hashes of a folded text, in text order."""

    version: int
    hashes: tuple[int, ...]
    """Each 0 ≤ h < 2**48."""
    tokens: int
    digest: str
    """SHA-256 of the folded tokens: equal digests are equal texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of text that two articles share."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What text `a` (the new one) is to text `b` (the known one)."""

    relation: Relation
    similarity: float
    coverage_a: float
    """Share of the new text that stands in the known one, 0 to 1."""
    coverage_b: float
    passages: tuple[Passage, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with everything pure code says of it, before the store is asked."""

    article: Article
    relevance: Relevance
    topics: tuple[Topic, ...] = ()
    fingerprint: Fingerprint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A known article of the seed corpus: facts and fingerprints, never its text."""

    id: str
    url: str
    title: str
    publisher: str
    published: str
    """ISO day or empty."""
    language: str
    fingerprint: Fingerprint
    shingles: tuple[int, ...]
    """Hashes of all shingles in text order (not winnowed), for exact containment without the text."""
    numbers: tuple[str, ...] = ()
    added_by: str = "shipped"
    alternate_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The stored article at an address the new one claims (by URL, canonical or redirect)."""

    article_id: int
    url: str
    digest: str
    text: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A stored article or seed that shares text with the new one, compared with it. Exactly one id is set."""

    comparison: Comparison
    article_id: int | None = None
    seed_id: str | None = None
    url: str = ""
    site: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is done with a page, and why."""

    kind: VerdictKind
    reason: str
    """A short code for REJECTED and OFF_TOPIC, a relation for DUPLICATE, empty otherwise."""
    detail: str = ""
    """One plain sentence."""
    article_id: int | None = None
    seed_id: str | None = None
    comparison: Comparison | None = None


# --- runs -------------------------------------------------------------------------------------------------------


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
