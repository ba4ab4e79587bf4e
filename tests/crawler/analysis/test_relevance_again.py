"""Judging again by other numbers: what identifies the rules, and what is kept of a text that is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from crawler.analysis import relevance
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from store.models import Measured
from tests.crawler.analysis import beat

TEXTS = (
    ("Iran and China sign a trade agreement", "The ministers of both countries met in Tehran."),
    ("Oil prices climb", "Brent rose as Iran, China, Russia and India were named in a market report."),
    ("Iran holds a festival", "Nothing else is told."),
    ("伊朗总统抵达北京", "两国签署协议。"),
    ("A quiet day", "No state is named."),
)


def judge(title: str, text: str, weights: Weights) -> Any:
    language = "zh" if "伊" in title else "en"
    return relevance.judge(title, text, language=language, lexicon=beat.lexicon(), weights=weights)


def changed(**fields: Any) -> Weights:
    return replace(beat.weights(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"bias": 3.0},
        {"substantial": 0.4},
        {"near_miss": 0.1},
        {"central": 0.9},
        {"one_sided": 0.2},
        {"weights": {**beat.weights().weights, "pair": 9.0}},
        {"joiners": frozenset({"nor"})},
        {"implied": ()},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_the_version_names_every_number_that_can_change_a_label(fields: dict[str, Any]) -> None:
    assert relevance.version(changed(**fields), beat.lexicon()) != relevance.version(beat.weights(), beat.lexicon())


def test_the_version_names_the_vocabulary() -> None:
    fewer = Lexicon(beat.lexicon().terms[1:])
    assert relevance.version(beat.weights(), fewer) != relevance.version(beat.weights(), beat.lexicon())


def test_another_wording_of_a_reason_judges_alike() -> None:
    reworded = changed(reasons=dict.fromkeys(beat.weights().reasons, "otherwise said"))
    assert reworded.identity == beat.weights().identity


@pytest.mark.parametrize(("title", "text"), TEXTS)
@pytest.mark.parametrize("bias", [-3.0, 0.0, 3.0])
def test_what_was_measured_gives_the_verdict_that_the_text_would(title: str, text: str, bias: float) -> None:
    kept = judge(title, text, beat.weights()).measured
    other = changed(bias=bias)
    again, expected = relevance.weigh(kept, lexicon=beat.lexicon(), weights=other), judge(title, text, other)
    assert again is not None
    assert again.score == pytest.approx(expected.score, abs=1e-4)
    assert (again.label, again.why, again.version) == (expected.label, expected.why, expected.version)


def test_what_was_measured_by_another_vocabulary_needs_the_text() -> None:
    kept = judge(*TEXTS[0], beat.weights()).measured
    assert relevance.weigh(kept, lexicon=Lexicon(beat.lexicon().terms[1:]), weights=beat.weights()) is None
    assert relevance.weigh(kept, lexicon=beat.lexicon(), weights=changed(genres=("sport",))) is None


def test_what_is_kept_of_a_text_is_small() -> None:
    one_side: Measured = judge(*TEXTS[2], beat.weights()).measured
    assert one_side.values == {}
    both: Measured = judge(*TEXTS[0], beat.weights()).measured
    assert 0 < len(json.dumps(dict(both.values))) < 600
    assert 0.0 not in both.values.values()
