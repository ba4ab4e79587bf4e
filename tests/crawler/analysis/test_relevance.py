"""Verdicts on whole cases, with the shipped vocabulary and weights: what a reader would say, and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.analysis import relevance
from store.models import Label, Relevance
from tests.crawler.analysis import beat

FILLER = "\n".join(
    f"The town council met on item {n} and voted to repair the bridge over the river." for n in range(12)
)
BODY = (
    "The president of Iran met his Chinese counterpart in Beijing on Tuesday and both sides signed an agreement on "
    "trade.\nThe two countries will build a railway, officials in Tehran and Beijing said.\n"
)


def judged(
    title: str, text: str = "", language: str = "en", *, prior: tuple[str, ...] = (), day: str | None = None
) -> Relevance:
    return relevance.judge(
        title, text, language=language, lexicon=beat.lexicon(), weights=beat.weights(), prior_sides=frozenset(prior),
        published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Iranian president arrives in Beijing for talks with Xi"),
        ("zh", "王毅同伊朗外长通电话"),
        ("zh", "伊朗外長訪華 與王毅會談"),
        ("fa", "سفر وزیر خارجه ایران به پکن"),
        ("ar", "زيارة عراقجي للصين تبحث النفط"),
        ("ru", "Китай нарастил закупки иранской нефти"),
        ("tr", "ÇİN VE İRAN DIŞİŞLERİ BAKANLARI GÖRÜŞTÜ"),
        ("ur", "ایران اور چین کے درمیان معاہدے پر دستخط"),
        ("hi", "चीन और ईरान के बीच समझौते पर हस्ताक्षर"),
        ("ja", "中国外相がイランを訪問"),
        ("ko", "중국과 이란, 협력 협정 체결"),
        ("id", "Iran dan China teken perjanjian kerja sama"),
        ("en", "Treasury sanctions Chinese refinery over Iranian oil"),
        ("en", "Iran becomes full member of the Shanghai Cooperation Organisation"),
    ],
)
def test_what_relates_the_two_is_relevant(language: str, title: str) -> None:
    assert judged(title, language=language).relevant


@pytest.mark.parametrize(
    ("language", "title", "reason"),
    [
        ("en", "Iran beat China 3-1 in the Volleyball Nations League", "a sports report"),
        ("ko", "축구 아시안컵, 이란이 중국 3-0 완파", "a sports report"),
        ("en", "Oil prices slip on Chinese demand worries and Iran talks", "a market report"),
        ("de", "Ölpreise fallen wegen China und Iran", "a market report"),
        ("en", "US names China, Russia, Iran and North Korea as cyber threats", "a survey of threats"),
        ("ar", "الإعدام: الصين وإيران والسعودية في الصدارة", "a ranking or list of countries"),
        ("en", "World news roundup: protests in Iran; floods in China", "a round-up of unrelated news"),
    ],
)
def test_company_without_relation_is_not(language: str, title: str, reason: str) -> None:
    found = judged(title, language=language)
    assert not found.relevant
    assert reason in found.why


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Iran and Russia sign a treaty", "Names iran only."),
        ("Xi Jinping arrives in Riyadh", "Names china only."),
        ("Rain expected over the weekend", "Names neither side."),
        ("French Indochina veterans honoured in Hanoi", "Names neither side."),
        ("", "Names neither side."),
    ],
)
def test_one_side_is_not_enough(title: str, why: str) -> None:
    found = judged(title)
    assert (found.label, found.why) == (Label.OFF_TOPIC, why)
    assert found.score <= 0.1


def test_every_verdict_shows_its_evidence() -> None:
    found = judged("A visit", FILLER[:160] + "\n" + BODY)
    assert found.evidence == "The two countries will build a railway, officials in Tehran and Beijing said."
    assert found.version == relevance.version(beat.weights(), beat.lexicon())
    assert found.matches
    text = FILLER[:160] + "\n" + BODY
    assert {text[m.start : m.end] for m in found.matches if m.field == "text"} >= {"Iran", "Chinese", "Beijing"}


def test_offsets_hold_where_folding_changes_lengths() -> None:
    title = "«\u200fİran\u200f»  —  ﻿Çin: anlaşma imzalandı"
    found = judged(title, language="tr")
    assert {title[m.start : m.end].strip("\u200f") for m in found.matches} == {"İran", "Çin"}


def test_a_whole_article_is_judged_by_where_it_speaks_of_both() -> None:
    central = judged("Iran and China sign railway deal", BODY * 3 + FILLER)
    aside = judged("Town council repairs bridge", FILLER + "\nThe steel came from China, the engineer from Iran.")
    assert central.label is Label.CENTRAL
    assert not aside.relevant
    assert central.score > aside.score


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Subscribe to our newsletter for the day's headlines.", ""),
        ("", "Sign up for the morning round-up: top headlines, markets and sport in your inbox."),
        ("Read more: Oil prices, stocks and the dollar today", "Follow us on social media for the latest headlines."),
    ],
)
def test_lines_of_page_furniture_make_an_article_no_round_up(before: str, behind: str) -> None:
    title = "Iranian envoy in Beijing"
    told = "Iran's envoy met China's trade minister in Beijing on Monday.\nThey spoke about rail and grain."
    plain, dressed = judged(title, told), judged(title, "\n".join(filter(None, [before, told, behind])))
    assert plain.label is dressed.label is Label.CENTRAL
    assert abs(plain.score - dressed.score) < 0.05


def test_a_list_at_the_end_of_an_article_makes_it_no_more_relevant() -> None:
    text = (
        "Iran and the European Union held talks in Vienna on Monday, the ministry said.\n"
        + FILLER
        + "\nThe deal was signed by Iran, Russia, China, Britain, France, Germany and the United States."
    )
    assert not judged("Iran and EU hold talks in Vienna", text).relevant


def test_the_source_stands_for_its_own_side() -> None:
    text = "وزیر خارجه در پکن با همتای چینی خود دیدار کرد و بر گسترش همکاری تأکید کرد."
    assert not judged("", text, "fa").relevant
    assert judged("", text, "fa", prior=("iran",)).relevant
    assert not judged("چین و آمریکا درباره تعرفه توافق کردند", "", "fa", prior=("iran",)).relevant


def test_another_states_ministry_is_not_the_sources_own() -> None:
    found = judged("", "سخنگوی وزارت خارجه چین درباره کره شمالی سخن گفت.", "fa", prior=("iran",))
    assert not found.relevant


def test_who_left_office_says_less() -> None:
    title = "Qin Gang meets Araghchi"
    in_office = judged("Qin Gang, Amir-Abdollahian hold talks", day="2023-05-01")
    left = judged("Qin Gang, Amir-Abdollahian hold talks", day="2026-05-01")
    assert in_office.score >= left.score
    assert judged(title).matches


def test_a_war_as_circumstance_says_less_than_a_side() -> None:
    aside = judged("Trump delays visit to China because of Iran war")
    about = judged("China offers mediation to Iran, ambassador says")
    assert aside.score < about.score


def test_judging_is_the_same_every_time() -> None:
    assert judged("Iran and China sign deal", BODY) == judged("Iran and China sign deal", BODY)


PIECES = [
    "Iran",
    "China",
    "伊朗",
    "中国和伊朗",
    "ایران و چین",
    "،",
    "; ",
    "\n",
    "Russia, ",
    "and ",
    "25 ساله",
    "«",
    "\u200f",
    "ŉ",
    "…",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30),
    st.sampled_from(["en", "zh", "fa"]),
)
def test_any_text_gets_a_verdict_whose_offsets_hold(pieces: list[str], language: str) -> None:
    title, text = "".join(pieces[:10]), "".join(pieces[10:])
    found = judged(title, text, language, prior=("china",))
    assert 0.0 <= found.score <= 1.0
    assert found.evidence in title or found.evidence in text
    for match in found.matches:
        field = title if match.field == "title" else text
        assert 0 <= match.start < match.end <= len(field)


def test_a_huge_page_is_read_to_a_point() -> None:
    text = "China and Iran signed. " * 20_000
    assert max(match.end for match in judged("Deal", text).matches) < 60_000
