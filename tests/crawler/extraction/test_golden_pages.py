"""Pages that we wrote, each with what is to be read from it: one test a field."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction.page import read_page
from store.models import Article, Calendar, Hints, Source

PAGES = Path(__file__).resolve().parents[2] / "data" / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir())
FIELDS = (
    "title", "authors", "published", "precision", "origin", "modified", "language", "site", "image",
    "canonical_url", "amp_url", "paywalled", "text",
)  # fmt: skip


@cache
def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((PAGES / name / "expected.toml").read_text("utf-8"))


@cache
def read(name: str) -> Article:
    wanted = expected(name)
    body = (PAGES / name / "page.html").read_text("utf-8").encode(wanted.get("charset", "utf-8"))
    source = Source(
        id="test", name=wanted.get("source_name", "Source of the test"), homepage="https://test.example/",
        country="GB", language="mul", perspective="independent",
        hints=Hints(timezone=wanted.get("timezone", "UTC"), calendar=Calendar(wanted.get("calendar", "gregorian"))),
    )  # fmt: skip
    result = read_page(body, url=wanted["url"], headers_charset=None, source=source, link=None, now=wanted["now"])
    assert isinstance(result, Article), result
    return result


def field(article: Article, name: str) -> Any:
    published = article.published
    match name:
        case "published":
            return published.value if published else None
        case "precision" | "origin":
            return getattr(published, name).value if published else None
        case "authors":
            return list(article.authors)
        case _:
            return getattr(article, name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wanted", FIELDS)
def test_a_golden_page_gives(name: str, wanted: str) -> None:
    value = expected(name).get(wanted)
    got = field(read(name), wanted)
    assert got == (value.strip() if wanted == "text" else value)


@pytest.mark.parametrize("name", NAMES)
def test_every_time_is_utc_and_none_is_in_the_future(name: str) -> None:
    article = read(name)
    times = [article.published.value if article.published else None, article.modified]
    for moment in filter(None, times):
        assert isinstance(moment, datetime)
        assert moment.tzinfo is UTC
        assert moment <= expected(name)["now"]
