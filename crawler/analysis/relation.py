"""What one text is to another: the decision, from measures, site and date. Every threshold of it stands here.

The thresholds were set on 799 labelled pairs and on real articles of one site (docs/quality-duplicates.md tells
how far they may move before a figure falls), and kept where no pair lies near them.
"""

from __future__ import annotations

from datetime import timedelta

from crawler.analysis.measures import Measures
from store.models import Relation

WHOLE = 0.7
"""Share of a text that must stand in the other for a copy: light edits and an inserted paragraph leave 0.72 and more,
an update 0.7 and less."""
WHOLE_AT_HOME = 0.75
"""The same for one site, which edits its own copies less than others do."""
WHOLE_ELSEWHERE, OPENINGS_ELSEWHERE = 0.6, 0.8
"""The same for another site whose text opens alike: it dropped paragraphs and put in others."""
AS_LONG = 0.8
"""Share of the greater coverage that the lesser one has where neither text is a part of the other."""
WORD_BY_WORD = 0.5
"""Of a copy, the share that must stand in unbroken runs of words; below it every sentence was reworded."""
LEAST_UPDATED = 15
"""Words (and half as many again characters) that an update shares at least; less is a formula of the trade."""
LEAST_CONTAINED = 8
"""Words (and half as many again characters) that a contained copy has at least; less is a quotation or a headline."""
UPDATE, UPDATE_OTHER = 0.35, 0.2
"""Share of one and of the other text that an update keeps. Quoted sentences stay below."""
UPDATE_AT_HOME = 0.5
"""Share of either text that an update keeps on one site: interviews and previews repeat their introductions."""
EXCERPT = 0.12
ALMOST_ALL, ALL = 0.9, 0.97
LEAD = 0.5
"""Share of an opening that must be shared for two texts to open alike; light edits leave 0.6, a new lead nothing."""
RETOLD, RETOLD_ABROAD = {1: 0.55, 3: 0.3, 4: 0.26, 5: 0.22}, {2: 0.45, 3: 0.4, 5: 0.3}
"""Echo scores (see `meaning.py`) from which a rewrite and a translation are one, by the sentences that have a
counterpart: the more there are, in order, the less each needs to say. Of independent reports on one event those with
four and more stay below 0.15, those with fewer below 0.33; strangers below 0.15."""
SAME_FIGURES, FEWEST_FIGURES = 0.4, 3
"""Share of the numbers and days in sentences with a counterpart that must agree, where so many stand on both sides.
Retellings have half and more, the next issue of a report that comes every week a third at most."""
RETOLD_SENTENCES = 0.5
"""Share of the shorter text's sentences that must have a counterpart."""
OWN_WORDS = 0.2
"""What a rewrite must retell in words of its own: below it the likeness is that of quoted or reused sentences."""
SAME_EVENT = 0.15
REPUBLISHED, REPUBLISHED_PART = 0.85, 0.95
"""What another site's text must take from the known one when the two do not open alike: as a whole, and as a part.
Below it the lead is news and the rest background that an agency sends out again."""
FEW_NUMBERS = 3
"""So many changed numbers and more make a series when half as many as those that stayed; fewer, when as many."""
MANY_NUMBERS, ONLY_NUMBERS = 4, 0.75
"""So many changed numbers make a series however many stayed, when such a share of all edits is theirs: a correction
changes one or two, an editor words as well."""
OTHER_ISSUE = 2
"""So many changed numbers, as many as stayed, make a series of texts that are no copies: what an update keeps, it
keeps with its numbers."""
EDITS_A_CHANGED_NUMBER, EDITS_AN_OPENING = 4, 10
"""Changed numbers, or openings with other numbers or places, make a series; not where they are one among so many
edits (times the numbers that changed) that anything was changed."""
DAYS_APART = timedelta(days=2)
"""One site does not publish a copy of its own article later than this: it takes up a subject again."""
STORY_WINDOW = timedelta(days=4)
"""An update, rewrite or translation follows its original within this time."""
SAME_OPENING = 0.6
"""Share of both openings (`Measures.openings`) from which two texts open alike, a new first sentence or not."""
COPY_OPENING, UPDATE_OPENING = 0.6, 0.4
"""The same for copies and updates on one site. Of 276 pairs of one site and three days, read by hand, copies have
0.83 and more; below 0.4 nearly all are other news over background that the site uses again, however long."""
SAME_SUBJECT, SAME_ARTICLE, PART_OF_ARTICLE = 0.6, 0.8, 0.9
"""Likeness of headline and first sentence (`evidence.subject`) that makes another opening an update on one site; two
of its articles one when a date is not known; and one a part of the other."""
STRANGE_OPENING = 0.25
"""When less of both openings is shared, other news stands over one background, whoever publishes it."""


def decide(m: Measures) -> Relation:
    """The relation of the new text to the known one."""
    if m.same:
        return Relation.EXCERPT if _says_nothing(m) and m.subject < SAME_ARTICLE else Relation.EXACT
    if _is_series(m):
        return Relation.SERIES
    return _later_on_one_site(m) or _copy(m) or _updated(m) or _retold(m) or _else(m)


def confidence(found: Relation, m: Measures) -> float:
    """How sure a relation is, 0 to 1; below 1 only for what is told in other words.

    At the least echo that makes a retelling as many independent reports as retellings are met (0.5), 0.2 above it
    none in the labelled pairs. Where words were changed one by one, the share of shared words.
    """
    if not by_retelling(found, m):
        return 1.0
    by_echo = 0.5 + 2.5 * (m.echo - _least_echo(m))
    return round(min(0.99, max(0.5, by_echo, m.most)), 2)


def by_retelling(found: Relation, m: Measures) -> bool:
    """Whether a relation rests on what is told in other words, and not on shared ones."""
    return found in (Relation.REWRITTEN, Relation.TRANSLATED) or (
        found is Relation.UPDATED and m.retold_sentences > 0 and not _shares_update(m)
    )


def needs_echo(m: Measures) -> bool:
    """Whether the words alone leave open if one text retells the other."""
    if m.same or not _may_be_retold(m):
        return False
    return not _shares_update(m) or not _same_news(m)


def needs_numbers(m: Measures) -> bool:
    """Whether enough is shared for numbers to tell a series from a copy."""
    return not m.same and m.most >= UPDATE


def needs_openings(m: Measures) -> bool:
    """Whether the two pass for copies so far, so that what they open with must be looked at."""
    few = m.edits <= EDITS_AN_OPENING * (1 + m.numbers_changed)
    return not m.same and few and _enough(m) and _begin_alike(m)


def needs_headlines(m: Measures) -> bool:
    """Whether the two may be one form that a site fills in again and again."""
    return not m.same and m.same_site is True and m.most >= WHOLE


def needs_subject(m: Measures) -> bool:
    """Whether it matters if two texts that open differently, or hardly say anything, announce the same."""
    if m.same:
        return _says_nothing(m)
    undecided = min(m.openings) < UPDATE_OPENING or m.apart is None
    return m.same_site is not None and undecided and m.most >= UPDATE and m.least >= UPDATE_OTHER


def _says_nothing(m: Measures) -> bool:
    """A credit or a formula that is all there is below the headline: pages of pictures have no other text."""
    return min(m.words_a, m.words_b) < _words(m, LEAST_CONTAINED)


def _is_series(m: Measures) -> bool:
    """The same words with other numbers: a rate, a toll, a table that comes every day."""
    if m.news_differs:
        return True
    if m.most < UPDATE:
        return False
    if m.most < WHOLE and m.numbers_changed >= max(OTHER_ISSUE, m.numbers_kept):
        return True
    if m.numbers_changed * EDITS_A_CHANGED_NUMBER < max(1, m.edits):
        return False
    if m.numbers_changed >= max(MANY_NUMBERS, ONLY_NUMBERS * m.edits):
        return True
    return m.numbers_changed * (2 if m.numbers_changed >= FEW_NUMBERS else 1) >= m.numbers_kept


def _later_on_one_site(m: Measures) -> Relation | None:
    """One site and more than two days: not a copy, unless almost everything, the numbers included, agrees.

    When a date is not known, headline and first sentence must announce the same, and no number may have changed
    unless all else agrees.
    """
    if not m.same_site or m.most < WHOLE:
        return None
    enough = SAME_ARTICLE if m.least >= WHOLE else PART_OF_ARTICLE
    announced = m.subject >= enough and (m.numbers_changed == 0 or m.least >= ALL)
    if announced if m.apart is None else m.apart <= DAYS_APART:
        return None
    if m.least >= ALMOST_ALL and m.numbers_changed == 0 and open_alike(m):
        return None
    return Relation.SERIES if m.least >= WHOLE else Relation.EXCERPT


def _copy(m: Measures) -> Relation | None:
    if not _enough(m) or _says_nothing(m):
        return None
    if m.runs < WORD_BY_WORD:
        return Relation.REWRITTEN if _in_time(m) else Relation.SAME_EVENT
    if not open_alike(m) and not _republished(m):
        return None
    if m.least >= min(WHOLE, AS_LONG * m.most):
        return Relation.NEAR
    return Relation.TRUNCATED if m.coverage_a >= m.coverage_b else Relation.EXTENDED


def _enough(m: Measures) -> bool:
    """Whether one of the texts stands in the other."""
    if m.same_site:
        return m.most >= WHOLE_AT_HOME
    return m.most >= (WHOLE_ELSEWHERE if min(m.openings) >= OPENINGS_ELSEWHERE else WHOLE)


def open_alike(m: Measures) -> bool:
    """Whether both texts begin with the same news. What follows is often background that a site uses again."""
    if m.same_site:
        if m.new_lead:
            return False  # its own news
        dirt_aside = m.put_before and max(m.openings) >= ALL and m.most >= ALL  # crumbs before the whole text
        return min(m.openings) >= COPY_OPENING and (m.lead >= LEAD or m.least >= ALMOST_ALL or dirt_aside)
    return _begin_alike(m)


def _begin_alike(m: Measures) -> bool:
    return m.lead >= LEAD or min(m.openings) >= SAME_OPENING


def _republished(m: Measures) -> bool:
    """Another site may put a lead of its own before a copy, or leave the lead out; it adds little."""
    enough = REPUBLISHED if m.least >= WHOLE else REPUBLISHED_PART
    return m.same_site is False and m.coverage_a >= enough


def _updated(m: Measures) -> Relation | None:
    return Relation.UPDATED if _shares_update(m) and _in_time(m) and _same_news(m) else None


def _shares_update(m: Measures) -> bool:
    shared = max(m.coverage_a * m.words_a, m.coverage_b * m.words_b)
    return m.most >= UPDATE and m.least >= UPDATE_OTHER and shared >= _words(m, LEAST_UPDATED)


def _words(m: Measures, count: int) -> float:
    """So many words, or what they are in characters."""
    return count * (1.5 if m.characters else 1)


def _same_news(m: Measures) -> bool:
    """Whether what is shared is news told again, not background under other news; it is when no site is known."""
    if m.same_site is None:
        return True
    if m.same_site:
        told_before = m.put_before and max(m.openings) >= ALMOST_ALL
        opened = m.subject >= SAME_SUBJECT or min(m.openings) >= UPDATE_OPENING or told_before
        return m.least >= UPDATE_AT_HOME and opened
    return m.least >= WHOLE or m.subject >= SAME_SUBJECT or max(m.openings) >= STRANGE_OPENING


def _retold(m: Measures) -> Relation | None:
    if not m.concepts_agree or not _may_be_retold(m) or m.retold_share < RETOLD_SENTENCES:
        return None
    if m.figures >= FEWEST_FIGURES and m.figures_agree < SAME_FIGURES * m.figures:
        return None
    if m.echo < _least_echo(m) or (m.same_language and m.own_words < OWN_WORDS):
        return None
    if not m.lead_retold:
        return Relation.UPDATED  # other news over the same, in other words
    return Relation.REWRITTEN if m.same_language else Relation.TRANSLATED


def _least_echo(m: Measures) -> float:
    bars = RETOLD if m.same_language else RETOLD_ABROAD
    return min((bar for sentences, bar in bars.items() if m.retold_sentences >= sentences), default=1.0)


def _may_be_retold(m: Measures) -> bool:
    """One site takes a subject up again in like words, over like background."""
    return _in_time(m) and not (m.same_site and (m.apart is None or m.most >= UPDATE))


def _else(m: Measures) -> Relation:
    if m.most >= EXCERPT:
        return Relation.EXCERPT
    return Relation.SAME_EVENT if m.echo >= SAME_EVENT and _in_time(m) else Relation.UNRELATED


def _in_time(m: Measures) -> bool:
    return m.apart is None or m.apart <= STORY_WINDOW
