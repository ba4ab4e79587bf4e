"""The cheap look takes a Latin term for one only where a word begins, and sees through the escapes of letters."""

from __future__ import annotations

import pytest

from crawler.analysis.lexicon_spellings import Spelling
from crawler.extraction.look import Look

LOOK = Look({"iran": ["Iran", "Irán", "伊朗", "ایران"], "china": ["China", "Xi"]})


@pytest.mark.parametrize("text", ["Miranda sang", "an ultrairanian accent", "the 7iran key", "decorxirans"])
def test_the_middle_of_a_word_is_no_term(text: str) -> None:
    assert LOOK.sides(text.encode()) == frozenset()


@pytest.mark.parametrize(
    "raw",
    [
        b"<p>Iran", b"anti-Iranian", b"pro_iran", rb'{"body":"\nIran and"}', rb'"\u003eIran"', b"q=%20Iran",
        "über Iran".encode("windows-1252"), "與Iran".encode("big5"), "与Iran".encode("gb18030"), "иIran".encode(),
        "Iran".encode("utf-16-le"), "a Iran".encode("utf-16-be"), b"Iran", b"IRAN", b"iranisch",
    ],
)  # fmt: skip
def test_a_term_is_seen_wherever_a_word_begins(raw: bytes) -> None:
    assert LOOK.sides(raw) == {"iran"}


@pytest.mark.parametrize(
    "raw",
    [
        b"Ir&aacute;n", b"Ir&#225;n", b"Ir&#xE1;n", rb'"Ir\u00e1n"', rb'"\u0627\u06CC\u0631\u0627\u0646"',
        b"&#20234;&#26391;", b"&#x4F0A;&#x6717;", b"&#73;ran", rb'"\u0049ran"',
    ],
)  # fmt: skip
def test_escaped_letters_are_letters(raw: bytes) -> None:
    assert LOOK.sides(b"<p>&nbsp;" + raw) == {"iran"}


def test_a_term_inside_a_word_does_not_hide_the_same_term_elsewhere() -> None:
    assert LOOK.sides(b"Miranda of Iran met Xi") == {"iran", "china"}


PHRASES = Look(
    {"iran": ["South Pars", "25 Jahre", "۱+۵", "25 साल का समझौत", "ايران"], "china": ["Premier Li", "一带一路"]}
)


@pytest.mark.parametrize(
    "text", ["South of the park", "25 people, 3 years", "Nr. 1", "25 रुपये", "the premier of a film, reliable"]
)
def test_one_word_of_a_phrase_is_not_the_phrase(text: str) -> None:
    assert PHRASES.sides(text.encode()) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "the South\n<b>Pars</b> field",
        "vor 25&nbsp;Jahren",
        "گروه ۱+۵",
        "25 साल का समझौता",
        "ایران",
        "إيران",
        "اي\u200cران",
    ],
)
def test_the_words_of_a_phrase_are_found_near_each_other_in_any_digits_and_letters(text: str) -> None:
    assert PHRASES.sides(text.encode()) == {"iran"}


@pytest.mark.parametrize(
    "text",
    [
        "the People’s Daily wrote",
        "the People's Daily",
        "PEOPLE’S <b>DAILY</b>",
        "People&rsquo;s Daily",
        "People&#39;s Daily",
        "People\\u2019s Daily",
    ],
)
def test_typographic_marks_are_plain_ones(text: str) -> None:
    assert Look({"china": ["People's Daily"]}).sides(text.encode()) == {"china"}


STRICT = Look(
    {
        "iran": [Spelling("Raisi", "word"), Spelling("Irani", "prefix"), Spelling("Pars Sud", "word")],
        "china": [Spelling("شی آن", "suffix"), Spelling("چین", "suffix"), Spelling("صین", "clitic")],
    }
)


@pytest.mark.parametrize("text", ["raising raisins", "Pars Sudden", "Parsi sud", "ماچین", "ماشین آنها گذشتن"])
def test_a_term_that_wants_a_word_of_its_own_is_not_seen_as_a_part_of_one(text: str) -> None:
    assert STRICT.sides(text.encode()) == frozenset()


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Raisi's visit", "iran"),
        (r'"Raisi\u2019s"', "iran"),
        ("Raisi<b>", "iran"),
        ("RAISI", "iran"),
        ("Iranians", "iran"),
        ("Pars-Sud", "iran"),
        ("چین", "china"),
        ("،چینی", "china"),
        ("۲۵چین", "china"),
        ("شی آن", "china"),
        ("والصین", "china"),
    ],
)
def test_a_term_is_seen_with_what_may_stand_at_its_sides(text: str, side: str) -> None:
    assert STRICT.sides(text.encode()) == {side}
