"""What a digest says, in which order, and when there is something to say. Pure, from rows as a store gives them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from scheduler.digest import FORMATS, Digest, build, document, render
from tests.scheduler.digests import copy, digest, found, full, row, run, sick, turn


def titles(of: Digest) -> list[tuple[str, list[list[str]]]]:
    return [(s.topic, [[item.text.title for item in story.items] for story in s.stories]) for s in of.sections]


# --- what it says ---------------------------------------------------------------------------------------------------


def test_stories_stand_under_the_topic_they_are_most_about_the_fullest_first_none_last() -> None:
    made = digest(
        row(1, topics='["trade"]'), row(2), row(3), row(4, topics="[]"), row(5, story_id=2, topics='["trade", "energy"]'),
    )  # fmt: skip
    assert titles(made) == [
        ("energy", [["Headline 2", "Headline 5"], ["Headline 3"]]),
        ("trade", [["Headline 1"]]),
        ("", [["Headline 4"]]),
    ]
    assert (made.articles, made.stories) == (5, 4)


def test_in_a_topic_what_concerns_the_beat_most_comes_first_then_what_is_told_most() -> None:
    made = digest(
        row(1, relevance_label="substantial"), row(2), row(3), row(4), row(5, story_id=4), copies=[copy(1, 3)] * 1
    )
    order = [story.items[0].id for story in made.sections[0].stories]
    assert order == [3, 4, 2, 1]


def test_copies_are_folded_with_their_outlets_each_once_without_the_article_s_own() -> None:
    made = digest(row(1), copies=[copy(1, 1, "B"), copy(2, 1, "The Paper"), copy(3, 1, "A"), copy(4, 1, "B")])
    (item,) = made.sections[0].stories[0].items
    assert (item.copies.count, item.copies.outlets) == (4, ("B", "A"))
    assert made.copies == 4


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("A sentence.", "A sentence."),
        ("Headline 1.", "The lead."),
        ("HEADLINE 1", "The lead."),
        ("", "The lead."),
        ("Headline  1.", "The lead."),
        ("word " * 200, ("word " * 200)[:319].rstrip() + "…"),
    ],
)
def test_the_evidence_is_one_sentence_that_is_not_the_headline_again(evidence: str, said: str) -> None:
    (item,) = digest(row(1, relevance_evidence=evidence)).sections[0].stories[0].items
    assert item.evidence == said


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("TEHRAN – Mr. A. of the U.S. met an envoy of China on Thursday, he said. More followed. And…",
         "TEHRAN – Mr. A. of the U.S. met an envoy of China on Thursday, he said."),
        ("伊朗外交部长星期二抵达北京,就落实中伊全面合作计划同中国外长举行会谈并讨论了石油贸易和铁路建设。双方还讨论了其他。",
         "伊朗外交部长星期二抵达北京,就落实中伊全面合作计划同中国外长举行会谈并讨论了石油贸易和铁路建设。"),
        ("آیا ایران و چین درباره قرارداد تازه نفتی به توافق رسیده‌اند؟ وزیر پاسخ داد…",
         "آیا ایران و چین درباره قرارداد تازه نفتی به توافق رسیده‌اند؟"),
        ("no full stop anywhere in this beginning of a text that is cut…", "no full stop anywhere in this beginning of a text that is cut…"),
    ],
)  # fmt: skip
def test_of_a_lead_the_first_sentence_is_told(lead: str, said: str) -> None:
    (item,) = digest(row(1, relevance_evidence="", lead=lead)).sections[0].stories[0].items
    assert item.evidence == said


def test_many_ill_sources_are_counted_after_the_worst() -> None:
    made = digest(row(1), ill=tuple(sick(id=f"s{number}", name=f"s{number}") for number in range(25)))
    for form in FORMATS:
        told = render(made, form)
        assert "s19" in told and "s20" not in told
        assert "and 5 more; `silkwatch status` names them" in told and "s0 (s0)" not in told
    assert len(document(made)["ill"]) == 25


def test_a_story_that_was_told_before_names_what_it_goes_on_with() -> None:
    told = render(full(), "text")
    assert "Goes on with: Refiners buy more crude (The Paper, 2026-03-02)" in told
    assert "update of an earlier article" in told


def test_a_translation_and_a_rewrite_stand_beside_what_they_follow() -> None:
    lines = render(full(), "text").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("Foreign minister"))
    assert lines[start + 5].startswith("  - \u2068وزیر خارجه")
    assert lines[start + 6].endswith("Persian · translation")
    assert lines[start + 9].endswith("Chinese · rewrite")


def test_what_follows_a_seed_names_the_seed() -> None:
    made = digest(
        row(1, relation="translated", of_title="Old news", of_url="https://old.example/1", of_language="en")
    )
    assert "It follows: Old news https://old.example/1" in render(made, "text")
    assert "translation" in render(made, "text")


def test_what_a_story_goes_on_with_is_named_once() -> None:
    founder = {f"founder_{name}": value for name, value in {"title": "It began", "url": "https://a.example/1",
               "language": "en", "publisher": "A", "day": "2026-03-01"}.items()}  # fmt: skip
    of = {"relation": "rewritten", "of_title": "It began", "of_url": "https://a.example/1", "of_language": "en"}
    told = render(digest(row(1, **founder, **of)), "text")
    assert told.count("It began") == 1 and "rewrite" in told
    other = render(
        digest(row(1, **founder, **of | {"of_title": "It went on", "of_url": "https://a.example/2"})), "text"
    )
    assert "It went on" in other and "Goes on with: It began" in other


def test_times_are_the_reader_s_and_a_bare_day_stays_the_publisher_s() -> None:
    rows = found(row(1), row(2, published_precision="day"))
    made = build(rows, [], zone=ZoneInfo("Asia/Tehran"))
    whens = [story.items[0].when for story in made.sections[0].stories]
    assert whens == ["2026-03-05 23:45 +0330", "2026-03-05"]
    assert "2026-03-05 10:00 +0330 – 2026-03-06 10:00 +0330" in render(made, "text")


def test_a_pass_that_went_wrong_is_told_once() -> None:
    made = digest(
        turns=[turn("daily", "failed", "run 1 failed: no source could be reached", run_id=1), turn("daily", "done")],
        passes=[run(1, "failed"), run(2, "interrupted", "killed before its end"), run(3, "completed")],
    )
    told = [(one.task, one.state, one.detail) for one in made.trouble]
    assert told == [
        ("daily", "failed", "run 1 failed: no source could be reached"),
        ("run 2", "interrupted", "killed before its end"),
    ]
    assert made.passes == (("completed", 1), ("failed", 1), ("interrupted", 1))


def test_ill_sources_come_last() -> None:
    for form in FORMATS:
        told = render(full(), form)
        assert told.index("Ill sources") > max(map(told.index, ("Not as planned", "Copied since", "Changed by")))


# --- when there is something to tell --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "something"),
    [
        (digest(), False),
        (digest(ill=(sick(),)), False),
        (digest(row(1)), True),
        (digest(turns=[turn("daily", "missed")]), True),
        (digest(turns=[turn("tick:paper", "failed")]), True),
        (digest(turns=[turn("daily", "done", "made up 3.0 hours late; run 2 completed")]), True),
        (digest(turns=[turn("daily", "done", "run 2 completed")]), False),
        (digest(turns=[turn("digest", "failed", "no server")]), False),
        (digest(passes=[run(1, "completed")]), False),
        (digest(passes=[run(1, "failed")]), True),
    ],
)
def test_there_is_something_to_tell_when_there_is_news_or_a_pass_went_wrong(made: Digest, something: bool) -> None:
    assert made.something is something


@pytest.mark.parametrize(
    ("made", "headline"),
    [
        (digest(), "Nothing new"),
        (digest(row(1)), "1 new article"),
        (digest(row(1), row(2)), "2 new articles"),
        (digest(row(1), row(2, story_id=1), row(3)), "3 new articles in 2 stories"),
        (digest(turns=[turn("daily", "missed")]), "No new articles"),
    ],
)
def test_the_headline_counts(made: Digest, headline: str) -> None:
    assert render(made, "text").splitlines()[0] == f"Silkwatch: {headline}"
    assert document(made)["headline"] == headline
