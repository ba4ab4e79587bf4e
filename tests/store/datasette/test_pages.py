"""The pages as a reader gets them, from a real Datasette over HTTP."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from store.datasette.guard import POLICY
from store.datasette.metadata import browsing
from tests.store.datasette import newsroom
from tests.store.datasette.newsroom import ARABIC_TITLE, CHINESE_TITLE, HOSTILE_TITLE, PERSIAN_TITLE, RUSSIAN_TITLE
from tests.store.datasette.server import Server

OIL = "https://paper.example/oil"
PAGES = (
    "/",
    "/silkwatch",
    "/silkwatch/articles",
    "/silkwatch/articles/1",
    "/silkwatch/articles/6",
    "/silkwatch/candidates",
    "/silkwatch/duplicates/1",
    "/silkwatch/topics",
    "/silkwatch/sources_health",
    "/silkwatch?sql=select+title,+text,+url+from+articles",
    "/silkwatch/nothing",
    "/-/versions",
)


def titles(page: str) -> list[str]:
    """Headlines of the cards, in order."""
    found = re.findall(r'class="headline"><a [^>]*>([^<]*)</a>', re.sub("</?mark>", "", page))
    return [unescape(title) for title in found]


def test_the_front_page_tells_of_today_and_yesterday_by_topic(server: Server) -> None:
    page = server.get("/").body
    today, yesterday = page.split('id="day-2"')
    assert "5 new" in today and set(titles(today)) == {
        newsroom.ARTICLES[0]["title"], PERSIAN_TITLE, CHINESE_TITLE, ARABIC_TITLE, HOSTILE_TITLE,
    }  # fmt: skip
    assert "1 new" in yesterday and titles(yesterday) == [RUSSIAN_TITLE]
    assert re.findall(r'<h3 class="topic">([^<]+?) <', page) == [
        "energy", "&lt;i&gt;trade&lt;/i&gt;", "diplomacy", "Other"
    ]  # fmt: skip


def test_the_front_page_names_sources_that_fail_and_why(server: Server) -> None:
    aside = server.get("/").body.partition("<aside")[2]
    assert "The Daily" in aside and "&lt;b&gt;HTTP 503&lt;/b&gt;" in aside
    assert "The Agency" not in aside


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("伊朗", [CHINESE_TITLE]),
        ("伊朗石油", [CHINESE_TITLE]),
        ("چين", [PERSIAN_TITLE]),  # Arabic yeh
        ("چین", [PERSIAN_TITLE]),
        ("ايران", [PERSIAN_TITLE, ARABIC_TITLE]),
        ("توافقنامه", [PERSIAN_TITLE]),
        ("توافق\u200cنامه", [PERSIAN_TITLE]),
        ("إيران", [ARABIC_TITLE, PERSIAN_TITLE]),  # written `وإيران` and `ایران`
        ("ИРАН", [RUSSIAN_TITLE]),
        ("pipeline*", [newsroom.ARTICLES[0]["title"]]),
        ('"sells oil" -nothing', [newsroom.ARTICLES[0]["title"]]),
        ("wordthatisnowhere", []),
        ('"', []),
        ("AND OR NOT ( * ^ : '", []),
    ],
)
def test_datasettes_own_search_box_finds_what_people_type(server: Server, typed: str, found: list[str]) -> None:
    answer = server.get("/silkwatch/articles?" + urlencode({"_search": typed}))
    assert answer.status == 200
    assert sorted(titles(answer.body)) == sorted(found)
    rows = json.loads(server.get("/silkwatch/articles.json?" + urlencode({"_search": typed, "_shape": "array"})).body)
    assert sorted(row["title"] for row in rows) == sorted(found)


def test_search_keeps_to_headlines_when_asked(server: Server) -> None:
    asked = "/silkwatch/articles.json?_shape=array&_col=title&"
    assert json.loads(server.get(asked + "_search_title=pipelines").body) == []
    assert len(json.loads(server.get(asked + "_search_text=pipelines").body)) == 1


def test_what_matched_is_marked_in_the_list_and_among_the_best_matches(server: Server) -> None:
    for path in ("/silkwatch/articles?_search=", "/-/search?q="):
        page = server.get(path + "pipeline").body
        assert "pipelines" in re.findall("<mark>(.*?)</mark>", page)
        assert titles(page) == [newsroom.ARTICLES[0]["title"]]


def test_the_best_matches_lead_to_the_list_and_back(server: Server) -> None:
    best = server.get("/-/search?" + urlencode({"q": "Iran", "expand": "1"})).body
    link = re.search(r'href="(/silkwatch/articles\?[^"]*)"', best)
    assert link
    listed = server.get(unescape(link[1])).body
    assert sorted(titles(listed)) == sorted(titles(best)) and CHINESE_TITLE in titles(best)
    assert 'href="/-/search?q=Iran&amp;expand=1"' in listed
    assert listed.count('name="_expand"') == 1, "the box alone carries it, or it could not be unticked"


@pytest.mark.parametrize("typed", ["", "  ", '"', "-oil", "wordthatisnowhere", '"><script>x</script>'])
def test_the_page_of_best_matches_says_when_there_is_nothing(server: Server, typed: str) -> None:
    answer = server.get("/-/search?" + urlencode({"q": typed, "sort": "newest"}))
    assert answer.status == 200 and titles(answer.body) == []
    assert "<script" not in answer.body


def test_the_search_box_says_again_what_was_typed(server: Server) -> None:
    page = server.get("/silkwatch/articles?" + urlencode({"_search": '"><script>x</script>'})).body
    assert 'value="&#34;&gt;&lt;script&gt;x&lt;/script&gt;"' in page


def test_facets_narrow_the_list(server: Server) -> None:
    page = server.get("/silkwatch/articles").body
    for facet in ("language", "perspective", "publisher", "topics", "day"):
        assert f'id="facet-{facet}"' in page
    link = re.search(r'href="([^"]*_topic=energy[^"]*)"', page)
    assert link
    narrowed = server.get(unescape(link[1]).removeprefix(server.url)).body
    assert sorted(titles(narrowed)) == sorted([CHINESE_TITLE, ARABIC_TITLE, newsroom.ARTICLES[0]["title"]])
    assert 'class="selected"' in narrowed


def test_a_list_carries_no_texts_and_its_links_no_columns(server: Server) -> None:
    page = server.get("/silkwatch/articles").body
    assert "pipelines and ports" not in page
    assert "_col=" not in page.partition("View and edit SQL")[0].rpartition("<section")[0]
    assert "text" in json.loads(server.get("/silkwatch/articles.json?_shape=array").body)[0]
    chosen = server.get("/silkwatch/articles?_col=title&_col=length").body
    assert "<th" in chosen and 'class="card"' not in chosen


def test_the_filter_form_leads_to_the_same_kind_of_list(server: Server) -> None:
    form = {"_search": "چين", "_filter_column": "language", "_filter_op": "exact", "_filter_value": "fa"}
    answer = server.get("/silkwatch/articles?" + urlencode(form | {"_sort": "published", "_sort_by_desc": "on"}))
    assert titles(answer.body) == [PERSIAN_TITLE]
    assert "_col=" not in answer.url and "language__exact=fa" in answer.url


def test_an_article_reads_well(server: Server, ids: dict[str, int]) -> None:
    page = server.get(f"/silkwatch/articles/{ids[OIL]}").body
    assert "<p>The plan was signed in Tehran." in page.replace("<mark", "<mark")
    assert "Iran sells oil to China, says paper" in page and "93 % the same" in page
    assert "Earlier texts" in page and "replaced" in page
    assert f'<a href="{OIL}" rel="noopener noreferrer nofollow"' in page
    persian = server.get(f"/silkwatch/articles/{ids['https://agency.example/fa/1']}").body
    assert 'lang="fa" dir="rtl"' in persian and '<mark title="iran">ایران</mark>' in persian


@pytest.mark.parametrize("path", PAGES)
def test_text_from_the_web_is_never_markup(server: Server, path: str) -> None:
    page = server.get(path).body
    for tag in (
        "<script",
        "<svg",
        "<iframe",
        "<img",
        "<b>bold",
        'onmouseover="alert',
        'javascript:alert(document.cookie)"',
    ):
        assert tag not in page, tag
    assert "49" not in re.findall(r"bold&lt;/b&gt; &amp; (\S+)", page)


def test_a_hostile_title_is_shown_as_it_is_and_leads_nowhere(server: Server, ids: dict[str, int]) -> None:
    page = server.get(f"/silkwatch/articles/{ids[newsroom.HOSTILE_URL]}").body
    assert escape(HOSTILE_TITLE).replace("&quot;", "&#34;").replace("&#x27;", "&#39;") in page
    assert 'href="javascript' not in page and "<mark" not in page


@pytest.mark.parametrize("path", [*PAGES, "/silkwatch/articles.json", "/silkwatch/articles.csv", "/-/new.atom"])
def test_every_answer_forbids_scripts_and_other_hosts(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["content-security-policy"] == POLICY and "script" not in POLICY
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_only_loopbacks_names_are_answered(server: Server) -> None:
    assert server.get("/", Host="rebound.example").status == 421
    assert server.get("/", Host="localhost:80").status == 200
    assert server.get("/", Host="[::1]:80").status == 200


@pytest.mark.parametrize("name", browsing()["queries"])
def test_every_query_answers(server: Server, name: str) -> None:
    asked = urlencode({"source": "agency", "topic": "energy", "day": "", "article_id": "1", "days": "9", "weeks": ""})
    answer = server.get(f"/silkwatch/{name}?{asked}")
    assert answer.status == 200 and "<th" in answer.body, answer.body
    assert json.loads(server.get(f"/silkwatch/{name}.json?{asked}").body)["ok"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("new_today", "5 rows"),
        ("by_source?source=agency", "2 rows"),
        ("by_source?source=the+AGENCY", "2 rows"),
        ("topic_in_week?topic=energy&day=", "3 rows"),
        ("copies?article_id=1", "1 row"),
        ("most_copied", "1 row"),
        ("near_misses", "1 row"),
        ("most_named?days=7&kind=", "1 row"),
        ("most_named?days=7&kind=money", "1 row"),
        ("naming?kind=person&value=wangyi&unit=", "2 rows"),
        ("naming?kind=money&value=400000000000&unit=USD", "1 row"),
        ("rejected", "1 row"),
        ("sources_health", "3 rows"),
        ("passes", "1 row"),
    ],
)
def test_queries_tell_what_is_in_the_store(server: Server, query: str, expected: str) -> None:
    result = re.search(r'class="result"[^>]*>(.*?)</p>', server.get(f"/silkwatch/{query}").body, re.DOTALL)
    assert result and re.sub("<[^>]+>", "", result[1]).strip() == expected


def test_an_article_shows_what_it_names_and_leads_to_others_that_do(server: Server, ids: dict[str, int]) -> None:
    page = server.get(f"/silkwatch/articles/{ids['https://agency.example/fa/1']}").body
    assert "<dt>People</dt>" in page and "<dt>Sums</dt>" not in page
    link = re.search(r'href="([^"]+)" title="وانگ یی"><bdi>Wang Yi</bdi>', page)
    assert link
    others = server.get(html.unescape(link[1])).body
    assert newsroom.CHINESE_TITLE in others


def test_gaps_name_the_days(server: Server) -> None:
    rows = json.loads(server.get("/silkwatch/gaps.json?days=2&_shape=array").body)
    by_source = {row["source"]: row for row in rows}
    assert by_source["The Agency"]["days_without"] == 2
    assert len(by_source["The Agency"]["gaps"].split()) == 2


def test_nothing_can_be_written(server: Server, news: tuple[Path, dict[str, int]]) -> None:
    answer = server.get("/silkwatch?" + urlencode({"sql": "delete from articles"}))
    assert answer.status == 400 and "must be a SELECT" in answer.body
    with sqlite3.connect(news[0]) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (len(newsroom.ARTICLES),)
    connection.close()


def test_what_a_pass_brings_is_seen_at_once(tmp_path: Path) -> None:
    from store.database import Store
    from tests.store.datasette.server import serving
    from tests.store.make import begin, keep, reading

    path = tmp_path / "my news.v2.db"
    with Store.open(path) as store:
        run_id = begin(store)
        with serving(path) as live:
            assert "Nothing new yet" in live.get("/").body
            keep(store, run_id, reading("https://paper.example/fresh", "Fresh"), now=newsroom.NOW)
            assert titles(live.get("/").body) == ["Fresh"]
            assert titles(live.get("/my+news~2Ev2/articles?_search=fresh").body) == ["Fresh"]
