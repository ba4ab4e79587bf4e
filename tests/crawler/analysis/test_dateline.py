"""A dateline is told from the first sentence, and other datelines make no series of a copy."""

from __future__ import annotations

from itertools import combinations

import pytest

from crawler.analysis import dateline
from crawler.analysis.compare import Side, compare
from crawler.analysis.prepared import prepare
from store.models import DUPLICATE_RELATIONS, Relation
from tests.crawler.analysis import texts

ENGLISH = (
    "The bakers of Lower Marsh have baked 40 loaves a day since the bridge was closed, their guild said. Flour comes by "
    "boat, twice a week, and the price has gone up by a tenth. A new bridge is to open in the spring."
)


@pytest.mark.parametrize(
    ("before", "language"),
    [
        ("BEIJING, March 3 (Reuters) - ", "en"),
        ("TEHRAN (IP) -- ", "en"),
        ("LONDON — ", "en"),
        ("DUBAI, United Arab Emirates, March 4: ", "en"),
        ("Moscow. March 3. INTERFAX - ", "en"),
        ("SINGAPORE - Mar 4, 2026 - ", "en"),
        ("Vienna, 4 March 2026 (AFP): ", "en"),
        ("Tehran: ", "en"),
        ("МОСКВА, 3 марта. /ТАСС/. ", "ru"),
        ("BERLIN, 3. März (dpa) – ", "de"),
        ("تهران، ۱۳ اسفند (ایرنا) – ", "fa"),
        ("پکن – ایسنا – ۱۴ اسفند – ", "fa"),
        ("به گزارش خبرگزاری فارس از تهران، ", "fa"),
        ("新华社北京3月3日电（记者 王小明）", "zh"),
        ("路透社迪拜3月4日消息 ", "zh"),
        ("【本报驻外记者】", "zh"),
    ],
)
def test_the_dateline_ends_where_the_news_begins(before: str, language: str) -> None:
    body = {"zh": texts.CHINESE, "fa": texts.PERSIAN}.get(language, ENGLISH)
    ready = prepare(before + body)
    behind = ready.words[max(dateline.end(ready, language), ready.lead(8)[0]) :]
    assert behind == prepare(body).words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("Oil rose 3 percent to 82 dollars a barrel on Tuesday - the highest in a year - as ships were late.", "en"),
        ("The minister said: the bridge will be open by the spring and bakers will have their flour.", "en"),
        ("سخنگوی وزارت راه: پل تازه در بهار باز می‌شود و نانوایان آرد خود را خواهند داشت.", "fa"),
        ("桥梁将在春天开放，面包师将重新得到面粉，市长在会议上说。电力也将恢复供应，居民们表示欢迎。", "zh"),
        ("", "en"),
        ("TEHRAN –", "en"),
    ],
)
def test_a_sentence_is_no_dateline(text: str, language: str) -> None:
    assert dateline.end(prepare(text), language) == 0


def test_copies_under_other_datelines_are_copies() -> None:
    lines = (
        "BEIJING, March 3 (Reuters) - ",
        "TEHRAN, March 4 (IP) -- ",
        "Vienna, 5 March 2026 (AFP): ",
        "New Delhi: ",
        "",
    )
    sides = [Side(title="", text=line + ENGLISH, site=f"{n}.example", language="en") for n, line in enumerate(lines)]
    assert all(compare(b, a).relation in DUPLICATE_RELATIONS for a, b in combinations(sides, 2))


def test_a_series_under_datelines_is_one() -> None:
    def report(place: str, day: int, loaves: int, price: int) -> Side:
        told = (
            f"{place.upper()}, March {day} (IP) - The bakers of {place} baked {loaves} loaves on Sunday, their guild "
            f"said. A loaf cost {price} pence. Flour came by boat, and the mill sold {loaves * 2} sacks of it."
        )
        return Side(title="", text=told, language="en")

    assert compare(report("Tehran", 8, 51, 230), report("Beijing", 1, 40, 210)).relation is Relation.SERIES
