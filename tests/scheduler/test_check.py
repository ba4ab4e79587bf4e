"""`silkwatch sources check`: what a source would give, with a real child that plays the pass."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from scheduler.check import Checked, check, document, lines
from tests.scheduler.beats import make_beat, playing

FOUND = """
from datetime import UTC, datetime
from store import articles, candidates
from store.models import Article, DateOrigin, Label, Link, Precision, Published, Reading, Relevance, Verdict
from store.models import VerdictKind
feed = 'https://paper.example/rss.xml'
day = Published(datetime(2026, 3, 1, 20, 30, tzinfo=UTC), Precision.DAY, DateOrigin.META)
hour = Published(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), Precision.MINUTE, DateOrigin.LISTING)
urls = [f'https://paper.example/{n}' for n in range(12)]
with store.write():
    sources.listing_ok(store, 'paper', feed, etag=None, last_modified=None, unchanged=False, items=12,
                       newest=hour.value, now=now)
    found = candidates.record_links(store, 'paper', feed, [(u, Link(url=u, title=f'Story {u[-1]}', published=hour))
                                    for u in urls], run_id=run_id, now=now)
    article = Article(url=urls[0], source_id='paper', title='Read \\x1b[31m', text='word ' * 900, published=day,
                      language='fa')
    reading = Reading(article=article, relevance=Relevance(score=0.81, label=Label.CENTRAL))
    kept = articles.insert(store, reading, source=beat.sources[0], story_id=None, run_id=run_id, now=now)
    off = Verdict(kind=VerdictKind.OFF_TOPIC, reason='look', detail='no term')
    for candidate, verdict in zip(found, [Verdict(kind=VerdictKind.NEW, reason=''), off]):
        candidates.decide(store, candidate.id, verdict, now=now, run_id=run_id, http_status=200, article_id=kept)
    candidates.postpone(store, found[2].id, not_before=now, error='the server answered 503', http_status=503, now=now)
finish('completed', '1 of 1 sources answered')
"""
FAILED = """
with store.write():
    sources.listing_failed(store, 'paper', 'https://paper.example/rss.xml', error='the server answered 403',
                           status=403, not_before=None, now=now)
finish('failed', 'none of 1 sources could be reached')
"""


def checked(tmp_path: Path, script: str) -> Checked:
    folder = make_beat(tmp_path / "beat", paper="fa")
    file = folder / "sources" / "paper.toml"
    file.write_text(file.read_text("utf-8") + '\n[hints]\ntimezone = "Asia/Tehran"\n', "utf-8")
    return check("paper", folder, (), program=playing(script))


def test_a_source_that_answers_shows_its_listings_its_links_and_its_articles(tmp_path: Path) -> None:
    found = checked(tmp_path, FOUND)
    assert found.exit_code == 0
    told = lines(found, UTC)
    assert told[:9] == [
        "The Paper (paper): 1 of 1 sources answered",
        "",
        "Listings",
        "  feed https://paper.example/rss.xml",
        "    12 links, newest 2026-03-02 09:30 UTC",
        "",
        "Links it would queue: 12",
        "  2026-03-02 09:30 UTC    Story 0",
        "                          https://paper.example/0",
    ]
    assert "  … and 2 more" in told
    at = told.index("Articles read: 3")
    assert told[at + 1 :] == [
        "  Read ␛[31m",
        "    2026-03-02 (day, from meta) · fa · 4,500 characters · relevance 0.81",
        "    would be kept",
        "    https://paper.example/0",
        "  Story 1",
        "    2026-03-02 09:30 UTC (minute, from listing)",
        "    off the beat: would not be kept: no term",
        "    https://paper.example/1",
        "  Story 2",
        "    2026-03-02 09:30 UTC (minute, from listing)",
        "    could not be fetched: the server answered 503",
        "    https://paper.example/2",
        "",
        "Nothing was stored.",
    ]


def test_the_document_holds_every_link(tmp_path: Path) -> None:
    told = document(checked(tmp_path, FOUND))
    assert (told["source"], len(told["links"]), len(told["samples"])) == ("paper", 12, 3)
    assert told["endpoints"][0]["items"] == 12
    assert told["samples"][0]["length"] == 4500


def test_a_source_that_gives_nothing_says_why_and_fails(tmp_path: Path) -> None:
    found = checked(tmp_path, FAILED)
    assert found.exit_code == 1
    told = lines(found, UTC)
    assert told[3:7] == [
        "  feed https://paper.example/rss.xml",
        "    failed: the server answered 403",
        "",
        "Links it would queue: 0",
    ]


def test_nothing_is_left_of_a_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    checked(tmp_path, FOUND)
    assert list(own.iterdir()) == []
