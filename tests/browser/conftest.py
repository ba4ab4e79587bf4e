"""A store, its server, and one window a width for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.chromium import Browser, browser
from tests.store.datasette import newsroom
from tests.store.datasette.server import Server, serving

WIDTHS = (1280, 390)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("read") / "silkwatch.db"
    newsroom.build(path)
    with serving(path) as started:
        yield started


@pytest.fixture(scope="session", params=WIDTHS, ids=["desktop", "phone"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    profile: Path = tmp_path_factory.mktemp("profile")
    with browser(profile, request.param) as window:
        yield window


@pytest.fixture
def window(opened: Browser, site: Server) -> Iterator[Browser]:
    """The window; after each test nothing was complained of, and nobody else was asked."""
    opened.complaints()
    opened.hosts_asked()
    yield opened
    assert opened.complaints() == []
    assert opened.hosts_asked() <= {urlsplit(site.url).netloc}
    assert opened.overflow() == 0, "the page is wider than the window"
