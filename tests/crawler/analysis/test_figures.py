"""Numbers and days by value, however they are spelled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis.figures import figures
from crawler.analysis.prepared import prepare


def values(text: str, language: str) -> list[str]:
    ready = prepare(text)
    return [figure.value for figure in figures(ready.words, ready.gaps, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("650,000 barrels", "en", ["650000"]),
        ("6.5 percent of 1,250,000", "en", ["6.5", "1250000"]),
        ("1.5 million and forty billion", "en", ["1500000", "40000000000"]),
        ("twenty-five years, two hundred and five ships", "en", ["25", "205"]),
        ("five six", "en", ["5", "6"]),
        ("$9m, 1.5bn, 40k, 3.2 bn", "en", ["9000000", "1500000000", "40000", "3200000000"]),
        ("9m dollars of 12 million", "en", ["9000000", "12000000"]),
        ("第3个月,13月,12月", "zh", ["3", "13", "month-12"]),
        ("the 7th train, the ninth round", "en", ["7", "9"]),
        ("on Tuesday, 3 July 2024", "en", ["day-2", "3", "month-7", "2024"]),
        ("a dozen ships", "en", ["12"]),
        ("B52 and 2nd", "en", ["2"]),
        ("بیست و پنج سال، ۶۵۰٬۰۰۰ بشکه، سه‌شنبه", "fa", ["25", "650000", "day-2"]),
        ("دو میلیون و ۱۲ اسفند", "fa", ["2000000", "12", "jalali-12"]),
        ("二十五年,七百余人,两千三百万,周六", "zh", ["25", "700", "23000000", "day-6"]),
        ("1.2亿元,3月5日,一百二十", "zh", ["120000000", "month-3", "5", "120"]),
        ("خمسة وعشرون عاما و40 مليارا", "ar", ["25", "40000000000"]),
        ("двадцать пять лет, 3,5 млн", "ru", ["25", "3500000"]),
        ("yirmi beş yıl, 1.250.000", "tr", ["25", "1250000"]),
        ("fünfundzwanzig Jahre, 2,5 Millionen am Samstag", "de", ["25", "2500000", "day-6"]),
        ("vingt-cinq ans, mardi", "fr", ["25", "day-2"]),
        ("treinta y cinco barcos el lunes", "es", ["35", "day-1"]),
        ("12 vesszős szó", "hu", ["12"]),
        ("million", "en", ["1000000"]),
    ],
)
def test_a_value_is_read_from_any_spelling(text: str, language: str, expected: list[str]) -> None:
    assert values(text, language) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_digits_are_the_number(number: int) -> None:
    assert values(f"about {number:,} of them", "en") == [f"{number:.12g}"]


@given(st.text(), st.sampled_from(["en", "fa", "zh", "ar", "ru", "xx"]))
def test_any_text_is_read(text: str, language: str) -> None:
    ready = prepare(text)
    found = figures(ready.words, ready.gaps, language)
    assert all(a.start + a.width <= b.start for a, b in pairwise(found))
