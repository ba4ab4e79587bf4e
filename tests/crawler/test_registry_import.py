"""Lists of feeds: what an import makes of them, how it is repeated, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry import (
    Imported,
    export_opml,
    import_csv,
    import_file,
    import_opml,
    load_sources,
    to_toml,
    write_source,
)
from crawler.registry.checks import is_id
from crawler.registry.rows import id_of
from store.errors import ConfigurationError, UsageError
from store.models import Endpoint, EndpointKind, Paywall, Policy, Source
from tests.crawler.test_registry import FULL


def opml(*outlines: str, head: str = "") -> str:
    lines = "\n".join(outlines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<opml version="2.0"><head/><body>\n{lines}\n</body></opml>'


def feed(url: str, title: str = "T", more: str = "") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{url}" {more}/>'


def saved(tmp_path: Path, text: str | bytes, name: str = "list.opml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as error:
        (import_csv if path.suffix == ".csv" else import_opml)(path)
    return str(error.value)


# --- OPML -------------------------------------------------------------------------------------------------------


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


# --- CSV --------------------------------------------------------------------------------------------------------

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


# --- into a folder ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delay", "cap", "said"),
    [(-1, None, "delay: expected"), (float("nan"), None, "delay"), (None, 0, "cap: expected")],
)
def test_an_impossible_policy_is_refused(tmp_path: Path, delay: float | None, cap: int | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        import_file(tmp_path, saved(tmp_path, opml(feed("https://a.example/"))), delay=delay, cap=cap)


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path, folder = (
        saved(tmp_path, opml(feed("https://a.example/1"), feed("https://b.example/"))),
        tmp_path / "sources",
    )
    import_file(folder, path, delay=0, cap=5)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    done = import_file(folder, path, delay=0, cap=5)
    assert (done.added, done.updated, done.unchanged) == ((), (), ("a.example", "b.example"))
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_importing_again_updates_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    import_file(folder, saved(tmp_path, opml(feed("https://a.example/1", "Old"))), delay=0)
    file = folder / "a.example.toml"
    (source,) = load_sources(folder)
    edited = replace(source, country="IR", language="fa", policy=replace(source.policy, cap=7))
    file.write_text(
        "# 2026-01: slow at night\n" + to_toml(edited).replace("[policy]", "[policy]\n  # why: asked for it")
    )
    done = import_file(folder, saved(tmp_path, opml(feed("https://a.example/2", "New"), feed("https://c.example/"))))
    assert (done.added, done.updated) == (("c.example",), ("a.example",))
    after = next(s for s in load_sources(folder) if s.id == "a.example")
    assert [e.url[-1] for e in after.endpoints] == ["1", "2"]
    assert (after.name, after.country, after.language) == ("New", "IR", "fa")
    assert after.policy == Policy(delay=0.0, cap=7)
    assert file.read_text().startswith("# 2026-01: slow at night\n# why: asked for it\nid = ")


def test_a_given_policy_wins_over_what_stands_there(tmp_path: Path) -> None:
    path, folder = saved(tmp_path, opml(feed("https://a.example/1"))), tmp_path / "sources"
    import_file(folder, path, delay=0, cap=5)
    assert import_file(folder, path, delay=2.0).updated == ("a.example",)
    assert load_sources(folder)[0].policy == Policy(delay=2.0, cap=5)


def test_a_feed_that_a_source_lists_already_stays_there(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    write_source(folder, replace(FULL, endpoints=(Endpoint(kind=EndpointKind.FEED, url="https://x.example/rss"),)))
    done = import_file(folder, saved(tmp_path, opml(feed("https://x.example/rss"))), cap=3)
    assert (done.added, done.updated) == ((), (FULL.id,))
    assert done.notes == (f"{FULL.id} is disabled: 2026: a test.",)
    (source,) = load_sources(folder)
    assert (source.policy.cap, source.name) == (3, FULL.name)


def test_what_the_beat_does_not_know_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "url,perspective,anchors\nhttps://a.example/,martian,mars\n", "list.csv")
    with pytest.raises(UsageError, match=r"(?s)perspective: expected one of.*anchors: expected one of"):
        import_file(tmp_path / "sources", path, sides=["iran"], perspectives=["western"])


def test_one_feed_under_two_ids_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "id,url\na,https://x.example/\nb,https://x.example/\n", "list.csv")
    with pytest.raises(UsageError, match=r"https://x\.example/ stands already in a"):
        import_file(tmp_path / "sources", path)


def test_a_folder_with_bad_files_is_told_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "bad.toml").write_text("x = 1")
    with pytest.raises(ConfigurationError, match=r"bad\.toml"):
        import_file(folder, saved(tmp_path, opml(feed("https://a.example/"))))
    assert len(list(folder.iterdir())) == 1


# --- export -----------------------------------------------------------------------------------------------------

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


@given(st.from_regex(r"https?://[^/?#\s@\\<>\"\[\]:\x00-\x20\x7f]{1,80}/", fullmatch=True))
def test_every_host_gives_a_safe_and_stable_id(url: str) -> None:
    try:
        id_ = id_of(url)
    except ValueError:
        return  # no address, refused earlier
    assert is_id(id_)
    assert id_ == id_of(url)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("http://a_b.example/", "http://a-b.example/"),
        ("http://[::1]/", "http://[::2]/"),
        (f"http://{'a.' * 60}com/", f"http://{'a.' * 61}com/"),
        ("http://a.example:81/", "http://a.example/"),
    ],
)
def test_different_hosts_have_different_ids(a: str, b: str) -> None:
    assert id_of(a) != id_of(b)
    assert is_id(id_of(a))
    assert is_id(id_of(b))


def test_international_hosts_have_their_ascii_form() -> None:
    assert id_of("https://bücher.example/") == "xn--bcher-kva.example"
    assert id_of("https://a.example:443/") == id_of("http://a.example:80/") == "a.example"
