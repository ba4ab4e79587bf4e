"""Who had it first: told by what is known of each text, in whatever order they are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from crawler.analysis.precedence import Claim, first, lag, order
from store.models import DateOrigin, Precision, Published, Role

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(hours: float, precision: Precision = Precision.MINUTE) -> Published:
    return Published(NOON + timedelta(hours=hours), precision, DateOrigin.META)


PAPER = Claim(
    url="https://paper.example/1", site="paper.example", role=Role.PUBLISHER, credit="", published=at(0), length=2000
)
EARLIER = replace(PAPER, url="https://rival.example/1", site="rival.example", published=at(-1))
AGENCY = replace(PAPER, url="https://irna.ir/news/1", site="irna.ir", published=at(1))
CREDITING = replace(PAPER, url="https://blog.example/1", site="blog.example", credit="irna", published=at(2))
REPUBLISHED = replace(EARLIER, url="https://again.example/1", site="again.example", role=Role.REPUBLISHER)
CUT = replace(EARLIER, url="https://teaser.example/1", site="teaser.example", length=500)
UNDATED = replace(PAPER, url="https://a.example/1", site="a.example", published=None)
WITH_MENU = replace(PAPER, url="https://a.example/2", site="a.example", length=2150)
DAY_ONLY = replace(PAPER, url="https://a.example/3", site="a.example", published=at(-12, Precision.DAY))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([PAPER, EARLIER], EARLIER),
        ([PAPER, REPUBLISHED], PAPER),
        ([PAPER, CUT], PAPER),
        ([CUT, REPUBLISHED], REPUBLISHED),
        ([PAPER, EARLIER, AGENCY], EARLIER),
        ([PAPER, EARLIER, AGENCY, CREDITING], AGENCY),
        ([PAPER, replace(CREDITING, published=at(-3))], replace(CREDITING, published=at(-3))),
        ([PAPER, replace(CREDITING, published=at(0))], PAPER),
        ([PAPER, UNDATED], PAPER),
        ([PAPER, WITH_MENU], PAPER),
        ([PAPER, replace(PAPER, url="https://a.example/4", length=1500)], PAPER),
        ([PAPER, DAY_ONLY], PAPER),
    ],
    ids=[
        "the earlier one", "no republisher", "no cut", "the whole one though republished", "the earliest of all",
        "the agency that another one credits", "earlier though it credits someone who is not there",
        "at one time the one that credits nobody", "a dated one", "the one with less around it", "the fuller one",
        "a time before a bare day",
    ],
)  # fmt: skip
def test_one_text_stands_for_the_others(claims: list[Claim], expected: Claim) -> None:
    assert {first(group) for group in permutations(claims)} == {expected}


def test_texts_are_sorted_by_time_then_the_fuller_one_then_by_address() -> None:
    texts = [EARLIER, WITH_MENU, PAPER, replace(PAPER, url="https://z.example/"), AGENCY, DAY_ONLY, UNDATED]
    assert {tuple(sorted(group, key=order)) for group in (texts, texts[::-1], texts[3:] + texts[:3])} == {
        tuple(texts)
    }


def test_the_lag_is_told_when_both_times_are_known() -> None:
    assert lag(at(0), at(1.5)) == 5400
    assert lag(at(0), at(-1)) == -3600
    assert lag(at(0), None) is None
    assert lag(None, at(0)) is None
    assert lag(at(0), at(3, Precision.DAY)) is None
