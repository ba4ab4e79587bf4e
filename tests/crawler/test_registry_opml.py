"""OPML in and out: what an import makes of it, what it refuses, and that an export comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry import export_opml, import_file, import_opml, load_sources
from store.errors import UsageError
from store.models import Endpoint, EndpointKind, Policy, Source
from tests.crawler.lists import feed, opml, refused, saved
from tests.crawler.test_registry import FULL


def test_each_host_becomes_a_source_and_its_feeds_endpoints(tmp_path: Path) -> None:
    text = opml(
        '<outline text="Asia">',
        feed("https://a.example/world.xml", "A &amp; co", 'htmlUrl="https://a.example/home" language="en-us"'),
        '<outline text="deeper"><outline text="deepest">'
        + feed("https://b.example/rss.xml")
        + "</outline></outline>",
        "</outline>",
        feed("https://a.example/china.xml", "other title", 'category="/China/East,x"'),
        feed("https://a.example/world.xml", "the same again"),
        '<outline text="no feed" xmlUrl=""/>',
    )
    a, b = import_opml(saved(tmp_path, text), delay=0, cap=10000)
    assert (a.id, a.name, a.homepage, a.language) == ("a.example", "A & co", "https://a.example/home", "en-US")
    assert [(e.url[-9:], e.section, e.kind) for e in a.endpoints] == [
        ("world.xml", "Asia", EndpointKind.FEED),
        ("china.xml", "China/East", EndpointKind.FEED),
    ]
    assert (b.id, b.endpoints[0].section) == ("b.example", "deepest")
    assert (a.country, b.language, b.perspective, b.homepage) == ("ZZ", "und", "unknown", "https://b.example/")
    assert a.policy == b.policy == Policy(delay=0.0, cap=10000)


def test_six_hundred_and_seventy_hosts_are_as_many_sources(tmp_path: Path) -> None:
    hosts = [f"{'www.' if n % 3 else ''}site-{n // 2}.example" for n in range(670)]
    hosts = [f"{host}{':8080' if n % 7 == 0 else ''}" for n, host in enumerate(dict.fromkeys(hosts))]
    text = opml(*(feed(f"https://{host}/rss.xml", host) for host in hosts))
    folder = tmp_path / "sources"
    done = import_file(folder, saved(tmp_path, text), delay=0, cap=10000)
    assert len(done.added) == len(set(hosts)) == len(load_sources(folder))


def test_www_and_bare_hosts_stay_two_sources(tmp_path: Path) -> None:
    text = opml(feed("https://time.example/rss.xml"), feed("https://WWW.time.example/rss.xml"))
    assert [s.id for s in import_opml(saved(tmp_path, text))] == ["time.example", "www.time.example"]


HOSTILE = [
    "../../etc/passwd&#10;id = &quot;evil&quot;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "a&quot;b\\c'd",
    "&#x202e;gnp.exe",
    "x" * 5000,
    "   ",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_a_name(tmp_path: Path, title: str) -> None:
    folder = tmp_path / "sources"
    import_file(folder, saved(tmp_path, opml(feed("https://a.example/rss", title))))
    assert [p.name for p in folder.iterdir()] == ["a.example.toml"]
    (source,) = load_sources(folder)
    assert source.name
    assert len(source.name) <= 120
    assert "\n" not in source.name
    assert "\u202e" not in source.name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (opml(feed("ftp://a.example/")), "line 3: url: expected an http(s) address, got 'ftp://a.example/'"),
        (opml("<outline text='x'/>", feed("not a url")), "line 4: url: expected an http(s) address"),
        (opml('<outline type="rss" text="x"/>'), "line 3: xmlUrl: missing; expected the address of the feed"),
        (opml(feed("https://a.example/?a&b")), "line 3, column "),
        (opml('<outline text="only a folder"/>'), "expected at least one <outline> with an xmlUrl"),
        ("<html><body/></html>", "line 1: expected <opml>, got <html>"),
        ("", "line 1, column 1: expected well-formed XML"),
    ],
)
def test_a_bad_opml_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = saved(tmp_path, text)
    assert said in refused(path)
    assert str(path) in refused(path)


def test_all_bad_lines_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    text = opml(feed("https://good.example/"), feed("mailto:x"), feed("javascript:1"))
    with pytest.raises(UsageError, match=r"(?s)2 problems .*nothing was imported.*line 4.*line 5"):
        import_file(tmp_path / "sources", saved(tmp_path, text))
    assert not (tmp_path / "sources").exists()


@pytest.mark.parametrize(
    "doctype",
    [
        'opml [<!ENTITY x SYSTEM "file:///etc/hostname">]',
        'opml [<!ENTITY x "boom">]',
        'opml SYSTEM "http://127.0.0.1:1/" [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p; <!ENTITY x "">]',
    ],
)
def test_entities_are_refused_and_nothing_is_fetched(tmp_path: Path, doctype: str) -> None:
    said = refused(
        saved(tmp_path, opml(feed("https://a.example/"), "<outline>&x;</outline>", head=f"<!DOCTYPE {doctype}>"))
    )
    assert "entity" in said.lower()


def test_a_billion_laughs_end_at_once(tmp_path: Path) -> None:
    bomb = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = opml(feed("https://a.example/&e11;"), head=f"<!DOCTYPE opml [{bomb}]>")
    assert "expected well-formed XML" in refused(saved(tmp_path, text))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_declared_encodings_are_honoured(tmp_path: Path, encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = opml(feed("https://a.example/", "ايران")).replace("UTF-8", name)
    folder = tmp_path / "sources"
    import_file(folder, saved(tmp_path, text.encode(encoding)))
    assert load_sources(folder)[0].name == "ايران"


PLAIN = Source(
    id="plain",
    name='پلین <&" ZWNJ می‌رود',
    homepage="https://plain.example/",
    country="IR",
    language="fa",
    perspective="western",
    endpoints=(Endpoint(kind=EndpointKind.FEED, url="https://plain.example/rss?a=1&b=2"),),
)


def test_an_export_is_imported_as_it_was(tmp_path: Path) -> None:
    neighbour = replace(
        PLAIN, id="neighbour", endpoints=(replace(PLAIN.endpoints[0], url="https://plain.example/2"),)
    )
    text = export_opml([PLAIN, FULL, neighbour])
    again = import_opml(saved(tmp_path, text))
    assert sorted(again, key=lambda s: s.id) == sorted([PLAIN, FULL, neighbour], key=lambda s: s.id)
    assert export_opml(again) == text


def test_an_export_is_grouped_by_language_and_plain_opml(tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET

    body = ET.fromstring(export_opml([PLAIN, FULL]).encode())[1]
    assert [folder.get("text") for folder in body] == ["Chinese, simplified (zh-Hans)", "Persian (fa)"]
    outline = body[1][0]
    assert (outline.get("type"), outline.get("xmlUrl")) == ("rss", PLAIN.endpoints[0].url)
    assert (outline.get("text"), outline.get("htmlUrl"), outline.get("language")) == (
        PLAIN.name,
        PLAIN.homepage,
        "fa",
    )


@given(st.text(min_size=1, max_size=30))
def test_any_name_can_be_exported(name: str) -> None:
    assert export_opml([replace(PLAIN, name=name)]).startswith("<?xml")
