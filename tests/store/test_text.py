"""The one folding: what is one word to the house, and where it stood."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import fold, fold_with_map, token_spans, tokens, traditional_forms

ONE_WORD = [
    ("case", ["Iran", "IRAN", "iran"]),
    ("Turkish i", ["İRAN", "ıran", "iran", "i\u0307ran"]),
    ("Turkish ç, composed or not", ["ÇİN", "çin", "c\u0327in", "Çın"]),
    ("sharp s", ["Straße", "STRASSE", "strasse"]),
    ("yo", ["ещё", "ЕЩЕ"]),
    ("Russian stress mark", ["Ира\u0301н", "иран"]),
    ("final sigma", ["ΤΗΛΟΣ", "τηλος"]),
    ("full width", ["ＩＲＡＮ", "iran"]),
    ("ligature", ["oﬃce", "office"]),
    ("Arabic and Persian yeh and kaf", ["چين", "چین"]),
    ("alefs", ["إيران", "ايران", "ایران", "أيران", "ٱیران"]),
    ("kaf", ["بكين", "بکین"]),
    ("heh and teh marbuta", ["اتفاقية", "اتفاقیه", "اتفاقیۀ"]),
    ("harakat", ["إِيرَانُ", "ایران"]),
    ("tatweel", ["ایـــران", "ایران"]),
    ("presentation forms", ["\ufe8d\ufbfe\ufead\ufe8d\ufee5", "ایران"]),
    ("joiner and non-joiner", ["توافق\u200cنامه", "توافقنامه", "توافق\u200dنامه"]),
    ("bidi marks", ["\u202bایران\u202c", "\u2067ایران\u2069", "\u200fایران\u200e", "ایران"]),
    ("soft hyphen and zero-width space", ["Bei\u00adjing", "Bei\u200bjing", "beijing", "\ufeffbeijing"]),
    ("variation selector", ["中\ufe00国", "中国"]),
    ("traditional Chinese", ["中國", "中国"]),
    ("Hong Kong variant", ["衞生", "衛生", "卫生"]),
    ("a chain of variants", ["薴", "苎"]),
    ("著 per character", ["隨著", "随着"]),
    ("compatibility ideograph", ["\uf90a", "金"]),
    ("Hangul in parts", [unicodedata.normalize("NFD", "이란"), "이란"]),
    ("half-width kana", ["ｲﾗﾝ", "イラン"]),
    ("digits", ["۲۵", "٢٥", "25", "２５", "२५"]),
    ("dashes", ["Iran–China", "Iran—China", "Iran‑China", "iran-china", "iran−china"]),
    ("apostrophes", ["China’s", "China's", "Chinaʼs", "china`s"]),
    ("quotation marks", ["«x»", "“x”", '"x"', "„x‟"]),
    ("middle dots", ["穆杰塔巴·哈梅内伊", "穆杰塔巴・哈梅内伊", "穆杰塔巴‧哈梅內伊"]),
    ("white space", ["a b", "  a\u00a0\n\t b ", "a\u2028b", "a\x00b", "a\u3000b"]),
    ("Persian punctuation", ["تهران، ۲؟", "تهران, 2?"]),
]


@pytest.mark.parametrize(("what", "spellings"), ONE_WORD, ids=[what for what, _ in ONE_WORD])
def test_spellings_of_one_word_fold_to_one_form(what: str, spellings: list[str]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[-1])}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Çin", "cin"), ("й", "и"), ("Irán", "Iran"), ("चीन", "चन"), ("か", "が"), ("مسؤول", "مسوول"), ("中", "伊")],
)
def test_letters_that_make_another_word_are_kept_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_is_closed_over_every_character() -> None:
    for code in range(0x110000):
        folded = fold(chr(code))
        assert fold(folded) == folded, hex(code)


def test_every_pair_that_composes_is_read_as_its_composition() -> None:
    for code in range(0x30000):
        parts = unicodedata.decomposition(chr(code))
        if parts and not parts.startswith("<"):
            text = "".join(chr(int(part, 16)) for part in parts.split())
            assert fold(text) == fold(chr(code)), hex(code)
            if len(unicodedata.normalize("NFC", text)) == 1:
                assert set(fold_with_map(text).starts) <= {0}, hex(code)


TRICKY = (
    "aIİıßﬁ éé\u0301\u0307\u0327ёЁ\u200c\u200f\u00ad\u034f\u1100\u1161\u11a8각가かﾞ\u3099ー中國著薴"
    'يكةآا\u064e\u0653\u0640·–’"*-\n\t \u3000\ud800\x00\x1c½…ๆไि्१۲'
)
any_text = st.text() | st.text(alphabet=TRICKY, max_size=12) | st.text(alphabet=TRICKY)


@given(any_text)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_traditional_forms_are_exactly_the_characters_that_fold_to_another() -> None:
    forms = traditional_forms()
    assert forms["国"] == ("國",)
    assert "著" in forms["着"]  # folded by our own rule, not by the library
    folded = {char: fold(char) for char in map(chr, range(0x4E00, 0xA000))}
    assert {char for chars in forms.values() for char in chars} == {c for c, simple in folded.items() if c != simple}
    assert all(folded[char] == simple for simple, chars in forms.items() for char in chars)


@given(any_text)
def test_folded_text_has_single_spaces_and_none_at_the_ends(text: str) -> None:
    folded = fold(text)
    assert " ".join(folded.split()) == folded


@given(any_text)
def test_the_map_covers_the_folded_text_and_never_falls(text: str) -> None:
    folded = fold_with_map(text)
    starts = list(folded.starts)
    assert folded.text == fold(text)
    assert len(starts) == len(folded.text)
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)


@given(any_text, st.data())
def test_the_original_of_a_folded_token_folds_to_what_holds_it(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    spans = token_spans(folded.text)
    if spans:
        start, end = data.draw(st.sampled_from(spans))
        first, last = folded.span(start, end)
        assert first < last
        assert folded.text[start:end] in fold(text[first:last])


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("  Visit to  Iran\u200f, today", "iran", "Iran\u200f"),
        ("قال إِيرانُ أمس", "ایران", "إِيرانُ"),
        ("این توافق\u200cنامه بود", "توافقنامه", "توافق\u200cنامه"),
        ("die Straße.", "strasse", "Straße"),
        ("die Straße.", "stras", "Straß"),
        ("中國與伊朗", "伊朗", "伊朗"),
        ("an oﬃce", "office", "oﬃce"),
        ("xe\u0301 y", "é", "e\u0301"),
        ("the end  ", "end", "end"),
    ],
)
def test_a_folded_span_leads_back_to_the_original(text: str, word: str, original: str) -> None:
    folded = fold_with_map(text)
    start = folded.text.index(word)
    first, last = folded.span(start, start + len(word))
    assert text[first:last] == original


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (3, 99), (2, 1)])
def test_a_span_outside_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError, match="not within"):
        fold_with_map("Iran").span(start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran-China: l'Iran, 25-year", ["iran", "china", "l", "iran", "25", "year"]),
        ("伊朗Iran访华", ["伊", "朗", "iran", "访", "华"]),
        ("イラン", ["イ", "ラ", "ン"]),
        ("ईरान और चीन।", ["ईरान", "और", "चीन"]),
        ("이란과 중국", ["이란과", "중국"]),
        ("snake_case ²", ["snake", "case", "2"]),
        ("…", []),
    ],
)
def test_tokens_are_words_or_single_characters(text: str, expected: list[str]) -> None:
    assert tokens(fold(text)) == expected


@given(any_text)
def test_token_spans_are_where_the_tokens_stand(text: str) -> None:
    folded = fold(text)
    assert [folded[start:end] for start, end in token_spans(folded)] == tokens(folded)


@given(st.text(alphabet=TRICKY, min_size=1, max_size=6), st.integers(9, 40))
def test_a_long_text_is_folded_like_its_parts(part: str, times: int) -> None:
    """Long texts are folded by another way than short ones: each changed character at once."""
    assert fold(" ".join([part] * times)) == " ".join([fold(part)] * times if fold(part) else [])
