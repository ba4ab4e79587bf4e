"""What a reader says of a page that the rules turned away is followed by the next pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import feedback
from store.database import Store
from store.models import Judgement
from tests.desk import Desk
from tests.newsdesk import FESTIVAL
from tests.site import Site, article, feed

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
URL = "https://paper.example/2026/lanterns"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Site() as site:
        yield Desk(tmp_path, site)


def say(desk: Desk, judgement: Judgement) -> None:
    with Store.open(desk.db) as store, store.write():
        assert feedback.record(store, URL, judgement, now=MONDAY) is not None


@pytest.mark.parametrize("text", [FESTIVAL, [*FESTIVAL, "The lanterns came from China, the ginger from Iran."]])
def test_a_page_that_a_reader_misses_is_fetched_again_and_kept(desk: Desk, text: list[str]) -> None:
    desk.source("paper")
    title = "Six hundred children carry lanterns"
    items = [("/2026/lanterns", title, MONDAY)]
    desk.site.add("http://paper.example/rss.xml", feed("paper.example", items), content_type="application/rss+xml")
    desk.site.add("http://paper.example/2026/lanterns", article(title, text, published="2026-03-02T09:30:00Z"))
    done = desk.crawl()
    assert desk.verdicts() == {"/2026/lanterns": "off_topic"}, done.stderr
    (judged,) = desk.rows("SELECT reason, measured, relevance_version FROM candidates")
    assert json.loads(judged["measured"])["rules"]
    assert (judged["relevance_version"] is None) == (judged["reason"] == "look")

    say(desk, Judgement.RELEVANT)
    desk.crawl()
    assert desk.verdicts() == {"/2026/lanterns": "new"}
    (kept,) = desk.rows("SELECT relevance_label, text_digest FROM articles")
    assert kept["relevance_label"] == "substantial" and kept["text_digest"]
    (row,) = desk.rows("SELECT basis, rules_label FROM feedback")
    assert row["basis"] == "text" and row["rules_label"] in ("off_topic", "near_miss")

    say(desk, Judgement.IRRELEVANT)
    (kept,) = desk.rows("SELECT relevance_label FROM articles")
    assert kept["relevance_label"] == "off_topic"
