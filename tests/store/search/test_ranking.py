"""The order of what is found, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Store
from store.models import DateOrigin, Precision, Published
from store.search import find
from store.search.ranking import Counted, freshness, idf, scores
from store.search.vocabulary import Vocabulary
from tests.store.make import DAY, NOW, found, keep, reading

FILLER = "Nothing else is told here than what many words can fill a line with. "


def titles(store: Store, typed: str, **given: object) -> list[str]:
    result = find.search(store, typed, now=NOW, **given)  # type: ignore[arg-type]
    return [str(one.row["title"]) for one in result.found]


def published(days_ago: int) -> Published:
    return Published(NOW - days_ago * DAY, Precision.MINUTE, DateOrigin.META)


def test_the_headline_weighs_most_then_the_lead_then_the_text(store: Store, run_id: int) -> None:
    texts = {
        "Text": FILLER * 12 + "Chabahar.",
        "Lead": "Chabahar. " + FILLER * 12,
        "Chabahar": FILLER * 12,
        "Nothing": FILLER * 12,
    }
    for number, (title, text) in enumerate(texts.items()):
        keep(store, run_id, reading(f"https://paper.example/{number}", title, text))
    assert titles(store, "chabahar") == ["Chabahar", "Lead", "Text"]
    assert titles(store, "chabahar", limit=1) == ["Chabahar"]


def test_a_rare_word_weighs_more_than_a_frequent_one(store: Store, run_id: int) -> None:
    for number in range(20):
        keep(store, run_id, reading(f"https://paper.example/{number}", "Iran", "Iran and oil."))
    keep(store, run_id, reading("https://paper.example/a", "Iran oil", "Iran and Iran. Teapot."))
    keep(store, run_id, reading("https://paper.example/b", "Teapot", "Iran, oil, teapot."))
    assert titles(store, "iran OR oil teapot")[0] == "Teapot"


def test_of_two_alike_the_newer_one_comes_first_and_age_costs_little(store: Store, run_id: int) -> None:
    for number, age in enumerate((400, 1, 90)):
        keep(
            store,
            run_id,
            reading(f"https://paper.example/{number}", f"{age} days", "Chabahar.", published=published(age)),
        )
    assert titles(store, "chabahar") == ["1 days", "90 days", "400 days"]
    keep(store, run_id, reading("https://paper.example/9", "Chabahar", "Chabahar.", published=published(4000)))
    assert titles(store, "chabahar")[0] == "Chabahar"


def test_the_newest_publication_comes_first_when_asked(store: Store, run_id: int) -> None:
    for number, age in enumerate((3, 1, 2)):
        title = f"Chabahar {age}" if age == 3 else str(age)
        keep(store, run_id, reading(f"https://paper.example/{number}", title, "Chabahar.", published=published(age)))
    assert titles(store, "chabahar", sort="newest") == ["1", "2", "Chabahar 3"]


def test_among_very_many_an_old_headline_is_still_found(store: Store, run_id: int) -> None:
    keep(store, run_id, reading("https://paper.example/old", "Iran and China", "Text", published=published(300)))
    for number in range(find.COUNTED + 20):
        keep(store, run_id, reading(f"https://paper.example/{number}", "Other", f"{FILLER}Iran. {FILLER}China."))
    result = find.search(store, "iran china", now=NOW)
    assert (result.total, result.more, len(result.found)) == (find.COUNTED, True, 20)
    assert result.found[0].row["title"] == "Iran and China"
    assert len(find.search(store, "iran china", now=NOW, limit=300).found) == 300


def test_what_matched_is_told_with_its_language(store: Store, run_id: int) -> None:
    words = Vocabulary(
        {"oil": [("en", "oil"), ("fa", "نفت"), ("zh", "石油")], "iran": [("en", "Iran"), ("zh", "伊朗")]}
    )
    keep(store, run_id, reading("https://paper.example/1", "伊朗石油", "伊朗的石油和石油 oil。", language="zh"))
    (one,) = find.search(store, "Iran oil", now=NOW, expand=words.expand).found
    assert [(m.typed, m.term, m.language, m.words, m.count) for m in one.matched] == [
        ("Iran", "伊朗", "zh", "伊朗", 2), ("oil", "石油", "zh", "石油", 3), ("oil", "oil", "", "oil", 1)
    ]  # fmt: skip
    assert one.title_marks == ((0, 2), (2, 4))
    text = one.passage.text
    assert [text[start:end] for start, end in one.passage.marks] == ["伊朗", "石油", "石油", "oil"]


def test_what_stands_far_down_is_shown(store: Store, run_id: int) -> None:
    keep(store, run_id, reading("https://paper.example/1", "Title", FILLER * 60 + "Chabahar at last."))
    (one,) = find.search(store, "chabahar", now=NOW).found
    assert "Chabahar" in one.passage.text and one.passage.marks and one.passage.start > find.READ
    (one,) = find.search(store, "nothing chabahar", now=NOW).found
    assert {matched.typed for matched in one.matched} == {"nothing", "chabahar"}


def test_an_article_can_be_looked_at_without_searching(store: Store, run_id: int) -> None:
    number = keep(store, run_id, reading("https://paper.example/1", "Iran", "Oil."))
    looked = find.look(store, find.parse("oil tanker"), [number, 99], now=NOW)
    assert list(looked) == [number] and looked[number].passage.marks == ((0, 3),)
    assert find.look(store, find.parse(""), [number], now=NOW) == {}


def test_many_articles_since_a_day_are_looked_up_one_by_one(
    store: Store, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, age in enumerate((10, 3, 1)):
        keep(store, run_id, reading(f"https://paper.example/{number}", "Iran", "…", published=published(age)))
    for listed in (find.LISTED_SINCE, 1):
        monkeypatch.setattr(find, "LISTED_SINCE", listed)
        assert len(found(store, "iran since:5d")) == 2


COUNTS = st.dictionaries(st.integers(0, 3), st.integers(0, 50))
COUNTED = st.builds(
    Counted, title=COUNTS, lead=COUNTS, text=COUNTS, length=st.integers(0, 10**6), age=st.floats(-5, 1e5)
)


@given(st.lists(COUNTED, max_size=5), st.dictionaries(st.integers(0, 3), st.floats(0, 20)))
def test_scores_are_finite_and_never_below_nothing(counted: list[Counted], weights: dict[int, float]) -> None:
    assert all(0 <= score < 1e6 for score in scores(counted, weights))


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_word_that_everything_holds_still_weighs_something(articles: int, of: int) -> None:
    assert idf(articles, of) > 0


@pytest.mark.parametrize(("age", "share"), [(0, 1.0), (30, 0.85), (60, 0.775), (10**6, 0.7), (-3, 1.0)])
def test_a_part_of_a_score_ages(age: float, share: float) -> None:
    assert freshness(age) == pytest.approx(share)


def test_a_store_without_articles_finds_nothing(store: Store) -> None:
    result = find.search(store, "iran china", now=datetime(2026, 3, 2, tzinfo=UTC))
    assert (result.found, result.total, result.more) == ((), 0, False)
