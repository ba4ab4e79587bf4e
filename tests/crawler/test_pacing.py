"""A failed fetch comes back with growing pauses, and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler import pacing

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)


def test_pauses_grow_with_every_failed_pass_until_the_page_is_given_up() -> None:
    due = [pacing.next_try(n, now=NOW) for n in range(1, len(pacing.PAUSES) + 1)]
    waits = [moment - NOW for moment in due if moment]
    assert len(waits) == len(pacing.PAUSES)
    assert waits == sorted(waits)
    assert waits[0] <= timedelta(hours=1), "an hourly pass tries again the next time"
    assert pacing.next_try(len(pacing.PAUSES) + 1, now=NOW) is None


def test_a_page_is_tried_for_more_than_a_month_before_it_is_given_up() -> None:
    assert timedelta(seconds=sum(pacing.PAUSES)) > timedelta(days=30)


@pytest.mark.parametrize(
    ("asked", "waited"), [(None, 300.0), (10.0, 300.0), (7200.0, 7200.0), (10.0**9, 30 * 86400.0)]
)
def test_the_server_can_ask_for_a_longer_pause_but_not_for_ever(asked: float | None, waited: float) -> None:
    assert pacing.next_try(1, now=NOW, retry_after=asked) == NOW + timedelta(seconds=waited)


def test_a_failing_listing_rests_longer_and_longer_but_is_never_given_up() -> None:
    waits = [pacing.listing_due(n, now=NOW) for n in range(1, 100)]
    assert waits == sorted(waits)
    assert waits[0] == NOW, "one failure does not cost a listing its next pass"
    assert waits[-1] - NOW < timedelta(days=1)
