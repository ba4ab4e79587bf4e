"""Two articles compared: the relation, how much is shared, where, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.analysis.compare import Side, compare, side_of
from store.models import Article, DateOrigin, Precision, Published, Relation
from store.text import fold
from tests.crawler.analysis import texts

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def side(text: str, language: str = "en", site: str = "", hours: float | None = None, title: str = "") -> Side:
    published = None if hours is None else NOW - timedelta(hours=hours)
    return Side(title=title, text=text, language=language, site=site, published=published)


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        (side(texts.ORIGINAL.upper()), side(texts.ORIGINAL), Relation.EXACT),
        (side(texts.PERSIAN_ARABIC_LETTERS, "fa"), side(texts.PERSIAN, "fa"), Relation.EXACT),
        (side(texts.CHINESE_TRADITIONAL, "zh"), side(texts.CHINESE, "zh"), Relation.EXACT),
        (side(texts.LIGHT_EDIT), side(texts.ORIGINAL), Relation.NEAR),
        (side(texts.BRIEF), side(texts.ORIGINAL), Relation.TRUNCATED),
        (side(texts.ORIGINAL), side(texts.BRIEF), Relation.EXTENDED),
        (side(texts.CHINESE[:60], "zh"), side(texts.CHINESE, "zh"), Relation.TRUNCATED),
        (side(texts.ARABIC[:90], "ar"), side(texts.ARABIC, "ar"), Relation.TRUNCATED),
        (side(texts.UPDATE), side(texts.ORIGINAL), Relation.UPDATED),
        (side(texts.REWRITE), side(texts.ORIGINAL), Relation.REWRITTEN),
        (side(texts.ENGLISH_OF_PERSIAN), side(texts.PERSIAN, "fa"), Relation.TRANSLATED),
        (side(texts.ENGLISH_OF_PERSIAN, "und"), side(texts.PERSIAN, "und"), Relation.TRANSLATED),
        (side(texts.INDEPENDENT), side(texts.ORIGINAL), Relation.UNRELATED),
        (side(texts.RATES_TUESDAY), side(texts.RATES_MONDAY), Relation.SERIES),
        (side(texts.OTHER), side(texts.ORIGINAL), Relation.UNRELATED),
        (side(""), side(texts.ORIGINAL), Relation.UNRELATED),
        (side(""), side(""), Relation.UNRELATED),
        (side("", title=texts.BRIEF), side(texts.ORIGINAL), Relation.TRUNCATED),
    ],
)
def test_relation_of_two_texts(new: Side, known: Side, expected: Relation) -> None:
    found = compare(new, known)
    assert found.relation is expected, found.why
    assert 0.0 <= found.similarity <= 1.0
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        (
            side(texts.LIGHT_EDIT, site="a.example", hours=1),
            side(texts.ORIGINAL, site="b.example", hours=900),
            "near",
        ),
        (side(texts.LIGHT_EDIT, site="a.example", hours=1), side(texts.ORIGINAL, site="a.example", hours=5), "near"),
        (side(texts.BRIEF, site="a.example", hours=1), side(texts.ORIGINAL, site="a.example", hours=100), "excerpt"),
        (
            side(texts.UPDATE_AT_HOME, site="a.example", hours=1),
            side(texts.ORIGINAL, site="a.example", hours=20),
            "updated",
        ),
        (side(texts.UPDATE, site="a.example", hours=1), side(texts.ORIGINAL, site="a.example", hours=20), "excerpt"),
        (side(texts.UPDATE, site="b.example", hours=1), side(texts.ORIGINAL, site="a.example", hours=20), "updated"),
        (side(texts.UPDATE, site="a.example", hours=1), side(texts.ORIGINAL, site="a.example", hours=200), "series"),
        (side(texts.REWRITE, hours=1), side(texts.ORIGINAL, hours=20), "rewritten"),
        (side(texts.REWRITE, hours=1), side(texts.ORIGINAL, hours=2000), "unrelated"),
    ],
)
def test_site_and_date_count(new: Side, known: Side, expected: str) -> None:
    assert compare(new, known).relation.value == expected


def test_a_sentence_of_news_before_the_whole_of_a_known_article_is_an_update_on_one_site() -> None:
    news = (
        "Trawlers have blocked the entrance of Marlow harbour since dawn in protest against the dredging of its channel, "
        "and no ship has been able to leave or reach the new quay for six hours."
    )
    new = side(f"{news}\n{texts.ORIGINAL}", site="a.example", hours=1)
    assert compare(new, side(texts.ORIGINAL, site="a.example", hours=20)).relation is Relation.UPDATED
    longer = side(f"{news} {texts.OTHER}\n{texts.ORIGINAL}", site="a.example", hours=1)
    assert compare(longer, side(texts.ORIGINAL, site="a.example", hours=20)).relation is Relation.EXCERPT


def test_series_later_on_one_site_is_explained() -> None:
    old = side(texts.ORIGINAL.replace("Danish", "Dutch").replace("400", "300"), site="a.example", hours=200)
    found = compare(side(texts.ORIGINAL, site="a.example", hours=1), old)
    assert found.relation is Relation.SERIES
    assert "8 days apart" in found.why


def test_shared_passages_lead_back_to_both_originals() -> None:
    new, known = side("Marlow, March 2 (Agency) -- " + texts.LIGHT_EDIT), side(texts.ORIGINAL)
    found = compare(new, known)
    assert found.passages
    for passage in found.passages:
        ours, theirs = new.text[passage.start_a : passage.end_a], known.text[passage.start_b : passage.end_b]
        assert fold(ours) == fold(theirs)
        assert len(ours.split()) >= 4


@pytest.mark.parametrize(
    ("new", "known"),
    [
        (side(texts.REWRITE), side(texts.ORIGINAL)),
        (side(texts.ENGLISH_OF_PERSIAN), side(texts.PERSIAN, "fa")),
        (side(texts.RUSSIAN_OF_PERSIAN, "ru"), side(texts.PERSIAN, "fa")),
    ],
)
def test_a_retelling_shows_its_sentences_and_how_sure_it_is(new: Side, known: Side) -> None:
    found = compare(new, known)
    assert found.relation in (Relation.REWRITTEN, Relation.TRANSLATED)
    assert 0.5 <= found.confidence < 1.0
    assert f"confidence {found.confidence:.0%}" in found.why
    assert len(found.passages) >= 3
    for passage in found.passages:
        ours, theirs = new.text[passage.start_a : passage.end_a], known.text[passage.start_b : passage.end_b]
        assert len(ours.split()) >= 4
        assert len(theirs.split()) >= 4
    assert list(found.passages) == sorted(found.passages, key=lambda passage: passage.start_a)


def test_what_words_alone_prove_is_sure() -> None:
    assert compare(side(texts.LIGHT_EDIT), side(texts.ORIGINAL)).confidence == 1.0


def test_unrelated_texts_have_no_passages() -> None:
    assert compare(side(texts.OTHER), side(texts.ORIGINAL)).passages == ()


def test_comparing_both_ways_mirrors_coverage() -> None:
    there, back = compare(side(texts.BRIEF), side(texts.ORIGINAL)), compare(side(texts.ORIGINAL), side(texts.BRIEF))
    assert (there.coverage_a, there.coverage_b) == (back.coverage_b, back.coverage_a)


def test_furniture_of_one_site_makes_no_likeness() -> None:
    menu = "Home | World | Business | Sport | Subscribe\n"
    tail = "\nAll rights reserved. Sign up for our newsletter."
    assert (
        compare(side(menu + texts.OTHER + tail), side(menu + texts.INDEPENDENT + tail)).relation is Relation.UNRELATED
    )


def test_concepts_that_disagree_veto_a_retelling() -> None:
    new = replace(side(texts.REWRITE), concepts=("port", "mayor", "herring"))
    assert (
        compare(new, replace(side(texts.ORIGINAL), concepts=("port", "mayor", "rail"))).relation is Relation.REWRITTEN
    )
    assert (
        compare(new, replace(side(texts.ORIGINAL), concepts=("bank", "gold", "oil"))).relation is Relation.SAME_EVENT
    )


def test_the_same_words_of_another_match_are_a_series() -> None:
    match = (
        "Sweden beat {other} {score} in the final of the Baltic Cup before a full house in Malmo on a rainy night. "
        "Coach Lind praised his young side. The team had trained for three weeks in the mountains before the cup. "
        "Tickets had been sold out since the spring, and the federation put up screens in the parks."
    )
    new, known = match.format(other="Germany", score="3-1"), match.format(other="Japan", score="3-1")
    assert compare(side(new), side(known)).relation is Relation.SERIES


def test_a_side_is_made_of_an_article() -> None:
    published = Published(NOW, Precision.MINUTE, DateOrigin.META)
    url = "https://news.port.example/a"
    article = Article(url=url, source_id="port", title="T", text="Text", published=published, language="en")
    made = side_of(article)
    assert (made.title, made.text, made.site, made.published) == ("T", "Text", "port.example", NOW)
    assert side_of(replace(article, published=None)).published is None
