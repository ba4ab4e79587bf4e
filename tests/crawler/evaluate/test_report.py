"""The figures of an evaluation: counted right, published under the promised keys, readable on a terminal."""

from __future__ import annotations

import pytest

from crawler.evaluate.report import Metrics, Outcome, Report


def outcome(expected: bool, decided: bool, *, language: str = "en", kind: str = "near", detail: str = "") -> Outcome:
    return Outcome(id="a:b", expected=expected, decided=decided, language=language, kind=kind, detail=detail)


@pytest.mark.parametrize(
    ("decisions", "precision", "recall", "f1", "share"),
    [
        ([(True, True), (True, False), (False, True), (False, False)], 0.5, 0.5, 0.5, 0.5),
        ([(True, True)], 1.0, 1.0, 1.0, 1.0),
        ([(False, False)], None, None, None, 0.0),
        ([(True, False)], None, 0.0, 0.0, 0.0),
        ([], None, None, None, None),
    ],
)
def test_decisions_are_counted(
    decisions: list[tuple[bool, bool]],
    precision: float | None,
    recall: float | None,
    f1: float | None,
    share: float | None,
) -> None:
    metrics = Metrics.of_decisions(decisions)
    assert (metrics.precision, metrics.recall, metrics.f1, metrics.positive_share) == (
        precision,
        recall,
        f1,
        share,
    )
    assert metrics.n == len(decisions)


def test_means_are_taken_over_items() -> None:
    metrics = Metrics.mean([(1.0, 0.5, 0.6), (0.5, 0.5, 0.4)])
    assert (metrics.n, metrics.precision, metrics.recall, metrics.f1) == (2, 0.75, 0.5, 0.5)
    assert metrics.positive_share is None


def test_the_published_keys_are_all_there() -> None:
    report = Report.of_outcomes([outcome(True, True), outcome(False, True, language="fa", kind="series")])
    published = report.to_json()
    assert set(published) == {"overall", "by_language", "by_kind"}
    assert set(published["overall"]) == {"n", "precision", "recall", "f1"}
    assert set(published["by_language"]) == {"en", "fa"}
    assert published["by_kind"]["series"] == {
        "n": 1,
        "precision": 0.0,
        "recall": None,
        "f1": 0.0,
        "positive_share": 1.0,
    }


def test_mistakes_are_listed_with_both_answers_only_on_request() -> None:
    wrong = outcome(True, False, detail="Too little is shared.")
    report = Report.of_outcomes([outcome(True, True), wrong], positive="copy", negative="no copy")
    assert "errors" not in report.to_json()
    (listed,) = report.to_json(errors=True)["errors"]
    assert (listed["expected"], listed["got"], listed["detail"]) == (
        "copy",
        "no copy",
        "Too little is shared.",
    )
    assert "1 wrong" in report.to_text(errors=True)
    assert "a:b [en, near]: copy expected, no copy decided. Too little is shared." in report.to_text(errors=True)


def test_items_without_a_kind_are_not_counted_by_kind() -> None:
    assert Report.of_outcomes([outcome(True, True, kind="")]).by_kind == {}


def test_the_table_is_aligned_and_shows_undefined_figures_as_a_dash() -> None:
    report = Report.of_outcomes([outcome(False, False)], groups={"literal copies": Metrics.of_decisions([])})
    lines = report.to_text().splitlines()
    assert len({len(line) for line in lines}) == 1
    assert any(line.startswith("group literal copies") for line in lines)
    assert "–" in lines[1]
