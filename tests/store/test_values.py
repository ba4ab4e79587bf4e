"""Times, texts and hashes survive their columns."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import DateOrigin, Precision, Published
from store.values import clean, dataclasses_to_json, moment, pack, published_columns, published_of, stamp, unpack


def test_a_time_is_stored_in_utc_to_the_second() -> None:
    there = datetime(2026, 3, 2, 13, 0, 0, 999, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    assert stamp(there) == "2026-03-02T09:30:00Z"
    assert moment(stamp(there)) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        stamp(datetime(2026, 3, 2))  # noqa: DTZ001 - the subject of the test


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stored_times_sort_as_times(one: datetime, other: datetime) -> None:
    one, other = one.replace(microsecond=0), other.replace(microsecond=0)
    assert (stamp(one) < stamp(other)) == (one < other)
    assert moment(stamp(one)) == one


@given(
    st.none()
    | st.builds(
        Published, st.datetimes(timezones=st.just(UTC)), st.sampled_from(Precision), st.sampled_from(DateOrigin)
    )
)
def test_a_published_time_survives_its_columns(published: Published | None) -> None:
    if published:
        published = Published(published.value.replace(microsecond=0), published.precision, published.origin)
    assert published_of(published_columns(published)) == published


@given(st.lists(st.integers(0, 2**48 - 1)))
def test_hashes_survive_their_blob(hashes: list[int]) -> None:
    assert unpack(pack(hashes)) == tuple(hashes)
    assert len(pack(hashes)) == 8 * len(hashes)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_can_be_stored_at_its_length(text: str) -> None:
    database = sqlite3.connect(":memory:")
    ((stored, length),) = database.execute("SELECT ?1, length(?1)", [clean(text)])
    database.close()
    assert stored == clean(text)
    assert length == len(text)


def test_no_nouns_are_an_empty_list() -> None:
    assert dataclasses_to_json([]) == "[]"
