"""What one text is to another: the decision, from measures, site and date. Every threshold of it stands here.

The thresholds were set on 799 labelled pairs and on real articles of one site (docs/quality-duplicates.md tells
how far they may move before a figure falls), and kept where no pair lies near them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from store.models import Relation

WHOLE = 0.7
"""Share of a text that must stand in the other for a copy: light edits and an inserted paragraph leave 0.72 and more,
an update 0.7 and less."""
WORD_BY_WORD = 0.5
"""Of a copy, the share that must stand in unbroken runs of words; below it every sentence was reworded."""
LEAST_CONTAINED = 8
"""Words (and half as many again characters) that a contained copy has at least; less is a quotation or a headline."""
UPDATE, UPDATE_OTHER = 0.35, 0.2
"""Share of one and of the other text that an update keeps. Quoted sentences stay below."""
EXCERPT = 0.12
ALMOST_ALL = 0.9
LEAD = 0.5
"""Share of an opening that must be shared for two texts to open alike; light edits leave 0.6, a new lead nothing."""
RETOLD, RETOLD_BRIEF, RETOLD_ABROAD = 0.3, 0.45, 0.4
"""Echo scores (see `meaning.py`) of a rewrite, of one with one or two sentences to tell by, and of a translation.
Independent reports on one event stay below 0.3, unrelated ones below 0.2."""
RETOLD_SENTENCES = 0.5
"""Share of the shorter text's sentences that must have a counterpart."""
OWN_WORDS = 0.2
"""What a rewrite must retell in words of its own: below it the likeness is that of quoted or reused sentences."""
SAME_EVENT = 0.15
REPUBLISHED, REPUBLISHED_PART = 0.85, 0.95
"""What another site's text must take from the known one when the two do not open alike: as a whole, and as a part.
Below it the lead is news and the rest background that an agency sends out again."""
DAYS_APART = timedelta(days=2)
"""One site does not publish a copy of its own article later than this: it takes up a subject again."""
STORY_WINDOW = timedelta(days=4)
"""An update, rewrite or translation follows its original within this time."""


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


def decide(m: Measures) -> Relation:
    """The relation of the new text to the known one."""
    if m.same:
        return Relation.EXACT
    if _is_series(m):
        return Relation.SERIES
    return _later_on_one_site(m) or _copy(m) or _updated(m) or _retold(m) or _else(m)


def needs_echo(m: Measures) -> bool:
    """Whether the words alone leave open if one text retells the other."""
    return not m.same and (m.most < UPDATE or m.least < UPDATE_OTHER)


def needs_numbers(m: Measures) -> bool:
    """Whether enough is shared for numbers to tell a series from a copy."""
    return not m.same and m.most >= UPDATE


def needs_openings(m: Measures) -> bool:
    """Whether the two pass for copies so far, so that what they open with must be looked at."""
    return not m.same and m.most >= WHOLE and _open_alike(m)


def _is_series(m: Measures) -> bool:
    """The same words with other numbers: a rate, a toll, a table that comes every day."""
    if m.news_differs:
        return True
    return m.most >= UPDATE and m.numbers_changed > 0 and m.numbers_changed >= m.numbers_kept


def _later_on_one_site(m: Measures) -> Relation | None:
    """One site and more than two days: not a copy, unless almost everything, the numbers included, agrees."""
    if not m.same_site or m.apart is None or m.apart <= DAYS_APART or m.most < WHOLE:
        return None
    if m.least >= ALMOST_ALL and m.numbers_changed == 0 and _open_alike(m):
        return None
    return Relation.SERIES if m.least >= WHOLE else Relation.EXCERPT


def _copy(m: Measures) -> Relation | None:
    shorter = min(m.words_a, m.words_b)
    if m.most < WHOLE or shorter < LEAST_CONTAINED * (1.5 if m.characters else 1):
        return None
    if m.runs < WORD_BY_WORD:
        return Relation.REWRITTEN if _in_time(m) else Relation.SAME_EVENT
    if not _open_alike(m) and not _republished(m):
        return None
    if m.least >= WHOLE:
        return Relation.NEAR
    return Relation.TRUNCATED if m.coverage_a >= m.coverage_b else Relation.EXTENDED


def _open_alike(m: Measures) -> bool:
    """Whether both texts begin with the same news. What follows is often background that a site uses again."""
    return m.lead >= LEAD


def _republished(m: Measures) -> bool:
    """Another site may put a lead of its own before a copy, or leave the lead out; it adds little."""
    enough = REPUBLISHED if m.least >= WHOLE else REPUBLISHED_PART
    return m.same_site is False and m.coverage_a >= enough


def _updated(m: Measures) -> Relation | None:
    if m.most < UPDATE or m.least < UPDATE_OTHER:
        return None
    return Relation.UPDATED if _in_time(m) else Relation.EXCERPT


def _retold(m: Measures) -> Relation | None:
    if not m.concepts_agree or not _in_time(m) or m.retold_share < RETOLD_SENTENCES:
        return None
    if m.same_language:
        enough = RETOLD if m.retold_sentences >= 3 else RETOLD_BRIEF
        return Relation.REWRITTEN if m.echo >= enough and m.own_words >= OWN_WORDS else None
    return Relation.TRANSLATED if m.echo >= RETOLD_ABROAD and m.retold_sentences >= 2 else None


def _else(m: Measures) -> Relation:
    if m.most >= EXCERPT:
        return Relation.EXCERPT
    return Relation.SAME_EVENT if m.echo >= SAME_EVENT and _in_time(m) else Relation.UNRELATED


def _in_time(m: Measures) -> bool:
    return m.apart is None or m.apart <= STORY_WINDOW
