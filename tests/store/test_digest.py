"""What lies between two marks, and where each channel goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from store import articles, candidates, digest, duplicates, runs, seeds, stories, turns
from store.database import Store
from store.digest import Mark
from store.models import Comparison, Relation, RunOutcome, Verdict, VerdictKind
from tests.store.make import DAY, HOUR, NOW, begin, keep, link, reading, seed, source


@pytest.fixture
def run_id(store: Store) -> int:
    return begin(store, source(), source("agency"))


def candidate(store: Store, run_id: int, url: str) -> int:
    with store.write():
        found = candidates.record_links(
            store, "paper", "https://paper.example/rss.xml", [link(url)], run_id=run_id, now=NOW
        )
        return found[0].id


def copied(store: Store, run_id: int, url: str, *, article_id: int | None = None, seed_id: str | None = None,
           now: datetime = NOW) -> int:  # fmt: skip
    number = candidate(store, run_id, url)
    same = Comparison(relation=Relation.NEAR, similarity=0.9, coverage_a=1, coverage_b=1)
    with store.write():
        return duplicates.insert(
            store, reading(url), article_id=article_id, seed_id=seed_id, comparison=same, candidate_id=number,
            source=source("agency"), run_id=run_id, now=now,
        )  # fmt: skip


def followed(
    store: Store, run_id: int, url: str, article_id: int, relation: Relation, seed_id: str | None = None
) -> None:
    number = candidate(store, run_id, url)
    verdict = Verdict(kind=VerdictKind.NEW, reason=relation.value, seed_id=seed_id)
    with store.write():
        candidates.decide(store, number, verdict, now=NOW, run_id=run_id, article_id=article_id)


def test_what_is_kept_after_a_mark_is_new_whatever_its_time_says(store: Store, run_id: int) -> None:
    keep(store, run_id, reading("https://paper.example/1"))
    mark = digest.newest(store, NOW)
    late = keep(store, run_id, reading("https://paper.example/2"), now=NOW - HOUR)
    found = digest.between(store, mark, digest.newest(store, NOW + HOUR))
    assert [row["id"] for row in found.articles] == [late]
    assert digest.between(store, digest.newest(store, NOW), digest.newest(store, NOW)).articles == []


def test_a_mark_at_a_time_stands_before_what_was_first_seen_then(store: Store, run_id: int) -> None:
    old = keep(store, run_id, reading("https://paper.example/1"), now=NOW - DAY)
    copied(store, run_id, "https://agency.example/1", article_id=old, now=NOW - DAY)
    mark = digest.at(store, NOW)
    assert (mark.article, mark.copy, mark.revision) == (old, 1, 0)
    assert digest.at(store, NOW - DAY) == Mark(moment=NOW - DAY)


def test_copies_belong_to_their_article_and_those_of_earlier_ones_are_told_apart(store: Store, run_id: int) -> None:
    with store.write():
        seeds.add(store, seed("s1"))
    old = keep(store, run_id, reading("https://paper.example/1", "Old"))
    copied(store, run_id, "https://agency.example/0", article_id=old)
    mark = digest.newest(store, NOW)
    new = keep(store, run_id, reading("https://paper.example/2", "New"))
    copied(store, run_id, "https://agency.example/1", article_id=new)
    copied(store, run_id, "https://agency.example/2", article_id=old)
    copied(store, run_id, "https://agency.example/3", seed_id="s1")
    found = digest.between(store, mark, digest.newest(store, NOW))
    assert [(row["article_id"], row["url"]) for row in found.copies] == [(new, "https://agency.example/1")]
    assert [(row["of_title"], row["url"]) for row in found.recopied] == [
        ("Old", "https://agency.example/2"),
        ("Old", "https://agency.example/3"),
    ]


def test_a_story_that_goes_on_names_its_founder_unless_that_is_new_too(store: Store, run_id: int) -> None:
    founder = keep(store, run_id, reading("https://paper.example/1", "It began"))
    story = articles.story_of(store, founder)
    everything = digest.newest(store, NOW)
    keep(store, run_id, reading("https://paper.example/2", "It goes on"), story_id=story)
    now = digest.newest(store, NOW)
    (later,) = digest.between(store, everything, now).articles
    assert (later["founder_title"], later["founder_publisher"]) == ("It began", "The Paper")
    assert [row["founder_title"] for row in digest.between(store, Mark(moment=NOW), now).articles] == [None, None]


def test_an_article_tells_what_it_is_to_what_it_follows(store: Store, run_id: int) -> None:
    with store.write():
        seeds.add(store, seed("s1"))
    first, second = (keep(store, run_id, reading(f"https://paper.example/{n}")) for n in (1, 2))
    followed(store, run_id, "https://paper.example/1", first, Relation.UPDATED)
    followed(store, run_id, "https://paper.example/2", second, Relation.TRANSLATED, "s1")
    found = digest.between(store, Mark(moment=NOW), digest.newest(store, NOW))
    assert [(row["relation"], row["of_title"]) for row in found.articles] == [
        ("updated", None),
        ("translated", "Old"),
    ]


def test_a_link_tells_what_an_article_is_to_another_and_names_it_when_that_is_from_before(
    store: Store, run_id: int
) -> None:
    first, second, third = (
        keep(store, run_id, reading(f"https://paper.example/{n}", f"Title {n}")) for n in (1, 2, 3)
    )
    with store.write():
        for other, relation, sure in ((first, Relation.TRANSLATED, 0.9), (second, Relation.REWRITTEN, 0.7)):
            found = Comparison(relation=relation, similarity=0.5, coverage_a=0, coverage_b=0, confidence=sure)
            stories.link(store, third, other, found, now=NOW)
    until = digest.newest(store, NOW)
    last = digest.between(store, Mark(moment=NOW), until).articles[-1]
    assert (last["relation"], last["of_title"]) == ("translated", None), "it stands in the same digest"
    (alone,) = digest.between(store, Mark(moment=NOW, article=second), until).articles
    assert (alone["relation"], alone["of_title"], alone["founder_title"]) == ("translated", "Title 1", "Title 1")


def test_changed_articles_from_before_are_told_once_with_the_former_headline(store: Store, run_id: int) -> None:
    old = keep(store, run_id, reading("https://paper.example/1", "Fourteen", "Fourteen barrels of oil."))
    mark = digest.newest(store, NOW)
    new = keep(store, run_id, reading("https://paper.example/2", "Ten", "Ten barrels of oil."))
    with store.write():
        for hour, title in enumerate(("Forty", "Fifty")):
            articles.revise(store, old, reading("https://paper.example/1", title, f"{title} barrels of oil."),
                            run_id=run_id, now=NOW + hour * HOUR)  # fmt: skip
        articles.revise(store, new, reading("https://paper.example/2", "Nine", "Nine."), run_id=run_id, now=NOW)
    (changed,) = digest.between(store, mark, digest.newest(store, NOW)).revised
    assert (changed["id"], changed["title"]) == (old, "Fifty")
    assert changed["former_title"] == "Fourteen"


def test_what_a_reader_called_irrelevant_is_told_nowhere(store: Store, run_id: int) -> None:
    old, new = (keep(store, run_id, reading(f"https://paper.example/{n}")) for n in (1, 2))
    mark = digest.Mark(moment=NOW, article=old)
    copied(store, run_id, "https://agency.example/1", article_id=old)
    with store.write():
        articles.revise(store, old, reading("https://paper.example/1", "New words"), run_id=run_id, now=NOW)
        store.change("UPDATE articles SET relevance_label = 'off_topic'")
    found = digest.between(store, mark, digest.newest(store, NOW))
    assert (new, found.articles, found.recopied, found.revised) == (2, [], [], [])


def test_passes_and_turns_of_the_time_between_are_found(store: Store, run_id: int) -> None:
    with store.write():
        runs.finish(store, run_id, RunOutcome.COMPLETED, now=NOW + HOUR, detail="")
        turns.record(store, "daily", NOW, "missed", now=NOW + HOUR)
        turns.record(store, "daily", NOW - DAY, "begun", now=NOW + HOUR)
        turns.record(store, "backup", NOW, "done", now=NOW + DAY)
    found = digest.between(store, Mark(moment=NOW), Mark(moment=NOW + DAY))
    assert [(row["id"], row["outcome"]) for row in found.passes] == [(run_id, "completed")]
    assert [(row["task"], row["state"]) for row in found.turns] == [("backup", "done"), ("daily", "missed")]
    later = digest.between(store, Mark(moment=NOW + HOUR), Mark(moment=NOW + DAY))
    assert later.passes == [] and [row["task"] for row in later.turns] == ["backup"], "nothing is told twice"


# --- who was told what ----------------------------------------------------------------------------------------------


def delivered(
    store: Store, channel: str, since: Mark, until: Mark, error: str | None = "", now: datetime = NOW
) -> None:
    """A delivery; an error of None leaves it as a killed process would."""
    with store.write():
        number = digest.begin(store, channel, since, until, articles=1, now=now)
        if error is not None:
            digest.end(store, number, error=error, now=now)


MARKS = [Mark(moment=NOW + day * DAY, article=10 * day, copy=day, revision=0) for day in range(5)]


def test_the_first_digest_of_all_reaches_back_a_week(store: Store, run_id: int) -> None:
    keep(store, run_id, reading("https://paper.example/1"), now=NOW - 8 * DAY)
    start = digest.start_for(store, "a", NOW)
    assert (start.mark, start.first) == (Mark(moment=NOW - timedelta(days=7), article=1), True)


def test_a_channel_goes_on_behind_what_it_was_told_last(store: Store) -> None:
    delivered(store, "a", MARKS[0], MARKS[1])
    delivered(store, "a", MARKS[1], MARKS[2])
    delivered(store, "b", MARKS[0], MARKS[3])
    assert digest.start_for(store, "a", NOW).mark == MARKS[2]
    assert digest.start_for(store, "b", NOW).mark == MARKS[3]


def test_what_a_channel_did_not_take_is_told_again_with_what_is_new(store: Store) -> None:
    delivered(store, "a", MARKS[0], MARKS[1])
    delivered(store, "a", MARKS[1], MARKS[2], "no server")
    delivered(store, "a", MARKS[1], MARKS[3], "no server")
    start = digest.start_for(store, "a", NOW)
    assert (start.mark, start.unsure) == (MARKS[1], None)


def test_a_channel_that_never_took_anything_begins_where_its_first_attempt_began(store: Store) -> None:
    delivered(store, "a", MARKS[0], MARKS[1], "no server")
    delivered(store, "b", MARKS[1], MARKS[3])
    assert digest.start_for(store, "a", NOW).mark == MARKS[0]


def test_a_new_channel_begins_behind_the_last_digest_of_any(store: Store) -> None:
    delivered(store, "a", MARKS[0], MARKS[1])
    delivered(store, "b", MARKS[2], MARKS[3])
    delivered(store, "b", MARKS[3], MARKS[4], "no server")
    start = digest.start_for(store, "c", NOW)
    assert (start.mark, start.first) == (MARKS[3], False)


def test_a_sending_that_was_cut_short_is_told_until_the_next_one_arrived(store: Store) -> None:
    delivered(store, "a", MARKS[0], MARKS[1])
    delivered(store, "a", MARKS[1], MARKS[2], None, now=NOW + HOUR)
    start = digest.start_for(store, "a", NOW)
    assert (start.mark, start.unsure) == (MARKS[1], NOW + HOUR)
    delivered(store, "a", MARKS[1], MARKS[3])
    assert digest.start_for(store, "a", NOW).unsure is None
