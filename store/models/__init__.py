"""The nouns of the house: frozen values that every package shares. They import nothing of ours and do no I/O.

All times are aware datetimes in UTC. Text offsets count Unicode code points of the text as stored.
"""

from store.models.enums import (
    DUPLICATE_RELATIONS,
    Calendar,
    CandidateState,
    DateOrigin,
    EndpointKind,
    Judgement,
    Label,
    Paywall,
    Precision,
    Relation,
    Role,
    RunOutcome,
    VerdictKind,
)
from store.models.found import (
    Article,
    Candidate,
    Link,
    Published,
    Rejection,
)
from store.models.judged import (
    Comparison,
    Fingerprint,
    Known,
    Measured,
    Near,
    Passage,
    Reading,
    Relevance,
    Seed,
    TermMatch,
    Topic,
    Verdict,
)
from store.models.mentions import Mention, MentionKind
from store.models.runs import (
    SourceCounts,
)
from store.models.sources import (
    Endpoint,
    Expectations,
    Hints,
    Policy,
    Source,
)

__all__ = [
    "DUPLICATE_RELATIONS",
    "Article",
    "Calendar",
    "Candidate",
    "CandidateState",
    "Comparison",
    "DateOrigin",
    "Endpoint",
    "EndpointKind",
    "Expectations",
    "Fingerprint",
    "Hints",
    "Judgement",
    "Known",
    "Label",
    "Link",
    "Measured",
    "Mention",
    "MentionKind",
    "Near",
    "Passage",
    "Paywall",
    "Policy",
    "Precision",
    "Published",
    "Reading",
    "Rejection",
    "Relation",
    "Relevance",
    "Role",
    "RunOutcome",
    "Seed",
    "Source",
    "SourceCounts",
    "TermMatch",
    "Topic",
    "Verdict",
    "VerdictKind",
]
