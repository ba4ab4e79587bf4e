"""A page read again: what counts as a change, and what is only a clock."""

from __future__ import annotations

import pytest

from crawler.analysis.revision import changed
from tests.crawler.analysis import texts

TEXT = texts.ORIGINAL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TEXT, TEXT),
        (TEXT, TEXT.upper()),
        (TEXT, TEXT.replace(".", " .").replace("\n", "\n\n")),
        (f"{TEXT}\n1,234 views", f"{TEXT}\n1,301 views"),
        (f"Updated 10:15\n{TEXT}", f"Updated 12:40\n{TEXT}"),
        (f"{TEXT}\nRead more: five charts on fish", TEXT),
        (TEXT, TEXT.replace("harbour can", "harbor can")),
        (TEXT, texts.BRIEF[:200]),
        (texts.PERSIAN, texts.PERSIAN_ARABIC_LETTERS),
    ],
)
def test_nothing_that_matters_changed(old: str, new: str) -> None:
    assert changed("Headline", old, "HEADLINE", new) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TEXT, TEXT.replace("400 guests", "500 guests")),
        (TEXT, TEXT + " The opposition called the price a scandal."),
        (TEXT + " The opposition called the price a scandal.", TEXT),
        (TEXT, texts.UPDATE),
        (texts.BRIEF, TEXT),
        (texts.CHINESE, texts.CHINESE.replace("十二公里", "十三点五公里以上的")),
    ],
)
def test_a_change_is_told(old: str, new: str) -> None:
    assert "words came" in changed("Headline", old, "Headline", new)


def test_a_new_headline_is_a_change() -> None:
    assert changed("Terminal opens", TEXT, "Terminal opens late", TEXT) == "The headline changed."
