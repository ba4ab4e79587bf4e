"""Near pairs of one real site, as one reader labelled them: published twice, follows the other, or other news.

`tests/data/duplicates/tehrantimes.csv` holds the numbers of all articles of the site's corpus that share a tenth of
their word runs and lie less than 130 numbers (two days) apart, labelled by headline and first sentences in November
2026. The articles have no dates: about sixty numbers are given in a day.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.analysis.compare import Side, compare
from store.models import DUPLICATE_RELATIONS, Relation
from tests.shared import needs_shared, shared

LABELS = Path(__file__).resolve().parents[2] / "data" / "duplicates" / "tehrantimes.csv"
NUMBERS_A_DAY = 60


def articles(wanted: set[int], *, dated: bool) -> dict[int, Side]:
    with gzip.open(shared("data", "corpus", "tehrantimes.jsonl.gz"), "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines) if row["id"] in wanted}
    begin = datetime(2010, 1, 1, tzinfo=UTC)
    return {
        number: Side(
            title=row["slug"].replace("-", " "), text=row["text"], url=row["url"], site="tehrantimes.com",
            published=begin + timedelta(days=number / NUMBERS_A_DAY) if dated else None, language="en",
        )
        for number, row in rows.items()
    }  # fmt: skip


def decided(*, dated: bool) -> Counter[tuple[str, str]]:
    """How often pairs of a label are merged, linked or left apart."""
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    known = articles({int(row[end]) for row in rows for end in ("old", "new")}, dated=dated)
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        relation = compare(known[int(row["new"])], known[int(row["old"])]).relation
        linked = "linked" if relation is Relation.UPDATED else "apart"
        found[row["label"], "merged" if relation in DUPLICATE_RELATIONS else linked] += 1
    return found


KNOWN = Side(
    title="Bakery quarter gets its bridge", site="paper.example", published=datetime(2026, 3, 1, 9, tzinfo=UTC),
    language="en", text=(
        "The council of Lower Marsh voted on Sunday to build a footbridge to the bakery quarter.\n"
        "It will be made of larch and carry lamps that the school of crafts designs. Bakers had asked for it since "
        "the flood of last spring, when flour came by boat for nine days. The mayor said that work begins in May "
        "and that no tree has to be felled. Two shopkeepers spoke against it because of the noise."
    ),
)  # fmt: skip
LATER = replace(KNOWN, published=datetime(2026, 3, 1, 15, tzinfo=UTC), url="https://paper.example/2")


@pytest.mark.parametrize(
    ("before", "site", "expected"),
    [
        ("The ferry company went to court over it on Sunday evening.\n", "paper.example", Relation.UPDATED),
        ("The ferry company went to court over it on Sunday evening.\n", "other.example", Relation.NEAR),
        ("Home | News | Marsh and river | Lower Marsh today and tomorrow\n", "paper.example", Relation.NEAR),
        ("By our reporter\n", "paper.example", Relation.NEAR),
    ],
)
def test_a_sentence_of_news_before_a_whole_article_of_the_site_is_not_lost(
    before: str, site: str, expected: Relation
) -> None:
    new = replace(LATER, text=before + KNOWN.text, site=site)
    assert compare(new, KNOWN).relation is expected


def test_a_later_page_that_leaves_the_first_sentence_out_is_a_copy() -> None:
    whole = replace(KNOWN, text="The ferry company went to court against the bridge on Sunday.\n" + KNOWN.text)
    assert compare(LATER, whole).relation in DUPLICATE_RELATIONS


@needs_shared
def test_what_one_site_published_twice_is_merged_and_its_other_news_is_not() -> None:
    found = decided(dated=True)
    assert found["same", "merged"] >= 0.95 * 50, found
    assert found["same", "merged"] + found["same", "linked"] == 50, found
    assert found["follows", "merged"] == 0, found
    assert found["other", "merged"] == 0, found
    assert found["other", "linked"] <= 0.05 * 209, found


@needs_shared
def test_articles_without_dates_are_merged_as_carefully() -> None:
    found = decided(dated=False)
    assert found["same", "merged"] >= 0.9 * 50, found
    assert found["other", "merged"] == 0, found
