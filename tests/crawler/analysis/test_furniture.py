"""Page furniture is left out of comparisons, and nothing but furniture."""

from __future__ import annotations

import pytest

from crawler.analysis import furniture
from crawler.analysis.prepared import prepare
from store.text import fold, tokens
from tests.crawler.analysis import texts


def all_words(text: str) -> list[str]:
    return tokens(fold(text))


def kept(text: str) -> str:
    return " ".join(prepare(text).words)


DISCLAIMER = (
    "The views expressed here are the author's. This was republished from a syndicated feed, "
    "and we are not responsible for it."
)
LONG = (
    "Copyright law in the country was changed by a narrow vote of parliament after a debate that had gone on for two "
    "whole days and nights without any break."
)
BODY = "the minister spoke in the harbour about ships"


@pytest.mark.parametrize(
    "text",
    [
        "Home | World | Business | Sport\nThe minister spoke in the harbour about ships.",
        "Home World Business Sport Share on Facebook The minister spoke in the harbour about ships.",
        "The minister spoke in the harbour about ships. (Reporting by staff; editing by desk)",
        "The minister spoke in the harbour about ships.\nRead more: five charts on fish",
        "The minister spoke in the harbour about ships. Copyright 2024. All rights reserved.",
        "The minister spoke in the harbour about ships.\nSign up for our newsletter.",
        "The minister spoke in the harbour about ships.\nPublished under: Fish , Ships",
        "The minister spoke in the harbour about ships.\nBack to top button",
        f"The minister spoke in the harbour about ships.\n{DISCLAIMER}",
    ],
)
def test_menus_and_closing_lines_are_left_out(text: str) -> None:
    assert kept(text) == BODY


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("首页 新闻 财经 体育 分享到微信 " + texts.CHINESE + " 责任编辑 相关阅读 版权所有", texts.CHINESE),
        ("خانه سیاست اقتصاد ورزش " + texts.PERSIAN + " انتهای پیام برچسب ها ارسال نظر", texts.PERSIAN),
        (
            "Главная Политика Экономика Спорт " + texts.RUSSIAN_OF_PERSIAN + " Читайте также.",
            texts.RUSSIAN_OF_PERSIAN,
        ),
        ("الرئيسية | سياسة | اقتصاد | رياضة\n" + texts.ARABIC + "\nجميع الحقوق محفوظة", texts.ARABIC),
    ],
)
def test_furniture_is_known_in_other_scripts(text: str, body: str) -> None:
    assert prepare(text).words == prepare(body).words


@pytest.mark.parametrize(
    "text",
    [
        "World business leaders met to speak of sport and politics.",
        "The world, business and sport all suffer, he said.",
        "经济、社会、文化、教育各界人士出席了会议",
        LONG,
        "The fair of printing and related machinery opened in the harbour on Sunday.",
        "Nine states do not subscribe to the treaty on the high seas and its annex.",
        "Источник в порту рассказал о новых кораблях.",
        "تحرير الميناء كان في يوم الأحد.",
    ],
)
def test_words_of_news_are_no_furniture(text: str) -> None:
    assert prepare(text).words == all_words(text)


def test_a_text_that_is_all_furniture_is_kept() -> None:
    assert kept("Home | World | Business | Sport") == "home world business sport"


def test_the_first_paragraph_is_never_a_disclaimer() -> None:
    text = "He is not responsible for what was republished, the court said."
    assert prepare(text).words == all_words(text)


@pytest.mark.parametrize(
    ("sentence", "is_line"),
    [
        ("Subscribe to our newsletter for the day's headlines.", True),
        ("(Reporting by A. Writer in Tehran)", True),
        ("责任编辑:某某", True),
        ("Подписывайтесь на наш канал", True),
        ("The two ministers agreed to subscribe to the fund's capital over five years.", False),
        ("Envoys signed it.", False),
        ("", False),
    ],
)
def test_a_line_of_furniture_is_told_by_itself(sentence: str, is_line: bool) -> None:
    assert furniture.is_line(fold(sentence)) is is_line
