"""Terms are found by the rules of their script, and at the right place of the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis import matcher
from crawler.analysis.lexicon import Lexicon, Term
from crawler.analysis.matcher import default_match, original_span
from store.text import Folded, fold


def term(
    text: str, match: str, language: str = "en", *, concept: str = "it", side: str = "one", case: str = "",
    own: bool = False,
) -> Term:  # fmt: skip
    return Term(
        concept=concept, kind="country", side=side, strength="anchor", language=language, text=text, match=match,
        case=case, own=own,
    )  # fmt: skip


def found(terms: list[Term], text: str, language: str = "und") -> list[str]:
    folded = Folded(text)
    hits = Lexicon(terms).find(folded, language)
    return [text[slice(*original_span(folded, hit.start, hit.end))] for hit in hits]


@pytest.mark.parametrize(
    ("text", "match", "language", "where", "expected"),
    [
        ("Iran", "word", "en", "Tirana and Kiran, but Iran's minister", ["Iran"]),
        ("Chine", "word", "fr", "La machine chinoise de Chine", ["Chine"]),
        ("Иран", "prefix", "ru", "Тирана, тиран, Ираном", ["Иран"]),
        ("伊朗", "substring", "zh", "同伊朗外长通电话", ["伊朗"]),
        ("Wang Yi", "word", "en", "外长王毅Wang Yi说", ["Wang Yi"]),
        ("الصين", "clitic", "ar", "زيارة للصين وبالصين", ["للصين", "الصين"]),
        ("بكين", "clitic", "ar", "وبكين ترد، أبكينا", ["بكين"]),
        ("إيران", "clitic", "ar", "الطيران فوق لإيران", ["إيران"]),
        ("چین", "suffix", "fa", "گلچین و چین", ["چین"]),
        ("ایرانی", "suffix", "fa", "شرکت‌های ایرانی‌ها", ["ایرانی\u200c"]),
        ("이란", "word", "ko", "사랑이란 무엇, 이란 대통령", ["이란"]),
        ("İran", "word", "tr", "İRAN'IN kararı", ["İRAN"]),
        ("Çin", "word", "tr", "Bunun için değil, Çin’in", ["Çin"]),
        ("סין", "clitic", "he", "בסין ולא יסינים", ["סין"]),
        ("ईरान", "prefix", "hi", "ईरानी तेल", ["ईरान"]),
    ],
)
def test_each_script_has_its_borders(text: str, match: str, language: str, where: str, expected: list[str]) -> None:
    assert found([term(text, match, language)], where, language) == expected


def test_a_name_needs_its_capital_unless_the_text_has_none() -> None:
    china = [term("China", "word", case="cap")]
    assert found(china, "Fine china from China") == ["China"]
    assert found(china, "talks in china end") == ["china"]
    assert found(china, "CHINA AND RUSSIA") == ["CHINA"]


def test_an_abbreviation_stands_as_it_is_written() -> None:
    assert found([term("SCO", "word", case="exact")], "The SCO, not Sco or sco") == ["SCO"]


def test_a_common_word_counts_in_its_own_language_only() -> None:
    china = [term("china", "word", "es", own=True)]
    assert found(china, "empresa china", "es") == ["china"]
    assert found(china, "empresa china", "gl") == ["china"]
    assert found(china, "fine china", "en") == []
    assert found(china, "fine china", "und") == ["china"]


def test_a_mask_hides_what_it_covers() -> None:
    terms = [term("China", "word"), term("South China Sea", "word", side="mask", concept="sea")]
    assert found(terms, "China patrols the South China Sea") == ["China"]


def test_a_longer_term_is_stronger_than_a_mask_within_it() -> None:
    terms = [
        term("伊斯兰", "substring", "zh", side="mask", concept="islam"),
        term("伊斯兰革命卫队", "substring", "zh", concept="guard"),
        term("对伊", "substring", "zh", concept="abbreviation"),
    ]
    assert found(terms, "伊斯兰革命卫队声明") == ["伊斯兰革命卫队"]
    assert found(terms, "对伊斯兰教的研究") == []


def test_spellings_of_one_concept_at_one_place_are_one_hit() -> None:
    assert found([term("Iran", "word"), term("Iran", "prefix", "de")], "Iran") == ["Iran"]


@pytest.mark.parametrize(
    ("language", "stem", "match"),
    [("zh", True, "substring"), ("ar", True, "clitic-prefix"), ("fa", False, "suffix"), ("en", True, "prefix")],
)
def test_a_language_says_how_its_words_are_matched(language: str, stem: bool, match: str) -> None:
    assert default_match(language, stem=stem) == match


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_hit_is_where_it_says(before: str, after: str) -> None:
    text = f"{before} 伊朗 {after}"
    folded = Folded(text)
    for hit in Lexicon([term("伊朗", "substring", "zh")]).find(folded, "zh"):
        first, last = original_span(folded, hit.start, hit.end)
        assert Folded(text[first:last]).text == "伊朗"


def test_letters_stay_in_their_alphabet_when_they_are_folded() -> None:
    """Else a term could be looked for with the wrong alphabet, or a text that holds it pass for one of another."""
    for letters in matcher._ALPHABETS:
        for code in range(0x10FFFF):
            if letters.match(chr(code)):
                folded = fold(chr(code))
                assert not folded or letters.search(folded), f"{code:04x} {chr(code)}: {folded}"


@pytest.mark.parametrize("text", ["Iran и Китай", "Китай (China) 与 Иран", "ایران و China", "이란·中国 Iran"])
def test_texts_of_several_alphabets_show_the_terms_of_each(text: str) -> None:
    words = ["Iran", "China", "Иран", "Китай", "ایران", "中国", "이란"]
    terms = [term(word, "substring", "und", concept=word) for word in words]
    assert found(terms, text) == sorted((w for w in words if w in text), key=lambda w: text.index(w) + len(w))


def test_a_term_without_letters_of_its_own_is_found_anywhere() -> None:
    assert found([term("İran", "word"), term("ＳＣＯ", "word", "zh")], "iran and SCO") == ["iran", "SCO"]
