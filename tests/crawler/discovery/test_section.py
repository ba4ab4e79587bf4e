"""Section pages give the links that lead to articles, titled by what people click on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.discovery import Listing
from store.models import EndpointKind, Hints, Precision
from tests.crawler.discovery import reading
from tests.crawler.discovery.reading import addresses, only

PAGE_URL = "https://www.example.com/world/"


def read(body: str, **told: Any) -> Listing:
    page = f"<!DOCTYPE html><html><head><title>World</title></head><body>{body}</body></html>"
    return reading.read(page, EndpointKind.SECTION, **{"url": PAGE_URL, **told})


def a(href: str, inside: str = "Talks in the capital", **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<a href="{href}"{more}>{inside}</a>'


def test_links_of_articles_are_taken_and_the_rest_of_the_page_is_not() -> None:
    body = (
        f"<header>{a('/')}{a('/world/')}{a('/tag/oil-and-gas-prices')}{a('/login?next=12345')}</header>"
        f"<nav>{a('/news/99999/in-the-menu')}</nav><div class='site-footer'>{a('/news/88888/in-the-footer')}</div>"
        f"<main>{a('/news/12345/talks')}{a('2025/05/30/storm')}{a('?p=4711')}{a('/oil-falls-to-new-low')}"
        f"{a('/photo/12345.jpg')}{a('mailto:desk@example.com')}{a('#top')}{a('https://other.example/news/77777/x')}</main>"
    )
    assert addresses(read(body)) == [
        "https://www.example.com/news/12345/talks",
        "https://www.example.com/world/2025/05/30/storm",
        "https://www.example.com/world/?p=4711",
        "https://www.example.com/oil-falls-to-new-low",
    ]


def test_the_patterns_of_a_source_decide_alone() -> None:
    body = f"<nav>{a('/x/talks')}</nav>{a('/x/cup')}{a('https://other.example/x/storm')}{a('/news/12345')}"
    listing = read(body, allow=(r"/x/\w+$",), deny=("cup",))
    assert addresses(listing) == ["https://www.example.com/x/talks", "https://other.example/x/storm"]


def test_where_articles_are_numbered_other_links_are_sections() -> None:
    body = "".join(a(f"/news/{10000 + n}/x") for n in range(6)) + a("/world/regions-of-the-world")
    assert len(read(body).links) == 6


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (a("/news/12345", "Oil &amp; gas"), "Oil & gas"),
        (a("/news/12345", "<span>Iran</span> <b>and</b> China"), "Iran and China"),
        (a("/news/12345", "<h3>Oil falls</h3><p>The price of oil fell on Friday by two dollars.</p>"), "Oil falls"),
        (f"<h2>{a('/news/12345', 'Oil falls')}</h2>{a('/news/12345', 'The price of oil fell')}", "Oil falls"),
        (a("/news/12345", "<img src=x alt='A tank'>") + a("/news/12345", "Oil falls"), "Oil falls"),
        (a("/news/12345", "Read more") + a("/news/12345", "Oil falls"), "Oil falls"),
        (a("/news/12345", "ادامه مطلب") + a("/news/12345", "نفت ارزان شد"), "نفت ارزان شد"),
        (a("/news/12345", "更多") + a("/news/12345", "油价下跌"), "油价下跌"),
        (a("/news/12345", "2 hours ago") + a("/news/12345", "Oil falls"), "Oil falls"),
        (a("/news/12345", "", title="Oil falls"), "Oil falls"),
        (a("/news/12345", "<img alt='Oil falls'>"), "Oil falls"),
        (a("/news/12345", "17"), None),
    ],
)  # fmt: skip
def test_a_title_is_what_people_click_on(body: str, title: str | None) -> None:
    assert only(read(body)).title == title


def card(number: int, date: str) -> str:
    return f"<article><h3>{a(f'/news/{number}/x')}</h3><p>Lead.</p>{date}</article>"


@pytest.mark.parametrize(
    ("date", "value", "precision"),
    [
        (
            '<time datetime="2025-05-30T13:00:00+03:30">2 days ago</time>',
            datetime(2025, 5, 30, 9, 30, tzinfo=UTC),
            "minute",
        ),
        ("<span>2025-05-30 13:00</span>", datetime(2025, 5, 30, 9, 30, tzinfo=UTC), "minute"),
        ("<span>(2025-05-30)</span>", datetime(2025, 5, 29, 20, 30, tzinfo=UTC), "day"),
        ("<span>2025年5月30日</span>", datetime(2025, 5, 29, 20, 30, tzinfo=UTC), "day"),
        ("<span>۱۴۰۴/۰۳/۰۹ ۱۳:۰۰</span>", datetime(2025, 5, 30, 9, 30, tzinfo=UTC), "minute"),
    ],
)
def test_a_date_beside_a_link_is_read(date: str, value: datetime, precision: str) -> None:
    body = card(12345, date) + card(12346, "")
    first, second = read(body, hints=Hints(timezone="Asia/Tehran")).links
    assert first.published and (first.published.value, first.published.precision) == (value, Precision(precision))
    assert second.published is None


@pytest.mark.parametrize(
    "date", ["2 hours ago", "<time>Yesterday</time>", "<time datetime='P2D'>x</time>", "12:30", "30 May"]
)
def test_a_relative_time_is_no_date(date: str) -> None:
    assert only(read(card(12345, date))).published is None


def test_a_date_above_several_articles_belongs_to_none() -> None:
    body = f"<div><p>2025-05-30</p><ul><li>{a('/news/12345')}</li><li>{a('/news/12346')}</li></ul></div>"
    assert [link.published for link in read(body).links] == [None, None]


def test_the_base_of_the_page_holds_for_its_links() -> None:
    page = f"<html><head><base href='https://www.example.com/en/'></head><body>{a('news/12345')}</body></html>"
    listing = reading.read(page, EndpointKind.SECTION, url=PAGE_URL)
    assert addresses(listing) == ["https://www.example.com/en/news/12345"]


def test_a_page_in_a_legacy_charset_is_read() -> None:
    page = f"<html><head><meta charset=gb2312></head><body>{a('/news/12345', '油价下跌')}</body></html>".encode(
        "gb2312"
    )
    assert only(reading.read(page, EndpointKind.SECTION, url=PAGE_URL)).title == "油价下跌"


def test_a_page_without_articles_is_empty() -> None:
    problem = read(a("/about")).problem
    assert problem and (problem.code, problem.detail) == ("empty", "a page without links to articles")


def test_broken_html_gives_its_links() -> None:
    assert addresses(read("<div><a href=/news/12345>Oil <b>falls<a href='/news/12346'>Gas</div></p>")) == [
        "https://www.example.com/news/12345",
        "https://www.example.com/news/12346",
    ]
