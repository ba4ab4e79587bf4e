"""The digest as a document and in its forms: pure, from rows that a store would give."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest import FORMATS, Digest, build, document, fitted, render
from scheduler.digest.markdown import escaped
from tests.scheduler.digests import HOSTILE, copy, digest, found, full, row, sick, turn


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


def titles(of: Digest) -> list[tuple[str, list[list[str]]]]:
    return [(s.topic, [[item.text.title for item in story.items] for story in s.stories]) for s in of.sections]


# --- what it says ---------------------------------------------------------------------------------------------------


def test_stories_stand_under_the_topic_they_are_most_about_the_fullest_first_none_last() -> None:
    made = digest(
        row(1, topics='["trade"]'), row(2), row(3), row(4, topics="[]"), row(5, story_id=2, topics='["trade", "energy"]'),
    )  # fmt: skip
    assert titles(made) == [
        ("energy", [["Headline 2", "Headline 5"], ["Headline 3"]]),
        ("trade", [["Headline 1"]]),
        ("", [["Headline 4"]]),
    ]
    assert (made.articles, made.stories) == (5, 4)


def test_in_a_topic_what_concerns_the_beat_most_comes_first_then_what_is_told_most() -> None:
    made = digest(
        row(1, relevance_label="substantial"), row(2), row(3), row(4), row(5, story_id=4), copies=[copy(1, 3)] * 1
    )
    order = [story.items[0].id for story in made.sections[0].stories]
    assert order == [3, 4, 2, 1]


def test_copies_are_folded_with_their_outlets_each_once_without_the_article_s_own() -> None:
    made = digest(row(1), copies=[copy(1, 1, "B"), copy(2, 1, "The Paper"), copy(3, 1, "A"), copy(4, 1, "B")])
    (item,) = made.sections[0].stories[0].items
    assert (item.copies.count, item.copies.outlets) == (4, ("B", "A"))
    assert made.copies == 4


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("A sentence.", "A sentence."),
        ("Headline 1.", "The lead."),
        ("HEADLINE 1", "The lead."),
        ("", "The lead."),
        ("Headline  1.", "The lead."),
        ("word " * 200, ("word " * 200)[:319].rstrip() + "…"),
    ],
)
def test_the_evidence_is_one_sentence_that_is_not_the_headline_again(evidence: str, said: str) -> None:
    (item,) = digest(row(1, relevance_evidence=evidence)).sections[0].stories[0].items
    assert item.evidence == said


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("TEHRAN – Mr. A. of the U.S. met an envoy of China on Thursday, he said. More followed. And…",
         "TEHRAN – Mr. A. of the U.S. met an envoy of China on Thursday, he said."),
        ("伊朗外交部长星期二抵达北京,就落实中伊全面合作计划同中国外长举行会谈并讨论了石油贸易和铁路建设。双方还讨论了其他。",
         "伊朗外交部长星期二抵达北京,就落实中伊全面合作计划同中国外长举行会谈并讨论了石油贸易和铁路建设。"),
        ("آیا ایران و چین درباره قرارداد تازه نفتی به توافق رسیده‌اند؟ وزیر پاسخ داد…",
         "آیا ایران و چین درباره قرارداد تازه نفتی به توافق رسیده‌اند؟"),
        ("no full stop anywhere in this beginning of a text that is cut…", "no full stop anywhere in this beginning of a text that is cut…"),
    ],
)  # fmt: skip
def test_of_a_lead_the_first_sentence_is_told(lead: str, said: str) -> None:
    (item,) = digest(row(1, relevance_evidence="", lead=lead)).sections[0].stories[0].items
    assert item.evidence == said


def test_many_ill_sources_are_counted_after_the_worst() -> None:
    made = digest(row(1), ill=tuple(sick(id=f"s{number}", name=f"s{number}") for number in range(25)))
    for form in FORMATS:
        told = render(made, form)
        assert "s19" in told and "s20" not in told
        assert "and 5 more; `silkwatch status` names them" in told and "s0 (s0)" not in told
    assert len(document(made)["ill"]) == 25


def test_a_story_that_was_told_before_names_what_it_goes_on_with() -> None:
    told = render(full(), "text")
    assert "Goes on with: Refiners buy more crude (The Paper, 2026-03-02)" in told
    assert "update of an earlier article" in told


def test_a_translation_and_a_rewrite_stand_beside_what_they_follow() -> None:
    lines = render(full(), "text").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("Foreign minister"))
    assert lines[start + 5].startswith("  - \u2068وزیر خارجه")
    assert lines[start + 6].endswith("Persian · translation")
    assert lines[start + 9].endswith("Chinese · rewrite")


def test_what_follows_a_seed_names_the_seed() -> None:
    made = digest(
        row(1, relation="translated", seed_title="Old news", seed_url="https://old.example/1", seed_language="en")
    )
    assert "It follows: Old news https://old.example/1" in render(made, "text")
    assert "translation" in render(made, "text")


def test_times_are_the_reader_s_and_a_bare_day_stays_the_publisher_s() -> None:
    rows = found(row(1), row(2, published_precision="day"))
    made = build(rows, [], zone=ZoneInfo("Asia/Tehran"))
    whens = [story.items[0].when for story in made.sections[0].stories]
    assert whens == ["2026-03-05 23:45 +0330", "2026-03-05"]
    assert "2026-03-05 10:00 +0330 – 2026-03-06 10:00 +0330" in render(made, "text")


def test_ill_sources_come_last() -> None:
    for form in FORMATS:
        told = render(full(), form)
        assert told.index("Ill sources") > max(map(told.index, ("Not as planned", "Copied since", "Changed by")))


# --- when there is something to tell --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "something"),
    [
        (digest(), False),
        (digest(ill=(sick(),)), False),
        (digest(row(1)), True),
        (digest(turns=[turn("daily", "missed")]), True),
        (digest(turns=[turn("tick:paper", "failed")]), True),
        (digest(turns=[turn("daily", "done", "made up 3.0 hours late; run 2 completed")]), True),
        (digest(turns=[turn("daily", "done", "run 2 completed")]), False),
        (digest(turns=[turn("digest", "failed", "no server")]), False),
    ],
)
def test_there_is_something_to_tell_when_there_is_news_or_a_pass_went_wrong(made: Digest, something: bool) -> None:
    assert made.something is something


@pytest.mark.parametrize(
    ("made", "headline"),
    [
        (digest(), "Nothing new"),
        (digest(row(1)), "1 new article"),
        (digest(row(1), row(2)), "2 new articles"),
        (digest(row(1), row(2, story_id=1), row(3)), "3 new articles in 2 stories"),
        (digest(turns=[turn("daily", "missed")]), "No new articles"),
    ],
)
def test_the_headline_counts(made: Digest, headline: str) -> None:
    assert render(made, "text").splitlines()[0] == f"Silkwatch: {headline}"
    assert document(made)["headline"] == headline


# --- its forms ------------------------------------------------------------------------------------------------------


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
