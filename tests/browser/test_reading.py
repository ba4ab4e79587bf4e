"""What a person does with the pages, in a real Chromium, on a desktop and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser, browser, needs_chromium
from tests.store.datasette.newsroom import CHINESE_TITLE, HOSTILE_TITLE, PERSIAN_TITLE
from tests.store.datasette.server import Server

pytestmark = needs_chromium

HEADLINES = ".card .headline a"


def content(elements: list[Any]) -> list[str]:
    """Texts as they are in the page, hidden marks included."""
    return [element.get_property("textContent") for element in elements]


def test_the_front_page_shows_today_and_leads_to_an_article(window: Browser, site: Server) -> None:
    window.open(site.url)
    assert [text.split()[0] for text in window.texts(".day")] == ["Today", "Yesterday"]
    link = next(link for link in window.all(HEADLINES) if link.text == CHINESE_TITLE)
    assert link.get_attribute("lang") == "zh"
    link.click()
    assert window.find("h1").text == CHINESE_TITLE
    assert window.texts("mark") == ["伊朗"]
    outlet = window.find(".outlet a")
    assert outlet.get_attribute("href") == "https://daily.example/zh/1"
    assert set(outlet.get_attribute("rel").split()) >= {"noopener", "noreferrer"}


def test_persian_is_set_from_right_to_left(window: Browser, site: Server) -> None:
    window.open(f"{site.url}/silkwatch/articles/2")
    assert window.find("h1").text == PERSIAN_TITLE
    assert window.find("h1").value_of_css_property("direction") == "rtl"
    assert window.find(".text").value_of_css_property("direction") == "rtl"
    assert window.find(".facts").value_of_css_property("direction") == "ltr"


def test_two_characters_typed_on_the_front_page_find_their_article(window: Browser, site: Server) -> None:
    window.open(site.url)
    window.ask("#find", "伊朗")
    assert window.texts(HEADLINES) == [CHINESE_TITLE]
    assert window.find("#q").get_property("value") == "伊朗"
    assert set(window.texts(".card mark")) == {"伊朗"}
    window.ask("#q", "چين")
    assert content(window.all(HEADLINES)) == [PERSIAN_TITLE]
    window.follow(window.find(".result a"))
    assert content(window.all(HEADLINES)) == [PERSIAN_TITLE] and window.all("#facet-language")
    assert window.find("#_search").get_property("value") == "چين"


def test_a_search_in_all_languages_is_a_box_to_tick(window: Browser, site: Server) -> None:
    window.open(f"{site.url}/-/search?q=Iran")
    before = window.texts(HEADLINES)
    window.find("[name=expand]").click()
    window.follow(window.find("main form button"))
    found = content(window.all(HEADLINES))
    assert len(found) > len(before) and {CHINESE_TITLE, PERSIAN_TITLE} <= set(found)
    assert "伊朗" in content(window.all(".card mark")) and "伊朗 (Chinese)" in " ".join(window.texts(".facts"))
    assert window.find("[name=expand]").is_selected()


def test_a_facet_narrows_the_list_and_is_taken_back(window: Browser, site: Server) -> None:
    window.open(f"{site.url}/silkwatch/articles")
    everything = len(window.all(HEADLINES))
    window.follow(next(link for link in window.all("#facet-language a") if link.text == "Chinese"))
    assert window.texts(HEADLINES) == [CHINESE_TITLE]
    assert "_col" not in window.driver.current_url
    window.follow(window.find("#facet-language .selected a"))
    assert len(window.all(HEADLINES)) == everything


def test_a_topic_of_an_article_leads_to_its_list(window: Browser, site: Server) -> None:
    window.open(f"{site.url}/silkwatch/articles/2")
    window.follow(window.find(".because .topic"))
    assert content(window.all(HEADLINES)) == [PERSIAN_TITLE]
    assert window.texts("#facet-topics .selected strong") == ["diplomacy"]


@pytest.mark.parametrize("path", ["/", "/silkwatch/articles", "/silkwatch/articles/6", "/silkwatch/new_today"])
def test_a_hostile_title_stays_text(window: Browser, site: Server, path: str) -> None:
    window.open(site.url + path)
    shown = content(window.all("h1, .headline a, td .written"))
    assert HOSTILE_TITLE in shown
    assert window.all("script, img, svg, iframe, [onerror], [onload], [onmouseover], [href^='javascript']") == []
    assert window.driver.title != "owned"


@pytest.mark.parametrize(
    "path",
    [
        "/silkwatch",
        "/silkwatch/candidates",
        "/silkwatch/duplicates",
        "/silkwatch/duplicates/1",
        "/silkwatch/sources_health",
        "/silkwatch/gaps",
        "/silkwatch?sql=select+title,+text,+url+from+articles",
    ],
)
def test_other_pages_fit_the_window_and_complain_of_nothing(window: Browser, site: Server, path: str) -> None:
    window.open(site.url + path)
    assert window.find("h1").text


def test_the_keyboard_reaches_the_content_first(window: Browser, site: Server) -> None:
    window.open(site.url)
    window.find("body").send_keys("\ue004")  # Tab
    assert window.driver.switch_to.active_element.text == "Skip to the content"
    window.driver.switch_to.active_element.send_keys("\n")
    assert window.driver.switch_to.active_element.get_attribute("id") == "content"


_CONTRASTS = """
const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(Number).map(v => v / 255)
  .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const paper = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
  if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
return [...document.querySelectorAll('main *, header *, footer *')].filter(e => e.innerText && !e.children.length)
  .map(e => { const a = light(getComputedStyle(e).color), b = light(paper(e));
    return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.innerText]; }).filter(([ratio]) => ratio < 4.5);
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(tmp_path: Path, site: Server, dark: bool) -> None:
    """The contrast that WCAG 2.1 AA asks for, 4.5 to 1, by its own formula."""
    with browser(tmp_path / "profile", 1280, dark=dark) as window:
        for path in ("/", "/silkwatch/articles?language=zh", "/silkwatch/articles/2", "/silkwatch/candidates"):
            window.open(site.url + path)
            assert window.driver.execute_script(_CONTRASTS) == [], path
