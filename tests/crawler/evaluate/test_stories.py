"""Labelled texts are admitted to a fresh store, and the pairs are judged by the stories they come into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.beat import default_folder
from crawler.evaluate.stories import evaluate
from store.errors import UsageError
from tests.crawler.analysis import texts
from tests.shared import needs_shared, shared

TEXTS = {"first": texts.ORIGINAL, "copy": texts.LIGHT_EDIT, "update": texts.UPDATE, "other": texts.OTHER}
SAME = frozenset({"first", "copy", "update"})


def folder(
    place: Path, pairs: list[dict[str, Any]] | None = None, more: dict[str, dict[str, str]] | None = None
) -> Path:
    facts = more or {}
    rows = [{"id": name, "lang": "en", "text": text, **facts.get(name, {})} for name, text in TEXTS.items()]
    (place / "texts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    if pairs is not None:
        (place / "pairs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in pairs), "utf-8")
    return place


def test_pairs_are_judged_by_the_stories_of_their_texts(tmp_path: Path) -> None:
    pairs = [
        {"a": "first", "b": "copy", "dup": 1, "rel": "near"},
        {"a": "copy", "b": "update", "dup": 1, "rel": "upd"},
        {"a": "first", "b": "other", "dup": 0, "rel": "different"},
    ]
    report = evaluate(folder(tmp_path, pairs), default_folder())
    assert (report.overall.n, report.overall.precision, report.overall.recall) == (3, 1.0, 1.0)
    assert report.by_kind["different"].positive_share == 0
    assert not report.groups and not report.errors


def test_the_story_of_each_text_is_enough(tmp_path: Path) -> None:
    told = {name: {"story": "port" if name in SAME else name} for name in TEXTS}
    report = evaluate(folder(tmp_path, more=told), default_folder())
    assert (report.overall.n, report.overall.f1) == (6, 1.0)


def test_texts_arrive_in_the_order_of_their_publication(tmp_path: Path) -> None:
    more = {
        "first": {"published": "2026-03-02T08:00:00Z", "url": "https://paper.example/1", "story": "a"},
        "copy": {"published": "2026-03-02T06:00:00Z", "url": "https://wire.example/1", "story": "a"},
        "other": {"published": "2026-03-01", "url": "https://paper.example/2", "story": "b"},
    }
    assert evaluate(folder(tmp_path, more=more), default_folder()).overall.f1 == 1.0


def test_independent_reports_of_one_event_are_also_left_out(tmp_path: Path) -> None:
    pairs = [
        {"a": "first", "b": "copy", "dup": 1, "rel": "near"},
        {"a": "first", "b": "other", "dup": 0, "rel": "same-event-independent"},
    ]
    report = evaluate(folder(tmp_path, pairs), default_folder())
    assert report.overall.n == 2 and report.groups["without independent reports"].n == 1


@pytest.mark.parametrize(
    ("pairs", "more", "told"),
    [
        (None, {}, "expected pairs.jsonl"),
        ([{"a": "first", "b": "nobody", "dup": 1, "rel": "near"}], {}, "no text 'nobody'"),
        ([{"a": "first", "b": "copy"}], {}, "'dup' is missing"),
        ([], {"copy": {"published": "yesterday"}}, "copy: published must be"),
    ],
)
def test_what_is_not_as_described_is_told(
    tmp_path: Path, pairs: list[dict[str, Any]] | None, more: dict[str, dict[str, str]], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        evaluate(folder(tmp_path, pairs, more), default_folder())


@needs_shared
def test_on_the_development_set_copies_come_into_one_story_and_other_events_never_do() -> None:
    report = evaluate(shared("data", "duplicates"), default_folder())
    for kind in ("exact", "near", "trunc"):
        assert (report.by_kind[kind].recall or 0) >= 0.98, kind
    assert (report.by_kind["upd"].recall or 0) >= 0.85
    assert report.by_kind["different"].positive_share == 0
    assert (report.groups["without independent reports"].f1 or 0) >= 0.95
