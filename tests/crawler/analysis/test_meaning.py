"""A retelling is heard in other words and other languages; a report of one's own on the same event is not."""

from __future__ import annotations

import pytest

from crawler.analysis.meaning import Gist, echo, gist, language_of, quoted, stem
from crawler.analysis.prepared import prepare
from store.text import fold
from tests.crawler.analysis import texts


def told(one: str, other: str, languages: tuple[str, str] = ("en", "en")) -> float:
    return echo(gist(prepare(one), languages[0]), gist(prepare(other), languages[1])).score


@pytest.mark.parametrize(
    ("one", "other", "languages"),
    [
        (texts.ORIGINAL, texts.REWRITE, ("en", "en")),
        (texts.ENGLISH_OF_PERSIAN, texts.PERSIAN, ("en", "fa")),
        (texts.RUSSIAN_OF_PERSIAN, texts.PERSIAN, ("ru", "fa")),
        (texts.RUSSIAN_OF_PERSIAN, texts.ENGLISH_OF_PERSIAN, ("ru", "en")),
    ],
)
def test_a_retelling_echoes(one: str, other: str, languages: tuple[str, str]) -> None:
    assert told(one, other, languages) > 0.5


@pytest.mark.parametrize(
    ("one", "other", "languages"),
    [
        (texts.ORIGINAL, texts.INDEPENDENT, ("en", "en")),
        (texts.ORIGINAL, texts.OTHER, ("en", "en")),
        (texts.ENGLISH_OF_PERSIAN, texts.CHINESE, ("en", "zh")),
        (texts.ARABIC, texts.CHINESE, ("ar", "zh")),
        (texts.ORIGINAL, "", ("en", "en")),
        ("", "", ("en", "en")),
        ("yes", "yes", ("xx", "xx")),
    ],
)
def test_other_texts_do_not(one: str, other: str, languages: tuple[str, str]) -> None:
    assert told(one, other, languages) < 0.15


def test_echo_is_the_same_both_ways() -> None:
    one, other = gist(prepare(texts.ORIGINAL), "en"), gist(prepare(texts.REWRITE), "en")
    there, back = echo(one, other), echo(other, one)
    assert there.score == pytest.approx(back.score)
    assert [(pair.a, pair.b) for pair in there.pairs] == [(pair.b, pair.a) for pair in back.pairs]


def test_pairs_are_in_order_and_add_up() -> None:
    found = echo(gist(prepare(texts.ORIGINAL), "en"), gist(prepare(texts.REWRITE), "en"))
    assert [pair.a for pair in found.pairs] == sorted({pair.a for pair in found.pairs})
    assert [pair.b for pair in found.pairs] == sorted({pair.b for pair in found.pairs})
    assert sum(pair.gain for pair in found.pairs) == pytest.approx(found.score)


def test_names_count_between_languages_of_one_alphabet_only() -> None:
    english, german = Gist("en", (frozenset({"w:osgood", "w:marlow"}),), ((0, 2),)), "de"
    same_letters = Gist(german, english.sentences, english.spans)
    other_letters = Gist("ru", english.sentences, english.spans)
    assert echo(english, english).score > 0
    assert echo(english, other_letters).score == 0
    assert echo(english, same_letters).score == 0  # names alone weigh nothing between two languages


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("fa-IR", texts.CHINESE, "fa"),
        ("und", texts.CHINESE, "zh"),
        ("und", texts.PERSIAN, "fa"),
        ("", texts.ARABIC, "ar"),
        ("mul", texts.RUSSIAN_OF_PERSIAN, "ru"),
        ("und", texts.ORIGINAL, "en"),
        ("und", "", "en"),
    ],
)
def test_an_unknown_language_is_guessed_by_its_script(tag: str, text: str, expected: str) -> None:
    assert language_of(tag, prepare(text)) == expected


def test_sentences_that_are_shared_word_for_word_are_known() -> None:
    side = gist(prepare("The mayor signed the treaty. The bank will lend the money."), "en")
    assert quoted(side, [1] * 5 + [0] * 6, 0.6) == {0}


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("والمصافي", "ar", "مصافی"),
        ("المصافي", "ar", "مصافی"),
        ("للمصافي", "ar", "مصافی"),
        ("الحوت", "ar", "الحوت"),
        ("المصافي", "fa", "المصاف"),
        ("refineries", "en", "refine"),
    ],
)
def test_arabic_words_count_without_what_is_joined_to_them(word: str, language: str, expected: str) -> None:
    assert stem([fold(word)], 0, language) == fold(expected)
