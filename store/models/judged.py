"""What is judged: relevance, topics, fingerprints, comparisons, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.models.enums import Label, Relation, VerdictKind
from store.models.found import Article
from store.models.mentions import Mention


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
class Measured:
    """What a score was made of: enough to judge a text again by other weights when the text itself is not kept."""

    rules: str
    """Names the vocabulary and the ways of measuring: what was measured by others cannot be weighed by these."""
    strengths: Mapping[str, float]
    """By side the strongest evidence, 0 to 1."""
    values: Mapping[str, float] = field(default_factory=dict)
    """By feature, without zeros; empty for a text of one side, which no weight can save."""
    added: Mapping[str, str] = field(default_factory=dict)
    """Sides that were stood for, with what stood for them."""


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
    """Names the weights, thresholds and vocabulary that gave the score; equal ones judge alike."""
    measured: Measured | None = None

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
    """What is shared word for word; of a rewrite or translation the sentences that have a counterpart."""
    why: str = ""
    confidence: float = 1.0
    """How sure the relation is, 0 to 1: below 1 for rewrites and translations only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with everything pure code says of it, before the store is asked."""

    article: Article
    relevance: Relevance
    topics: tuple[Topic, ...] = ()
    mentions: tuple[Mention, ...] = ()
    fingerprint: Fingerprint | None = None
    keys: tuple[int, ...] = ()
    """Hashes of what the article tells, in any language: by these retellings of it are found."""
    credit: str = ""
    """The agency that the text says it is from; empty when it names none."""


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
    """Hashes of all shingles (not winnowed), cut short and sorted: for containment without the text, which they do
    not allow to rebuild (see crawler/analysis/sketch.py)."""
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
    copy: Relation | None = None
    """Set when what stands at the address is kept as a copy of that article: what it is to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A stored article or seed that shares text with the new one, compared with it. Exactly one id is set."""

    comparison: Comparison
    article_id: int | None = None
    seed_id: str | None = None
    url: str = ""
    site: str = ""
    published: datetime | None = None
    follows: bool = False
    """Whether the known text goes after the new one: by its own facts, the new one would be the first."""


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
    near: Near | None = None
    """What is most like a page that is kept as new."""
