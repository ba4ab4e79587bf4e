"""What an article names is kept with it, replaced with its text and gone with it."""

from __future__ import annotations

import dataclasses

from store import articles, mentions
from store.database import Store
from store.models import Mention, MentionKind, Reading
from tests.store.make import NOW, reading, source

WANG = Mention(kind=MentionKind.PERSON, value="wangyi", label="Wang Yi", text="王毅", field="title", start=0, end=2)
SUM = Mention(
    kind=MentionKind.MONEY, value="400000000000", unit="USD", label="400 billion USD", text="$400bn", field="text",
    start=3, end=9, times=2,
)  # fmt: skip
DAY = Mention(
    kind=MentionKind.DAY, value="2021-03-27", label="2021-03-27", text="27 March", field="text", start=20, end=28
)


def naming(*named: Mention) -> Reading:
    return dataclasses.replace(reading("https://paper.example/named"), mentions=named)


def keep(store: Store, run_id: int, read: Reading) -> int:
    with store.write():
        return articles.insert(store, read, source=source(), story_id=None, run_id=run_id, now=NOW)


def test_what_an_article_names_comes_back_in_its_order(store: Store, run_id: int) -> None:
    number = keep(store, run_id, naming(DAY, SUM, WANG))
    assert mentions.of(store, number) == (WANG, SUM, DAY)
    rows = store.rows("SELECT value, amount FROM mentions ORDER BY kind")
    assert [row["amount"] for row in rows] == [None, 4e11, None]


def test_a_thing_that_is_named_twice_has_one_row(store: Store, run_id: int) -> None:
    number = keep(store, run_id, naming(WANG, dataclasses.replace(WANG, start=40, end=42)))
    assert mentions.of(store, number) == (WANG,)


def test_a_revision_names_what_its_own_text_does(store: Store, run_id: int) -> None:
    number = keep(store, run_id, naming(WANG, DAY))
    with store.write():
        articles.revise(store, number, naming(SUM), run_id=run_id, now=NOW)
    assert mentions.of(store, number) == (SUM,)


def test_what_is_forgotten_is_gone(store: Store, run_id: int) -> None:
    number = keep(store, run_id, naming(WANG, SUM))
    with store.write():
        mentions.remove(store, number)
    assert mentions.of(store, number) == ()
