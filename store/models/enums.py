"""The closed vocabularies of the house: what may stand in a column or a source file."""

from __future__ import annotations

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
    """How exact a published time is. A day is kept as its local midnight, in UTC."""

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


class Judgement(StrEnum):
    """What a reader calls a page."""

    RELEVANT = "relevant"
    IRRELEVANT = "irrelevant"


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
