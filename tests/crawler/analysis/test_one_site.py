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
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


@needs_shared
def test_what_one_site_published_twice_is_merged_and_its_other_news_is_not() -> None:
    found = decided(dated=True)
    assert found["same", "merged"] >= 0.97 * 50, found
    assert found["other", "merged"] == 0, found
    assert found["other", "linked"] <= 0.05 * 209, found


@needs_shared
def test_articles_without_dates_are_merged_as_carefully() -> None:
    found = decided(dated=False)
    assert found["same", "merged"] >= 0.9 * 50, found
    assert found["other", "merged"] == 0, found
