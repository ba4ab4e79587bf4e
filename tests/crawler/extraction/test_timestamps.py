"""Date strings of machines and newsrooms become moments; what leaves room for two becomes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import timestamps
from store.models import Precision
from tests.shared import needs_shared, shared

TEHRAN, SHANGHAI, MOSCOW = ZoneInfo("Asia/Tehran"), ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2025-11-03T14:20:00+03:30", "2025-11-03T10:50"),
        ("2025-11-03T14:20:00.123Z", "2025-11-03T14:20"),
        ("2025-11-03 14:20", "2025-11-03T14:20"),
        ("20251103T142000Z", "2025-11-03T14:20"),
        ("1762179600", "2025-11-03T14:20"),
        ("1762179600000", "2025-11-03T14:20"),
        ("Mon, 03 Nov 2025 14:20:00 GMT", "2025-11-03T14:20"),
        ("Mon Nov 03 14:20:00 +0000 2025", "2025-11-03T14:20"),
        ("November 3, 2025 2:20 p.m. EST", "2025-11-03T19:20"),
        ("3 November 2025, 14:20 BST", "2025-11-03T13:20"),
        ("3. November 2025, 14:20 Uhr", "2025-11-03T14:20"),
        ("lunes, 3 de noviembre de 2025 14:20", "2025-11-03T14:20"),
        ("le 3 novembre 2025 à 14h20", "2025-11-03T14:20"),
        ("3 ноября 2025, 14:20", "2025-11-03T14:20"),
        ("3 Kasım 2025 14:20", "2025-11-03T14:20"),
        ("2025年11月3日 14:20", "2025-11-03T14:20"),
        ("2025年11月3日下午2:20", "2025-11-03T14:20"),
        ("2025-11-03 14:20更新 来源：样本网", "2025-11-03T14:20"),
        ("2025. 11. 3. 오후 2:20", "2025-11-03T14:20"),
        ("03.11.2025 14:20", "2025-11-03T14:20"),
        ("23/11/2025 14:20", "2025-11-23T14:20"),
        ("الإثنين 3 نوفمبر 2025 - 14:20", "2025-11-03T14:20"),
        ("٣ تشرين الثاني ٢٠٢٥ 14:20", "2025-11-03T14:20"),
        ("۱۴۰۴/۰۸/۱۲ ۱۴:۲۰", "2025-11-03T14:20"),
        ("دوشنبه ۱۲ آبان ۱۴۰۴ - ۱۴:۲۰", "2025-11-03T14:20"),
        ("دوشنبه دوازدهم آبان ۱۴۰۴، ساعت ۱۴ و ۲۰ دقیقه", "2025-11-03T14:20"),
        ("بیست و سوم اردیبهشت ۱۳۸۹ ساعت 9:05", "2010-05-13T09:05"),
        ("26 شهریور 94 ساعت 11:01", "2015-09-17T11:01"),
    ],
)
def test_a_time_is_read(raw: str, expected: str) -> None:
    moment = timestamps.read(raw, zone=UTC)
    assert moment is not None
    assert (moment.value.strftime("%Y-%m-%dT%H:%M"), moment.precision) == (expected, Precision.MINUTE)


@pytest.mark.parametrize(
    ("raw", "zone", "expected"),
    [
        ("2025-11-03", TEHRAN, "2025-11-02T20:30"),
        ("2025-11-03T00:00:00", SHANGHAI, "2025-11-02T16:00"),
        ("12 آبان 1404", TEHRAN, "2025-11-02T20:30"),
        ("3 ноября 2025 г.", MOSCOW, "2025-11-02T21:00"),
        ("Nov. 3, 2025", UTC, "2025-11-03T00:00"),
        ("20251103", UTC, "2025-11-03T00:00"),
    ],
)
def test_a_day_is_its_midnight_in_the_sources_zone(raw: str, zone: ZoneInfo, expected: str) -> None:
    moment = timestamps.read(raw, zone=zone)
    assert moment is not None
    assert (moment.value.strftime("%Y-%m-%dT%H:%M"), moment.precision) == (expected, Precision.DAY)


def test_a_time_without_a_zone_is_the_sources() -> None:
    moment = timestamps.read("2025-11-03 14:20", zone=TEHRAN)
    assert moment is not None
    assert moment.value == datetime(2025, 11, 3, 10, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    ["", "yesterday", "3 hours ago", "03/04/2025", "2025", "November 2025", "31.02.2025", "1404/13/01",
     "Issue 12 of 2025", "2025-11-03T99:99", "0001-01-01", "9 of 11 ministers in 2025"],
)  # fmt: skip
def test_what_names_no_day_is_none(raw: str) -> None:
    assert timestamps.read(raw, zone=UTC) is None


@pytest.mark.parametrize(("day_first", "expected"), [(True, "2025-04-03"), (False, "2025-03-04")])
def test_an_ambiguous_day_is_read_where_the_order_is_known(day_first: bool, expected: str) -> None:
    moment = timestamps.read("03/04/2025", zone=UTC, day_first=day_first)
    assert moment is not None
    assert moment.value.date().isoformat() == expected


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(raw: str) -> None:
    timestamps.read(raw, zone=TEHRAN)


@given(st.integers(631_152_000, 3_786_912_000), st.sampled_from([UTC, TEHRAN, SHANGHAI]))
def test_every_iso_time_from_1990_to_2090_is_read_to_the_second(seconds: int, zone: ZoneInfo) -> None:
    there = datetime.fromtimestamp(seconds, zone)
    moment = timestamps.read(there.isoformat(), zone=UTC)
    assert moment is not None
    if (there.hour, there.minute, there.second) != (0, 0, 0):
        assert moment.value == there


@needs_shared
def test_published_date_strings_are_read_or_left_alone() -> None:
    lines = shared("data", "dates", "date_strings.jsonl").read_text("utf-8").splitlines()
    right = wrong = 0
    for row in map(json.loads, lines):
        moment = timestamps.read(row["date_string"], zone=UTC)
        if moment is not None:
            same = moment.value.strftime("%Y-%m-%dT%H:%M") == row["expected"][:16]
            right, wrong = right + same, wrong + (not same)
    assert right >= 80
    assert wrong <= 3, "11. 12. 2014 is read with the day first; Finnish `ip.` is not known"
