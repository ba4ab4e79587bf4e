"""The word lists: whole, consistent, and found in the forms that texts use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crawler.analysis import senses
from crawler.analysis.senses import Senses
from store.text import fold, tokens

FOLDER = Path(senses.__file__).parent / "words"


def found(text: str, language: str) -> list[str]:
    return [item.sense for item in senses.find(tokens(fold(text)), language)]


@pytest.mark.parametrize("name", ["senses.csv", "places.csv"])
def test_every_sense_has_words_in_every_language_and_a_weight(name: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {language for row in rows for language in row} - {"sense", "weight"} == senses.languages()
    for row in rows:
        assert 0.4 <= float(row["weight"]) <= 1.0
        assert all(row[language].split() for language in ("en", "fa", "zh", "ar", "ru", "tr", "de")), row["sense"]
    assert len({row["sense"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The foreign ministers signed it", "en", ["foreign_minister", "sign"]),
        ("inked an accord", "en", ["sign", "agreement"]),
        ("رئیس‌جمهور", "fa", ["head_of_state"]),
        ("رئیس جمهور", "fa", ["head_of_state"]),
        ("سند را امضا کردند", "fa", ["agreement", "sign"]),
        ("签署协议", "zh", ["sign", "agreement"]),
        ("簽署協議", "zh", ["sign", "agreement"]),
        ("وبالاتفاق", "ar", ["agreement"]),
        ("للصين", "ar", ["china"]),
        ("подписали договор", "ru", ["sign", "agreement"]),
        ("anlaşmayı imzaladı", "tr", ["agreement", "sign"]),
        ("unterzeichneten das Abkommen", "de", ["sign", "agreement"]),
        ("signed", "xx", []),
        ("", "en", []),
    ],
)
def test_words_are_found_in_their_forms(text: str, language: str, expected: list[str]) -> None:
    assert found(text, language) == expected


def test_the_longest_term_wins_and_none_overlap() -> None:
    known = Senses([("foreign_minister*", "diplomat"), ("minister", "minister"), ("foreign", "abroad")])
    words = tokens("the foreign ministers and a foreign minister")
    assert [(item.sense, item.start, item.width) for item in known.find(words)] == [
        ("diplomat", 1, 2),
        ("diplomat", 5, 2),
    ]
    assert [item.sense for item in known.find(["foreign"])] == ["abroad"]


def test_a_term_without_letters_is_no_term() -> None:
    assert Senses([("*", "nothing")]).find(["anything"]) == []


def test_senses_of_a_lexicon_weigh_most() -> None:
    assert senses.weight("not in any list") == 1.0
    assert senses.weight("large") < senses.weight("earthquake")


def test_places_are_found_alone() -> None:
    words = tokens(fold("The foreign minister signed it in Paris"))
    assert [(item.sense, item.start) for item in senses.find_places(words, "en")] == [("france", 6)]
    assert senses.find_places(words, "xx") == []
