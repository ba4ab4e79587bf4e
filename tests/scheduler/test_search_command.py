"""`silkwatch search` and `silkwatch reindex`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.found import marked
from store.database import Store
from store.search import index
from tests.scheduler.conftest import Silkwatch
from tests.store.make import begin, keep, reading


@pytest.fixture
def filled(store: Store) -> Store:
    run_id = begin(store)
    keep(store, run_id, reading("https://paper.example/zh", "伊朗石油", "中国购买伊朗石油。", language="zh"))
    keep(store, run_id, reading("https://paper.example/fa", "نفت ایران", "چینی‌ها نفت می‌خرند.", language="fa"))
    keep(store, run_id, reading("https://paper.example/en", "Iranian tankers", "Iran sells oil.", language="en"))
    return store


def test_an_expanded_search_says_which_term_matched_in_which_language(
    silkwatch: Silkwatch, filled: Store, db: Path
) -> None:
    said = silkwatch("search", "--expand", "Iran", "oil", "--db", db)
    assert said.code == 0
    assert "  Iran: 伊朗 (zh) · oil: 石油 (zh)" in said.out.splitlines()
    assert "نفت" in said.out and "Iranian tankers" in said.out
    assert silkwatch("search", "Iran", "oil", "--db", db).out.count("https://") == 1


def test_json_tells_marks_passage_and_matched_terms(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    told = silkwatch("search", "--expand", "oil", "lang:zh", "--json", "--db", db).json()
    (article,) = told["articles"]
    assert (told["query"], told["total"], told["more"]) == ("oil lang:zh", 1, False)
    assert article["title_marks"] == [[2, 4]]
    assert article["matched"] == [{"typed": "oil", "term": "石油", "language": "zh", "words": "石油", "count": 2}]
    passage = article["passage"]
    assert [passage["text"][start:end] for start, end in passage["marks"]] == ["石油"]
    assert (passage["start"], passage["begins"], passage["ends"]) == (0, True, True)


def test_a_passage_and_the_number_of_the_others_are_shown(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    said = silkwatch("search", "oil OR نفت", "--limit", "1", "--sort", "newest", "--db", db)
    assert said.out.splitlines()[-1] == "1 of 2 that were found."


@pytest.mark.parametrize("typed", ["…", "-oil", "lang:fa"])
def test_a_search_without_a_word_says_what_it_needs(
    silkwatch: Silkwatch, filled: Store, db: Path, typed: str
) -> None:
    said = silkwatch("search", typed, "--db", db)
    assert (said.code, said.out) == (1, "Nothing to look for: a search needs a word.\n")


def test_articles_that_are_not_indexed_yet_are_told_and_indexed_on_request(
    silkwatch: Silkwatch, filled: Store, db: Path
) -> None:
    with filled.write():
        index.empty(filled)
    said = silkwatch("search", "oil", "--db", db)
    assert said.code == 1
    assert said.err == (
        "silkwatch: 3 older articles are not in the search index yet; `silkwatch reindex` finishes it\n"
    )
    assert silkwatch("reindex", "--db", db).out == "The search index is whole: 3 articles.\n"
    assert silkwatch("search", "oil", "--db", db).code == 0
    assert silkwatch("reindex", "--all", "--json", "--db", db).json() == {"articles": 3}
    assert silkwatch("search", "oil", "--db", db).code == 0


def test_an_index_of_another_version_is_told(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    with filled.write():
        filled.change("UPDATE search_index SET recipe = 'old'")
    assert "another version" in silkwatch("search", "oil", "--db", db).err


def test_a_broken_vocabulary_is_an_error_of_configuration(
    silkwatch: Silkwatch, filled: Store, db: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "beat"
    assert silkwatch("beat", "new", folder).code == 0
    (folder / "search.toml").write_text('several = "x"\nnews = 1\n[concepts.oil]\nen = []\n', "utf-8")
    said = silkwatch("search", "--expand", "oil", "--beat", folder, "--db", db)
    assert said.code == 2
    assert "several: expected a list of texts" in said.err and "news: unknown" in said.err
    assert "concepts.oil.en: expected a list of terms" in said.err


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("Iran oil", [(0, 4)], "<Iran> oil"),
        ("a\x1b[31m\nb", [(0, 1)], "<a>␛[31m b"),
        ("نفت ایران", [(0, 3)], "\u2068<نفت> ایران\u2069"),
        ("", [], ""),
    ],
)
def test_marks_are_set_and_nothing_a_terminal_would_obey(text: str, spans: list[tuple[int, int]], shown: str) -> None:
    assert marked(text, spans, ("<", ">")) == shown


def test_an_option_that_does_not_exist_is_no_word_to_leave_out(silkwatch: Silkwatch, filled: Store, db: Path) -> None:
    said = silkwatch("search", "--limt", "5", "oil", "--db", db)
    assert said.code == 2 and "--limt" in said.err and not said.out
