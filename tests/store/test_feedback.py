"""What readers say of pages is kept, pins labels, and survives newer texts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store import articles, candidates, feedback, groups
from store.database import Store
from store.models import Comparison, Judgement, Label, Measured, Relation, Verdict, VerdictKind
from tests.store import make

URL = "https://paper.example/oil"
RELEVANT, IRRELEVANT = Judgement.RELEVANT, Judgement.IRRELEVANT


def say(store: Store, url: str, judgement: Judgement, note: str = "") -> feedback.Recorded | None:
    with store.write():
        return feedback.record(store, url, judgement, note=note, now=make.NOW)


def label(store: Store, url: str = URL) -> Any:
    return store.value("SELECT relevance_label FROM articles WHERE url = ?", [url])


def off_topic(store: Store, run_id: int, url: str) -> int:
    (number,) = make.listed(store, run_id, url)
    verdict = Verdict(kind=VerdictKind.OFF_TOPIC, reason="near_miss", detail="Names both.")
    found = make.relevance(
        score=0.4, label=Label.NEAR_MISS, measured=Measured(rules="r", strengths={"iran": 1.0}, values={"pair": 1.0})
    )
    with store.write():
        candidates.decide(store, number, verdict, now=make.NOW, run_id=run_id, http_status=200, relevance=found)
    return number


def test_a_judgement_keeps_what_measuring_needs(store: Store, run_id: int) -> None:
    number = make.keep(store, run_id, make.reading(URL, text="Iran sells oil. " * 200))
    said = say(store, URL, RELEVANT, "on point")
    assert said == feedback.Recorded(
        url=URL,
        judgement=RELEVANT,
        label_before="central",
        label_now="central",
        article_id=number,
        fetched_again=False,
    )
    (row,) = feedback.all(store)
    assert (row["title"], row["language"], row["basis"], row["note"]) == ("Iran sells oil", "en", "text", "on point")
    assert len(row["lead"]) == feedback.LEAD < len(row["text"])
    assert (row["rules_score"], row["rules_label"], row["source_id"]) == (0.9, "central", "paper")


@pytest.mark.parametrize(
    ("rules", "judgement", "shown"),
    [
        ("central", RELEVANT, "central"),
        ("substantial", RELEVANT, "substantial"),
        ("near_miss", RELEVANT, "substantial"),
        ("off_topic", RELEVANT, "substantial"),
        (None, RELEVANT, "substantial"),
        ("central", IRRELEVANT, "off_topic"),
        ("off_topic", IRRELEVANT, "off_topic"),
    ],
)
def test_a_readers_word_goes_before_the_rules(rules: str | None, judgement: Judgement, shown: str) -> None:
    assert feedback.label_after(rules, judgement) == shown


def test_the_latest_word_counts_and_the_rules_are_remembered(store: Store, run_id: int) -> None:
    make.keep(store, run_id, make.reading(URL))
    say(store, URL, IRRELEVANT)
    assert label(store) == "off_topic"
    said = say(store, URL, IRRELEVANT, "again")
    assert said is not None and (said.label_before, said.label_now) == ("off_topic", "off_topic")
    say(store, URL, RELEVANT)
    assert label(store) == "central", "as strong as the rules find it"
    (row,) = feedback.all(store)
    assert (row["judgement"], row["rules_label"], row["note"]) == ("relevant", "central", "")


def test_a_removed_judgement_leaves_the_word_to_the_rules(store: Store, run_id: int) -> None:
    make.keep(store, run_id, make.reading(URL))
    say(store, URL, IRRELEVANT)
    with store.write():
        assert feedback.remove(store, URL)
        assert not feedback.remove(store, URL)
    assert label(store) == "central"
    assert feedback.all(store) == []


def test_a_copy_speaks_for_the_article_it_was_merged_into(store: Store, run_id: int) -> None:
    number = make.keep(store, run_id, make.reading(URL))
    with store.write():
        articles.alias(store, f"{URL}/amp", number)
    said = say(store, f"{URL}/amp", IRRELEVANT)
    assert said is not None and said.url == URL and label(store) == "off_topic"


def test_an_unknown_page_changes_nothing(store: Store, run_id: int) -> None:
    assert say(store, "https://elsewhere.example/a", RELEVANT) is None
    assert feedback.all(store) == []


def test_an_off_topic_page_called_relevant_is_fetched_again_and_kept_under_the_readers_word(
    store: Store, run_id: int
) -> None:
    url = "https://paper.example/missed"
    off_topic(store, run_id, url)
    said = say(store, url, RELEVANT)
    assert (
        said is not None and said.fetched_again and (said.label_before, said.label_now) == ("near_miss", "near_miss")
    )
    (waiting,) = candidates.pending(store, "paper", now=make.NOW)
    assert (waiting.url, waiting.verdict, waiting.attempts) == (url, None, 0)
    assert feedback.called(store, url) is RELEVANT
    reading = make.reading(f"{url}?id=1", title="Found")
    number = make.keep(store, run_id, reading)
    with store.write():
        store.update("articles", {"id": number}, {"relevance_label": "off_topic"})  # as the rules found it
        articles.alias(store, url, number)
        feedback.follow(store, number)
    assert label(store, f"{url}?id=1") == "substantial"
    (row,) = feedback.all(store)
    assert (row["url"], row["basis"], row["rules_label"]) == (f"{url}?id=1", "text", "off_topic")


def test_an_off_topic_page_called_irrelevant_stays_where_it_is(store: Store, run_id: int) -> None:
    url = "https://paper.example/festival"
    off_topic(store, run_id, url)
    said = say(store, url, IRRELEVANT)
    assert said is not None and not said.fetched_again
    (row,) = feedback.all(store)
    assert (row["basis"], row["lead"], row["language"]) == ("evidence", "Iran sells oil.", "en")
    assert candidates.pending(store, "paper", now=make.NOW) == []


def test_a_judgement_can_bring_its_own_page(store: Store, run_id: int) -> None:
    page = {"url": "https://new.example/a", "title": "T\x00", "lead": "L" * 3000, "language": "fa", "published": None}
    with store.write():
        feedback.add(store, page, IRRELEVANT, note="imported", now=make.NOW)
    (row,) = feedback.all(store)
    assert (row["title"], len(row["lead"]), row["basis"], row["text"]) == ("T\ufffd", feedback.LEAD, "given", None)
    make.keep(store, run_id, make.reading(URL))
    with store.write():
        feedback.add(store, page | {"url": URL}, IRRELEVANT, note="", now=make.NOW)
    assert feedback.all(store)[0]["title"] == "Iran sells oil", "what the store knows goes before"


def test_what_was_measured_comes_back_as_it_was(store: Store, run_id: int) -> None:
    number = off_topic(store, run_id, "https://paper.example/x")
    stored = store.value("SELECT measured FROM candidates WHERE id = ?", [number])
    assert candidates.measured_of(stored) == Measured(rules="r", strengths={"iran": 1.0}, values={"pair": 1.0})
    assert candidates.measured_of(None) is None


def two_articles(store: Store, run_id: int) -> tuple[int, int]:
    """Two listed articles, the first said to be irrelevant."""
    numbers = []
    for url in (URL, f"{URL}/again"):
        (candidate,) = make.listed(store, run_id, url)
        number = make.keep(store, run_id, make.reading(url))
        verdict = Verdict(kind=VerdictKind.NEW, reason="")
        with store.write():
            candidates.decide(store, candidate, verdict, now=make.NOW, run_id=run_id, article_id=number)
        numbers.append(number)
    say(store, URL, IRRELEVANT, "a list")
    return numbers[0], numbers[1]


SAME = Comparison(relation=Relation.EXACT, similarity=1.0, coverage_a=1.0, coverage_b=1.0)


@pytest.mark.parametrize(("later", "shown"), [(None, "off_topic"), (-make.HOUR, "off_topic"), (make.HOUR, "central")])
def test_what_was_said_of_an_article_goes_with_it_into_another(
    store: Store, run_id: int, later: timedelta | None, shown: str
) -> None:
    gone, into = two_articles(store, run_id)
    with store.write():
        if later is not None:
            feedback.record(store, f"{URL}/again", RELEVANT, now=make.NOW + later)
        groups.fold(store, gone, into, SAME, now=make.NOW)
    (row,) = feedback.all(store)
    assert (row["url"], row["article_id"], row["rules_label"]) == (f"{URL}/again", into, "central")
    assert label(store, f"{URL}/again") == shown


def test_a_folded_copy_speaks_for_its_article_by_its_own_address(store: Store, run_id: int) -> None:
    gone, into = two_articles(store, run_id)
    with store.write():
        groups.fold(store, gone, into, SAME, now=make.NOW)
    said = say(store, URL, RELEVANT)
    assert said is not None and (said.url, said.article_id) == (f"{URL}/again", into)
    assert feedback.called(store, f"{URL}/again") is RELEVANT


def test_the_text_that_takes_an_articles_place_is_under_the_same_word(store: Store, run_id: int) -> None:
    gone, into = two_articles(store, run_id)
    with store.write():
        groups.fold(store, into, gone, SAME, now=make.NOW)
        copy = store.value("SELECT id FROM duplicates")
        groups.take_place(store, copy, make.fingerprint("Iran sells oil to China."), SAME, now=make.NOW)
    assert label(store, f"{URL}/again") == "off_topic"
    (row,) = feedback.all(store)
    assert (row["url"], row["article_id"]) == (f"{URL}/again", gone)
