"""What matched is marked in the text as it was stored."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.marks import Marker, merged
from store.search.passage import passage
from store.search.query import parse


def nothing(_: str) -> tuple[str, ...]:
    return ()


def marked(typed: str, text: str, language: str) -> str:
    hits = Marker(parse(typed), language, nothing).in_original(text)
    shown, at = "", 0
    for start, end in merged(hits):
        shown += f"{text[at:start]}<{text[start:end]}>"
        at = end
    return shown + text[at:]


@pytest.mark.parametrize(
    ("language", "typed", "text", "expected"),
    [
        ("en", "sanction china", "China’s Sanctions, sanctioned", "<China>’s <Sanctions>, sanctioned"),
        ("en", '"oil deal"', "oil, deal; deal oil; Oil  Deal", "<oil, deal>; deal oil; <Oil  Deal>"),
        ("en", "refin*", "Refinery (refined)", "<Refinery> (<refined>)"),
        ("fa", "توافقنامه", "متن توافق\u200cنامه", "متن <توافق\u200cنامه>"),
        ("fa", "نامه", "متن توافق\u200cنامه", "متن توافق\u200c<نامه>"),
        ("fa", "ايران", "در ایران", "در <ایران>"),
        ("ar", "الصين", "قال للصين وبالصِّين", "قال <للصين> <وبالصِّين>"),
        ("zh", "中国", "伊朗與中國的", "伊朗與<中國>的"),
        ("zh", "国", "中國", "中<國>"),
        ("ru", "Иран", "Ираном и Иран", "<Ираном> и <Иран>"),
        ("tr", "iran", "İRAN'ın", "<İRAN>'ın"),
        ("de", "Strasse", "die Straße.", "die <Straße>."),
        ("en", "teheran", "Teherán", "<Teherán>"),
        ("en", "5G技术", "用5G技术和5g 技术", "用<5G技术>和<5g 技术>"),
        ("ko", "중국", "이란과 중국의", "이란과 <중국>의"),
        ("en", "oil -gas", "oil gas", "<oil> gas"),
    ],
)
def test_matches_are_marked(language: str, typed: str, text: str, expected: str) -> None:
    assert marked(typed, text, language) == expected


@given(st.text(max_size=80), st.text(max_size=12), st.sampled_from(["en", "fa", "zh", "ar", "ru", "und"]))
def test_marks_stand_in_the_text_apart_and_in_order(text: str, typed: str, language: str) -> None:
    marker = Marker(parse(typed), language, nothing)
    spans = merged(marker.in_original(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    found = passage(text, marker.in_original(text), {})
    assert text[found.start : found.end] == found.text
    assert all(0 <= start < end <= len(found.text) for start, end in found.marks)


def test_a_passage_is_the_part_that_says_most() -> None:
    far = "Nothing here. " * 60
    text = f"Iran is named first. {far}Then China buys the oil of Iran. {far}Oil again. {far}"
    hits = Marker(parse("iran china oil"), "en", nothing).in_original(text)
    found = passage(text, hits, {0: 1.0, 1: 2.0, 2: 1.5})
    assert found.text.startswith("Then China buys the oil of Iran.")
    assert [found.text[a:b] for a, b in found.marks] == ["China", "oil", "Iran"]
    assert not found.begins and not found.ends


def test_a_passage_without_hits_is_the_beginning() -> None:
    found = passage("A short text. ", [], {})
    assert (found.text, found.marks, found.begins, found.ends) == ("A short text.", (), True, True)


def test_a_chinese_passage_is_half_as_many_characters() -> None:
    text = "伊朗与中国签署协议。" * 60
    found = passage(text, Marker(parse("协议"), "zh", nothing).in_original(text), {})
    assert 100 <= len(found.text) <= 130
