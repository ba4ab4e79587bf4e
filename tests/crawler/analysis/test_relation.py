"""The decision, case by case, from the measures alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.analysis.measures import Measures
from crawler.analysis.relation import (
    decide,
    needs_echo,
    needs_headlines,
    needs_numbers,
    needs_openings,
    needs_subject,
)
from store.models import Relation

HOURS, DAYS, WEEKS = timedelta(hours=5), timedelta(days=3), timedelta(weeks=3)
NOTHING = Measures(
    same=False, coverage_a=0.0, coverage_b=0.0, runs=1.0, words_a=400, words_b=400, characters=False, lead=0.0,
    same_language=True, openings=(0.0, 0.0),
)  # fmt: skip
COPY = replace(NOTHING, coverage_a=0.95, coverage_b=0.93, lead=0.9, openings=(0.9, 0.9), numbers_kept=9)
CUT = replace(COPY, coverage_a=0.98, coverage_b=0.3, words_a=120)
LONGER = replace(COPY, coverage_a=0.3, coverage_b=0.98, words_b=120)
NEW_LEAD = replace(COPY, coverage_a=0.65, coverage_b=0.7, lead=0.1, openings=(0.5, 0.5))
OPENED_ANEW = replace(COPY, lead=0.2, openings=(0.5, 0.5))
TAKEN_OUT = replace(CUT, lead=0.0, coverage_b=0.1, openings=(0.9, 0.3))
BACKGROUND = replace(NEW_LEAD, lead=0.0, openings=(0.1, 0.1))
RETOLD = replace(NOTHING, echo=0.5, own_words=0.5, retold_sentences=6, retold_share=0.8)
ABROAD = replace(RETOLD, same_language=False, own_words=0.0)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        (NOTHING, Relation.UNRELATED),
        (replace(COPY, same=True), Relation.EXACT),
        (replace(COPY, same=True, same_site=True, apart=WEEKS), Relation.EXACT),
        (replace(COPY, same=True, words_a=3, words_b=3, subject=0.3), Relation.EXCERPT),
        (replace(COPY, same=True, words_a=3, words_b=3, subject=1.0), Relation.EXACT),
        (COPY, Relation.NEAR),
        (CUT, Relation.TRUNCATED),
        (LONGER, Relation.EXTENDED),
        (replace(CUT, words_a=6, coverage_b=0.02), Relation.EXCERPT),
        (replace(CUT, words_a=10, coverage_b=0.02, characters=True), Relation.EXCERPT),
        (replace(COPY, coverage_a=0.75, coverage_b=0.72, runs=0.3), Relation.REWRITTEN),
        (replace(COPY, coverage_a=0.75, coverage_b=0.72, runs=0.3, apart=WEEKS), Relation.SAME_EVENT),
        # a new lead over known text
        (NEW_LEAD, Relation.UPDATED),
        (replace(NEW_LEAD, apart=HOURS), Relation.UPDATED),
        (replace(NEW_LEAD, apart=WEEKS), Relation.EXCERPT),
        (replace(OPENED_ANEW, lead=0.0), Relation.UPDATED),
        (replace(OPENED_ANEW, lead=0.3), Relation.UPDATED),
        (replace(OPENED_ANEW, lead=0.3, same_site=False), Relation.NEAR),
        (replace(COPY, lead=0.0), Relation.NEAR),
        (replace(NEW_LEAD, coverage_b=0.95, same_site=False), Relation.UPDATED),
        (replace(TAKEN_OUT, coverage_b=0.3), Relation.UPDATED),
        (TAKEN_OUT, Relation.EXCERPT),
        (replace(TAKEN_OUT, same_site=False), Relation.TRUNCATED),
        # one background under two pieces of news
        (replace(BACKGROUND, same_site=True, apart=HOURS), Relation.EXCERPT),
        (replace(BACKGROUND, same_site=True, apart=HOURS, subject=0.7), Relation.UPDATED),
        (replace(BACKGROUND, same_site=True, apart=HOURS, openings=(1.0, 0.2)), Relation.EXCERPT),
        (replace(BACKGROUND, same_site=True, apart=HOURS, openings=(0.5, 0.4)), Relation.UPDATED),
        (replace(BACKGROUND, same_site=True, apart=HOURS, openings=(0.5, 0.4), coverage_b=0.4), Relation.EXCERPT),
        (replace(BACKGROUND, same_site=False), Relation.EXCERPT),
        (replace(BACKGROUND, same_site=False, openings=(0.9, 0.1)), Relation.UPDATED),
        (replace(BACKGROUND, same_site=None), Relation.UPDATED),
        (replace(COPY, openings=(1.0, 0.3), same_site=True, apart=HOURS), Relation.EXCERPT),
        (replace(COPY, lead=0.2, same_site=True, apart=HOURS), Relation.NEAR),
        (replace(COPY, new_lead=True, put_before=True, same_site=True, apart=HOURS), Relation.UPDATED),
        (replace(COPY, new_lead=True, put_before=True, same_site=False), Relation.NEAR),
        (replace(COPY, lead=0.2, coverage_a=0.8, same_site=True, apart=HOURS), Relation.UPDATED),
        (replace(NEW_LEAD, words_a=20, words_b=20), Relation.EXCERPT),
        (replace(NEW_LEAD, words_a=30, words_b=30, characters=True), Relation.EXCERPT),
        # a copy elsewhere that lost and gained paragraphs
        (replace(COPY, coverage_a=0.62, coverage_b=0.61, same_site=False), Relation.NEAR),
        (replace(COPY, coverage_a=0.62, coverage_b=0.61, same_site=False, openings=(0.9, 0.7)), Relation.UPDATED),
        (replace(COPY, coverage_a=0.74, coverage_b=0.7, same_site=True, apart=HOURS), Relation.UPDATED),
        # a part
        (replace(NOTHING, coverage_a=0.3, coverage_b=0.15), Relation.EXCERPT),
        (replace(NOTHING, coverage_a=0.05, coverage_b=0.05), Relation.UNRELATED),
        # numbers
        (replace(COPY, numbers_changed=5, numbers_kept=2), Relation.SERIES),
        (replace(COPY, numbers_changed=1, numbers_kept=0), Relation.SERIES),
        (replace(COPY, numbers_changed=1, numbers_kept=8), Relation.NEAR),
        (replace(COPY, numbers_changed=4, numbers_kept=8), Relation.SERIES),
        (replace(COPY, numbers_changed=4, numbers_kept=8, edits=30), Relation.NEAR),
        (replace(COPY, news_differs=True), Relation.SERIES),
        (replace(NOTHING, coverage_a=0.2, numbers_changed=5), Relation.EXCERPT),
        (replace(NEW_LEAD, coverage_b=0.6, numbers_changed=2, numbers_kept=2, edits=12), Relation.SERIES),
        (replace(NEW_LEAD, numbers_changed=1, numbers_kept=1, edits=12), Relation.UPDATED),
        # one site, some days later
        (replace(COPY, same_site=True, apart=HOURS), Relation.NEAR),
        (replace(COPY, same_site=True, apart=DAYS), Relation.NEAR),
        (replace(COPY, numbers_changed=5, numbers_kept=30, edits=6), Relation.SERIES),
        (replace(COPY, numbers_changed=5, numbers_kept=30, edits=12), Relation.NEAR),
        (replace(COPY, numbers_changed=2, numbers_kept=30, edits=2), Relation.NEAR),
        (replace(COPY, same_site=True, apart=DAYS, numbers_changed=1), Relation.SERIES),
        (replace(COPY, same_site=True, apart=DAYS, coverage_a=0.85), Relation.SERIES),
        (replace(OPENED_ANEW, same_site=True, apart=DAYS), Relation.SERIES),
        (replace(CUT, same_site=True, apart=DAYS), Relation.EXCERPT),
        (replace(COPY, same_site=False, apart=WEEKS), Relation.NEAR),
        (replace(CUT, same_site=False, apart=WEEKS), Relation.TRUNCATED),
        (replace(COPY, same_site=True), Relation.NEAR),
        (replace(COPY, same_site=True, coverage_a=0.8), Relation.SERIES),
        (replace(COPY, same_site=True, coverage_a=0.8, subject=0.9), Relation.NEAR),
        (replace(COPY, same_site=True, coverage_a=0.8, subject=0.9, numbers_changed=1), Relation.SERIES),
        # the same in other words
        (RETOLD, Relation.REWRITTEN),
        (replace(RETOLD, apart=WEEKS), Relation.UNRELATED),
        (replace(RETOLD, same_site=True, apart=HOURS), Relation.REWRITTEN),
        (replace(RETOLD, same_site=True), Relation.SAME_EVENT),
        (replace(RETOLD, own_words=0.1), Relation.SAME_EVENT),
        (replace(RETOLD, retold_share=0.3), Relation.SAME_EVENT),
        (replace(RETOLD, echo=0.4, retold_sentences=2), Relation.SAME_EVENT),
        (replace(RETOLD, retold_sentences=2), Relation.SAME_EVENT),
        (replace(RETOLD, retold_sentences=2, echo=0.6), Relation.REWRITTEN),
        (replace(RETOLD, concepts_agree=False), Relation.SAME_EVENT),
        (replace(RETOLD, echo=0.2), Relation.SAME_EVENT),
        (replace(RETOLD, echo=0.25), Relation.REWRITTEN),
        (replace(RETOLD, echo=0.25, retold_sentences=3), Relation.SAME_EVENT),
        (replace(RETOLD, figures=6, figures_agree=2), Relation.SAME_EVENT),
        (replace(RETOLD, figures=2, figures_agree=0), Relation.REWRITTEN),
        (replace(RETOLD, lead_retold=False), Relation.UPDATED),
        (ABROAD, Relation.TRANSLATED),
        (replace(ABROAD, echo=0.28), Relation.SAME_EVENT),
        (replace(ABROAD, echo=0.35), Relation.TRANSLATED),
        (replace(ABROAD, echo=0.35, retold_sentences=3), Relation.SAME_EVENT),
        (replace(ABROAD, figures=6, figures_agree=2), Relation.SAME_EVENT),
        (replace(ABROAD, lead_retold=False), Relation.UPDATED),
        (replace(ABROAD, retold_sentences=1), Relation.SAME_EVENT),
    ],
)
def test_relation(measures: Measures, expected: Relation) -> None:
    assert decide(measures) is expected


def test_only_what_is_needed_is_measured() -> None:
    assert needs_echo(NOTHING)
    assert not needs_echo(COPY)
    assert not needs_echo(replace(NOTHING, same=True))
    assert needs_numbers(NEW_LEAD)
    assert not needs_numbers(NOTHING)
    assert needs_openings(COPY)
    assert not needs_openings(NEW_LEAD)
    assert needs_openings(replace(COPY, same_site=True, openings=(0.5, 0.5)))
    assert not needs_openings(replace(COPY, edits=50))
    assert needs_headlines(replace(COPY, same_site=True))
    assert not needs_headlines(replace(COPY, same_site=False))
    assert needs_subject(replace(BACKGROUND, same_site=True, apart=HOURS))
    assert not needs_subject(BACKGROUND)
