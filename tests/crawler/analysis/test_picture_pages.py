"""Pages of pictures have a credit for a text: what they show stands in their headlines alone."""

from __future__ import annotations

import pytest

from crawler.analysis.compare import Side, compare
from store.models import Relation


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Regatta on the river", Relation.EXACT),
        ("Snow in the mountains", Relation.EXCERPT),
    ],
)
@pytest.mark.parametrize("credit", ["Photo: Gazette", "通讯社供图"])
def test_equal_credits_under_other_headlines_are_no_copies(credit: str, title: str, expected: Relation) -> None:
    known = Side(title="Regatta on the river", text=credit, site="paper.example")
    assert compare(Side(title=title, text=credit, site="paper.example"), known).relation is expected
