"""`silkwatch evaluate`: the product's judgement measured from the command line, on labelled data of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.newsdesk import FA_VISIT, FESTIVAL, OIL_BUYERS, PORT_DEAL, ZH_VISIT
from tests.scheduler.conftest import Silkwatch
from tests.site import article

ITEMS = [
    {"id": "port", "language": "en", "title": "Iran and China sign port deal", "lead": PORT_DEAL[0], "label": 2},
    {"id": "oil", "language": "en", "title": "Chinese buy Iranian crude", "text": "\n".join(OIL_BUYERS), "label": 1},
    {"id": "fa", "language": "fa", "title": "سفر وزیر خارجه ایران به چین", "lead": FA_VISIT[0], "label": 2},
    {"id": "zh", "language": "zh", "title": "伊朗外长访华", "lead": ZH_VISIT[0], "label": 2},
    {"id": "lanterns", "language": "en", "title": "Lanterns", "lead": FESTIVAL[0], "label": 0, "reason": "local"},
    {
        "id": "wrong",
        "language": "en",
        "title": "Lamps again",
        "lead": FESTIVAL[1],
        "label": 2,
        "reason": "\x1b[31m",
    },
]
KEYS = {"n", "precision", "recall", "f1"}


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    return lines(tmp_path / "items.jsonl", ITEMS)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Two texts that are one, and two that are not."""
    texts = {"port": PORT_DEAL, "copy": ["TEHRAN (Wire) - " + PORT_DEAL[0], *PORT_DEAL[1:]], "oil": OIL_BUYERS}
    lines(tmp_path / "texts.jsonl", [{"id": i, "lang": "en", "text": "\n".join(t)} for i, t in texts.items()])
    rows = [
        {"a": "port", "b": "copy", "dup": 1, "rel": "near"},
        {"a": "port", "b": "oil", "dup": 0, "rel": "different"},
    ]
    lines(tmp_path / "pairs.jsonl", rows)
    return tmp_path


def test_relevance_is_measured_overall_by_language_and_by_kind(silkwatch: Silkwatch, labelled: Path) -> None:
    said = silkwatch("evaluate", "relevance", labelled, "--json")
    assert said.code == 0
    told = said.json()
    assert set(told) >= {"overall", "by_language", "by_kind"}
    assert set(told["overall"]) == KEYS
    assert (told["overall"]["n"], told["overall"]["precision"], told["overall"]["recall"]) == (6, 1.0, 0.8)
    assert set(told["by_language"]) == {"en", "fa", "zh"}
    assert all(set(kind) == KEYS | {"positive_share"} for kind in told["by_kind"].values())
    assert "errors" not in told


def test_errors_name_what_was_judged_wrong_harmlessly(silkwatch: Silkwatch, labelled: Path) -> None:
    (mistake,) = silkwatch("evaluate", "relevance", labelled, "--json", "--errors").json()["errors"]
    assert mistake["id"] == "wrong"
    said = silkwatch("evaluate", "relevance", labelled, "--errors")
    assert "1 wrong" in said.out and "wrong [en" in said.out
    assert "\x1b" not in said.out


def test_duplicates_are_measured_on_pairs(silkwatch: Silkwatch, pairs: Path) -> None:
    told = silkwatch("evaluate", "duplicates", pairs, "--json").json()
    assert told["overall"]["f1"] == 1.0
    assert told["by_kind"]["different"]["positive_share"] == 0.0
    assert silkwatch("evaluate", "duplicates", pairs).out.splitlines()[1].split()[:2] == ["overall", "2"]


def test_extraction_is_measured_on_pages(silkwatch: Silkwatch, tmp_path: Path) -> None:
    (tmp_path / "port.html").write_text(article("Port deal", PORT_DEAL), "utf-8")
    gold = {"id": "port", "language": "en", "file": "port.html", "gold_kind": "full", "body": "\n".join(PORT_DEAL)}
    lines(tmp_path / "gold.jsonl", [gold])
    told = silkwatch("evaluate", "extraction", tmp_path, "--json").json()
    assert told["overall"]["n"] == 1 and told["overall"]["f1"] > 0.95
    assert set(told["by_kind"]) == {"full"}


@pytest.mark.parametrize(
    ("what", "content"), [("relevance", '{"id": 1}\n'), ("relevance", "not json\n"), ("relevance", "")]
)
def test_data_of_another_shape_is_refused_by_its_line(
    silkwatch: Silkwatch, tmp_path: Path, what: str, content: str
) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(content, "utf-8")
    said = silkwatch("evaluate", what, file, "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"silkwatch: {file}")


@pytest.mark.parametrize("what", ["duplicates", "extraction"])
def test_an_empty_folder_is_refused(silkwatch: Silkwatch, tmp_path: Path, what: str) -> None:
    said = silkwatch("evaluate", what, tmp_path)
    assert (said.code, said.out) == (2, "")
    assert str(tmp_path) in said.err
