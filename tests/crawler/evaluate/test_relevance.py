"""The gate: relevance may not get worse on labelled items, nor on the sentences that are known to be hard."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from crawler.analysis import relevance
from crawler.evaluate.relevance import evaluate, read_items
from crawler.evaluate.report import Metrics
from store.errors import UsageError
from tests.crawler.analysis import beat, labelled
from tests.shared import needs_shared, shared


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def reached(metrics: Metrics, *, precision: float, recall: float) -> bool:
    return (metrics.precision or 0.0) >= precision and (metrics.recall or 0.0) >= recall


def test_items_are_read_and_counted_by_language_kind_and_label(tmp_path: Path) -> None:
    path = write(
        tmp_path / "items.jsonl",
        {"id": 1, "language": "en", "title": "Iran and China sign oil deal", "lead": "", "label": 2},
        {"id": 2, "language": "en", "title": None, "text": "Iran beat China 3-0 in the Asian Cup.", "label": 0,
         "reason": "football match"},
        {"id": 3, "language": "zh", "title": "王毅会见沙特外交大臣", "label": 0, "reason": "China-Saudi only"},
    )  # fmt: skip
    report = evaluate(path, lexicon=beat.lexicon(), weights=beat.weights())
    assert (report.overall.precision, report.overall.recall) == (1.0, 1.0)
    assert set(report.by_language) == {"en", "zh"}
    assert set(report.by_kind) == {"relevant, other", "not relevant, other"}
    assert report.by_kind["not relevant, other"].positive_share == 0.0
    assert report.groups["label 2"].positive_share == 1.0


def test_reasons_of_one_kind_are_counted_together(tmp_path: Path) -> None:
    rows = [
        {"id": n, "language": "en", "title": "Iran beat China 3-0", "label": 0, "reason": reason}
        for n, reason in enumerate(
            ("football match", "volleyball, no China", "Asian Games medals", "death penalty list")
        )
    ]
    report = evaluate(write(tmp_path / "items.jsonl", *rows), lexicon=beat.lexicon(), weights=beat.weights())
    assert {kind: m.n for kind, m in report.by_kind.items()} == {"sports": 3, "not relevant, other": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found none"),
        ("[1]", "line 1: expected an object with id"),
        ('{"id": 1, "language": "en"}', "line 1: expected an object with id"),
        ('{"id": 1, "language": "en", "label": "many"}', "line 1: expected an object with id"),
        ("nonsense", "line 1: expected an object with id"),
    ],
)
def test_what_is_no_item_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_items(path)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_items(tmp_path / "absent.jsonl")


def test_the_practice_items_are_decided_well() -> None:
    report = evaluate(labelled.PRACTICE, lexicon=beat.lexicon(), weights=beat.weights())
    assert reached(report.overall, precision=0.96, recall=0.97), report.to_text(errors=True)
    for language in ("zh", "fa", "ar", "ru", "tr", "fr", "de", "es", "ur", "hi", "ja", "ko", "id"):
        assert reached(report.by_language[language], precision=0.85, recall=0.85), language


@needs_shared
def test_the_labelled_items_are_decided_well() -> None:
    report = evaluate(shared("data/relevance/dev.jsonl"), lexicon=beat.lexicon(), weights=beat.weights())
    assert reached(report.overall, precision=0.97, recall=0.98), report.to_text(errors=True)
    for language in ("en", "zh", "fa", "ar"):
        assert (report.by_language[language].f1 or 0.0) >= 0.92, language
    for kind in ("sports", "country list", "market"):
        assert (report.by_kind[kind].positive_share or 0.0) <= 0.1, kind


@needs_shared
def test_real_articles_are_decided_as_a_reader_did(tmp_path: Path) -> None:
    path = write(tmp_path / "real.jsonl", *labelled.items())
    report = evaluate(path, lexicon=beat.lexicon(), weights=beat.weights())
    assert reached(report.by_kind["tehrantimes"], precision=0.84, recall=0.85), report.to_text(errors=True)
    assert reached(report.overall, precision=0.80, recall=0.84)


@needs_shared
def test_hard_sentences_are_decided_right() -> None:
    wrong = []
    with shared("facts/lexicon_traps.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            language = row["lang"].partition("-")[0]
            found = relevance.judge(
                "", row["text"], language=language, lexicon=beat.lexicon(), weights=beat.weights()
            )
            if found.relevant != (row["pair_relevant"] == "1"):
                wrong.append((row["text"], found.why))
    assert wrong == []
