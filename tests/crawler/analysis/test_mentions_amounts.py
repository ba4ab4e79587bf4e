"""Sums and volumes come out the same whatever language, script and spelling they are written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis.mentions import amount_label
from crawler.analysis.mentions_amounts import Amount, amounts
from store.text import fold

LANGUAGES = ("en", "fa", "zh", "ar", "ru", "tr", "de", "fr", "es", "it", "pt", "id", "ur", "hi", "ja", "ko", "xx")


def found(text: str, language: str) -> list[tuple[float, str]]:
    return [(amount.value, amount.unit) for amount in amounts(fold(text), language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a $400 billion deal"),
        ("en", "US$400bn over 25 years"),
        ("en", "the $400-billion-dollar pact"),
        ("en", "some 400 billion US dollars"),
        ("en", "four hundred billion dollars"),
        ("en", "USD 400,000,000,000"),
        ("fa", "قرارداد ۴۰۰ میلیارد دلاری"),
        ("fa", "چهارصد میلیارد دلار"),
        ("zh", "總額4000億美元的協議"),
        ("zh", "四千亿美元"),
        ("ar", "بقيمة ٤٠٠ مليار دولار"),
        ("ar", "400 مليار دولار أمريكي"),
        ("ru", "на 400 млрд долларов"),
        ("ru", "на $400 млрд"),
        ("tr", "400 milyar dolarlık anlaşma"),
        ("de", "400 Milliarden Dollar"),
        ("fr", "400 milliards de dollars"),
        ("es", "400.000 millones de dólares"),
        ("it", "400 miliardi di dollari"),
        ("pt", "400 bilhões de dólares"),
        ("id", "400 miliar dolar AS"),
        ("ur", "400 ارب ڈالر"),
        ("hi", "400 अरब डॉलर"),
        ("ja", "4000億ドル規模"),
        ("ko", "4000억 달러 규모"),
        ("ko", "4천억달러"),
    ],
)
def test_one_sum_in_every_language(language: str, text: str) -> None:
    assert found(text, language) == [(4e11, "USD")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1.5 million barrels per day"),
        ("en", "1.5 million barrels of Iranian crude a day"),
        ("en", "1.5m bpd"),
        ("en", "1.5 mb/d"),
        ("fa", "روزانه ۱.۵ میلیون بشکه نفت"),
        ("fa", "۱٫۵ میلیون بشکه در روز"),
        ("zh", "日均进口150万桶"),
        ("zh", "150万桶/日"),
        ("zh", "每天约一百五十万桶"),
        ("ar", "1.5 مليون برميل يوميا"),
        ("ru", "1,5 млн баррелей нефти в сутки"),
        ("ru", "1,5 млн б/с"),
        ("tr", "günlük 1,5 milyon varil"),
        ("de", "1,5 Millionen Barrel pro Tag"),
        ("fr", "1,5 million de barils par jour"),
        ("es", "1,5 millones de barriles diarios"),
        ("id", "1,5 juta barel per hari"),
        ("ja", "日量150万バレル"),
        ("ko", "하루 150만 배럴"),
    ],
)
def test_one_rate_in_every_language(language: str, text: str) -> None:
    assert found(text, language) == [(1.5e6, "bbl/d")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "90 million barrels", [(9e7, "bbl")]),
        ("en", "90 million barrels. Every day, prices rise", [(9e7, "bbl")]),
        ("en", "3.5 million tons a year", [(3.5e6, "t/y")]),
        ("en", "25m euros, £3m and 5 crore", [(2.5e7, "EUR"), (3e6, "GBP")]),
        ("fa", "۲ هزار میلیارد تومان", [(2e13, "IRR")]),
        ("fa", "۳۰ میلیون تن", [(3e7, "t")]),
        ("zh", "人民币3000亿元", [(3e11, "CNY")]),
        ("zh", "25亿欧元和30亿元", [(2.5e9, "EUR"), (3e9, "CNY")]),
        ("ru", "25 миллиардов юаней", [(2.5e10, "CNY")]),
        ("de", "5 Mrd. €", [(5e9, "EUR")]),
        ("ko", "4조 5000억 원", [(4.5e12, "KRW")]),
        ("en", "China beat Iran 25-20 before 300 people; page 5, 12 won", []),
        ("en", "10 percent of 5 million people", []),
        ("xx", "$5", [(5.0, "USD")]),
        ("en", "$1.966 billion, 3,255 barrels", [(1.966e9, "USD"), (3255.0, "bbl")]),
        ("ru", "1,234 млн баррелей", [(1.234e6, "bbl")]),
        ("de", "1.234 Barrel", [(1234.0, "bbl")]),
        ("fa", "۴/۵ میلیارد دلار", [(4.5e9, "USD")]),
        ("en", "billions of dollars for three European states", []),
        ("en", "a million dollars", [(1e6, "USD")]),
    ],
)
def test_units_and_what_is_none(language: str, text: str, expected: list[tuple[float, str]]) -> None:
    assert found(text, language) == expected


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_every_amount_is_where_it_says(text: str, language: str) -> None:
    folded = fold(text)
    end = 0
    for amount in amounts(folded, language):
        assert end <= amount.start < amount.end <= len(folded)
        assert amount.value > 0
        end = amount.end


@given(st.integers(1, 10**12), st.sampled_from(["${:,}", "US${:,}", "{:,} dollars", "USD {:,}", "{} dollars"]))
def test_a_sum_is_read_as_it_was_written(value: int, form: str) -> None:
    text = f"It cost {form.format(value)} in all."
    (amount,) = amounts(fold(text), "en")
    assert amount == Amount("money", float(value), "USD", amount.start, amount.end)
    assert f"{value:,}" in text[amount.start : amount.end] or str(value) in text[amount.start : amount.end]


@pytest.mark.parametrize(
    ("value", "unit", "label"),
    [
        (4e11, "USD", "400 billion USD"),
        (1.38e6, "bbl/d", "1.38 million barrels a day"),
        (2e13, "IRR", "20 trillion IRR"),
        (950.5, "t/y", "950.5 tonnes a year"),
        (12_500, "m3", "12,500 cubic metres"),
    ],
)
def test_an_amount_is_shown_in_words(value: float, unit: str, label: str) -> None:
    assert amount_label(value, unit) == label
