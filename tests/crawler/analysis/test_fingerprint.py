"""Fingerprints: stable over releases, blind to spelling and furniture, and shared by whatever shares enough text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.analysis import fingerprint as module
from crawler.analysis.fingerprint import digest, fingerprint, shingles, singles
from tests.crawler.analysis import texts

words = st.lists(st.text("abcdefghijklmnop", min_size=3, max_size=7), min_size=0, max_size=160)


def test_the_values_of_version_1_never_change() -> None:
    marks = fingerprint("The port authority of Marlow opened a second container terminal on Tuesday.")
    assert marks.version == module.VERSION == 1
    assert [f"{value:012x}" for value in marks.hashes] == ["0608613cdd5d", "07708c24cf9c", "3aa03b539b65"]
    assert marks.tokens == 12
    assert marks.digest.startswith("8479e0fa865fd674")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (texts.ORIGINAL, texts.ORIGINAL.upper()),
        (texts.ORIGINAL, texts.ORIGINAL.replace(",", " ,").replace("\n", "  \n\n")),
        (texts.PERSIAN, texts.PERSIAN_ARABIC_LETTERS),
        (texts.CHINESE, texts.CHINESE_TRADITIONAL),
        (texts.ORIGINAL, "Home | World | Sport | Video\n" + texts.ORIGINAL + "\nAll rights reserved."),
    ],
)
def test_spelling_and_furniture_make_no_difference(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


def test_other_texts_have_other_marks() -> None:
    assert not set(fingerprint(texts.ORIGINAL).hashes) & set(fingerprint(texts.OTHER).hashes)
    assert fingerprint(texts.ORIGINAL).digest != fingerprint(texts.LIGHT_EDIT).digest


@pytest.mark.parametrize("text", ["", "   ", "—", "!?"])
def test_a_text_without_words_has_no_marks(text: str) -> None:
    assert fingerprint(text).hashes == ()
    assert shingles(text) == ()


@given(words)
def test_hashes_are_48_bits_and_shingles_hold_the_winnowed_kind(found: list[str]) -> None:
    marks = fingerprint(" ".join(found))
    assert all(0 <= value < 2**48 for value in (*marks.hashes, *shingles(" ".join(found))))
    assert bool(marks.hashes) == bool(found)
    assert marks.tokens == len(found)


@settings(max_examples=60)
@given(words, words, st.lists(st.text("qrstuvwxyz", min_size=3, max_size=7), min_size=20, max_size=40, unique=True))
def test_texts_that_share_twenty_words_in_a_row_share_a_hash(
    before: list[str], after: list[str], run: list[str]
) -> None:
    one = fingerprint(" ".join([*before, *run, *after]))
    other = fingerprint(" ".join(run))
    assert set(one.hashes) & set(other.hashes)


def test_a_short_cut_finds_its_long_original() -> None:
    long_text = " ".join(f"word{number % 97}x{number}" for number in range(900))
    kept = set(fingerprint(long_text).hashes)
    for start in range(0, 800, 40):
        cut = " ".join(long_text.split()[start : start + 45])
        assert len(kept & set(fingerprint(cut).hashes)) >= 2


def test_characters_are_told_from_words() -> None:
    assert singles(list("伊朗和中国"))
    assert not singles(["iran", "and", "china"])
    assert not singles([])


def test_the_digest_is_of_the_words() -> None:
    assert digest(["a", "b"]) == digest(["a", "b"]) != digest(["ab"])
