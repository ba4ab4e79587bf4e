"""Days are read in both calendars and in every language, and never invented."""

from __future__ import annotations

from datetime import date

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis.mentions_days import days
from store.text import Folded

PUBLISHED = date(2021, 4, 2)


def found(text: str, language: str, published: date | None = PUBLISHED) -> list[str]:
    return [day.iso for day in days(Folded(text), language, published)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "signed on March 27, 2021 in Tehran"),
        ("en", "on 27 March"),
        ("en", "the 27th of March 2021"),
        ("en", "on Mar. 27"),
        ("en", "on Farvardin 7, 1400"),
        ("fa", "در ۷ فروردین ۱۴۰۰ امضا شد"),
        ("fa", "هفتم فروردین ماه ۱۴۰۰"),
        ("fa", "بیست و هفتم مارس ۲۰۲۱"),
        ("fa", "۷ فروردين"),
        ("fa", "تاریخ ۱۴۰۰/۱/۷"),
        ("zh", "2021年3月27日签署"),
        ("zh", "3月27日"),
        ("ar", "27 مارس 2021"),
        ("ar", "في ٢٧ مارس/آذار ٢٠٢١"),
        ("ar", "27 آذار"),
        ("ru", "27 марта 2021 года"),
        ("tr", "27 Mart 2021'de"),
        ("de", "am 27. März 2021"),
        ("de", "am 27.03.2021"),
        ("fr", "le 27 mars 2021"),
        ("es", "el 27 de marzo de 2021"),
        ("it", "il 27 marzo 2021"),
        ("pt", "em 27 de março de 2021"),
        ("id", "pada 27 Maret 2021"),
        ("ur", "27 مارچ 2021"),
        ("hi", "27 मार्च 2021"),
        ("ja", "2021年3月27日"),
        ("ko", "2021년 3월 27일"),
        ("xx", "2021-03-27"),
    ],
)
def test_one_day_in_every_language(language: str, text: str) -> None:
    assert found(text, language) == ["2021-03-27"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In March 2021, 300 people came", ["2021-03"]),
        ("zh", "2016年1月访问德黑兰", ["2016-01"]),
        ("fa", "بهمن ۱۳۹۹", ["2021-01"]),
        ("ar", "27 كانون الثاني 2021", ["2021-01-27"]),
        ("en", "5 may have died, and 12 march on", []),
        ("en", "13/13/2021, 1/2/2021 and 2021-02-31", []),
        ("en", "Tuesday, yesterday, last year", []),
        ("en", "31 December", ["2020-12-31"]),
        ("fr", "le 5 mai", ["2021-05-05"]),
        ("en", "Flight 752 and 25 barrels in 2021", []),
    ],
)
def test_months_near_years_and_what_is_no_day(language: str, text: str, expected: list[str]) -> None:
    assert found(text, language) == expected


def test_without_a_day_of_publication_no_year_is_guessed() -> None:
    assert found("on 27 March", "en", None) == []
    assert found("on 27 March 2021", "en", None) == ["2021-03-27"]


@given(st.dates(date(1990, 1, 1), date(2079, 12, 31)))
def test_a_jalali_day_is_the_gregorian_one(day: date) -> None:
    own = jdatetime.date.fromgregorian(date=day)
    months = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
    assert found(f"در {own.day} {months[own.month - 1]} {own.year}", "fa") == [day.isoformat()]


@given(st.text(max_size=60), st.sampled_from(["en", "fa", "zh", "ar", "ru", "ko"]))
def test_any_text_is_read_and_every_day_is_where_it_says(text: str, language: str) -> None:
    folded = Folded(text)
    end = 0
    for day in days(folded, language, PUBLISHED):
        assert end <= day.start < day.end <= len(folded.text)
        assert date.fromisoformat(f"{day.iso}-01"[:10])
        end = day.end
