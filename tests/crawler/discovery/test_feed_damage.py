"""A malformed feed gives what it has, safely."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest

from crawler.discovery import Limits
from tests.crawler.discovery.reading import addresses, atom, only, read, rss

ONE, TWO = "https://example.com/1", "https://example.com/2"
ITEMS = (f"<title>One</title><link>{ONE}</link>", f"<title>Two</title><link>{TWO}</link>")
WHOLE = rss(*ITEMS)

DAMAGE = {
    "blank lines before the declaration": "\n\n  " + WHOLE,
    "a byte order mark": "\ufeff" + WHOLE,
    "a warning of a script before it": "<br />\n<b>Warning</b>: mysql_connect() in <b>/var/www/x.php</b><br />\n"
    + WHOLE,
    "a comment before it": "<!-- cached <html> copy -->" + WHOLE,
    "text after it": WHOLE + "<script>count()</script>",
    "a bare ampersand": WHOLE.replace("One", "Oil & gas"),
    "a bare ampersand in an address": rss(f"<link>{ONE}?id=1&x=2</link>", f"<link>{TWO}</link>"),
    "entities of HTML": WHOLE.replace("One", "Caf&eacute;&nbsp;talks &mdash; live"),
    "an unknown entity": WHOLE.replace("One", "&unknown; talks"),
    "a control character": WHOLE.replace("One", "O\x0bn\x00e"),
    "a reference to a control character": WHOLE.replace("One", "O&#11;n&#x0;e"),
    "an unclosed element": WHOLE.replace("</title><link>" + ONE, "<link>" + ONE),
    "a tag of HTML in a title": WHOLE.replace("One", "One<br>half"),
    "an undeclared prefix": WHOLE.replace("<title>One", "<media:thumbnail url='x'/><title>One"),
    "blanks around equals signs": WHOLE.replace('version="2.0"', 'version = "2.0"'),
    "an attribute without quotes": WHOLE.replace('version="2.0"', "version=2.0"),
    "no closing tags at the end": WHOLE.replace("</channel></rss>", ""),
    "no XML declaration": WHOLE.partition("\n")[2],
    "a wrong declaration": WHOLE.replace("UTF-8", "UTF-99"),
    "a wrong closing tag": WHOLE.replace("</channel></rss>", "</rss></channel>"),
    "names in capitals of the root": WHOLE.replace("<rss", "<RSS").replace("</rss", "</RSS"),
}


@pytest.mark.parametrize("body", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_feed_gives_all_its_items(body: str) -> None:
    listing = read(body)
    assert listing.problem is None
    assert [address.partition("?")[0] for address in addresses(listing)] == [ONE, TWO]


def test_a_feed_that_breaks_off_gives_the_items_before() -> None:
    body = rss(*ITEMS, f"<link>https://example.com/3</link><title>{'long ' * 50}")
    listing = read(body[: body.index("long") + 20])
    assert addresses(listing)[:2] == [ONE, TWO]
    assert "damaged" in " ".join(listing.notes)


@pytest.mark.parametrize(
    "broken",
    [
        '<media:player xmlns:media="http://search.yahoo.com/mrss/"></item></media:player></b>',
        '<gml:pos xmlns:gml="http://www.opengis.net/gml">1 2</gml:pos></b>',
        "&#x110000;</b>",
        '<content type="application/xml" mode="base64">@</content></b>',
    ],
)
def test_what_makes_feedparser_itself_fail_costs_no_item(broken: str) -> None:
    assert set(addresses(read(rss(*ITEMS, broken)))) >= {ONE, TWO}


def test_damage_is_noted() -> None:
    assert read(DAMAGE["a bare ampersand"]).notes == ("the feed is not well-formed and was mended",)
    assert read(WHOLE).notes == ()


@pytest.mark.parametrize(
    ("charset", "declared", "title"),
    [
        ("utf-8", "UTF-8", "伊朗与中国"),
        ("utf-8", "ISO-8859-1", "ایران و چین"),
        ("gb18030", "GB2312", "伊朗与中国：能源合作"),
        ("big5", "Big5", "伊朗與中國"),
        ("windows-1256", "windows-1256", "ايران والصين"),
        ("windows-1251", "windows-1251", "Иран и Китай"),
        ("koi8-r", "KOI8-R", "Иран и Китай"),
        ("shift_jis", "Shift_JIS", "イランと中国"),
        ("utf-16", "UTF-16", "Иран и Китай"),
        ("utf-16-le", "UTF-16", "伊朗与中国"),
        ("utf-16-be", "UTF-16", "伊朗与中国"),
        ("utf-32", "UTF-32", "伊朗与中国"),
        ("cp1252", "ISO-8859-1", "Téhéran – Pékin"),
    ],
)
def test_titles_are_decoded(charset: str, declared: str, title: str) -> None:
    body = rss(f"<title>{title}</title><link>{ONE}</link>").replace('encoding="UTF-8"', f'encoding="{declared}"')
    assert only(read(body.encode(charset))).title == title


def test_the_charset_of_the_header_helps_where_the_text_declares_none() -> None:
    body = rss(f"<title>Иран и Китай</title><link>{ONE}</link>").replace(' encoding="UTF-8"', "").encode("koi8-r")
    assert only(read(body, content_type="text/xml; charset=koi8-r")).title == "Иран и Китай"


def test_chinese_that_calls_itself_utf_8_is_read_by_its_letters() -> None:
    title = "外交部发言人在例行记者会上说，中国的立场是一贯的，我们和伊朗的合作不针对第三方"
    assert only(read(rss(f"<title>{title}</title><link>{ONE}</link>").encode("gb18030"))).title == title


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda b: gzip.compress(gzip.compress(b))])
def test_a_body_that_is_still_packed_is_unpacked(pack) -> None:  # type: ignore[no-untyped-def]
    assert addresses(read(pack(WHOLE.encode()))) == [ONE, TWO]


def test_a_packed_body_that_breaks_off_gives_what_it_has() -> None:
    body = gzip.compress(rss(*[f"<link>https://example.com/{n}</link>{n * 'x'}" for n in range(400)]).encode())
    assert len(read(body[: len(body) // 2]).links) > 20


def test_titles_lose_their_markup_and_their_escapes() -> None:
    cases = {
        "Talks &amp;amp; trade": "Talks & trade",
        "&lt;b&gt;Oil&lt;/b&gt; falls": "Oil falls",
        "<![CDATA[<a href='x'>Iran</a>&nbsp;&amp;amp;&nbsp;China]]>": "Iran & China",
        "It&amp;#39;s&amp;nbsp;on": "It's on",
        "5 &lt; 6": "5 < 6",
        "a\n\t b": "a b",
        "&lt;script&gt;alert(1)&lt;/script&gt;News": "News",
        "چین&zwnj;ها": "چین\u200cها",
    }
    listing = read(rss(*[f"<title>{t}</title><link>{ONE}/{n}</link>" for n, t in enumerate(cases)]))
    assert [link.title for link in listing.links] == list(cases.values())


# --- hostile input ------------------------------------------------------------------------------------------------

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><rss><channel><item><title>&i;</title><link>{ONE}</link></item></channel></rss>"
)
OUTSIDE = (
    f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>A &x; B</title><link>{ONE}'
    "</link></item></channel></rss>"
)


def test_entities_are_not_expanded() -> None:
    started = time.process_time()
    link = only(read(BOMB))
    assert len(link.title or "") < 100
    assert time.process_time() - started < 1


def test_nothing_outside_the_feed_is_read() -> None:
    assert "root:" not in (only(read(OUTSIDE)).title or "")


def test_depth_does_not_break_the_reader() -> None:
    deep = "<a>" * 100_000
    assert read(rss(*ITEMS).replace("One", deep)).items >= 0
    assert read('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000).problem is not None


def test_a_huge_body_is_cut_and_says_so() -> None:
    body = gzip.compress(rss(*ITEMS, " " * 2_000_000).encode())
    listing = read(body, limits=Limits(bytes=10_000))
    assert addresses(listing) == [ONE, TWO]
    assert listing.notes[-1] == "only the first 10000 bytes were read"


def test_only_so_many_items_are_read() -> None:
    listing = read(rss(*[f"<link>https://example.com/{n}</link>" for n in range(30)]), limits=Limits(items=10))
    assert (len(listing.links), listing.items) == (10, 10)
    assert listing.notes == ("only the first 10 items were read",)
    assert len(read(atom(*['<link href="https://example.com/1"/>'] * 3), limits=Limits(items=2)).links) == 1


def test_damaged_json_gives_the_items_before_the_damage() -> None:
    items = f'{{"url": "{ONE}"}}, {{"url": "{TWO}"}}, {{"url": "ht'
    body = f'{{"version": "https://jsonfeed.org/version/1", "items": [{items}'
    listing = read(body)
    assert addresses(listing) == [ONE, TWO]
    assert "damaged" in listing.notes[0]
