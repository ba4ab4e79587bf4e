"""Feeds of every kind give their articles: address, title, times, language, summary."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from store.models import DateOrigin, Hints, Precision, Published
from tests.crawler.discovery.reading import FEED_URL, addresses, atom, only, read, rss

RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><link>https://example.com/</link><language>en-us</language>
<item><title>Caf&eacute; talks</title><link>https://example.com/a</link><description>Lead.</description></item>
</channel></rss>"""

RSS_10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.com/"><title>T</title><link>https://example.com/</link></channel>
<item rdf:about="https://example.com/a"><title>Talks</title><link>https://example.com/a</link>
<dc:date>2025-05-30T09:30:00+03:30</dc:date><dc:language>fa</dc:language></item>
<item rdf:about="https://example.com/b"><title>More</title></item></rdf:RDF>"""

ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="de"><title>T</title>
<entry><title>Gespräche</title><link rel="alternate" type="text/html" href="https://example.com/a"/>
<id>tag:example.com,2025:1</id><issued>2025-05-30T09:30:00Z</issued><modified>2025-05-30T10:00:00Z</modified></entry></feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://example.com/",
        "language": "en",
        "items": [
            {"id": "1", "url": "/a", "title": "Talks", "date_published": "2025-05-30T09:30:00Z", "summary": "Lead."},
            {"id": "https://example.com/b", "content_html": "<p>No title</p>"},
            {"id": 3, "external_url": "https://example.org/c", "date_modified": "2025-05-30T11:00:00Z"},
            "no object",
        ],
    }
)


def test_rss_2_gives_address_title_time_language_and_summary() -> None:
    link = only(
        read(
            rss(
                "<title>Talks &amp; trade</title><link> https://example.com/a </link><guid>x1</guid>"
                "<pubDate>Fri, 30 May 2025 09:30:00 GMT</pubDate>"
                "<description>&lt;p&gt;The lead.&lt;/p&gt;</description>",
                head="<link>https://example.com/</link><language>en-GB</language>",
            )
        )
    )
    assert (link.url, link.title, link.language) == ("https://example.com/a", "Talks & trade", "en-GB")
    assert link.summary == "The lead."
    assert link.published == Published(datetime(2025, 5, 30, 9, 30, tzinfo=UTC), Precision.MINUTE, DateOrigin.LISTING)
    assert link.modified is None


def test_rss_0_91_with_a_document_type_is_read_and_the_type_is_not_fetched() -> None:
    link = only(read(RSS_091))
    assert (link.url, link.title, link.language) == ("https://example.com/a", "Café talks", "en-us")


def test_rss_1_0_items_stand_beside_the_channel() -> None:
    first, second = read(RSS_10).links
    assert first.published and first.published.value == datetime(2025, 5, 30, 6, 0, tzinfo=UTC)
    assert first.language == "fa"
    assert second.url == "https://example.com/b"


def test_atom_0_3() -> None:
    link = only(read(ATOM_03))
    assert (link.url, link.title, link.language) == ("https://example.com/a", "Gespräche", "de")
    assert link.published and link.published.value.hour == 9
    assert link.modified == datetime(2025, 5, 30, 10, 0, tzinfo=UTC)


def test_atom_titles_may_be_html_or_xhtml() -> None:
    listing = read(
        atom(
            '<link href="https://example.com/a"/><title type="html">A &lt;em&gt;big&lt;/em&gt; day</title>',
            '<link href="https://example.com/b"/><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            "Oil <b>and</b> gas</div></title>",
        )
    )
    assert [link.title for link in listing.links] == ["A big day", "Oil and gas"]


def test_an_atom_entry_that_was_only_updated_is_dated_by_its_update() -> None:
    link = only(read(atom('<link href="https://example.com/a"/><updated>2025-05-30T10:00:00Z</updated>')))
    assert link.published and link.published.value == link.modified == datetime(2025, 5, 30, 10, 0, tzinfo=UTC)


def test_atom_in_a_prefix_is_atom() -> None:
    body = (
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title>'
        '<a:link href="https://example.com/a"/></a:entry></a:feed>'
    )
    assert only(read(body)).title == "T"


def test_json_feed() -> None:
    listing = read(JSON_FEED)
    assert addresses(listing) == ["https://example.com/a", "https://example.com/b", "https://example.org/c"]
    assert [link.title for link in listing.links] == ["Talks", None, None]
    assert listing.links[1].summary == "No title"
    assert listing.links[2].published and listing.links[2].published.value.hour == 11
    assert {link.language for link in listing.links} == {"en"}


@pytest.mark.parametrize(
    ("inside", "address"),
    {
        "the original link of a feed service": (
            '<link>https://feeds.example.net/~r/x/</link><f:origLink xmlns:f="urn:f">https://example.com/a</f:origLink>',
            "https://example.com/a",
        ),
        "a permalink rather than a feed service's number": (
            "<link>https://feeds.example.net/~r/x/~3/abc/</link><guid>https://example.com/a</guid>",
            "https://example.com/a",
        ),
        "the link rather than the id": (
            "<guid>https://example.com/?p=5</guid><link>https://example.com/a</link>",
            "https://example.com/a",
        ),
        "a permalink": ("<guid>https://example.com/a</guid>", "https://example.com/a"),
        "an id that is an address": ('<guid isPermaLink="false">https://example.com/a</guid>', "https://example.com/a"),
        "an Atom link in RSS": (
            '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="alternate" href="https://example.com/a"/>',
            "https://example.com/a",
        ),
        "an RSS link written as Atom's": ('<link href="https://example.com/a"/>', "https://example.com/a"),
        "not the picture's link": (
            '<m:content xmlns:m="urn:m"><m:link>https://example.com/p</m:link></m:content><link>https://example.com/a</link>',
            "https://example.com/a",
        ),
        "a path": ("<link>/a</link>", "https://www.example.com/a"),
        "a path without slash": ("<link>a?id=1</link>", "https://www.example.com/a?id=1"),
        "a host without scheme": ("<link>www.example.org/a</link>", "https://www.example.org/a"),
        "no scheme": ("<link>//example.org/a</link>", "https://example.org/a"),
        "escaped twice": ("<link>https://example.com/?a=1&amp;amp;b=2</link>", "https://example.com/?a=1&b=2"),
        "in a CDATA section": ("<link><![CDATA[ https://example.com/?a=1&copy=2 ]]></link>", "https://example.com/?a=1&copy=2"),
        "with a blank": ("<link>https://example.com/a b</link>", "https://example.com/a%20b"),
        "behind a news search": (
            "<link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3a%2f%2fexample.com%2fa&amp;c=1</link>",
            "https://example.com/a",
        ),
        "behind an alert": (
            "<link>https://www.google.com/url?rct=j&amp;url=https://example.com/a&amp;ct=ga</link>",
            "https://example.com/a",
        ),
    }.values(),
)  # fmt: skip
def test_an_item_is_found_at_its_own_address(inside: str, address: str) -> None:
    listing = read(rss(f"<title>T</title>{inside}", head="<link>https://www.example.com/</link>"))
    assert only(listing).url == address


@pytest.mark.parametrize(
    "inside",
    [
        "<title>T</title>",
        "<link></link><comments>https://example.com/a#comments</comments>",
        '<enclosure url="https://example.com/a.mp3" length="1" type="audio/mpeg"/><guid isPermaLink="false">1</guid>',
        "<link>https://example.com/talk.mp3</link>",
        "<link>mailto:desk@example.com</link>",
        "<link>javascript:alert(1)</link>",
    ],
)
def test_an_item_without_an_article_is_left_out_with_a_note(inside: str) -> None:
    listing = read(rss(inside, "<link>https://example.com/b</link>"))
    assert addresses(listing) == ["https://example.com/b"]
    assert listing.items == 2
    assert any(note.startswith("1 of 2 items") for note in listing.notes)


def test_of_several_atom_links_the_page_is_taken() -> None:
    entry = (
        '<link rel="enclosure" href="https://example.com/a.mp3"/><link rel="self" href="https://example.com/a.atom"/>'
        '<link rel="edit" href="https://example.com/edit"/><link rel="replies" href="https://example.com/a#c"/>'
        '<link rel="alternate" type="application/json" href="https://example.com/a.json"/>'
        '<link rel="alternate" type="text/html" href="https://example.com/a"/>'
    )
    assert only(read(atom(entry))).url == "https://example.com/a"


def test_addresses_stand_on_xml_base_then_the_site_then_the_feed() -> None:
    based = atom('<link href="a"/>', attributes='xml:base="https://example.com/news/"')
    nested = atom('<content xml:base="https://other.example/"/><link xml:base="/deep/" href="a"/>')
    in_entry = atom('<link href="a"/>').replace("<entry>", '<entry xml:base="https://e.example/x/">')
    assert only(read(based)).url == "https://example.com/news/a"
    assert only(read(nested)).url == "https://feeds.example.com/deep/a"
    assert only(read(in_entry)).url == "https://e.example/x/a"
    assert only(read(rss("<link>a</link>"))).url == FEED_URL.replace("rss.xml", "a")


def test_an_address_that_is_listed_twice_is_one_link_with_all_that_is_said_of_it() -> None:
    listing = read(
        rss(
            "<link>https://example.com/a?utm_source=rss</link>",
            "<link>https://www.example.com/a/</link><title>T</title><pubDate>Fri, 30 May 2025 09:30:00 GMT</pubDate>",
        )
    )
    assert only(listing).title == "T"
    assert only(listing).published is not None
    assert listing.notes == ("1 of 2 items name an address that another item names",)


def test_patterns_choose_the_links() -> None:
    items = [f"<link>https://example.com/{path}</link>" for path in ("world/1", "sport/2", "world/live/3")]
    listing = read(rss(*items), allow=("/world/",), deny=("/live/",))
    assert addresses(listing) == ["https://example.com/world/1"]
    assert listing.notes == ("2 of 3 items do not match the endpoint's allow and deny patterns",)


def test_what_is_older_than_wanted_is_left_out_and_the_undated_stays() -> None:
    listing = read(
        rss(
            "<link>https://example.com/new</link><pubDate>Sat, 31 May 2025 09:30:00 GMT</pubDate>",
            "<link>https://example.com/old</link><pubDate>Tue, 01 Apr 2025 09:30:00 GMT</pubDate>",
            "<link>https://example.com/2025/04/01/old</link>",
            "<link>https://example.com/undated</link>",
        ),
        since=datetime(2025, 5, 25, tzinfo=UTC),
    )
    assert addresses(listing) == ["https://example.com/new", "https://example.com/undated"]
    assert listing.notes == ("2 of 4 items are older than 2025-05-25",)


# --- times --------------------------------------------------------------------------------------------------------


def test_an_item_without_a_date_has_none() -> None:
    assert only(read(rss("<link>https://example.com/a</link>"))).published is None


def test_a_future_date_is_dropped_and_the_link_kept() -> None:
    listing = read(rss("<link>https://example.com/a</link><pubDate>Sun, 01 Jun 2025 12:30:00 GMT</pubDate>"))
    assert only(listing).published is None
    assert listing.notes == ("1 dates lie in the future and were dropped",)


def test_a_clock_that_is_a_little_fast_is_forgiven() -> None:
    listing = read(rss("<link>https://example.com/a</link><pubDate>Sun, 01 Jun 2025 12:05:00 GMT</pubDate>"))
    assert only(listing).published is not None


def test_an_unreadable_date_is_noted() -> None:
    listing = read(rss("<link>https://example.com/a</link><pubDate>soon</pubDate>"))
    assert only(listing).published is None
    assert listing.notes == ("1 dates could not be read",)


def test_a_time_without_a_zone_is_in_the_zone_of_the_source() -> None:
    item = "<link>https://example.com/a</link><pubDate>2025-05-30 09:30:00</pubDate>"
    link = only(read(rss(item), hints=Hints(timezone="Asia/Tehran")))
    assert link.published and link.published.value == datetime(2025, 5, 30, 6, 0, tzinfo=UTC)


def test_a_date_without_a_time_is_a_day_at_the_midnight_of_the_source() -> None:
    item = "<link>https://example.com/a</link><pubDate>2025-05-30</pubDate>"
    link = only(read(rss(item), hints=Hints(timezone="Asia/Shanghai")))
    assert link.published == Published(datetime(2025, 5, 29, 16, 0, tzinfo=UTC), Precision.DAY, DateOrigin.LISTING)


def test_when_every_date_is_a_midnight_they_are_days() -> None:
    items = [
        f"<link>https://example.com/{day}</link><pubDate>{day} May 2025 00:00:00 GMT</pubDate>"
        for day in (28, 29, 30)
    ]
    listing = read(rss(*items), hints=Hints(timezone="Asia/Tehran"))
    assert {link.published.precision for link in listing.links if link.published} == {Precision.DAY}
    first = listing.links[0].published
    assert first and first.value == datetime(2025, 5, 27, 20, 30, tzinfo=UTC)
    mixed = read(rss(*items, "<link>https://example.com/x</link><pubDate>30 May 2025 09:30:00 GMT</pubDate>"))
    assert {link.published.precision for link in mixed.links if link.published} == {Precision.MINUTE}


def test_a_source_that_prints_days_only_has_no_midnights() -> None:
    items = [
        "<link>https://example.com/a</link><pubDate>30 May 2025 00:00:00 GMT</pubDate>",
        "<link>https://example.com/b</link><pubDate>30 May 2025 09:30:00 GMT</pubDate>",
    ]
    precisions = [
        link.published.precision for link in read(rss(*items), hints=Hints(date_only=True)).links if link.published
    ]
    assert precisions == [Precision.DAY, Precision.MINUTE]
