"""The parts of browsing that are plain functions."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from store import schema
from store.database import Store
from store.datasette import clock, markup, search
from store.datasette.article import terms_by_side
from store.datasette.front import by_topic
from store.datasette.metadata import browsing, listed_columns, metadata
from store.datasette.passages import Piece, paragraphs


def test_every_table_and_column_has_its_description() -> None:
    tables = metadata("news")["databases"]["news"]["tables"]
    for name, table in schema.described().items():
        assert tables[name]["description"] == table.about
        assert tables[name]["columns"] == table.columns
        assert tables[name]["title"]


def test_what_is_listed_and_counted_is_there(store: Store) -> None:
    actual = schema.actual(store.db)
    for name, shown in browsing()["tables"].items():
        facets = [next(iter(f.values())) if isinstance(f, dict) else f for f in shown.get("facets", ())]
        named = [*listed_columns(name), *facets, *(shown[key] for key in ("label", "sort_desc") if key in shown)]
        assert set(named) <= set(actual[name]), name


def test_texts_and_blobs_are_listed_nowhere(store: Store) -> None:
    heavy = {"text", "hashes", "shingles", "relevance_terms", "passages"}
    for name, columns in schema.actual(store.db).items():
        shown = browsing()["tables"].get(name, {})
        if heavy & set(columns) and not shown.get("hidden"):
            assert listed_columns(name) and not heavy & set(listed_columns(name)), name


@pytest.mark.parametrize("facet", ["language", "perspective", "publisher", "day"])
def test_a_filtered_list_and_its_facets_need_one_index_each(store: Store, facet: str) -> None:
    listed = f"SELECT id FROM articles WHERE {facet} = 'x' ORDER BY published DESC"
    counted = f"SELECT publisher, count(*) FROM (SELECT * FROM articles WHERE {facet} = 'x') GROUP BY publisher"
    assert "TEMP B-TREE" not in plan(store.db, listed)
    assert "COVERING INDEX" in plan(store.db, counted)


def plan(db: Database, sql: str) -> str:
    return " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://paper.example/a?b=1#c", True),
        ("http://127.0.0.1:8000/", True),
        ("https://例え.example/路径", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)//http://x", False),
        ("data:text/html,x", False),
        ("//paper.example/a", False),
        ("https:///nohost", False),
        ("https://paper.example/a b", False),
        ("https://paper.example/\u202egpj.exe", False),
        ("https://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_clickable(url: str | None, safe: bool) -> None:
    assert bool(markup.safe_url(url)) is safe
    assert ("<a " in markup.link(url, "Outlet")) is safe


@given(st.text(), st.text(), st.sampled_from(["title", "url", "topics", "detail", "text"]))
def test_no_cell_lets_markup_through(value: str, language: str, column: str) -> None:
    cell = markup.cell(column, f"<i>{value}", language)
    assert cell is None or "<i>" not in cell


@pytest.mark.parametrize(
    ("language", "attributes"),
    [
        ("fa", 'lang="fa" dir="rtl"'),
        ("zh", 'lang="zh" dir="ltr"'),
        ("und", 'dir="auto"'),
        (None, 'dir="auto"'),
        ('en" x="', 'dir="auto"'),
    ],
)
def test_texts_carry_their_language_and_direction(language: str | None, attributes: str) -> None:
    assert markup.written_in(language) == attributes


def term(start: int, end: int, **fields: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "side": "here", "field": "text", **fields}


def test_terms_are_marked_where_they_stand() -> None:
    text = "Oil for Iran.\n\nIran buys."
    assert paragraphs(text, [term(8, 12), term(15, 19)]) == [
        [Piece("Oil for "), Piece("Iran", "here"), Piece(".")],
        [Piece("Iran", "here"), Piece(" buys.")],
    ]


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        ("here", [Piece("在伊朗", "here"), Piece("南部")]),
        ("there", [Piece("在伊", "here"), Piece("朗南部")]),
    ],
)
def test_terms_that_overlap_are_one_mark_when_they_are_of_one_side(second: str, shown: list[Piece]) -> None:
    assert paragraphs("在伊朗南部", [term(0, 2), term(1, 3, side=second)]) == [shown]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=8))
def test_marks_never_change_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    shown = paragraphs(text, [term(start, end) for start, end in spans])
    assert ["".join(piece.text for piece in line) for line in shown] == [
        line for line in text.split("\n") if line.strip()
    ]


def test_terms_of_titles_and_of_no_side_are_not_marked() -> None:
    assert paragraphs("Iran", [term(0, 4, field="title"), term(0, 4, side="")]) == [[Piece("Iran")]]


def test_articles_stand_under_their_first_topic_the_fullest_first() -> None:
    rows = [
        {"id": n, "topics": topics} for n, topics in enumerate(('["b","a"]', "[]", '["a"]', '["a","b"]', "broken"))
    ]
    assert [(topic, [row["id"] for row in found]) for topic, found in by_topic(rows)] == [
        ("a", [2, 3]), ("b", [0]), ("", [1, 4])
    ]  # fmt: skip


def test_terms_are_told_by_side_each_once() -> None:
    found = [
        {"side": "b", "term": "x"},
        {"side": "", "term": "oil"},
        {"side": "a", "term": "y"},
        {"side": "b", "term": "x"},
    ]
    assert terms_by_side(found) == [("a", ["y"]), ("b", ["x"]), ("", ["oil"])]


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("UTC", date(2026, 3, 2), "2026-03-02T00:00:00Z"),
        ("Asia/Tehran", date(2026, 3, 2), "2026-03-01T20:30:00Z"),
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-28T23:00:00Z"),
        ("Europe/Berlin", date(2026, 3, 30), "2026-03-29T22:00:00Z"),  # the clocks went forward between
    ],
)
def test_a_day_begins_at_the_readers_midnight(zone: str, day: date, begins: str) -> None:
    assert clock.Clock(zone).start_of(day) == begins


def test_days_are_counted_back_from_today() -> None:
    reader = clock.Clock("Asia/Shanghai")
    assert reader.day_start(2) == reader.start_of(reader.today() - timedelta(days=2))
    assert clock.day_start(reader, " 2 ", 7) == reader.day_start(2)
    assert clock.days_ago(reader, "nonsense", 7) == clock.days_ago(reader, -4, 7) == reader.day(7).isoformat()
    assert clock.days_ago(reader, None, None) == reader.today().isoformat() and reader.day(10**9)


def test_a_day_stays_the_publishers_day_and_a_time_is_the_readers() -> None:
    reader = clock.Clock("America/New_York")
    assert reader.shown("2026-03-01T20:30:00Z", "day") == "2026-03-02"  # midnight in Tehran
    assert reader.shown("2026-03-01T20:30:00Z", "minute") == "2026-03-01 15:30"
    assert reader.shown(None) == "" and reader.shown("soon") == "soon"


def test_a_zone_that_is_not_there_is_the_machines() -> None:
    assert clock.Clock("Nowhere/At-all").zone is None and clock.Clock().name()


@given(st.text())
def test_what_is_typed_is_never_a_syntax_error(typed: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (title, lead, text, facts)")
        connection.execute("CREATE TABLE compound_words (word TEXT, reversed TEXT)")
        for zones, _ in search.SEARCHES.values():
            expression = search.match_query(connection, typed, zones)
            connection.execute("SELECT * FROM t WHERE t MATCH ?", [expression]).fetchall()


def test_a_search_of_blanks_is_no_search() -> None:
    assert search.conditions({"_search": "  "}, []) == []


@pytest.mark.parametrize(("found", "column"), [(search.FEW, "id"), (search.FEW + 1, "+id")])
def test_many_are_looked_up_in_the_pages_order_and_few_read_one_by_one(found: int, column: str) -> None:
    async def count(sql: str, parameters: Mapping[str, str]) -> int:
        assert sql.endswith(f"LIMIT {search.FEW + 1})") and parameters == {"topic_0": "energy"}
        return found

    (condition,) = search.conditions({}, ["energy"])
    assert asyncio.run(condition.where(count)).startswith(f"{column} IN (")


def test_the_machines_clock_stands_in_for_a_store_without_its_own(tmp_path: Path) -> None:
    assert clock.Clock("UTC", tmp_path / "news.db").today() == clock.Clock("UTC").today()
