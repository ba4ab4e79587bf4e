"""`silkwatch feedback`: said, listed, taken back, carried to another store, measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.database import Store
from store.models import Label, Verdict, VerdictKind
from tests.scheduler.conftest import Silkwatch
from tests.store import make

URL = "https://paper.example/oil"
MISSED = "https://paper.example/missed"


@pytest.fixture
def kept(store: Store) -> Store:
    """One article, and one page that was near it."""
    from store import candidates

    run = make.begin(store)
    make.keep(store, run, make.reading(URL))
    (number,) = make.listed(store, run, MISSED)
    verdict = Verdict(kind=VerdictKind.OFF_TOPIC, reason="near_miss", detail="")
    with store.write():
        candidates.decide(
            store, number, verdict, now=make.NOW, run_id=run,
            relevance=make.relevance(score=0.4, label=Label.NEAR_MISS),
        )  # fmt: skip
    return store


def label(store: Store) -> str:
    return str(store.value("SELECT relevance_label FROM articles"))


def test_a_page_is_judged_by_any_spelling_of_its_address(silkwatch: Silkwatch, db: Path, kept: Store) -> None:
    said = silkwatch("feedback", f"{URL}?utm_source=mail", "irrelevant", "--note", "a list", "--db", db)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Called irrelevant: {URL}\nIts label was central and is off topic.\n"
    assert label(kept) == "off_topic"
    again = silkwatch("feedback", "add", URL, "relevant", "--db", db, "--json").json()
    assert (again["label_before"], again["label_now"], again["fetched_again"]) == ("off_topic", "central", False)


def test_a_missed_page_waits_for_its_fetch(silkwatch: Silkwatch, db: Path, kept: Store) -> None:
    said = silkwatch("feedback", MISSED, "relevant", "--db", db)
    assert "waits for a new fetch" in said.out
    assert kept.value("SELECT state FROM candidates WHERE url = ?", [MISSED]) == "pending"
    no = silkwatch("feedback", MISSED, "irrelevant", "--db", db)
    assert "remembered for measuring" in no.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("https://paper.example/misse", "relevant"), 2, f"known and like it: {MISSED}"),
        ((URL, "perhaps"), 2, "perhaps"),
        (("not-a-url", "relevant"), 2, "No such command"),
        (("add", "not-a-url", "relevant"), 2, "not the address of a page"),
        (("remove", URL), 2, "nothing was said of"),
    ],
)
def test_what_cannot_be_is_told(
    silkwatch: Silkwatch, db: Path, kept: Store, arguments: tuple[str, ...], code: int, told: str
) -> None:
    said = silkwatch("feedback", *arguments, "--db", db) if arguments[0] != "not-a-url" else silkwatch(
        "feedback", *arguments
    )  # fmt: skip
    assert said.code == code and told in said.err and said.out == ""


def test_it_is_listed_and_taken_back(silkwatch: Silkwatch, db: Path, kept: Store) -> None:
    assert silkwatch("feedback", "list", "--db", db).out == "0 judgements.\n"
    silkwatch("feedback", URL, "irrelevant", "--note", "a list", "--db", db)
    listed = silkwatch("feedback", "list", "--db", db)
    assert "irrelevant (by the rules: 0.90 central)  Iran sells oil" in listed.out
    assert "  a list\n1 judgement.\n" in listed.out
    (row,) = silkwatch("feedback", "list", "--db", db, "--json").json()["feedback"]
    assert (row["url"], row["rules_label"], "text" in row) == (URL, "central", False)
    assert silkwatch("feedback", "remove", URL, "--db", db).out == "Taken back.\n"
    assert label(kept) == "central"


def test_it_is_carried_to_another_store(silkwatch: Silkwatch, db: Path, kept: Store, tmp_path: Path) -> None:
    silkwatch("feedback", URL, "irrelevant", "--note", "a list", "--db", db)
    silkwatch("feedback", MISSED, "relevant", "--db", db)
    lines = silkwatch("feedback", "export", "--db", db).out
    rows = {row["url"]: row for row in map(json.loads, lines.splitlines())}
    assert (rows[URL]["label"], rows[URL]["reason"], rows[URL]["lead"]) == (0, "a list", "Iran sells oil to China.")
    assert rows[MISSED]["label"] == 1
    file, other = tmp_path / "said.jsonl", tmp_path / "other.db"
    file.write_text(lines, "utf-8")
    assert silkwatch("feedback", "import", file, "--db", other).out.startswith("2 taken in, 0 of them")
    assert silkwatch("feedback", "export", "--db", other).out.count("\n") == 2
    assert silkwatch("feedback", "import", file, "--db", db, "--json").json()["feedback"][1]["article_id"] == 1
    assert "text" in json.loads(silkwatch("feedback", "export", "--texts", "--db", db).out.splitlines()[1])


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"url": "x", "label": 1}', '{"url": "https://a.example/b", "title": "T", "label": 7}']
)
def test_a_wrong_line_is_named_and_nothing_is_taken_in(
    silkwatch: Silkwatch, db: Path, kept: Store, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "said.jsonl"
    file.write_text(json.dumps({"url": URL, "title": "T", "label": 0}) + f"\n{line}\n", "utf-8")
    said = silkwatch("feedback", "import", file, "--db", db)
    assert said.code == 2 and "line 2: expected an object with url" in said.err
    assert silkwatch("feedback", "list", "--db", db).out == "0 judgements.\n"


def test_it_is_measured(silkwatch: Silkwatch, db: Path, kept: Store, tmp_path: Path) -> None:
    nothing = silkwatch("evaluate", "relevance", "--feedback", "--db", db)
    assert nothing.code == 2 and "no reader has judged a page yet" in nothing.err
    assert silkwatch("evaluate", "relevance").code == 2
    silkwatch("feedback", URL, "relevant", "--db", db)
    report = silkwatch("evaluate", "relevance", "--feedback", "--db", db, "--json").json()
    assert report["overall"]["n"] == 1 and list(report["by_kind"]) == ["relevant, other"]
    file = tmp_path / "items.jsonl"
    file.write_text(json.dumps({"id": "a", "language": "en", "title": "Rain", "label": 0}) + "\n", "utf-8")
    both = silkwatch("evaluate", "relevance", file, "--feedback", "--db", db, "--json").json()
    assert both["overall"]["n"] == 2
