"""A pass is judged by what its sources answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler import outcome
from store.models import Expectations, RunOutcome, Source, SourceCounts

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
GOOD = SourceCounts(source_id="good", listings=1, links=10, pages=10, new=1, off_topic=9)
DEAD = SourceCounts(source_id="dead", failed_listings=1, error="no answer")
IDLE = SourceCounts(source_id="idle")


@pytest.mark.parametrize(
    ("counts", "reason", "expected"),
    [
        ([GOOD], "finished", RunOutcome.COMPLETED),
        ([GOOD, DEAD], "finished", RunOutcome.COMPLETED),
        ([DEAD, DEAD], "finished", RunOutcome.FAILED),
        ([DEAD, IDLE], "finished", RunOutcome.FAILED),
        ([], "finished", RunOutcome.COMPLETED),
        ([IDLE], "finished", RunOutcome.COMPLETED),
        ([GOOD], "shutdown", RunOutcome.INTERRUPTED),
        ([GOOD], "closespider_timeout", RunOutcome.INTERRUPTED),
    ],
)
def test_the_outcome_follows_from_the_counts(counts: list[SourceCounts], reason: str, expected: RunOutcome) -> None:
    found, detail = outcome.judge(counts, close_reason=reason, spider_errors=0)
    assert found is expected
    assert detail


def test_internal_errors_are_told_in_the_outcome() -> None:
    _, detail = outcome.judge([GOOD], close_reason="finished", spider_errors=2)
    assert "2 internal errors" in detail


def _source(**expect: float) -> Source:
    return Source(
        id="good", name="Good", homepage="https://good.example", country="DE", language="en", perspective="western",
        expect=Expectations(**expect),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "counts", "age_hours", "codes"),
    [
        ({}, GOOD, 1, []),
        ({"newest_age_hours": 24}, GOOD, 23, []),
        ({"newest_age_hours": 24}, GOOD, 72, ["stale_listing"]),
        ({"share_with_text": 0.9}, GOOD, 1, []),
        ({"share_with_text": 0.9}, SourceCounts(source_id="good", listings=1, links=9, pages=9, rejected=9), 1,
         ["little_text"]),
        ({"newest_age_hours": 24}, SourceCounts(source_id="good", listings=1, unchanged_listings=1), 72, []),
    ],
)  # fmt: skip
def test_a_source_that_shows_less_than_expected_is_named(
    expect: dict[str, float], counts: SourceCounts, age_hours: int, codes: list[str]
) -> None:
    newest = NOW - timedelta(hours=age_hours)
    assert [code for code, _ in outcome.misses(_source(**expect), counts, newest=newest, now=NOW)] == codes
