"""`silkwatch seed`: what was known beforehand, from a person's own files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.seeds import load_seeds
from store import seeds
from store.database import Store
from tests.newsdesk import OIL_BUYERS, PORT_DEAL
from tests.scheduler.conftest import Silkwatch
from tests.store.make import seed


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two articles and the facts about one of them."""
    folder = tmp_path / "known"
    folder.mkdir()
    (folder / "port.txt").write_text("\n\n".join(PORT_DEAL), "utf-8")
    (folder / "oil.txt").write_text("\n\n".join(OIL_BUYERS), "utf-8")
    facts = {"seed": "port.txt", "url": "https://www.harbour.example/port?utm_source=x", "published": "2026-03-02"}
    (folder / "seeds.json").write_text(json.dumps({"seeds": [facts]}), "utf-8")
    return folder


def test_seeds_are_made_of_files_listed_and_forgotten(silkwatch: Silkwatch, db: Path, files: Path) -> None:
    added = silkwatch("seed", "add", files, "--db", db)
    assert added.code == 0
    assert added.out.endswith("2 seeds.\n")
    assert "https://harbour.example/port" in added.out
    listed = silkwatch("seed", "list", "--db", db, "--json").json()["seeds"]
    assert {one["added_by"] for one in listed} == {"user"}
    assert all(one["words"] > 50 for one in listed)
    gone = silkwatch("seed", "remove", listed[0]["id"], "--db", db)
    assert (gone.code, gone.out) == (0, f"Forgotten: {listed[0]['id']}\n")
    assert silkwatch("seed", "list", "--db", db).out.endswith("1 seed.\n")


def test_adding_again_replaces(silkwatch: Silkwatch, db: Path, files: Path) -> None:
    first = silkwatch("seed", "add", files, "--db", db, "--json").json()
    assert silkwatch("seed", "add", files, "--db", db, "--json").json() == first
    assert len(silkwatch("seed", "list", "--db", db, "--json").json()["seeds"]) == 2


def test_a_text_that_is_a_seed_already_is_named_and_stays_that_seed(
    silkwatch: Silkwatch, db: Path, files: Path
) -> None:
    known = silkwatch("seed", "add", files / "oil.txt", "--db", db, "--json").json()["seeds"][0]["id"]
    (files / "copied.txt").write_text((files / "oil.txt").read_text("utf-8"), "utf-8")
    said = silkwatch("seed", "add", files / "copied.txt", "--db", db)
    assert (said.code, said.out) == (0, "0 seeds.\n")
    assert said.err.startswith("left out: copied-")
    assert said.err.endswith(f": its text is the seed {known} already\n")


def test_what_cannot_be_a_seed_is_named_and_the_rest_is_added(silkwatch: Silkwatch, db: Path, files: Path) -> None:
    (files / "note.txt").write_text("Iran and China meet.", "utf-8")
    said = silkwatch("seed", "add", files, "--db", db)
    assert (said.code, said.out.endswith("2 seeds.\n")) == (0, True)
    assert said.err == f"left out: {files / 'note.txt'}: 4 words of text, at least 20 are needed\n"


def test_all_added_seeds_are_forgotten_at_once_and_the_beats_own_stay(
    silkwatch: Silkwatch, store: Store, db: Path, files: Path
) -> None:
    with store.write():
        seeds.add(store, seed("jpost"))
    silkwatch("seed", "add", files, "--db", db)
    assert silkwatch("seed", "remove", "--all", "--db", db).out.count("Forgotten") == 2
    assert [one.id for one in seeds.all(store)] == ["jpost"]
    said = silkwatch("seed", "remove", "--db", db)
    assert (said.code, "name the seeds to forget, or say --all" in said.err) == (2, True)


def test_a_maintainer_writes_them_into_the_beat_without_their_texts(
    silkwatch: Silkwatch, db: Path, files: Path, tmp_path: Path
) -> None:
    shipped = tmp_path / "beat" / "seeds"
    assert silkwatch("seed", "add", files, "--shipped", shipped).code == 0
    assert not db.exists()
    assert {one.added_by for one in load_seeds(shipped)} == {"shipped"}
    assert not any("Shandong" in file.read_text("utf-8") for file in shipped.iterdir())


def test_a_shipped_seed_cannot_be_forgotten_for_good(silkwatch: Silkwatch, store: Store, db: Path) -> None:
    with store.write():
        seeds.add(store, seed("jpost"))
    said = silkwatch("seed", "remove", "jpost", "--db", db)
    assert (said.code, "the next run would bring it back" in said.err) == (2, True)
    assert [one.id for one in seeds.all(store)] == ["jpost"]


def test_an_unknown_seed_is_told(silkwatch: Silkwatch, db: Path) -> None:
    with Store.open(db):
        said = silkwatch("seed", "remove", "nothing", "--db", db)
    assert (said.code, said.err) == (2, "silkwatch: no such seed: nothing; `silkwatch seed list` names them all\n")


def test_a_text_too_short_to_be_recognised_is_refused(silkwatch: Silkwatch, db: Path, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("Iran and China meet.", "utf-8")
    said = silkwatch("seed", "add", tmp_path / "short.txt", "--db", db)
    assert said.code == 2
    assert "4 words of text" in said.err


def test_hostile_facts_stay_harmless(silkwatch: Silkwatch, store: Store, db: Path) -> None:
    with store.write():
        seeds.add(store, seed("s1", title="\x1b[31mred", publisher="\u202eevil", url="https://x.example/\x07"))
    assert not set(silkwatch("seed", "list", "--db", db).out) & set("\x1b\u202e\x07")
