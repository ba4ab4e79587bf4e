"""Matched terms are marked in the sentence that is the evidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.trail_text import MARK, UNMARK, highlighted


@pytest.mark.parametrize(
    ("sentence", "wordings", "shown"),
    [
        ("Iran sells oil.", ["iran"], "<Iran> sells oil."),
        ("وزير خارجه ايران گفت", ["ایران"], "وزير خارجه <ايران> گفت"),
        ("توافق‌نامه امضا شد", ["توافقنامه"], "<توافق‌نامه> امضا شد"),
        ("對伊朗的制裁", ["伊朗", "对伊"], "<對伊朗>的制裁"),
        ("Iran, Iranian", ["Iran", "Iranian"], "<Iran>, <Iranian>"),
        ("turmoil over oil of 1925 and 25", ["oil", "25"], "turmoil over <oil> of 1925 and <25>"),
        ("طهران وبكين", ["بكين"], "طهران و<بكين>"),
        ("Nothing here", ["", "oil"], "Nothing here"),
    ],
)
def test_matched_terms_are_marked_in_whatever_spelling_they_stand(
    sentence: str, wordings: Sequence[str], shown: str
) -> None:
    assert highlighted(sentence, wordings).replace(MARK, "<").replace(UNMARK, ">") == shown


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=4))
def test_marking_changes_nothing_but_the_marks(sentence: str, wordings: list[str]) -> None:
    sentence = sentence.replace(MARK, "").replace(UNMARK, "")
    assert highlighted(sentence, wordings).replace(MARK, "").replace(UNMARK, "") == sentence
