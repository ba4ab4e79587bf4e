"""One store and one server for the tests that only read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.datasette import newsroom
from tests.store.datasette.server import Server, serving


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A store and the ids of its articles by URL."""
    path = tmp_path_factory.mktemp("newsroom") / "silkwatch.db"
    return path, newsroom.build(path)


@pytest.fixture(scope="session")
def ids(news: tuple[Path, dict[str, int]]) -> dict[str, int]:
    return news[1]


@pytest.fixture(scope="session")
def server(news: tuple[Path, dict[str, int]]) -> Iterator[Server]:
    with serving(news[0]) as started:
        yield started
