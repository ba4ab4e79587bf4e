"""The plugin inside a Datasette of this process: beside other databases, and what each page is made of."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from store.datasette.metadata import HERE, SETTINGS, metadata

KINDS = {"on": True, "off": False}


def settings() -> dict[str, Any]:
    return {name: KINDS[value] if value in KINDS else int(value) for name, value in SETTINGS.items()}


class Inside:
    """A Datasette on these files; every answer is read to its end."""

    def __init__(self, files: Sequence[Path], hosts: Sequence[str] = ()) -> None:
        self.app = Datasette(
            [str(path) for path in files],
            metadata=metadata(files[0].stem, timezone="Asia/Tehran", hosts=hosts),
            plugins_dir=str(HERE / "plugins"),
            template_dir=str(HERE / "templates"),
            settings=settings(),
        )

    def get(self, *paths: str, host: str = "localhost") -> list[Any]:
        async def all_of_them() -> list[Any]:
            return [await self.app.client.get(path, headers={"host": host}) for path in paths]

        return asyncio.run(all_of_them())

    def text(self, path: str) -> str:
        (answer,) = self.get(path)
        return str(answer.text)

    def close(self) -> None:
        for database in self.app.databases.values():
            database.close()
        if self.app.executor:
            self.app.executor.shutdown()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is no store, with a table of a name that a store has too."""
    path = tmp_path_factory.mktemp("other") / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("INSERT INTO articles (body) VALUES ('https://plain.example/')")
    connection.commit()
    connection.close()
    return path


@pytest.fixture(scope="module")
def both(news: tuple[Path, dict[str, int]], other: Path) -> Iterator[Inside]:
    inside = Inside([news[0], other])
    yield inside
    inside.close()


@pytest.fixture(scope="module")
def alone(other: Path) -> Iterator[Inside]:
    inside = Inside([other], hosts=["localhost"])
    yield inside
    inside.close()


def test_every_kind_of_page_is_made(both: Inside) -> None:
    pages = (
        "/", "/silkwatch", "/silkwatch/articles?_search=iran&_topic=energy", "/silkwatch/articles/1", "/-/new.atom",
        "/-/silkwatch.css", "/silkwatch/duplicates/1", "/silkwatch/gaps", "/silkwatch/articles?language=fa",
        "/silkwatch/articles?_facet_newest=first_seen", "/silkwatch/sources/daily",
    )  # fmt: skip
    assert [answer.status_code for answer in both.get(*pages)] == [200] * len(pages)


def test_the_readers_zone_is_named(both: Inside) -> None:
    assert "Times in Asia/Tehran, in tables UTC" in both.text("/")


def test_a_page_that_is_not_there_is_told_like_the_others(both: Inside) -> None:
    page, data = both.get("/nowhere", "/nowhere/at/all.json")
    assert page.status_code == data.status_code == 404
    assert "To the front page" in page.text and data.json()["ok"] is False


def test_a_mistyped_address_or_query_prints_no_trace_on_the_terminal(
    both: Inside, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = ("/nowhere", "/nowhere/at/all", "/silkwatch/articles/999", "/silkwatch.json?sql=select+nothing")
    assert [answer.status_code for answer in both.get(*paths)] == [404, 404, 404, 400]
    printed = capfd.readouterr()
    assert "Traceback" not in printed.out + printed.err


def test_an_article_that_is_not_there_is_not_found(both: Inside) -> None:
    (answer,) = both.get("/silkwatch/articles/999")
    assert answer.status_code == 404


def test_another_databases_table_of_the_same_name_is_left_as_it_is(both: Inside) -> None:
    assert "plain.example" in both.text("/other/articles")
    assert "plain.example" in both.text("/other/articles/1")
    assert "Search articles" in both.text("/other/articles?_search=plain")


def test_without_a_store_the_front_page_says_so(alone: Inside) -> None:
    assert "No store" in alone.text("/") and "other" in alone.text("/")
    assert "<entry" not in alone.text("/-/new.atom")


def test_a_facet_that_takes_too_long_is_left_out_and_named(both: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasette.database import QueryInterrupted

    from store.datasette.facets import TopicFacet

    def endless(self: TopicFacet, column: str) -> str:
        raise QueryInterrupted(TimeoutError(), "", {})

    monkeypatch.setattr(TopicFacet, "facet_sql", endless)
    assert "Too many rows to count in time: topics." in both.text("/silkwatch/articles")


def test_only_the_given_hosts_are_answered(alone: Inside) -> None:
    assert [alone.get("/", host=host)[0].status_code for host in ("localhost", "evil.example")] == [200, 421]
