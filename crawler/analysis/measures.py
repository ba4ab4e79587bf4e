"""What is measured of two texts, for a decision on what one is to the other (`relation.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is known of two texts; `a` is the new one."""

    same: bool
    """Equal but for case, punctuation, white space and furniture."""
    coverage_a: float
    coverage_b: float
    runs: float
    """Share of the shared words that stand in unbroken runs."""
    words_a: int
    words_b: int
    characters: bool
    """Whether "words" are single characters (Chinese, Japanese, Thai)."""
    lead: float
    """Share of the shorter opening that stands in the other one."""
    same_language: bool
    openings: tuple[float, float] = (1.0, 1.0)
    """Share of the first 60 words of each text that stands in the other: of the news, not of its background."""
    put_before: bool = False
    """Whether one text is the other with a sentence of news put before it."""
    new_lead: bool = False
    """Whether the new text begins with a whole sentence of its own before what it shares."""
    subject: float = 0.0
    """Likeness of headline and first sentence, 0 to 1; measured only where `needs_subject` asks for it."""
    edits: int = 0
    """Places inside shared stretches where words stand for others."""
    numbers_changed: int = 0
    """Numbers and days put in the place of others, inside shared stretches."""
    numbers_kept: int = 0
    news_differs: bool = False
    """Each opening tells a number, a day or a place that the other text has not."""
    echo: float = 0.0
    own_words: float = 0.0
    """Part of `echo` that comes from sentences that share no run of words."""
    retold_sentences: int = 0
    retold_share: float = 0.0
    """Of the shorter text."""
    lead_retold: bool = True
    """Whether the first sentence of either text has a counterpart in the other."""
    figures: int = 0
    """Numbers and days that sentences and their counterparts both could have in common."""
    figures_agree: int = 0
    """Of these, how many they have."""
    concepts_agree: bool = True
    """False when both texts name concepts of the beat's lexicon and hardly the same ones."""
    same_site: bool | None = None
    """None when a site is not known."""
    apart: timedelta | None = None
    """Time between the two publications, never negative; None when one is not known."""

    @property
    def most(self) -> float:
        return max(self.coverage_a, self.coverage_b)

    @property
    def least(self) -> float:
        return min(self.coverage_a, self.coverage_b)
