"""Keys of what a text tells are the same in other words and in another language, and of another text are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis.retellings import KEYS, keys
from tests.crawler.analysis import texts

ENGLISH = (
    "The foreign minister of Iran arrived in Beijing on Tuesday for talks about oil and a railway. "
    "China buys 1.4 million barrels of crude a day, the central bank in Tehran said. "
    "The two governments signed an agreement worth 400 billion dollars in 2021. "
    "The United States has imposed sanctions on 12 refineries since May."
)
PERSIAN = (
    "وزیر خارجه ایران روز سه‌شنبه برای گفت‌وگو درباره نفت و راه‌آهن وارد پکن شد. "
    "بانک مرکزی در تهران اعلام کرد چین روزانه ۱.۴ میلیون بشکه نفت خام می‌خرد. "
    "دو دولت در سال ۲۰۲۱ توافقی به ارزش ۴۰۰ میلیارد دلار امضا کردند. "
    "آمریکا از ماه مه ۱۲ پالایشگاه را تحریم کرده است."
)


def test_a_translation_shares_keys() -> None:
    assert len(set(keys(ENGLISH, "en")) & set(keys(PERSIAN, "fa"))) >= 5


def test_a_rewrite_shares_more_keys_than_a_report_on_something_else() -> None:
    own = set(keys(texts.ORIGINAL, "en"))
    assert len(own & set(keys(texts.REWRITE, "en"))) >= 2
    assert len(own & set(keys(texts.OTHER, "en"))) == 0


def test_a_text_without_known_words_has_no_keys() -> None:
    assert keys("", "en") == ()
    assert keys("Lorem ipsum dolor sit amet.", "en") == ()


@given(st.text(max_size=400), st.sampled_from(["en", "fa", "zh", "und", "xx"]))
def test_any_text_has_few_keys_that_fit_into_the_store(text: str, language: str) -> None:
    found = keys(text, language)
    assert len(set(found)) == len(found) <= KEYS
    assert all(0 <= key < 2**48 for key in found)
