"""A person calls an article irrelevant, and takes it back, in a real Chromium, on a desktop and on a phone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Browser, needs_chromium
from tests.store.datasette import newsroom
from tests.store.datasette.server import Server, serving
from tests.store.datasette.test_readers import LAUNCH

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def judging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path: Path = tmp_path_factory.mktemp("judge") / "silkwatch.db"
    newsroom.build(path)
    with serving(path, sys.executable, "-c", LAUNCH, str(path)) as started:
        yield started


def test_two_clicks_say_it_and_take_it_back(opened: Browser, judging: Server) -> None:
    opened.complaints()
    opened.open(f"{judging.url}/silkwatch/articles/1")
    label = opened.find(".because strong").text
    opened.find('.reader input[name="note"]').send_keys("قائمة أسماء")
    opened.follow(opened.find('.reader button[value="irrelevant"]'))
    assert opened.find(".because strong").text == "off topic"
    assert opened.find(".reader p").text.startswith("A reader calls it irrelevant: قائمة أسماء (by the rules:")
    assert opened.overflow() == 0, "the page is wider than the window"
    opened.follow(opened.find('.reader button[value="none"]'))
    assert opened.find(".because strong").text == label and not opened.all(".reader p")
    assert opened.complaints() == []
