"""A text made ready: the words the folding gives, furniture left out, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis.prepared import Prepared, _cut, _cut_folded, prepare
from store.text import fold, tokens
from tests.crawler.analysis import texts


@given(st.text())
def test_words_are_those_of_the_folded_text(text: str) -> None:
    ready = Prepared(text)
    if len(ready.words) == len(ready._places) == sum(1 for _ in tokens(fold(text))):
        assert ready.words == tokens(fold(text))


@given(st.from_regex(r"[A-Za-z]{1,12}[.,;:!?]?", fullmatch=True))
def test_a_plain_word_is_what_folding_makes_of_it(piece: str) -> None:
    assert _cut(piece) == _cut_folded(piece)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=60))
def test_every_word_is_found_again_in_the_original(text: str) -> None:
    ready = Prepared(text)
    for at, word in enumerate(ready.words):
        start, end = ready.original_span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert word in tokens(fold(text[start:end])) or word in fold(text[start:end])


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“Tehran” – and Beijing!", (0, 1), "Tehran"),
        ("“Tehran” – and Beijing!", (0, 3), "Tehran” – and Beijing"),
        ("می‌گویند که ايران", (2, 3), "ايران"),
        ("伊朗和中國簽署", (3, 5), "中國"),
        ("one\n\n two  three", (1, 3), "two  three"),
    ],
)
def test_spans_lead_back_to_the_original(text: str, words: tuple[int, int], expected: str) -> None:
    start, end = prepare(text).original_span(*words)
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One is here. Two is there! And three?", ["one is here", "two is there", "and three"]),
        ("It cost 3.5 million, he said.", ["it cost 3 5 million he said"]),
        ("A headline\nThe first sentence.", ["a headline", "the first sentence"]),
        ("两国外长出席。文件没有公布", ["两 国 外 长 出 席", "文 件 没 有 公 布"]),
        ("آیا رفت؟ بله.", ["ایا رفت", "بله"]),
    ],
)
def test_sentences_end_where_they_should(text: str, expected: list[str]) -> None:
    ready = prepare(text)
    assert [" ".join(ready.words[begin:end]) for begin, end in ready.sentences] == expected


def test_the_lead_is_the_first_sentence_of_some_length() -> None:
    ready = prepare("By our staff\nParis, Monday\n" + texts.ORIGINAL)
    begin, end = ready.lead(8)
    assert " ".join(ready.words[begin:end]).startswith("the port authority")
    assert prepare("Too short.").lead(8) == (0, 2)
