"""Pages of our own in five languages are read as a person would read them, and pages that are none are refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.extraction.page import read_page
from crawler.extraction.refusals import CODES
from store.models import Article, Calendar, DateOrigin, Hints, Link, Precision, Published, Rejection, Source
from tests.newsdesk import AR_VISIT as AR
from tests.newsdesk import FA_VISIT, FESTIVAL, OIL_BUYERS, PORT_DEAL, ZH_VISIT
from tests.newsdesk import RU_VISIT as RU
from tests.site import article

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
URL = "https://paper.example/world/port-agreement-48213"
TRADITIONAL = ["伊朗外長星期二抵達北京舉行會談。" * 8]


def source(**hints: object) -> Source:
    return Source(
        id="paper", name="The Paper", homepage="https://paper.example", country="DE", language="en",
        perspective="western", hints=Hints(**hints),  # type: ignore[arg-type]
    )  # fmt: skip


def read(html: str | bytes, url: str = URL, link: Link | None = None, **hints: object) -> Article | Rejection:
    body = html.encode() if isinstance(html, str) else html
    return read_page(body, url=url, headers_charset=None, source=source(**hints), link=link, now=NOW)


def good(html: str | bytes, url: str = URL, link: Link | None = None, **hints: object) -> Article:
    found = read(html, url, link, **hints)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Iran and China sign Chabahar port agreement", PORT_DEAL),
        ("fa", "وزیر خارجه ایران به پکن رفت", FA_VISIT),
        ("zh", "伊朗外长访问北京", ZH_VISIT),
        ("ru", "Глава МИД Ирана прибыл в Пекин", RU),
        ("ar", "وزير الخارجية الإيراني في بكين", AR),
    ],
)
def test_the_text_and_headline_are_read_in_every_script(language: str, title: str, text: list[str]) -> None:
    found = good(article(title, text, lang=language, published="2026-03-02T09:30:00+03:30"))
    assert found.title == title
    assert found.text.split("\n") == text
    assert found.published == Published(datetime(2026, 3, 2, 6, tzinfo=UTC), Precision.MINUTE, DateOrigin.META)


@pytest.mark.parametrize(
    ("encoding", "text", "language"),
    [("gb18030", ZH_VISIT, "zh"), ("big5", TRADITIONAL, "zh"), ("windows-1251", RU, "ru"),
     ("windows-1256", AR, "ar"), ("utf-16", PORT_DEAL, "en")],
)  # fmt: skip
def test_a_page_in_a_legacy_charset_is_read_by_its_own_label(encoding: str, text: list[str], language: str) -> None:
    html = article("Headline", text, lang=language).replace('charset="utf-8"', f'charset="{encoding}"')
    assert good(html.encode(encoding)).text.split("\n") == text


def _json_ld(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Port agreement", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_structured_data_gives_authors_dates_and_the_paywall() -> None:
    head = _json_ld(
        author=[{"@type": "Person", "name": "Mina Rahimi"}, {"@type": "Person", "name": "Li Wen"}],
        datePublished="2026-03-02T09:30:00Z", dateModified="2026-03-02T11:00:00Z", isAccessibleForFree=False,
    ) + '<link rel="canonical" href="/world/port-agreement-48213"><link rel="amphtml" href="/amp/48213">'  # fmt: skip
    found = good(article("Port agreement", PORT_DEAL, head=head))
    assert found.authors == ("Mina Rahimi", "Li Wen")
    assert found.published == Published(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), Precision.MINUTE, DateOrigin.JSON_LD)
    assert found.modified == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert found.paywalled
    assert found.canonical_url == URL
    assert found.amp_url == "https://paper.example/amp/48213"


def test_a_date_in_the_future_is_not_believed_and_none_is_invented() -> None:
    assert good(article("Port agreement", PORT_DEAL, published="2031-01-01T00:00:00Z")).published is None
    assert good(article("Port agreement", PORT_DEAL)).published is None


def test_the_listing_and_the_address_say_what_the_page_does_not() -> None:
    listed = Published(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), Precision.MINUTE, DateOrigin.LISTING)
    page = article("Port agreement", PORT_DEAL)
    assert good(page, link=Link(url=URL, published=listed)).published == listed
    by_address = good(page, url="https://paper.example/2026/03/02/port-agreement").published
    assert by_address is not None
    assert (by_address.value.date().isoformat(), by_address.precision, by_address.origin) == (
        "2026-03-02", Precision.DAY, DateOrigin.URL,
    )  # fmt: skip


def test_a_jalali_day_is_read_in_the_zone_of_its_source() -> None:
    page = article("وزیر خارجه به پکن رفت", FA_VISIT, lang="fa", head='<meta name="date" content="۱۴۰۴/۱۲/۱۱">')
    found = good(page, timezone="Asia/Tehran", calendar=Calendar.JALALI).published
    assert found is not None
    assert (found.value, found.precision) == (datetime(2026, 3, 1, 20, 30, tzinfo=UTC), Precision.DAY)


@pytest.mark.parametrize(
    ("html", "url", "code"),
    [
        ("", URL, "empty_page"),
        ("<html><title>Just a moment...</title><body>Checking your browser before accessing.</body></html>", URL,
         "challenge"),
        ("<html><title>404 Not Found</title><body><h1>Page not found</h1></body></html>", URL, "error_page"),
        ("%PDF-1.7 binary", URL, "not_html"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_a_reason(html: str, url: str, code: str) -> None:
    found = read(html, url)
    assert isinstance(found, Rejection)
    assert found.code in CODES and found.detail
    assert found.code == code


@pytest.mark.parametrize("text", [OIL_BUYERS, FESTIVAL, ZH_VISIT[:1], FA_VISIT[:1]])
def test_short_and_ordinary_articles_are_not_refused(text: list[str]) -> None:
    assert isinstance(read(article("A headline of this article", text)), Article)
