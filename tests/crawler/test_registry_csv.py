"""CSV lists of feeds: what an import makes of them, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.registry import Imported, import_csv, import_file
from store.models import Paywall, Policy
from tests.crawler.lists import refused, saved

CSV = """id,name,homepage,country,languages,kind,url,section,anchors,delay,cap,paywall,state_owned,note
irna,ایرنا,https://en.irna.example/,ir,en,rss,https://en.irna.example/rss,,iran | china,3,10,hard,true,x
irna,,,,,news-sitemap,https://irna.example/map.xml,Archive,,,,,,"two
lines"
,Bare,,,"fa,en",,https://bare.example/feed,,,,,,,
"""


def test_a_table_of_feeds_becomes_sources(tmp_path: Path) -> None:
    irna, bare = import_csv(saved(tmp_path, CSV, "list.csv"))
    assert (irna.id, irna.name, irna.country, irna.language, irna.state_owned) == ("irna", "ایرنا", "IR", "en", True)
    assert irna.policy == Policy(delay=3.0, cap=10, paywall=Paywall.HARD)
    assert [(e.kind.value, e.section, e.anchors) for e in irna.endpoints] == [
        ("feed", "", ("iran", "china")),
        ("sitemap", "Archive", ()),
    ]
    assert (bare.id, bare.name, bare.language) == ("bare.example", "Bare", "mul")


def test_semicolons_tabs_and_byte_order_marks_are_understood(tmp_path: Path) -> None:
    for separator in ";\t":
        text = "\ufeffurl;name\r\nhttps://a.example/x;A\r\n".replace(";", separator)
        (source,) = import_csv(saved(tmp_path, text, "list.csv"))
        assert (source.id, source.name) == ("a.example", "A")


def test_columns_that_mean_nothing_are_named(tmp_path: Path) -> None:
    done = import_file(tmp_path / "sources", saved(tmp_path, CSV, "list.csv"), sides=["iran", "china"])
    assert done == Imported(
        added=("irna", "bare.example"), updated=(), unchanged=(), notes=("columns not used: note",)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a header line and at least one row"),
        ("url\n", "expected a header line and at least one row"),
        ("name,link\nA,https://a.example/\n", 'line 1: expected a header with the column "url"'),
        ("url,url\na,b\n", "line 1: expected each column once, got twice: url"),
        ("url,name\nhttps://a.example/\n", "line 2: expected 2 cells, as in the header, got 1"),
        ("url\nhttps://a.example/\n\nnone\n", "line 4: url: expected an http(s) address, got 'none'"),
        ("url,country\nhttps://a.example/,Iran\n", "line 2: country: expected an ISO 3166-1"),
        ("url,language\nhttps://a.example/,Persian\n", "line 2: language: expected a BCP 47 tag"),
        ("url,kind\nhttps://a.example/,api\n", 'line 2: endpoints[0].kind: expected one of "feed"'),
        ("url,cap\nhttps://a.example/,many\n", "line 2: policy.cap: expected a whole number"),
        ("url,delay\nhttps://a.example/,-1\n", "line 2: policy.delay: expected seconds"),
        ("url,id\nhttps://a.example/,../../x\n", "line 2: id: expected a short name"),
        ("url,id\nhttps://a.example/,A B\n", "line 2: id: expected a short name"),
        ("url,enabled\nhttps://a.example/,false\n", "line 2: policy.why_disabled: missing"),
        ('url\n"https://a.example/\n', "expected CSV: "),
    ],
)
def test_a_bad_table_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(saved(tmp_path, text, "list.csv"))


def test_a_table_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    said = refused(saved(tmp_path, b"url\nhttps://a.example/\xff\n", "list.csv"))
    assert "line 2: expected UTF-8, got byte 0xff" in said


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refused(tmp_path / "none.opml")
