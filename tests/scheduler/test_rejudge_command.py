"""`silkwatch rejudge`: says what would change, then does it, and says what it did."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler import beat
from store import candidates, runs, sources
from store.database import Store
from store.models import Article, Reading, Verdict, VerdictKind
from tests.crawler.analysis.beat import loaded
from tests.scheduler.conftest import Silkwatch
from tests.store import make

TITLE, TEXT = "Iran and China sign a railway agreement", "The ministers of Iran and China met in Tehran."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return beat.create(tmp_path / "beat")


def keep(store: Store, folder: Path, count: int = 1) -> None:
    rules = loaded(folder)
    with store.write():
        sources.sync(store, [make.source()], make.NOW)
        runs.start(store, kind="news", source_ids=["paper"], now=make.NOW, pid=1)
    for number in range(count):
        row = {"title": TITLE, "text": TEXT, "language": "en", "published": None, "source_id": "paper"}
        judged = rules.article(row | {"endpoint_url": None, "perspective": "western"})
        url = f"https://paper.example/{number}"
        article = Article(url=url, source_id="paper", title=TITLE, text=TEXT, language="en")
        make.keep(store, 1, Reading(article=article, relevance=judged))


def raise_thresholds(folder: Path) -> None:
    path = folder / "relevance.toml"
    text = path.read_text("utf-8")
    for name, value in (("central", 1.0), ("substantial", 1.0), ("near_miss", 0.5)):
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", text, count=1)
    path.write_text(text, "utf-8")


def labels(db: Path) -> list[str]:
    with Store.open(db, readonly=True) as store:
        return [row["relevance_label"] for row in store.rows("SELECT relevance_label FROM articles")]


def test_alone_it_explains_what_can_be_judged_again(silkwatch: Silkwatch) -> None:
    said = silkwatch("rejudge")
    assert said.code == 0
    assert "After weights, thresholds or vocabulary have changed." in said.out


def test_a_dry_run_says_and_does_not(silkwatch: Silkwatch, db: Path, store: Store, folder: Path) -> None:
    keep(store, folder)
    raise_thresholds(folder)
    said = silkwatch("rejudge", "relevance", "--dry-run", "--db", db, "--beat", folder)
    assert said.code == 0
    assert "1 central → near miss (kept, left out of lists)" in said.out
    assert TITLE in said.out and "https://paper.example/0" in said.out
    assert said.out.endswith("Nothing was changed.\n")
    assert labels(db) == ["central"]


def test_without_it_what_was_said_is_done_once(silkwatch: Silkwatch, db: Path, store: Store, folder: Path) -> None:
    keep(store, folder, 2)
    raise_thresholds(folder)
    said = silkwatch("rejudge", "relevance", "--db", db, "--beat", folder, "--limit", 1)
    assert "… and 1 more labels (--limit 2 lists all)." in said.out
    assert "Done: 2 articles and 0 pages carry these rules" in said.out
    assert labels(db) == ["near_miss", "near_miss"]
    again = silkwatch("rejudge", "relevance", "--db", db, "--beat", folder)
    assert "Everything was judged by these rules already." in again.out


def test_as_one_document(silkwatch: Silkwatch, db: Path, store: Store, folder: Path) -> None:
    keep(store, folder)
    raise_thresholds(folder)
    planned = silkwatch("rejudge", "relevance", "--dry-run", "--json", "--db", db, "--beat", folder).json()
    assert planned["articles"] == {"label": 1} and planned["done"] is None
    (change,) = planned["changes"]
    assert (change["label_before"], change["label_now"], change["reader"]) == ("central", "near_miss", None)
    done = silkwatch("rejudge", "relevance", "--json", "--db", db, "--beat", folder).json()
    assert done["done"] == {"articles": 1, "pages": 0, "fetched_again": 0, "left": 0}
    empty = silkwatch("rejudge", "relevance", "--json", "--db", db, "--beat", folder).json()
    assert (empty["articles"], empty["pages"], empty["done"]) == ({}, {}, None)


def test_off_topic_pages_are_told_by_what_is_left_of_them(
    silkwatch: Silkwatch, db: Path, store: Store, folder: Path
) -> None:
    keep(store, folder)
    rules = loaded(folder)
    titles = {"list": "Iran, China, Russia and India in a market report", "rain": "Rain over the weekend"}
    for name, title in titles.items():
        (number,) = make.listed(store, 1, f"https://paper.example/{name}")
        row = {"title": title, "text": "", "language": "en", "published": None, "source_id": "paper"}
        judged = rules.article(row | {"endpoint_url": None, "perspective": "western"})
        verdict = Verdict(kind=VerdictKind.OFF_TOPIC, reason="off_topic", detail="")
        with store.write():
            candidates.decide(store, number, verdict, now=make.NOW, run_id=1, relevance=judged)
            store.update("candidates", {"id": number}, {"title": title})
    path = folder / "relevance.toml"
    path.write_text(re.sub(r"(?m)^bias = .*$", "bias = 12.0", path.read_text("utf-8"), count=1), "utf-8")
    command = ("rejudge", "relevance", "--dry-run", "--db", db, "--beat", folder)
    weighed = silkwatch(*command).out
    assert "Off-topic pages: 2 were judged by other rules and left no text." in weighed
    assert "1 stay off topic by what was measured of them" in weighed
    assert "1 now concern the beat by what was measured of them: they wait for a new fetch" in weighed
    with (folder / "lexicon" / "companies.csv").open("a", encoding="utf-8") as file:
        file.write("qwertz,company,china,strong,en,Qwertz,word,cap,,,,general\n")
    assert "2 were judged by another vocabulary" in silkwatch(*command).out
    assert "They stay as they are (1 likely to concern the beat; see --refetch)." in silkwatch(*command).out
    assert "1 likely to concern the beat wait for a new fetch" in silkwatch(*command, "--refetch", "likely").out
    assert "They wait for a new fetch." in silkwatch(*command, "--refetch", "all").out


def test_since_names_a_day(silkwatch: Silkwatch, db: Path, store: Store, folder: Path) -> None:
    keep(store, folder)
    raise_thresholds(folder)
    late = silkwatch("rejudge", "relevance", "--since", "2026-03-03", "--db", db, "--beat", folder)
    assert "Everything was judged" in late.out
    wrong = silkwatch("rejudge", "relevance", "--since", "soon", "--db", db, "--beat", folder)
    assert wrong.code == 2


def test_killed_at_any_moment_it_leaves_a_sound_store_and_goes_on(
    db: Path, store: Store, folder: Path, silkwatch: Silkwatch
) -> None:
    keep(store, folder, 300)
    raise_thresholds(folder)
    command = [sys.executable, "-m", "scheduler", "rejudge", "relevance", "--db", str(db), "--beat", str(folder)]
    child = subprocess.Popen(command, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()  # it has planned, and is about to save or saving
    child.kill()
    child.wait()
    child.stdout.close()
    assert store.value("PRAGMA integrity_check") == "ok"
    saved = labels(db).count("near_miss")
    assert saved in (0, 200, 300), "a transaction is done or not"
    rest = silkwatch("rejudge", "relevance", "--json", "--db", db, "--beat", folder).json()
    assert rest["articles"].get("label", 0) == 300 - saved
    assert set(labels(db)) == {"near_miss"}


@pytest.mark.parametrize(("typed", "left", "code"), [(b"n\n", "central", 1), (b"y\n", "near_miss", 0)])
def test_on_a_terminal_it_asks_first(
    db: Path, store: Store, folder: Path, typed: bytes, left: str, code: int
) -> None:
    keep(store, folder)
    raise_thresholds(folder)
    person, terminal = os.openpty()
    command = [sys.executable, "-m", "scheduler", "rejudge", "relevance", "--db", str(db), "--beat", str(folder)]
    os.write(person, typed)
    try:
        done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, timeout=120, check=False)
    finally:
        os.close(person)
        os.close(terminal)
    assert "1 central → near miss" in done.stdout and "Change this?" in done.stdout
    assert (done.returncode, labels(db)) == (code, [left])
