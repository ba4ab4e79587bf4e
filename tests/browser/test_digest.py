"""The HTML digest as a reader sees it, in a real Chromium, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.digest import render
from tests.browser.chromium import Browser, browser, needs_chromium
from tests.browser.conftest import WIDTHS
from tests.browser.test_reading import _CONTRASTS
from tests.scheduler.digests import HOSTILE, full

pytestmark = needs_chromium


@pytest.fixture(scope="module", params=WIDTHS, ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    file: Path = tmp_path_factory.mktemp("digest") / "digest.html"
    file.write_text(render(full(), "html"), "utf-8")
    with browser(tmp_path_factory.mktemp("profile"), request.param) as opened:
        opened.open(file.as_uri())
        yield opened


def test_it_fits_the_window_asks_nobody_and_complains_of_nothing(page: Browser) -> None:
    assert page.overflow() == 0
    assert page.hosts_asked() == set()
    assert page.complaints() == []
    assert page.find("h1").text == "7 new articles in 5 stories"


def test_a_hostile_headline_stays_text(page: Browser) -> None:
    heads = [element.get_property("textContent") for element in page.all("h3")]
    assert HOSTILE.replace("\u202e", "") in heads
    assert page.all("script, img, svg, iframe, [onerror], [onload], [href^='javascript']") == []


def test_each_text_runs_in_its_own_direction_and_stands_at_its_own_side(page: Browser) -> None:
    persian = next(head for head in page.all("h3") if head.get_attribute("lang") == "fa")
    assert persian.value_of_css_property("direction") == "rtl"
    assert persian.value_of_css_property("text-align") == "right"
    quotation = next(quote for quote in page.all("blockquote") if quote.get_attribute("lang") == "fa")
    assert quotation.value_of_css_property("border-right-width") == "3px"
    english = next(head for head in page.all("h3") if head.get_attribute("lang") == "en")
    assert english.value_of_css_property("text-align") == "left"


def test_every_text_stands_out_from_its_ground(page: Browser) -> None:
    script = _CONTRASTS.replace("main *, header *, footer *", "body *")
    assert page.driver.execute_script(script) == []
