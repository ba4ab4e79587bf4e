"""Hostile text meets the terminal."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.terminal import harmless, isolated, json_text, plain

ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
OBEYED = {"Cc", "Cs", "Cf", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Iran and China", "Iran and China"),
        ("red \x1b[31malert\x1b[0m", "red ␛[31malert␛[0m"),
        ("title\x1b]0;owned\x07", "title␛]0;owned␇"),
        ("one\r\ntwo\tthree", "one two three"),
        ("8-bit \x9b31m", "8-bit �31m"),
        ("evil\u202eslasrever", "evilslasrever"),
        ("می\u200cشود", "می\u200cشود"),
        ("  many   spaces ", "many spaces"),
        ("half \ud800 pair", "half � pair"),
    ],
)
def test_a_title_is_shown_without_what_a_terminal_obeys(title: str, shown: str) -> None:
    assert plain(title) == shown


@given(ANY_TEXT)
def test_nothing_a_terminal_obeys_survives_in_any_text(text: str) -> None:
    shown = harmless(text)
    assert all(char in "\u200c\u200d" or unicodedata.category(char) not in OBEYED for char in shown)
    assert harmless(shown) == shown


@given(ANY_TEXT)
def test_a_plain_text_is_one_line_and_stays_as_it_is_the_second_time(text: str) -> None:
    assert len(plain(text).splitlines()) <= 1
    assert plain(plain(text)) == plain(text)


def test_right_to_left_text_is_isolated_and_left_to_right_text_is_not() -> None:
    assert isolated("سند ۲۵ ساله") == "\u2068سند ۲۵ ساله\u2069"
    assert isolated("25-year plan") == "25-year plan"
    assert isolated("中伊全面合作计划") == "中伊全面合作计划"


def test_a_title_cannot_close_the_isolate_it_stands_in() -> None:
    assert isolated("ایران\u2069 \u2067abc") == "\u2068ایران abc\u2069"


@given(st.text(max_size=80))
def test_json_keeps_the_text(text: str) -> None:
    assert json.loads(json_text({"title": text})) == {"title": text}


@given(ANY_TEXT)
def test_json_holds_no_control_character_and_is_utf_8(text: str) -> None:
    document = json_text({"title": text})
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in document)
    document.encode()


def test_json_leaves_other_scripts_readable() -> None:
    assert "伊朗" in json_text({"title": "伊朗"})
