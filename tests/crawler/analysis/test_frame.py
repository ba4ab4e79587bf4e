"""A frame that two texts have in common makes no likeness; what copies have in common is no frame."""

from __future__ import annotations

import pytest

from crawler.analysis.align import align
from crawler.analysis.frame import without_frame
from crawler.analysis.prepared import Prepared, prepare
from tests.crawler.analysis import texts

MENU = "Zurück Mappe Kachel Börse Leute Regal "
NOTE = " Gefunden in Kachel und Leute von Mappe"


def parts(one: str, other: str) -> tuple[Prepared, Prepared]:
    a, b = prepare(one), prepare(other)
    return without_frame(a, b, align(a.words, b.words)) or (a, b)


def words(one: str, other: str) -> tuple[str, str]:
    a, b = parts(one, other)
    return " ".join(a.words), " ".join(b.words)


def test_an_unknown_menu_and_note_are_left_out() -> None:
    a, b = words(MENU + texts.OTHER + NOTE, MENU + texts.INDEPENDENT + NOTE)
    assert a == " ".join(prepare(texts.OTHER).words)
    assert b == " ".join(prepare(texts.INDEPENDENT).words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MENU + texts.ORIGINAL + NOTE, MENU + texts.LIGHT_EDIT + NOTE),
        (texts.ORIGINAL, texts.LIGHT_EDIT),
        (texts.ORIGINAL, texts.BRIEF),
        ("A lead in common. " + texts.OTHER, "A lead in common. " + texts.INDEPENDENT),
        (MENU, MENU + "mehr"),
        ("", ""),
        (texts.ORIGINAL, texts.OTHER),
    ],
)
def test_copies_leads_and_strangers_keep_their_words(one: str, other: str) -> None:
    assert words(one, other) == (" ".join(prepare(one).words), " ".join(prepare(other).words))


def test_passages_still_lead_back_to_the_original() -> None:
    text = MENU + texts.OTHER
    ready, _ = parts(text, MENU + texts.INDEPENDENT)
    start, end = ready.original_span(0, 3)
    assert text[start:end] == "The national library"
