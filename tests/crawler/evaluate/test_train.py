"""Training is a command: the same items give the same weights, and an expected sign is never turned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler import beat as beats
from crawler.analysis.relevance import Weights
from crawler.evaluate.relevance import read_items
from crawler.evaluate.train import fit, main, measure
from tests.crawler.analysis import beat

ROWS = [
    ("Iran and China sign oil deal", 2), ("Xi meets Iranian president in Beijing", 2),
    ("China buys Iranian crude despite sanctions", 2), ("Chinese envoy meets Araghchi in Tehran", 2),
    ("Iran beat China 3-0 in Asian Cup football match", 0), ("China and Iran meet in volleyball semi-final", 0),
    ("Oil prices fall on Iran talks and China data", 0), ("Iran and Russia sign treaty", 0),
]  # fmt: skip


@pytest.fixture
def items(tmp_path: Path) -> Path:
    path = tmp_path / "items.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": f"{n}-{copy}", "language": "en", "title": title, "lead": "", "label": label}) + "\n"
            for copy in range(3)
            for n, (title, label) in enumerate(ROWS)
        ),
        encoding="utf-8",
    )
    return path


def test_the_same_items_give_the_same_weights(items: Path) -> None:
    rows = measure(read_items(items), beat.lexicon(), beat.weights())
    prior, bias = beat.weights().prior, beat.weights().prior_bias
    assert fit(rows, prior, bias) == fit(rows, prior, bias)


def test_no_weight_turns_its_sign(items: Path) -> None:
    contrary = [
        type(row)(type(row.item)(**{**_fields(row.item), "label": 2 - 2 * row.item.relevant}), row.values)
        for row in measure(read_items(items), beat.lexicon(), beat.weights())
    ]
    prior = beat.weights().prior
    _, learned = fit(contrary, prior, beat.weights().prior_bias)
    assert [name for name, value in learned.items() if value * prior[name] < 0] == []


def test_the_command_writes_weights_that_load(items: Path, tmp_path: Path) -> None:
    folder = beats.create(tmp_path / "beat")
    before = (folder / "relevance.toml").read_text(encoding="utf-8")
    shown = CliRunner().invoke(main, [str(items), "--beat", str(folder), "--folds", "3"])
    assert shown.exit_code == 0, shown.output
    assert "all, unseen: n 24" in shown.output
    assert (folder / "relevance.toml").read_text(encoding="utf-8") == before
    written = CliRunner().invoke(main, [str(items), "--beat", str(folder), "--folds", "3", "--write"])
    assert written.exit_code == 0, written.output
    weights = Weights.load(folder / "relevance.toml")
    assert weights.weights != beat.weights().weights
    assert weights.prior == beat.weights().prior
    assert 'items = "24 items, sha256' in (folder / "relevance.toml").read_text(encoding="utf-8").replace(
        '"items" =', "items ="
    )


def test_a_bad_file_ends_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text("nonsense", encoding="utf-8")
    ended = CliRunner().invoke(main, [str(path), "--beat", str(beats.default_folder())])
    assert ended.exit_code == 1
    assert "line 1: expected an object" in ended.output


def _fields(item: object) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__slots__}  # type: ignore[attr-defined]
