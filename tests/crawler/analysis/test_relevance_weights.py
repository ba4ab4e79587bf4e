"""The numbers of relevance are checked when they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.analysis.relevance import Weights
from crawler.beat import default_folder
from store.errors import ConfigurationError
from tests.crawler.analysis import beat

SHIPPED = (default_folder() / "relevance.toml").read_text(encoding="utf-8")


def load(tmp_path: Path, text: str) -> Weights:
    path = tmp_path / "relevance.toml"
    path.write_text(text, encoding="utf-8")
    return Weights.load(path)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('version = "1"', "version = 1", "version: expected a text, got 1"),
        ("one_sided = 0.1", "one_sided = true", "one_sided: expected a number, got True"),
        ("[thresholds]", "[limits]", "thresholds.near_miss: expected a number, got None"),
        ('concept = "sco"', "concept = 5", r"implied\[0\].concept: expected a text, got 5"),
        ("prior_bias = -2.2", "prior_bias = 'x'", "prior_bias: expected a number, got 'x'"),
        (
            "near_miss = 0.25",
            "near_miss = 0.95",
            "thresholds: expected 0 <= near_miss <= substantial <= central <= 1",
        ),
        ("[reasons]", "[reasons]\ntitle_both = 3\n[other]", "reasons.title_both: expected a text, got 3"),
    ],
)
def test_a_wrong_value_is_named_with_its_key(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in SHIPPED
    with pytest.raises(ConfigurationError, match=message):
        load(tmp_path, SHIPPED.replace(before, after, 1))


def test_weights_that_nothing_measures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="weights: 'mood' is no feature"):
        load(tmp_path, SHIPPED.replace("[weights]\n", "[weights]\nmood = 1.0\n", 1))
    with pytest.raises(ConfigurationError, match="weights: 'cross' is missing"):
        load(tmp_path, SHIPPED.replace("\ncross = ", "\n#cross = ", 1))


def test_what_is_no_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read as TOML"):
        load(tmp_path, "version = ")
    with pytest.raises(ConfigurationError, match="cannot be read as TOML"):
        Weights.load(tmp_path / "absent.toml")


def test_shipped_weights_keep_the_signs_that_were_expected() -> None:
    weights = beat.weights()
    assert [n for n, w in weights.weights.items() if w * weights.prior[n] < 0] == []


def test_every_weight_that_counts_has_a_reason_to_show() -> None:
    weights = beat.weights()
    silent = {"near", "link_title", "prior", "link:partnership_generic", "body_share", "cross_linked"}
    assert {n for n, w in weights.weights.items() if w} - weights.reasons.keys() <= silent
