"""Which sources are called ill, and since when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scheduler.health import Illness, ill

NOW = datetime(2026, 3, 20, tzinfo=UTC)


def row(id_: str = "paper", **more: Any) -> dict[str, Any]:
    well = {"enabled": 1, "failing": 0, "listings": 2, "failures": 0, "failing_since": None, "last_error": None}
    return {"id": id_, "name": "The Paper", "newest_item": "2026-03-19T00:00:00Z", **well, **more}


FAILING = {"failures": 3, "failing_since": "2026-03-17T06:00:00Z", "last_error": "the server answered 503"}


@pytest.mark.parametrize(
    ("facts", "illness"),
    [
        ({}, None),
        ({"failing": 2, **FAILING}, Illness.DOWN),
        ({"failing": 1, **FAILING}, Illness.PARTLY),
        ({"failing": 2, **FAILING, "failures": 1}, None),
        ({"failing": 2, **FAILING, "enabled": 0}, None),
        ({"newest_item": "2026-03-01T00:00:00Z"}, Illness.STALE),
        ({"newest_item": "2026-03-07T00:00:00Z"}, None),
        ({"newest_item": None}, None),
        ({"newest_item": "2026-03-01T00:00:00Z", "last_new_page": "2026-03-18T06:00:00Z"}, None),
        ({"newest_item": "2026-02-01T00:00:00Z", "last_new_page": "2026-03-01T06:00:00Z"}, Illness.STALE),
        ({"listings": 0}, None),
    ],
    ids=str,
)
def test_a_source_is_ill_when_it_fails_again_or_gives_nothing_new(facts: dict[str, Any], illness: str | None) -> None:
    assert [sick.illness for sick in ill([row(**facts)], NOW)] == ([illness] if illness else [])


def test_since_when_and_why_is_told() -> None:
    (sick,) = ill([row(failing=1, **FAILING)], NOW)
    assert sick.since == datetime(2026, 3, 17, 6, tzinfo=UTC)
    assert sick.why == "1 of 2 listings do not answer, 3 times in a row: the server answered 503"
    (stuck,) = ill([row(newest_item="2026-02-28T00:00:00Z")], NOW)
    assert stuck.why == "it answers, but its newest article is 20 days old"


def test_the_worst_and_longest_come_first() -> None:
    longer = {**FAILING, "failing_since": "2026-03-01T06:00:00Z"}
    rows = [row("stale", newest_item="2026-01-01T00:00:00Z"), row("new", failing=2, **FAILING)]
    rows += [row("partly", failing=1, **longer), row("old", failing=2, **longer)]
    assert [sick.id for sick in ill(rows, NOW)] == ["old", "new", "partly", "stale"]
