"""What a pass brought, told to a person and to a program."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.report import SHOWN, Report, document, lines, next_steps
from scheduler.terminal import json_text
from store.models import RunOutcome, Source, SourceCounts

ARTICLE = {
    "id": 7, "url": "https://irna.example/news/1", "title": "سند ۲۵ ساله ایران و چین", "publisher": "IRNA",
    "source_id": "irna", "published": "2026-03-11T20:30:00Z", "published_precision": "day", "day": "2026-03-12",
    "first_seen": "2026-03-12T21:27:00Z", "language": "fa", "relevance_score": 0.934, "relevance_label": "central",
    "relevance_evidence": "ایران و چین سند را امضا کردند.", "topics": '["diplomacy", "trade"]', "text": "not shown",
}  # fmt: skip


def source(id: str, name: str) -> Source:
    return Source(id=id, name=name, homepage="", country="IR", language="fa", perspective="state-iran")


def made(**changes: Any) -> Report:
    given: dict[str, Any] = {
        "db": "data/news.db",
        "run_id": 3,
        "outcome": RunOutcome.COMPLETED,
        "detail": "2 of 3 sources answered",
        "counts": [
            SourceCounts(source_id="irna", listings=1, pages=4, new=1, off_topic=2, failed=1, links=9),
            SourceCounts(source_id="scmp", failed_listings=2, error="the name could not be resolved"),
            SourceCounts(
                source_id="rt", listings=1, failed_listings=1, duplicates=1, error="the server answered 500"
            ),
        ],
        "new": [ARTICLE],
        "sources": {
            "irna": source("irna", "IRNA"),
            "scmp": source("scmp", "South China Post"),
        },
        "seconds": 75.0,
        "log": "data/news.log",
    }
    return Report(**given | changes)


def test_a_new_article_is_told_with_everything_that_helps_to_judge_it() -> None:
    told = lines(made(), ZoneInfo("Europe/Berlin"))
    assert told[:6] == [
        "New: 1 article",
        "",
        "\u2068سند ۲۵ ساله ایران و چین\u2069",
        "  IRNA · 2026-03-12 · fa · 0.93 central · diplomacy, trade",
        "  “\u2068ایران و چین سند را امضا کردند.\u2069”",
        "  https://irna.example/news/1",
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"published": "2026-03-12T21:27:00Z", "published_precision": "minute"}, "2026-03-12 22:27 CET"),
        ({"published": None}, "seen 2026-03-12 22:27 CET"),
    ],
    ids=["to the minute", "no date"],
)
def test_the_time_says_what_is_known(changes: dict[str, Any], told: str) -> None:
    shown = lines(made(new=[ARTICLE | changes]), ZoneInfo("Europe/Berlin"))
    assert shown[3] == f"  IRNA · {told} · fa · 0.93 central · diplomacy, trade"


def test_hostile_titles_publishers_evidence_and_addresses_are_harmless() -> None:
    evil = "\x1b]0;owned\x07\u202e"
    row = ARTICLE | dict.fromkeys(("title", "publisher", "relevance_evidence", "url", "language"), evil)
    failed = [SourceCounts(source_id="irna", failed_listings=1, error=evil)]
    told = "\n".join(lines(made(new=[row], counts=failed, detail=evil), UTC))
    assert not set(told) & set("\x1b\x07\u202e")


def test_failed_sources_are_named_with_their_reason_apart_from_those_that_failed_in_part() -> None:
    told = lines(made(), UTC)
    at = told.index("Sources that failed (1):")
    assert told[at + 1] == "  South China Post (scmp): the name could not be resolved"
    at = told.index("Sources that failed in part (1):")
    assert told[at + 1] == "  rt (rt): the server answered 500"


def test_the_sums_stand_on_one_line() -> None:
    assert (
        "Run 3 completed in 1:15: 1 new, 1 duplicates, 0 revised, 2 off-topic, 0 rejected, 1 failed; 4 pages read."
    ) in lines(made(), UTC)


def test_nothing_new_is_said_in_two_words() -> None:
    assert lines(made(new=[]), UTC)[0] == "Nothing new."


def test_a_long_list_is_cut_on_the_terminal_and_whole_in_the_document() -> None:
    report = made(new=[ARTICLE] * (SHOWN + 5))
    assert "… and 5 more." in lines(report, UTC)
    assert len(document(report)["new"]) == SHOWN + 5


def test_the_document_holds_the_run_the_sources_and_the_articles() -> None:
    told = json.loads(json_text(document(made())))
    assert told["run"] == {
        "id": 3, "outcome": "completed", "detail": "2 of 3 sources answered", "seconds": 75.0, "exit_code": 0,
    }  # fmt: skip
    assert told["totals"]["pages"] == 4
    assert told["failed_sources"] == [
        {"id": "scmp", "name": "South China Post", "reason": "the name could not be resolved"}
    ]
    assert [row["source_id"] for row in told["sources"]] == ["irna", "scmp", "rt"]
    (article,) = told["new"]
    assert (article["title"], article["topics"]) == (ARTICLE["title"], ["diplomacy", "trade"])
    assert "text" not in article


@pytest.mark.parametrize(
    ("outcome", "changes", "code"),
    [
        (RunOutcome.COMPLETED, {}, 0),
        (RunOutcome.FAILED, {}, 1),
        (RunOutcome.INTERRUPTED, {}, 1),
        (RunOutcome.INTERRUPTED, {"limited": True}, 0),
        (RunOutcome.INTERRUPTED, {"limited": True, "stopped": True}, 1),
    ],
)
def test_the_exit_code_says_whether_the_pass_did_its_work(
    outcome: RunOutcome, changes: dict[str, Any], code: int
) -> None:
    assert made(outcome=outcome, **changes).exit_code == code


def test_when_no_source_answered_the_last_line_says_what_to_look_at() -> None:
    counts = [SourceCounts(source_id="scmp", failed_listings=1, error="no answer")]
    told = lines(made(outcome=RunOutcome.FAILED, counts=counts, new=[], log_tail=["noise"]), UTC)
    assert told[-1].startswith("No source could be reached: is this machine connected?")
    assert "  noise" not in told


def test_how_to_go_on_is_told_unless_there_is_nothing_to_read() -> None:
    assert next_steps(made())[2] == "Why:    silkwatch explain URL --db data/news.db"
    assert next_steps(made(new=[]))[1].endswith("datasette data/news.db")
    assert next_steps(made(outcome=RunOutcome.FAILED, new=[])) == []


def test_the_end_of_the_log_is_shown_when_the_pass_broke_off_only() -> None:
    tail = ["ERROR: out of \x1b[1mmemory"]
    assert "  ERROR: out of ␛[1mmemory" in lines(made(outcome=RunOutcome.INTERRUPTED, log_tail=tail), UTC)
    for changes in ({}, {"outcome": RunOutcome.INTERRUPTED, "stopped": True}):
        assert not any("memory" in line for line in lines(made(log_tail=tail, **changes), UTC))
