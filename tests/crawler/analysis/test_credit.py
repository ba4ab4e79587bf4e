"""The agency that a text says it is from, in the forms that agencies and papers use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crawler.analysis import credit

WORDS = Path(credit.__file__).parent / "words"
REST = " The two sides agreed on a railway and a port, officials said after the meeting. " * 6


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("TEHRAN (Reuters) - The port opened on Monday.", "reuters"),
        ("BEIJING, March 3 (Xinhua) -- The port opened.", "xinhua"),
        ("TEHRAN, March 3 Xinhua -- The port opened.", "xinhua"),
        ("Tehran, IRNA – The port opened.", "irna"),
        ("МОСКВА, 3 марта. /ТАСС/. Порт открыт.", "tass"),
        ("МОСКВА, 3 мар — РИА Новости. Порт открыт.", "ria"),
        ("Тегеран. 3 марта (ИРНА) Порт открыт.", "irna"),
        ("新华社德黑兰3月3日电 港口开放。", "xinhua"),
        ("新華社德黑蘭3月3日電 港口開放。", "xinhua"),
        ("据新华社报道,港口开放。", "xinhua"),
        ("中新社北京3月3日电 港口开放。", "chinanews"),
        ("به گزارش ایرنا، بندر روز دوشنبه گشایش یافت.", "irna"),
        ("به گزارش خبرگزاری فارس، بندر گشایش یافت.", "fars"),
        ("به نقل از خبرگزاری تسنیم بندر گشایش یافت.", "tasnim"),
        ("طهران (إرنا) افتتح الميناء يوم الاثنين.", "irna"),
        ("ANKARA (AA) - Liman açıldı.", "anadolu"),
        ("Teheran (dpa) - Der Hafen ist offen.", "dpa"),
        ("新华社德黑兰电 港口开放。", "xinhua"),
        ("新华社德黑兰电(记者某某)港口开放。", "xinhua"),
        ("Как сообщает ИРНА, порт открыт.", "irna"),
        ("Порт открыт. Об этом сообщает агентство ТАСС.", "tass"),
        ("Москва. 3 марта. INTERFAX.RU - Порт открыт.", "interfax"),
        ("به گزارش خبرنگار مهر، بندر گشایش یافت.", "mehr"),
        ("به گزارش گروه بین‌الملل خبرگزاری فارس، بندر گشایش یافت.", "fars"),
        ("طهران (أ ف ب) - افتتح الميناء.", "afp"),
        ("Teheran (dpa/AFP) - Der Hafen ist offen.", "dpa"),
        ("According to IRNA, the port opened on Monday.", "irna"),
        ("WASHINGTON, March 3 (UPI) -- The port opened.", "upi"),
        ("新华社记者打来电话说港口开放。", ""),
        ("По данным министерства, порт открыт.", ""),
        ("The port opened, according to the IRNA correspondent.", ""),
        ("TEHRAN — The port opened on Monday.", ""),
        ("The Reuters-linked fund opened an office in Tehran.", ""),
        ("The port opened on Monday, the minister told Reuters in a brief interview.", ""),
        ("", ""),
    ],
)
def test_the_opening_names_the_agency(text: str, agency: str) -> None:
    assert credit.credited(text + REST) == agency


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("Source: IRNA", "irna"),
        ("来源:新华社", "xinhua"),
        ("منبع: ایسنا", "isna"),
        ("المصدر: رويترز", "reuters"),
        ("Источник: ТАСС", "tass"),
        ("Kaynak: Anadolu Ajansı", "anadolu"),
        ("(dpa)", "dpa"),
        ("The minister left on Tuesday. – IRNA", "irna"),
        ("(Reporting by A. Writer; editing by B. Editor, Reuters)", "reuters"),
        ("The ministry did not answer Reuters.", ""),
    ],
)
def test_the_end_names_the_agency(end: str, agency: str) -> None:
    assert credit.credited(f"The port opened on Monday.{REST}\n{end}") == agency


def test_what_is_named_in_between_is_quoted_not_credited() -> None:
    assert credit.credited(f"{REST} He said so to the paper (Reuters) later. {REST}") == ""


def test_the_opening_goes_before_the_byline_and_that_before_the_end() -> None:
    text = f"The port opened.{REST}\nSource: IRNA"
    assert credit.credited(f"TEHRAN (AFP) - {text}", ["Reuters"]) == "afp"
    assert credit.credited(text, ["Jane Doe", "Reuters"]) == "reuters"
    assert credit.credited(text, ["Jane Doe"]) == "irna"


def test_an_agency_is_known_by_its_site() -> None:
    assert [credit.agency_of(site) for site in ("irna.ir", "news.cn", "paper.example")] == ["irna", "xinhua", ""]


def test_every_form_of_a_credit_line_finds_its_own_example() -> None:
    with (WORDS / "credits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["example"] + REST if row["place"] == "opening" else REST + row["example"]
            assert credit.credited(text), row


def test_no_name_is_two_agencies() -> None:
    with (WORDS / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [(credit.fold(name), row["agency"]) for row in rows for name in row["names"].split(";")]
    assert len(dict(names)) == len(set(names))
