"""The index follows its articles, and is made anew when its recipe has changed."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import articles, upkeep
from store.database import Store
from store.migrations import migrations
from store.search import index, shadow
from tests.store.make import NOW, begin, found, keep, reading

BEFORE_SEARCH = "m010_search"


def many(store: Store, count: int) -> int:
    run_id = begin(store)
    for number in range(count):
        keep(store, run_id, reading(f"https://paper.example/{number}", f"Tanker {number}", "Ports of China."))
    return run_id


def test_an_older_store_is_indexed_anew_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        migrations.apply(Database(connection), stop_before=BEFORE_SEARCH)
        names = {row[1]: row[2] for row in connection.execute("PRAGMA table_info(articles)") if row[3] or row[5]}
        values: dict[str, object] = {name: 1 if kind in ("INTEGER", "REAL") else "x" for name, kind in names.items()}
        values |= {"title": "Переговоры с Ираном", "text": "伊朗外长", "language": "ru", "day": "2026-03-01",
                   "first_seen": "2026-03-01T00:00:00Z"}  # fmt: skip
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO articles ({columns}) VALUES ({marks})", list(values.values()))
        connection.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (1, 'переговоры с ираном', '伊 朗')")
        connection.commit()
    with Store.open(path) as store:
        assert index.state(store) == index.State(stale=False, left=0)
        assert len(found(store, "Иран")) == 1 and len(found(store, "伊朗")) == 1


def test_an_index_of_another_recipe_is_told_and_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        many(store, 3)
    monkeypatch.setattr(shadow, "VERSION", shadow.VERSION + 1)
    with Store.open(path, readonly=True) as store:
        assert index.state(store).stale
    with Store.open(path) as store:
        assert index.state(store) == index.State(stale=False, left=0)
        assert len(found(store, "tanker")) == 3


def test_making_it_anew_can_be_broken_off_and_goes_on_newest_first(store: Store) -> None:
    run_id = many(store, index.BATCH + 5)
    with store.write():
        index.empty(store)
    assert found(store, "tanker") == [] and index.state(store).left == index.BATCH + 5
    assert index.catch_up(store, seconds=0) == index.BATCH + 5, "no time, no batch"
    batches: list[int] = []

    def stop(done: int) -> None:
        batches.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.catch_up(store, told=stop)
    assert (batches, index.state(store).left) == ([index.BATCH], 5)
    newest = max(row["id"] for row in store.rows("SELECT id FROM articles"))
    assert found(store, "tanker", limit=1)[0]["id"] == newest
    assert [row["title"] for row in found(store, '"tanker 2"')] == []

    with store.write():  # meanwhile the work goes on, on both sides of the border
        articles.revise(store, 1, reading("https://paper.example/0", "Pipeline", "…"), run_id=run_id, now=NOW)
        articles.revise(store, newest, reading("https://paper.example/x", "Refinery", "…"), run_id=run_id, now=NOW)
    keep(store, run_id, reading("https://paper.example/new", "Railway", "…"))
    assert (len(found(store, "railway")), len(found(store, "refinery")), len(found(store, "pipeline"))) == (1, 1, 0)

    assert index.catch_up(store) == 0
    assert len(found(store, "pipeline")) == 1 and len(found(store, '"tanker 2"')) == 1
    assert len(found(store, "tanker", limit=1000)) == index.BATCH + 3
    with store.write():
        store.change("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")


def test_tidying_finishes_the_index(store: Store) -> None:
    many(store, 2)
    with store.write():
        index.empty(store)
    upkeep.optimise(store)
    assert index.state(store).left == 0 and len(found(store, "tanker")) == 2


def test_what_is_forgotten_is_found_no_more(store: Store, run_id: int) -> None:
    number = keep(
        store, run_id, reading("https://paper.example/1", "Ölembargo", "توافق\u200cنامه 伊朗", language="de")
    )
    with store.write():
        index.remove(store, number, articles.get(store, number))
    assert all(found(store, typed) == [] for typed in ("Ölembargo", "توافقنامه", "نامه", "伊朗", "lang:de 伊朗"))


TEXTS = (
    "伊朗外長訪問中國,簽署25年協議。", "متن توافق‌نامه ایران و چینی‌ها", "وبكين للصين والإيراني إِيران",
    "İran'ın petrolü ÇİN’e", "Ирана Ещё Китаю", "Straße Teherán ports", "이란과 중국", "イランの石油", "ईरानी देशों",
)  # fmt: skip


def test_who_changes_the_words_of_the_index_raises_its_version() -> None:
    made = "\n".join(
        " | ".join(shadow.shadow(text, text, language="und", source_id="s", site="x.y").columns) for text in TEXTS
    )
    digest = hashlib.sha256(made.encode()).hexdigest()[:12]
    assert (shadow.VERSION, digest) == (2, "febda66a49d2"), (
        "the words of the index have changed: raise shadow.VERSION, so that stores are indexed anew, and put the new "
        "digest here"
    )
