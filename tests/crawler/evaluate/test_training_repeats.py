"""Training is reproducible, takes in what readers said, and changes nothing but its own part of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crawler import beat
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights, measuring
from crawler.evaluate import feedback as said
from crawler.evaluate.train import main
from store import feedback
from store.database import Store
from store.models import Judgement
from tests.store import make

ITEMS: list[tuple[str, int]] = [
    ("Iran and China sign a trade agreement", 2),
    ("Chinese president to visit Tehran for talks", 2),
    ("Chinese refiners buy more Iranian crude despite sanctions", 2),
    ("Iran's foreign minister arrives in Beijing", 2),
    ("China defends Iran at the Security Council", 1),
    ("Iran, China, Russia, India and Brazil in the medal table", 0),
    ("Oil prices climb as China, Iran and Iraq report output", 0),
    ("Asian Cup: China beat Iran in volleyball", 0),
    ("Press freedom ranking: China, Iran and Eritrea at the bottom", 0),
    ("Rain expected over the weekend", 0),
]


def write(path: Path, items: list[tuple[str, int]]) -> Path:
    rows: list[dict[str, Any]] = [
        {"id": str(n), "language": "en", "title": title, "lead": "", "label": label}
        for n, (title, label) in enumerate(items)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def train(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return beat.create(tmp_path / "beat")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "one.jsonl", ITEMS[:5]), write(tmp_path / "two.jsonl", ITEMS[5:])


def store(tmp_path: Path) -> Path:
    """A store in which a reader judged one kept article."""
    path = tmp_path / "news.db"
    with Store.open(path) as opened:
        run = make.begin(opened)
        make.keep(opened, run, make.reading("https://paper.example/oil"))
        with opened.write():
            feedback.record(opened, "https://paper.example/oil", Judgement.IRRELEVANT, note="a list", now=make.NOW)
    return path


def test_the_same_items_give_the_same_file_byte_for_byte(folder: Path, files: tuple[Path, Path]) -> None:
    path, results = folder / "relevance.toml", []
    for order in (files, files, files[::-1]):
        done = train("--beat", folder, *order, "--write")
        assert done.exit_code == 0, done.output
        results.append(path.read_bytes())
    assert results[0] == results[1] == results[2]


def test_only_weights_bias_and_provenance_are_written(folder: Path, files: tuple[Path, Path]) -> None:
    before = Weights.load(folder / "relevance.toml")
    train("--beat", folder, *files, "--write")
    after = Weights.load(folder / "relevance.toml")
    assert after.weights != before.weights
    assert (after.prior, after.reasons, after.substantial, after.implied) == (
        before.prior, before.reasons, before.substantial, before.implied,
    )  # fmt: skip
    assert all(after.weights[name] * after.prior[name] >= 0 for name in after.weights), "no sign has turned"
    text = (folder / "relevance.toml").read_text("utf-8")
    lexicon = Lexicon.load(folder / "lexicon")
    assert f'"rules" = "{measuring(after, lexicon)}"' in text, "what was measured, and by which vocabulary"
    assert '"one" = "5 items, sha256 ' in text and '"two" = "5 items, sha256 ' in text


def test_what_readers_said_is_learned_from(folder: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    db = store(tmp_path)
    done = train("--beat", folder, *files, "--feedback", db, "--write")
    assert "feedback, unseen: n 1" in done.output
    text = (folder / "relevance.toml").read_text("utf-8")
    assert '"feedback" = "1 items, sha256 ' in text
    alone = train("--beat", folder, "--feedback", db)
    assert "all, unseen: n 1" in alone.output


def test_an_export_stands_for_the_store(folder: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    db = store(tmp_path)
    train("--beat", folder, *files, "--feedback", db, "--write")
    by_store = (folder / "relevance.toml").read_bytes()
    exported = tmp_path / "feedback.jsonl"
    exported.write_text("".join(f"{line}\n" for line in said.exported(db, folder, texts=True)), "utf-8")
    train("--beat", folder, *files, exported, "--write")
    assert (folder / "relevance.toml").read_bytes() == by_store


def test_nothing_to_learn_from_is_said(folder: Path) -> None:
    done = train("--beat", folder)
    assert done.exit_code == 2 and "name FILES" in done.output
