"""What an address says of its article: its day, its number, whether it is one, and which claims are believable."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from crawler import urls
from tests.shared import needs_shared, shared

DAYS = {
    "https://example.com/2024/07/04/headline": date(2024, 7, 4),
    "https://example.com/2024/7/4/headline": date(2024, 7, 4),
    "https://example.com/news/2024-07-04-headline": date(2024, 7, 4),
    "https://example.com/2023/apr/28/headline": date(2023, 4, 28),
    "https://example.com/story-28-april-2023": date(2023, 4, 28),
    "https://example.com/a/202312/11/WS65768.html": date(2023, 12, 11),
    "https://example.com/n1/2023/1211/c1002-40136.html": date(2023, 12, 11),
    "https://example.com/gn/2023-12/11/content_1.htm": date(2023, 12, 11),
    "https://example.com/202312/t20231211_163068.html": date(2023, 12, 11),
    "https://example.com/en/202204275562": date(2022, 4, 27),
    "https://example.com/view/AEN20190820002300325": date(2019, 8, 20),
    "https://example.com/20231211/0123456789abcdef0123456789abcdef/c.html": date(2023, 12, 11),
    "https://example.com/12-31-2023/headline": date(2023, 12, 31),
    "https://example.com/31.12.2023/headline": date(2023, 12, 31),
    "https://example.com/show?date=2023-12-31": date(2023, 12, 31),
    "https://example.ir/news/13960111000669/headline": date(2017, 3, 31),
    "https://example.ir/1402/09/20/headline": date(2023, 12, 11),
    "https://example.ir/news/14020920": date(2023, 12, 11),
    "https://web.archive.org/web/20240101000000/http://example.com/2023/12/11/a": date(2023, 12, 11),
    "https://example.com/%32023/12/11/": date(2023, 12, 11),
    "https://example.com/2023/12/headline": None,
    "https://example.com/2023/12/3-reasons-to-hope": None,
    "https://example.com/page/202312/1303.shtml": None,
    "https://example.com/2023/13/45/headline": None,
    "https://example.com/04-07-2024/headline": None,
    "https://example.com/news/20231": None,
    "https://example.ir/1399/12/31/headline": None,
    "https://2023-12-11.example.com/headline": None,
    "": None,
}

FRONT_PAGES = (
    "https://example.com", "https://example.com/en", "http://www.example.com/fa/index.html", "https://example.com/#top",
    "https://example.com/?lang=fa", "https://example.com/?utm_source=x", "https://example.com/en-gb/home",
    "https://example.com/home.aspx", "https://m.example.com/",
)  # fmt: skip
NO_FRONT_PAGES = (
    "https://example.com/?p=511383", "https://example.com/news", "https://example.com/en/world", "mailto:a@b.example",
    "https://example.com/#!/news/5", "https://example.com/a", "https://example.com/show.php?id=3",
)  # fmt: skip

ARTICLES = (
    "https://example.com/?p=511383", "https://example.com/news/59508", "https://example.com/2024/07/04/talks",
    "https://example.com/iran-wants-strategic-partnership", "https://example.com/news/articles/c4n1l6wx98go",
    "https://example.ir/news/503910/پرترافیک-ترین-جاده-های-ایران", "https://example.cn/a/伊朗外长访问中国",
    "https://example.com/x/d2f1a6de-7c3b-4f0e-8a25-3d1b6b8f6a10", "https://example.com/story-12345678.html",
)  # fmt: skip
SECTIONS = (
    "https://example.com/", "https://example.com/world", "https://example.com/middle-east", "https://example.com/tag/12345",
    "https://example.com/search?q=iran+china+oil", "https://example.com/world?page=17", "https://example.com/a/photo12345.jpg",
    "https://example.com/author/jane-van-der-doe", "javascript:void(0)", "https://example.com/privacy-policy/2024",
)  # fmt: skip

NEWS = "https://example.com/news/123456/talks-in-the-capital"
BELIEVED = {
    "itself": (NEWS, NEWS),
    "its clean spelling": (f"{NEWS}?utm_source=rss", f"http://www.example.com{NEWS.partition('.com')[2]}/"),
    "a relative claim": (f"{NEWS}?x=1", "/news/123456/talks-in-the-capital"),
    "a changed headline": (NEWS, "https://example.com/news/123456/leaders-meet-again"),
    "the long form of a short address": (
        "https://example.com/?p=511383",
        "https://example.com/top-official-meets-envoy",
    ),
    "the AMP page's article": ("https://example.com/amp/story/98765?x=1", "https://example.com/story/98765"),
    "a mobile script's article": (
        "https://m.example.com/m.asp?pk_no=14123",
        "https://example.com/view.html?idxno=14123",
    ),
    "the first part of a long read": (f"{NEWS}/2", NEWS),
    "the original of a copy": (
        "https://copy.example/x/iran-wants-a-partner",
        "https://example.com/iran-wants-a-partner",
    ),
}
REFUSED = {
    "the home page": (NEWS, "https://example.com/"),
    "the home page of a language": (NEWS, "/en/"),
    "the section": (NEWS, "https://example.com/news"),
    "another article": (NEWS, "https://example.com/news/654321/storm-hits-coast"),
    "another headline": ("https://example.com/rain-in-the-north", "https://example.com/cup-final-goes-on"),
    "another language": ("https://example.com/en/news/123456", "https://example.com/fa/news/123456"),
    "another edition": ("https://en.example.com/news/123456", "https://www.example.com/news/123456"),
    "the script without its number": ("https://example.com/show.php?id=5", "https://example.com/show.php"),
    "another site": (NEWS, "https://other.example/news/654321/storm-hits-coast"),
    "another site's number": (NEWS, "https://other.example/news/123456/storm-hits-coast"),
    "a picture": (NEWS, "https://example.com/news/123456/talks.jpg"),
    "no address": (NEWS, "javascript:;"),
}


@pytest.mark.parametrize(("address", "day"), DAYS.items())
def test_the_day_in_an_address(address: str, day: date | None) -> None:
    assert urls.date_in_url(address) == day


@pytest.mark.parametrize("address", FRONT_PAGES)
def test_a_front_page_is_known_by_its_address(address: str) -> None:
    assert urls.looks_like_front_page(address)


@pytest.mark.parametrize("address", NO_FRONT_PAGES)
def test_other_pages_are_no_front_pages(address: str) -> None:
    assert not urls.looks_like_front_page(address)


@pytest.mark.parametrize("address", ARTICLES)
def test_an_article_is_known_by_number_day_or_headline(address: str) -> None:
    assert urls.looks_like_article(address)


@pytest.mark.parametrize("address", SECTIONS)
def test_sections_and_files_are_no_articles(address: str) -> None:
    assert not urls.looks_like_article(address)


def test_a_headline_alone_is_no_number() -> None:
    assert urls.is_numbered("https://example.com/news/59508")
    assert urls.is_numbered("https://example.com/2024/07/04/talks")
    assert not urls.is_numbered("https://example.com/iran-wants-strategic-partnership")


@pytest.mark.parametrize(("page", "claim"), BELIEVED.values(), ids=BELIEVED)
def test_a_claimed_address_is_believed(page: str, claim: str) -> None:
    assert urls.trustworthy_canonical(page, claim) == urls.canonical(claim, page)


@pytest.mark.parametrize(("page", "claim"), REFUSED.values(), ids=REFUSED)
def test_a_claimed_address_is_refused(page: str, claim: str) -> None:
    assert urls.trustworthy_canonical(page, claim) is None


def test_a_changed_headline_keeps_the_article_key() -> None:
    assert urls.article_key(NEWS) == urls.article_key("http://m.example.com/news/123456/other-words") is not None


@pytest.mark.parametrize(
    "other",
    [
        "https://example.com/news/123457/talks-in-the-capital",
        "https://example.com/fa/news/123456",
        "https://example.com/video/123456",
        "https://other.example/news/123456",
    ],
)
def test_article_keys_differ_by_number_language_kind_and_site(other: str) -> None:
    assert urls.article_key(other) not in (None, urls.article_key(NEWS))


@pytest.mark.parametrize("address", ["https://example.com/2024/07/04/talks", "https://example.com/world", "x"])
def test_an_address_without_number_has_no_article_key(address: str) -> None:
    assert urls.article_key(address) is None


@pytest.mark.parametrize(
    ("address", "host", "site"),
    [
        ("https://News.BBC.co.uk:443/x", "news.bbc.co.uk", "bbc.co.uk"),
        ("https://one.blogspot.com/", "one.blogspot.com", "one.blogspot.com"),
        ("https://wire-1.example/news/5", "wire-1.example", "wire-1.example"),
        ("http://127.0.0.1:8000/a", "127.0.0.1", "127.0.0.1"),
        ("http://user@[::1]:8000/a", "[::1]", "::1"),
        ("http://localhost/a", "localhost", "localhost"),
        ("https://a-com.cdn.ampproject.org/c/s/www.a.com/x", "a-com.cdn.ampproject.org", "a.com"),
        ("not an address", "", ""),
    ],
)  # fmt: skip
def test_host_and_site(address: str, host: str, site: str) -> None:
    assert (urls.host(address), urls.site(address)) == (host, site)


def test_sites_are_compared_by_registrable_domain() -> None:
    assert urls.same_site("https://a.example.com/x", "http://b.example.com")
    assert not urls.same_site("https://example.com/x", "https://example.org/x")
    assert not urls.same_site("", "")


@needs_shared
def test_days_in_real_addresses_are_the_days_people_wrote_down() -> None:
    rows = [json.loads(line) for line in shared("data", "dates", "url_dates.jsonl").read_text("utf-8").splitlines()]
    found = [(urls.date_in_url(row["url"]), row["date"][:10]) for row in rows]
    outcome = Counter(day.isoformat() == truth for day, truth in found if day)
    # Measured: 118 of 121 right; the three others are addresses a day or more older than the article on them.
    assert outcome[True] >= 115
    assert outcome[True] / sum(outcome.values()) >= 0.96


@needs_shared
def test_real_articles_look_like_articles_and_home_pages_do_not() -> None:
    rows = [
        json.loads(line)
        for name in ("extraction/gold.jsonl", "pages/pages.jsonl")
        for line in shared("data", *name.split("/")).read_text("utf-8").splitlines()
    ]
    articles = [r["url"] for r in rows if r.get("url") and r.get("kind", "article") == "article"]
    fronts = [r["url"] for r in rows if r.get("url") and r.get("kind") == "front"]
    # Measured: 96 of 100; the rest are one-word slugs and shortened links, which only a pattern can name.
    assert sum(map(urls.looks_like_article, articles)) / len(articles) >= 0.95
    assert not any(map(urls.looks_like_article, fronts))


@needs_shared
def test_the_seed_articles_are_known_in_every_spelling_and_apart_from_their_neighbours() -> None:
    seeds = json.loads(shared("seeds", "seeds.json").read_text("utf-8"))["seeds"]
    listed = [seed["url"] for seed in seeds]
    listed += [row["url"] for seed in seeds for kind in ("copies", "same_event") for row in seed.get(kind, ())]
    plain = {url.partition("?utm_")[0] for url in listed if url.startswith("http")}
    assert len({urls.canonical(url) for url in plain}) == len(plain)
    for url in plain:
        rest = url.partition("://")[2].removeprefix("www.")
        joined = "&" if "?" in url else "?"
        for spelling in (
            f"http://{rest}", f"https://www.{rest}", f"https://m.{rest}", f"{url}#top",
            f"{url}{joined}utm_source=rss", f"https://www.google.com/amp/s/{rest}",
            f"https://web.archive.org/web/20250101000000/{url}",
        ):  # fmt: skip
            assert urls.canonical(spelling) == urls.canonical(url)
            assert urls.trustworthy_canonical(spelling, url) == urls.canonical(url)
