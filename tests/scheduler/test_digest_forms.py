"""The forms of a digest: Markdown, HTML, text and data; whole and cut to a length. Pure."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest import FORMATS, Digest, document, fitted, render
from scheduler.digest.markdown import escaped
from tests.scheduler.digests import HOSTILE, digest, full, row, sick


class Page(HTMLParser):
    """The elements of a page with their attributes and whether they were closed, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_every_form_tells_every_article_address_outlet_and_trouble() -> None:
    made = full()
    for form in FORMATS:
        told = render(made, form)
        for section in made.sections:
            for item in (item for story in section.stories for item in story.items):
                assert item.id == 6 or item.text.url in told
                assert item.when in told
        for part in ("3 copies at The Agency, The Daily", "1 copy at the same outlet", "Fourteen barrels",
                     "An older story", "nobody was there", "HTTP 503", "1 completed, 1 interrupted", "reaches back 7"):  # fmt: skip
            assert part in told, (form, part)


def test_html_holds_no_element_or_address_of_the_web_s_making() -> None:
    page = Page(render(full(), "html"))
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "body", "table", "tr", "td", "p", "h1", "h2", "h3", "div", "span", "a", "bdi",
        "strong", "blockquote", "br", "ul", "li",
    }  # fmt: skip
    assert all(not name.startswith("on") for _, attributes in page.elements for name in attributes)
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links and all(link and link.startswith("https://") for link in links)
    assert "<script>alert('x')</script>" in "".join(page.words)


def test_html_says_of_each_text_which_language_it_is_and_loads_nothing() -> None:
    page = Page(render(full(), "html"))
    heads = [attributes for tag, attributes in page.elements if tag == "h3"]
    assert {"lang": "fa", "dir": "rtl"}.items() <= heads[1].items() or any(h.get("dir") == "rtl" for h in heads)
    assert ("bdi", {"lang": "zh", "dir": "ltr"}) in page.elements
    assert not any(name in ("src", "srcset", "background") for _, attributes in page.elements for name in attributes)
    assert not any(tag in ("link", "style", "img", "script") for tag, _ in page.elements)
    assert all("url(" not in (attributes.get("style") or "") for _, attributes in page.elements)


def test_a_name_that_runs_from_the_right_does_not_take_its_id_along() -> None:
    made = digest(row(1), ill=(sick(id="saman", name="رادیو سامان"),))
    assert "  \u2068رادیو سامان\u2069 (saman): down since" in render(made, "text")
    assert "- **\u2068رادیو سامان\u2069** (saman): down since" in render(made, "markdown")
    assert "<bdi>رادیو سامان</bdi></strong> (saman)<br>" in render(made, "html")


def test_markdown_keeps_hostile_marks_as_text() -> None:
    told = render(full(), "markdown")
    assert "<script" not in told and "<svg" not in told
    assert not re.search(r"(?<!\\)\]\(javascript", told)
    assert r"\*b\* \[a\](javascript:x) \`c\` \# \{\{ 7\*7 \}\}" in told


@given(st.text())
def test_escaped_markdown_has_no_line_of_its_own_and_no_html(text: str) -> None:
    made = escaped(text)
    assert "\n" not in made and "<" not in made
    assert re.sub(r"\\([^\w\s])", "", made).count("*") == 0


@given(st.text(), st.text())
def test_no_title_or_evidence_can_break_a_page(title: str, evidence: str) -> None:
    made = digest(row(1, title=title, relevance_evidence=evidence))
    shape = [tag for tag, _ in Page(render(made, "html")).elements]
    plain = [tag for tag, _ in Page(render(digest(row(1)), "html")).elements]
    assert shape == plain
    assert len(render(made, "text").splitlines()) == len(render(digest(row(1)), "text").splitlines())


def test_an_address_with_brackets_does_not_end_a_markdown_link() -> None:
    made = digest(row(1, url="https://paper.example/a_(b)?c=[d]"))
    assert "(https://paper.example/a_%28b%29?c=%5Bd%5D)" in render(made, "markdown")


def test_no_form_holds_what_a_terminal_would_obey() -> None:
    made = digest(row(1, title="red \x1b[31m alert \u202e", publisher="P\x07", relevance_evidence="a\x00b\r\nc"))
    for form in FORMATS:
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", render(made, form))


@pytest.mark.parametrize(
    ("evidence", "told"),
    [("He came.", "“He came.”"), ("“I came,” he said.", "“I came,” he said."), ('It is "his".', 'It is "his".')],
)
def test_a_sentence_is_quoted_once(evidence: str, told: str) -> None:
    assert f"  {told}\n" in render(digest(row(1, relevance_evidence=evidence)), "text")


def test_the_document_is_json_with_times_in_utc() -> None:
    told = json.loads(json.dumps(document(full())))
    assert (told["since"], told["until"]) == ("2026-03-05T06:30:00Z", "2026-03-06T06:30:00Z")
    assert (told["articles"], told["stories"], told["copies"]) == (7, 5, 5)
    (story,) = next(section["stories"] for section in told["topics"] if section["topic"] == "diplomacy")
    assert [(item["title"][:7], item["outlet"], item["language"]) for item in story["items"]] == [
        ("Foreign", "The Paper", "en"), ("وزیر خا", "خبرگزاری نمونه", "fa"), ("伊朗外交部长抵", "The Daily", "zh"),
    ]  # fmt: skip
    assert told["not_as_planned"][0]["due"] == "2026-03-05T06:00:00Z"
    assert told["ill"][0]["since"] == "2026-03-04T06:30:00Z"
    assert HOSTILE in [section["stories"][0]["items"][0]["title"] for section in told["topics"]]


# --- cut to a length ------------------------------------------------------------------------------------------------


def many(number: int) -> Digest:
    rows: list[dict[str, Any]] = [
        row(n, topics=f'["{"energy" if n % 3 else "trade"}"]') for n in range(1, number + 1)
    ]
    return digest(*rows)


@pytest.mark.parametrize("form", FORMATS)
def test_as_many_stories_as_fit_are_told_of_each_topic_the_best_and_the_rest_is_counted(form: str) -> None:
    made = many(60)
    most = len(render(made, form)) // 2
    told = fitted(made, form, most)
    assert most * 0.8 < len(told) <= most
    assert "60 new articles" in told
    kept = len(set(re.findall(r"paper\.example/(\d+)", told)))
    assert f"{60 - kept} more stories did not fit here" in told
    assert "Energy" in told or "ENERGY" in told
    assert "Trade" in told or "TRADE" in told


def test_what_fits_is_not_changed_and_what_never_fits_is_cut() -> None:
    made = many(3)
    assert fitted(made, "text", 100_000) == render(made, "text")
    assert len(fitted(made, "text", 100)) == 100
    assert "1 new article" in fitted(digest(row(1)), "text", 80)
