"""Each relation in English, Persian, Chinese and Arabic: what it is, what is shown of it and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from crawler.analysis.compare import Side, compare
from store.models import DUPLICATE_RELATIONS, Comparison, Relation
from store.text import fold
from tests.crawler.analysis.families import ENGLISH, FAMILIES, Family

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIVE_HOURS = timedelta(hours=5)

MAKE: dict[str, tuple[Callable[[Family], tuple[str, str]], Relation]] = {
    "the same": (lambda f: (f.story.upper(), f.story), Relation.EXACT),
    "a few words changed": (lambda f: (f.copy, f.story), Relation.NEAR),
    "cut": (lambda f: (f.cut, f.story), Relation.TRUNCATED),
    "the whole of a cut": (lambda f: (f.story, f.cut), Relation.EXTENDED),
    "a new opening": (lambda f: (f.update, f.story), Relation.UPDATED),
    "one sentence quoted": (lambda f: (f.quoting.format(f.sentences[1]), f.story), Relation.EXCERPT),
    "other words": (lambda f: (f.rewrite, f.story), Relation.REWRITTEN),
    "another report": (lambda f: (f.report, f.story), Relation.SAME_EVENT),
    "another day": (lambda f: (f.form[1], f.form[0]), Relation.SERIES),
    "something else": (lambda f: (f.other, f.story), Relation.UNRELATED),
}


def found(new: str, known: str, language: str, other: str = "", *, same_site: bool = False) -> Comparison:
    return compare(
        Side(title="", text=new, language=language, site="a.example" if same_site else "b.example", published=NOW),
        Side(
            title="", text=known, language=other or language, site="a.example", published=NOW - FIVE_HOURS
        ),
    )  # fmt: skip


CASES = [
    pytest.param(family, *make(family), expected, id=f"{family.language}: {name}")
    for family in FAMILIES
    for name, (make, expected) in MAKE.items()
]


@pytest.mark.parametrize(("family", "new", "known", "expected"), CASES)
def test_relation_in_each_language(family: Family, new: str, known: str, expected: Relation) -> None:
    told = found(new, known, family.language)
    assert told.relation is expected, told.why
    assert told.why.endswith(".")
    assert told.passages or expected in (Relation.UNRELATED, Relation.SAME_EVENT)
    for passage in told.passages:
        ours, theirs = new[passage.start_a : passage.end_a], known[passage.start_b : passage.end_b]
        assert ours.strip() == ours != ""
        assert theirs.strip() == theirs != ""
        assert expected is Relation.REWRITTEN or fold(ours) == fold(theirs)


@pytest.mark.parametrize("family", FAMILIES[1:], ids=lambda family: family.language)
def test_translation_both_ways(family: Family) -> None:
    for new, known in ((family, ENGLISH), (ENGLISH, family)):
        told = found(new.story, known.story, new.language, known.language)
        assert told.relation is Relation.TRANSLATED, told.why
        assert len(told.passages) >= 4
        assert told.confidence >= 0.5


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.language)
def test_other_news_over_one_background_is_an_excerpt_on_one_site_and_nowhere_a_copy(family: Family) -> None:
    background = list(family.sentences[3:])
    new = family.joined([family.other, *background])
    known = family.joined([family.quoting.format(""), *background])
    assert found(new, known, family.language, same_site=True).relation is Relation.EXCERPT
    assert found(new, known, family.language).relation not in DUPLICATE_RELATIONS


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.language)
def test_a_site_that_takes_its_subject_up_again_has_no_copy(family: Family) -> None:
    later = Side(title="", text=family.update, language=family.language, site="a.example", published=NOW)
    before = Side(
        title="", text=family.story, language=family.language, site="a.example", published=NOW - timedelta(days=9)
    )
    assert compare(later, before).relation not in DUPLICATE_RELATIONS
