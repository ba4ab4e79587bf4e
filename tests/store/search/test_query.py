"""What is typed is understood, and never an error."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.expression import expression
from store.search.marks import Marker
from store.search.query import MOST_ALTERNATIVES, MOST_GROUPS, parse
from store.search.shadow import shadow
from store.search.vocabulary import Vocabulary

TODAY = date(2026, 3, 10)
OIL = Vocabulary({"oil": [("en", "oil"), ("en", "crude oil"), ("zh", "石油"), ("fa", "نفت"), ("ru", "нефть")],
                  "fm": [("en", "foreign minister"), ("zh", "外长")],
                  "iran": [("en", "Iran"), ("de", "Iran"), ("ru", "Иран*"), ("zh", "伊朗"), ("zh", "伊朗伊斯兰共和国")]})  # fmt: skip


def nothing(_: str) -> tuple[str, ...]:
    return ()


def finds(typed: str, text: str, language: str = "en") -> bool:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (title, lead, text, facts, content='', tokenize='ascii')")
        made = shadow(text, text, language=language, source_id="paper", site="paper.example")
        db.execute("INSERT INTO t VALUES (?, ?, ?, ?)", made.columns)
        for vocabulary in (None, OIL.expand):
            query = parse(typed, today=TODAY, expand=vocabulary)
            asked = expression(query, nothing)
            found = bool(asked) and bool(db.execute("SELECT 1 FROM t WHERE t MATCH ?", [asked]).fetchall())
        return found


WORDS = st.sampled_from(
    ["iran", "伊朗", "نفت", "sanctions", '"', "(", ")", "*", "-", "OR", "AND", "NOT", "|", "^", "NEAR(", "+", "{", "}",
     "title:", "lang:en", "site:x.y", "since:3d", "since:", "topic:a'b", "'", "\u200c", "\x00", "\ud800", "\ue000x",
     "a*", "abc*", "油*", "-", '"-', "«", "İran'ın", "5G技术", "ไทย", "한국"]
)  # fmt: skip


@given(st.text(max_size=40) | st.lists(WORDS, max_size=12).map(" ".join) | st.lists(WORDS, max_size=6).map("".join))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    finds(typed, "Iran sells oil 伊朗")
    Marker(parse(typed, expand=OIL.expand), "en", nothing).in_original("Iran sells oil 伊朗")


@given(st.text(min_size=1, max_size=60))
def test_a_text_is_found_by_itself_as_a_phrase(text: str) -> None:
    query = parse('"' + text.replace('"', " ") + '"', today=TODAY)
    if (
        query.wanted
        and len(query.wanted[0].spellings[0].units) < 30
        and not any(c in text for c in "“”„‟«»‹›「」『』＂")
    ):
        assert finds('"' + text.replace('"', " ") + '"', text)


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("iran oil", ["iran", "oil"], []),
        ("iran iran", ["iran"], []),
        ('"crude oil" -gas', ["crude oil"], ["gas"]),
        ("iran NOT gas", ["iran"], ["gas"]),
        ('iran -"crude oil"', ["iran"], ["crude oil"]),
        ("oil OR gas iran", ["oil OR gas", "iran"], []),
        ("oil | gas", ["oil OR gas"], []),
        ("OR oil OR", ["oil"], []),
        ("oil OR -gas", ["oil"], ["gas"]),
        ("Iran AND China", ["Iran", "China"], []),
        ("and or not", ["and", "or", "not"], []),
        ("… !", [], []),
        ('"open phrase', ["open phrase"], []),
        ("http://paper.example/a", ["http://paper.example/a"], []),
    ],
)
def test_a_query_is_understood(typed: str, wanted: list[str], unwanted: list[str]) -> None:
    query = parse(typed)
    assert [group.typed for group in query.wanted] == wanted
    assert [group.typed for group in query.unwanted] == unwanted


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("since:2026-03-01", date(2026, 3, 1)),
        ("SINCE:7d", date(2026, 3, 3)),
        ("since:۲w", date(2026, 2, 24)),
        ("since:9999w", date(1834, 7, 22)),
        ("since:2026-13-01", None),
        ("since:yesterday", None),
    ],
)
def test_a_day_is_understood(typed: str, since: date | None) -> None:
    assert parse(f"iran {typed}", today=TODAY).since == since


def test_words_expand_to_the_terms_of_their_concept_once() -> None:
    iran, oil = parse("Iran oils", expand=OIL.expand).wanted
    assert [(s.term, s.languages) for s in oil.spellings] == [
        ("oils", ()), ("oil", ("en",)), ("石油", ("zh",)), ("نفت", ("fa",)), ("нефть", ("ru",))
    ]  # fmt: skip
    assert [(s.term, s.languages) for s in iran.spellings] == [
        ("Iran", ()), ("Iran", ("en", "de")), ("Иран*", ("ru",)), ("伊朗", ("zh",))
    ]  # fmt: skip


def test_words_that_name_one_thing_expand_together() -> None:
    (minister,) = parse("foreign minister", expand=OIL.expand).wanted
    assert "外长" in [spelling.term for spelling in minister.spellings]
    assert [group.typed for group in parse("foreign -minister", expand=OIL.expand).wanted] == ["foreign"]


def test_a_phrase_in_quotes_is_not_expanded() -> None:
    (oil,) = parse('"oil"', expand=OIL.expand).wanted
    assert len(oil.spellings) == 1 and oil.spellings[0].exact


def test_an_unknown_word_expands_to_nothing() -> None:
    assert OIL.expand("teapot") == () and OIL.expand("…") == ()


def test_a_query_has_a_bounded_price() -> None:
    many = Vocabulary({"x": [("en", f"word{n}") for n in range(500)]})
    query = parse(" ".join(f"w{n}" for n in range(100)) + " word1", expand=many.expand)
    assert len(query.wanted) == MOST_GROUPS
    assert len(parse("word1", expand=many.expand).wanted[0].spellings) <= MOST_ALTERNATIVES


def test_a_short_prefix_is_a_word() -> None:
    assert not finds("ir*", "Iran") and finds("ira*", "Iran") and finds("伊*", "伊朗")
