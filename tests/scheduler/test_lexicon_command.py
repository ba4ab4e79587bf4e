"""`silkwatch lexicon`: the vocabulary checked, a new term tried against the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler import beat
from store import candidates
from store.database import Store
from store.models import Article, Reading, Verdict, VerdictKind
from tests.scheduler.conftest import Silkwatch
from tests.store import make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return beat.create(tmp_path / "beat")


@pytest.fixture
def kept(store: Store) -> Store:
    """Two articles and the headline of a page that was not kept."""
    run = make.begin(store, make.source(perspective="western"))
    texts = {
        "qwertz": ("Iran buys ships of Qwertz", "The shipyard Qwertz delivers two ships to Iran, officials said."),
        "oil": ("Iran sells oil to China", "Iran and China signed an agreement. Qwertz is not a part of it."),
    }
    for name, (title, text) in texts.items():
        read = Article(url=f"https://paper.example/{name}", source_id="paper", title=title, text=text, language="en")
        make.keep(store, run, Reading(article=read, relevance=make.relevance()))
    (number,) = make.listed(store, run, "https://paper.example/missed")
    with store.write():
        verdict = Verdict(kind=VerdictKind.OFF_TOPIC, reason="look", detail="")
        candidates.decide(store, number, verdict, now=make.NOW, run_id=run)
        store.update("candidates", {"id": number}, {"title": "Iran signs an agreement with Qwertz in Tehran"})
    return store


def test_the_shipped_vocabulary_is_sound(silkwatch: Silkwatch) -> None:
    said = silkwatch("lexicon", "lint")
    assert said.code == 0 and said.out.splitlines()[-1].startswith("0 errors, ")
    document = silkwatch("lexicon", "lint", "--json").json()
    assert document["counts"]["error"] == 0
    assert {"level", "code", "where", "term", "language", "concept", "message"} == set(document["findings"][0])


def test_errors_are_told_and_end_with_one(silkwatch: Silkwatch, folder: Path) -> None:
    with (folder / "lexicon" / "companies.csv").open("a", encoding="utf-8") as file:
        file.write("qwertz,company,china,strong,en,Qw,word,,,,,heard\n")
    said = silkwatch("lexicon", "lint", "--beat", folder)
    assert said.code == 1
    assert "error provenance: 1\n  companies.csv:" in said.out and "error short: 1" in said.out
    assert said.out.splitlines()[-1].startswith("2 errors, ")


def test_a_row_that_cannot_be_read_is_told(silkwatch: Silkwatch, folder: Path) -> None:
    with (folder / "lexicon" / "companies.csv").open("a", encoding="utf-8") as file:
        file.write("qwertz,company,china,huge,en,Qwertz,word,,,,,seen\n")
    said = silkwatch("lexicon", "lint", "--beat", folder, "--corpus", folder / "beat.toml")
    assert said.code == 1 and "error malformed: 1\n  companies.csv:" in said.out


def test_texts_tell_which_terms_are_silent(
    silkwatch: Silkwatch, db: Path, kept: Store, folder: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "texts.jsonl"
    row = {"title": "Rain in Iran", "lead": "It rained in Iran for the whole of the weekend.", "language": "en"}
    corpus.write_text((json.dumps(row) + "\n") * 120, "utf-8")
    for option in (("--corpus", corpus), ("--corpus", corpus, "--db", db)):
        document = silkwatch("lexicon", "lint", "--json", *option).json()
        silent = {found["term"] for found in document["findings"] if found["code"] == "silent"}
        assert "Tehran" in silent and "Iran" not in silent
        assert ("China" in silent) == ("--db" not in option)
    corpus.write_text("nonsense", "utf-8")
    said = silkwatch("lexicon", "lint", "--corpus", corpus)
    assert said.code == 2 and "line 1: expected an object" in said.err


def test_a_new_term_shows_what_it_would_have_matched(silkwatch: Silkwatch, db: Path, kept: Store) -> None:
    said = silkwatch("lexicon", "try", "Qwertz", "--side", "china", "--language", "en", "--db", db)
    assert said.code == 0
    assert said.out.startswith("Qwertz: china, strong, en, match word, case cap\n")
    assert "Of 2 articles and 1 headlines of pages that were not kept it stands in 2 and 1" in said.out
    assert "articles: off topic → " in said.out and "https://paper.example/qwertz" in said.out
    found = silkwatch("lexicon", "try", "Qwertz", "--side", "china", "--language", "en", "--db", db, "--json").json()
    changed = {match["url"].rsplit("/", 1)[1] for match in found["matches"] if match["changes"]}
    assert {"qwertz", "missed"} <= changed and "oil" not in changed
    assert found["places"] == {"en": 4} and found["read"] == {"article": 2, "page": 1}
    assert "Qwertz" in found["matches"][0]["around"]


def test_a_term_that_is_known_or_nowhere_is_said(silkwatch: Silkwatch, db: Path, kept: Store) -> None:
    known = silkwatch("lexicon", "try", "China", "--side", "china", "--language", "en", "--db", db)
    assert "Today's vocabulary finds at these places: china " in known.out
    assert "No verdict would change." in known.out
    nowhere = silkwatch("lexicon", "try", "Zxcvb", "--side", "iran", "--db", db)
    assert "It stands in none of 2 articles and 1 headlines" in nowhere.out


def test_a_mask_and_a_concept_can_be_tried(silkwatch: Silkwatch, db: Path, kept: Store) -> None:
    mask = silkwatch(
        "lexicon", "try", "oil to China", "--side", "mask", "--language", "en", "--db", db, "--json"
    ).json()
    (match,) = mask["matches"]
    assert match["score_now"] < match["score_before"]
    like = silkwatch("lexicon", "try", "Qwertz", "--side", "huawei", "--language", "en", "--db", db, "--json").json()
    assert (like["term"]["concept"], like["term"]["side"], like["term"]["class"]) == ("huawei", "china", "company")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("Qwertz", "--side", "atlantis"),
            "'atlantis' is neither a side (china, iran, both, context, mask) nor a concept",
        ),
        (("\u200f", "--side", "iran"), "holds no letter"),
        (("Qwertz",), "--side"),
    ],
)
def test_what_can_be_no_term_is_told(
    silkwatch: Silkwatch, db: Path, kept: Store, arguments: tuple[str, ...], told: str
) -> None:
    said = silkwatch("lexicon", "try", *arguments, "--db", db)
    assert said.code == 2 and told in said.err
