"""`silkwatch export`: what was kept, as other programs read it, whole and streamed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from scheduler.export import FORMS
from store import articles, candidates, clock, duplicates, stories
from store import export as exports
from store.database import Store
from store.models import Comparison, Relation, Topic
from tests.scheduler.conftest import Said, Silkwatch
from tests.store.make import DAY, HOUR, NOW, begin, keep, link, reading, source

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '=cmd|"/c calc"!A1\x1b[31m'


@pytest.fixture
def filled(store: Store, db: Path) -> Store:
    """Three articles of two stories, one of them copied; the store's clock stands (all but) still an hour later."""
    clock.write(db, clock.Clock(real=datetime.now(UTC), shown=NOW + HOUR, speed=0.001))
    run_id = begin(store, source(), source("agency"))
    first = keep(
        store, run_id, reading("https://paper.example/1", "Oil deal", "Iran sells oil to China."), now=NOW - 3 * DAY
    )
    story = articles.story_of(store, first)
    keep(
        store, run_id, reading("https://paper.example/2", "توافق نفتی", "ایران به چین نفت می‌فروشد.", language="fa",
                               topics=(Topic("trade", 0.9, "x"), Topic("energy", 0.5, "y"))), story_id=story,
    )  # fmt: skip
    keep(store, run_id, reading("https://paper.example/3", HOSTILE, "Trains and\nports, of Iran.", topics=()))
    same = Comparison(relation=Relation.NEAR, similarity=0.9, coverage_a=1, coverage_b=1)
    with store.write():
        told = Comparison(relation=Relation.TRANSLATED, similarity=0.6, coverage_a=0, coverage_b=0, confidence=0.8)
        stories.link(store, first + 1, first, told, now=NOW)
        url = "https://agency.example/1"
        found = candidates.record_links(
            store, "paper", "https://paper.example/rss.xml", [link(url)], run_id=run_id, now=NOW
        )
        duplicates.insert(store, reading(url, "Oil deal, again"), article_id=first, seed_id=None, comparison=same,
                          candidate_id=found[0].id, source=source("agency"), run_id=run_id, now=NOW)  # fmt: skip
    return store


def lines(said: Said) -> list[dict[str, Any]]:
    assert said.code == 0
    return [json.loads(line) for line in said.out.splitlines()]


def test_each_article_is_a_line_with_its_story_topics_and_copies(
    silkwatch: Silkwatch, filled: Store, db: Path
) -> None:
    said = silkwatch("export", "--db", db)
    first, second, third = lines(said)
    assert said.err == "3 articles\n"
    assert (first["id"], first["url"], first["published"]) == (1, "https://paper.example/1", "2026-03-01T12:00:00Z")
    assert first["story"] == second["story"] == {"id": 1, "title": "Oil deal", "articles": 2}
    assert [(c["publisher"], c["relation"], c["similarity"]) for c in first["copies"]] == [
        ("The Agency", "near", 0.9)
    ]
    assert (second["language"], second["topics"], second["copies"]) == ("fa", ["trade", "energy"], [])
    assert [(f["url"], f["relation"], f["confidence"]) for f in second["follows"]] == [
        (first["url"], "translated", 0.8)
    ]
    assert third["title"] == HOSTILE and "\x1b" not in said.out
    assert "text" not in first
    assert lines(silkwatch("export", "--text", "--db", db))[2]["text"] == "Trains and\nports, of Iran."


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--since", "1d"], [2, 3]),
        (["--since", "2026-02-27"], [1, 2, 3]),
        (["--topic", "energy"], [1, 2]),
        (["--topic", "trade", "--topic", "nothing"], [2]),
        (["--language", "fa"], [2]),
        (["--language", "fa", "--language", "en"], [1, 2, 3]),
        (["--query", "oil"], [1]),
        (["--query", "نفت"], [2]),
        (["--query", "Iran OR ایران"], [1, 2, 3]),
        (["--query", "Iran topic:energy"], [1]),
        (["--query", "ایران", "--language", "en"], []),
        (["--topic", "energy", "--since", "1d"], [2]),
    ],
    ids=str,
)
def test_what_is_wanted_narrows(
    silkwatch: Silkwatch, filled: Store, db: Path, options: list[str], ids: list[int]
) -> None:
    assert [one["id"] for one in lines(silkwatch("export", *options, "--db", db))] == ids


def test_what_a_reader_called_irrelevant_is_left_out(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    with filled.write():
        filled.change("UPDATE articles SET relevance_label = 'off_topic' WHERE id = 2")
    assert [one["id"] for one in lines(silkwatch("export", "--db", db))] == [1, 3]


def test_a_query_without_a_word_is_refused(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    said = silkwatch("export", "--query", "-oil", "--db", db)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("silkwatch: --query: expected at least one word")


def test_a_table_has_headings_and_no_formula(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    said = silkwatch("export", "--format", "csv", "--text", "--db", db)
    first, second, third = csv.DictReader(io.StringIO(said.out))
    assert (first["copies"], first["copied_by"], second["topics"]) == ("1", "The Agency", "trade; energy")
    assert third["title"] == "'" + HOSTILE.replace("\x1b", "␛")
    assert third["text"] == "Trains and\nports, of Iran."
    nothing = silkwatch("export", "--format", "csv", "--topic", "none", "--db", db).out
    assert nothing.startswith("id,url,title,") and nothing.count("\n") == 1


def test_a_feed_has_the_newest_first(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    feed = ElementTree.fromstring(silkwatch("export", "--format", "atom", "--db", db).out)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")] == [
        f"urn:silkwatch:new#article-{number}" for number in (3, 2, 1)
    ]
    assert feed.find(f"{atom}link") is None
    assert (
        ElementTree.fromstring(silkwatch("export", "--format", "atom", "--topic", "none", "--db", db).out) is not None
    )


def test_json_is_one_document(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    assert [one["id"] for one in silkwatch("export", "--json", "--db", db).json()["articles"]] == [1, 2, 3]
    assert silkwatch("export", "--json", "--topic", "none", "--db", db).json() == {"articles": []}


@pytest.mark.parametrize(
    ("name", "form"), [("a.jsonl", "jsonl"), ("a.CSV", "csv"), ("a.json", "json"), ("a.xml", "atom"), ("a", "jsonl")]
)
def test_a_file_is_written_in_the_form_of_its_ending(
    silkwatch: Silkwatch, filled: Store, db: Path, name: str, form: str
) -> None:
    path = db.parent / name
    told = silkwatch("export", "-o", path, "--json", "--db", db).json()
    assert told == {"file": str(path), "format": form, "articles": 3}
    assert path.read_bytes().decode() == silkwatch("export", "--format", form, "--db", db).out
    said = silkwatch("export", "-o", path, "--db", db)
    assert (said.out, said.err) == ("", f"3 articles in {path}\n")


def test_a_file_that_cannot_be_written_keeps_what_was_there(
    silkwatch: Silkwatch, filled: Store, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = silkwatch("export", "-o", db.parent / "no" / "where.csv", "--db", db)
    assert (said.code, said.err.count("cannot be written: No such file or directory")) == (1, 1)
    path = db.parent / "a.jsonl"
    path.write_text("before")
    with filled.write():
        filled.change("UPDATE articles SET authors = 'broken' WHERE id = 3")
    with pytest.raises(ValueError):
        silkwatch("export", "-o", path, "--db", db)
    assert path.read_text() == "before"
    assert sorted(p.suffix for p in db.parent.iterdir() if "a.jsonl" in p.name) == [".jsonl"]


def test_a_reader_who_has_enough_is_no_error(filled: Store, db: Path) -> None:
    command = [sys.executable, "-m", "scheduler", "export", "--db", str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert (child.stderr.read(), child.wait(60)) == (b"", 0)


@pytest.mark.parametrize("form", ["jsonl", "json", "csv"])
def test_memory_does_not_grow_with_the_store(filled: Store, form: str) -> None:
    """Five thousand articles take no more of it than a thousand."""
    columns = "title, publisher, published, published_precision, published_origin, day, modified, first_seen, language, perspective, country, topics, relevance_score, relevance_label, relevance_evidence, relevance_why, lead, authors, length, paywalled, revisions, story_id, source_id, run_id, site, relevance_version, text_digest, relevance_terms, text"

    def peak(articles: int) -> int:
        with filled.write():
            filled.change(
                f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?) INSERT INTO articles "
                f"(url, {columns}) SELECT 'https://paper.example/' || ? || '/' || n, {columns} FROM n, articles WHERE id = 1",
                [articles, articles],
            )
        tracemalloc.start()
        rows = exports.articles(filled, exports.Wanted(text=True), today=NOW.date())
        size = sum(len(part) for part in FORMS[form](rows))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > articles * 200
        return most

    small = peak(1000)
    assert peak(4000) < 1.5 * small
