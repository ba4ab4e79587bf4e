"""Sitemaps give addresses, news sitemaps titles and times, indexes the child sitemaps worth fetching."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

from crawler.discovery import Limits, Listing
from store.models import EndpointKind, Hints, Precision
from tests.crawler.discovery import reading
from tests.crawler.discovery.reading import addresses, only

XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
SITEMAP_URL = "https://www.example.com/sitemap.xml"


def read(body: str | bytes, **told: Any) -> Listing:
    return reading.read(body, EndpointKind.SITEMAP, **{"url": SITEMAP_URL, **told})


def urlset(*rows: str) -> str:
    return f"<?xml version='1.0'?><urlset {XMLNS}>{''.join(f'<url>{row}</url>' for row in rows)}</urlset>"


def index(*rows: tuple[str, str]) -> str:
    inside = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>" for url, day in rows
    )
    return f"<sitemapindex {XMLNS}>{inside}</sitemapindex>"


NEWS = (
    "<loc>https://www.example.com/a</loc><news:news><news:publication><news:name>Example</news:name>"
    "<news:language>fa</news:language></news:publication>"
    "<news:publication_date>2025-05-30T09:30:00+03:30</news:publication_date>"
    "<news:title>Talks &amp; trade</news:title></news:news>"
    "<image:image><image:loc>https://www.example.com/p.jpg</image:loc><image:title>A hall</image:title>"
    "</image:image>"
)


def test_a_plain_sitemap_gives_addresses_and_changes_but_no_published_times() -> None:
    link = only(read(urlset("<loc> https://www.example.com/a </loc><lastmod>2025-05-30</lastmod>")))
    assert link.url == "https://www.example.com/a"
    assert link.modified == datetime(2025, 5, 30, tzinfo=UTC)
    assert link.published is None


def test_a_news_sitemap_gives_title_time_and_language() -> None:
    link = only(read(urlset(NEWS)))
    assert (link.url, link.title, link.language) == ("https://www.example.com/a", "Talks & trade", "fa")
    assert link.published and link.published.value == datetime(2025, 5, 30, 6, 0, tzinfo=UTC)


def test_a_day_in_a_news_sitemap_is_a_day() -> None:
    link = only(read(urlset(NEWS.replace("T09:30:00+03:30", "")), hints=Hints(timezone="Asia/Tehran")))
    assert link.published and link.published.precision is Precision.DAY


def test_addresses_of_pictures_and_translations_are_not_the_article() -> None:
    row = (
        "<image:image><image:loc>https://www.example.com/p.jpg</image:loc></image:image>"
        '<xhtml:link rel="alternate" hreflang="de" href="https://www.example.com/de/a"/><loc>https://www.example.com/a</loc>'
    )
    assert addresses(read(urlset(row))) == ["https://www.example.com/a"]


def test_any_namespace_or_none_is_understood() -> None:
    for body in (
        "<urlset><url><loc>https://www.example.com/a</loc></url></urlset>",
        '<urlset xmlns="http://www.google.com/schemas/sitemap/0.84"><url><loc>https://www.example.com/a</loc></url></urlset>',
        '<s:urlset xmlns:s="urn:x"><s:url><s:loc>https://www.example.com/a</s:loc></s:url></s:urlset>',
        f"<urlset {XMLNS}><url>https://www.example.com/a</url></urlset>",
    ):
        assert addresses(read(body)) == ["https://www.example.com/a"], body


def test_relative_packed_and_damaged_sitemaps_give_what_they_have() -> None:
    body = urlset(
        "<loc>/a</loc>", "<loc>https://www.example.com/b?x=1&y=2</loc>", "<loc>https://www.example.com/c</loc>"
    )
    whole = ["https://www.example.com/a", "https://www.example.com/b?x=1&y=2", "https://www.example.com/c"]
    assert [url.replace("=2", "=2") for url in addresses(read(body.replace("&y", "&amp;y")))] == whole
    assert len(read(body).links) == 3
    assert addresses(read(gzip.compress(body.replace("&y", "&amp;y").encode()))) == whole
    assert addresses(read(body.replace("&y", "&amp;y").partition("<loc>https://www.example.com/c")[0])) == whole[:2]


def test_a_list_of_addresses_is_a_sitemap() -> None:
    assert addresses(read("https://www.example.com/a\r\n\nhttps://www.example.com/b\n")) == [
        "https://www.example.com/a",
        "https://www.example.com/b",
    ]


def test_an_index_gives_its_children_the_newest_first() -> None:
    listing = read(
        index(
            ("https://www.example.com/posts-1.xml", "2025-05-01"),
            ("/posts-2.xml", "2025-05-30"),
            ("https://www.example.com/posts-3.xml?a=1&amp;b=2", "2025-05-20T10:00:00Z"),
        )
    )
    assert listing.links == ()
    assert listing.problem is None
    assert listing.items == 3
    assert listing.more == (
        "https://www.example.com/posts-2.xml",
        "https://www.example.com/posts-3.xml?a=1&b=2",
        "https://www.example.com/posts-1.xml",
    )


def test_without_dates_news_go_first_then_the_last_of_a_numbered_row() -> None:
    names = ("post-1", "post-2", "post-10", "news", "archive-2025-04-30")
    listing = read(index(*[(f"https://www.example.com/{name}.xml", "") for name in names]))
    assert [url.rpartition("/")[2] for url in listing.more] == [
        "news.xml",
        "archive-2025-04-30.xml",
        "post-10.xml",
        "post-2.xml",
        "post-1.xml",
    ]


def test_children_that_list_no_articles_are_left_out() -> None:
    names = (
        "wp-sitemap-posts-post-1",
        "wp-sitemap-taxonomies-category-1",
        "wp-sitemap-users-1",
        "author-sitemap",
        "image-sitemap-2",
    )
    listing = read(index(*[(f"https://www.example.com/{name}.xml", "") for name in names]))
    assert listing.more == ("https://www.example.com/wp-sitemap-posts-post-1.xml",)
    assert listing.notes == ("4 of 5 child sitemaps are old, list no articles or are not wanted",)


def test_children_of_which_nothing_is_known_are_all_taken() -> None:
    names = ("page-1", "page-2")
    assert len(read(index(*[(f"https://www.example.com/{name}.xml", "") for name in names])).more) == 2


def test_old_unwanted_and_surplus_children_are_left_out() -> None:
    body = index(*[(f"https://www.example.com/p{n}.xml", f"2025-05-{n:02}") for n in range(10, 30)])
    listing = read(body, since=datetime(2025, 5, 20, tzinfo=UTC), deny=("p29",), limits=Limits(children=3))
    assert [url[-7:-4] for url in listing.more] == ["p28", "p27", "p26"]


def test_only_so_many_addresses_are_read() -> None:
    listing = read(urlset(*[f"<loc>https://www.example.com/{n}</loc>" for n in range(50)]), limits=Limits(items=20))
    assert (len(listing.links), listing.items) == (20, 20)
