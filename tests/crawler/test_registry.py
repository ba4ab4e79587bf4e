"""Source files: what is accepted, and what is said of what is not."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry import load_sources, to_toml, write_source
from crawler.registry.checks import is_id, is_web_address
from crawler.registry.codes import normal_language
from store.errors import ConfigurationError
from store.models import (
    Calendar,
    Endpoint,
    EndpointKind,
    Expectations,
    Hints,
    Paywall,
    Policy,
    Role,
    Source,
)

GOOD = """
id = "daily"
name = "The Daily"
homepage = "https://daily.example/"
country = "IR"
language = "fa"
perspective = "western"

[[endpoints]]
kind = "feed"
url = "https://daily.example/rss"
"""


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, **known: list[str]) -> str:
    with pytest.raises(ConfigurationError) as error:
        load_sources(folder, **known)
    return str(error.value)


def test_a_short_file_is_a_source_with_defaults(tmp_path: Path) -> None:
    put(tmp_path, "daily.toml", GOOD)
    (source,) = load_sources(tmp_path)
    assert source.endpoints == (Endpoint(kind=EndpointKind.FEED, url="https://daily.example/rss"),)
    assert source.policy == Policy()
    assert source.hints.timezone == "UTC"
    assert source.role is Role.PUBLISHER


def test_every_key_can_be_set(tmp_path: Path) -> None:
    source = FULL
    write_source(tmp_path, source)
    assert load_sources(tmp_path) == (source,)


FULL = Source(
    id="full.example-8080",
    name='Ünï "quoted" \\ name',
    homepage="https://full.example:8080/",
    country="CN",
    language="zh-Hans",
    perspective="state-china",
    publisher_group="group",
    role=Role.REPUBLISHER,
    state_owned=True,
    endpoints=(
        Endpoint(
            kind=EndpointKind.SECTION,
            url="https://full.example:8080/world",
            fallback_urls=("https://full.example/a", "https://full.example/b"),
            section="国际",
            anchors=("china",),
            allow=(r"/\d{4}/it's", "x{3}"),
            deny=("/video/",),
        ),
        Endpoint(kind=EndpointKind.SITEMAP, url="https://full.example:8080/map.xml"),
    ),
    hints=Hints(
        timezone="Asia/Shanghai",
        calendar=Calendar.JALALI,
        charset="gb18030",
        body_selector="div#text > p",
        title_selector="h1",
        date_selector="time[datetime]",
        remove_selectors=(".related", "aside"),
        date_only=True,
    ),
    policy=Policy(delay=0.5, cap=7, paywall=Paywall.HARD, enabled=False, why_disabled="2026: a test."),
    expect=Expectations(items_per_day=3.5, newest_age_hours=24.0, share_with_text=0.8),
)


BAD = [
    ('id = "daily"', 'id = "other"', "id: expected a short name", "other"),
    ('id = "daily"', "", "id: missing; expected a short name", ""),
    ('name = "The Daily"', 'name = " "', "name: expected the publisher's name", ""),
    ('name = "The Daily"', "name = 5", "name: expected the publisher's name, a text, got 5", ""),
    ('name = "The Daily"', "name = 2026-01-01", "name: expected the publisher's name", "2026-01-01"),
    ("https://daily.example/rss", "ftp://daily.example/", "endpoints[0].url: expected an http(s) address", "ftp"),
    ("https://daily.example/rss", "https://u:p@d.example/", "endpoints[0].url: expected an http(s) address", ""),
    ("https://daily.example/rss", "https:///rss", "endpoints[0].url: expected an http(s) address", ""),
    ("https://daily.example/rss", "https://d.example:99999/", "endpoints[0].url: expected an http(s)", ""),
    ('"https://daily.example/"', '"daily.example"', "homepage: expected an http(s) address", ""),
    ('"IR"', '"Iran"', "country: expected an ISO 3166-1 alpha-2 code", '"Iran"'),
    ('"IR"', '"QQ"', "country: expected an ISO 3166-1 alpha-2 code", '"QQ"'),
    ('"fa"', '"FA"', "language: expected a BCP 47 tag", '"FA"'),
    ('"fa"', '"Persian"', "language: expected a BCP 47 tag", '"Persian"'),
    ('"western"', '"westren"', 'perspective: expected one of "western", got "westren"', ""),
    ('"feed"', '"rss"', 'endpoints[0].kind: expected one of "feed", "sitemap", "section", got "rss"', ""),
    ("[[endpoints]]", "[[endpoint]]", "endpoint: unknown key (did you mean endpoints?)", ""),
    ("[[endpoints]]", "[endpoints]", "endpoints: expected at least one [[endpoints]] table", ""),
    ('kind = "feed"', 'kind = "feed"\nalow = []', "endpoints[0].alow: unknown key (did you mean allow?)", ""),
    ('kind = "feed"', 'kind = "feed"\nallow = "x"', "endpoints[0].allow: expected a list of regular", '"x"'),
    ('kind = "feed"', 'kind = "feed"\nallow = ["("]', "endpoints[0].allow: expected a regular expression", '"("'),
    ('kind = "feed"', 'kind = "feed"\ndeny = ["*"]', "endpoints[0].deny: expected a regular expression", ""),
    ('kind = "feed"', 'kind = "feed"\nanchors = ["mars"]', 'endpoints[0].anchors: expected one of "iran"', "mars"),
    ('kind = "feed"', 'kind = "feed"\nfallback_urls = ["x"]', "endpoints[0].fallback_urls: expected a list", ""),
    ("", '[hints]\ntimezone = "Tehran"', "hints.timezone: expected an IANA time zone", '"Tehran"'),
    ("", '[hints]\ntimezone = "Asia"', "hints.timezone: expected an IANA time zone", '"Asia"'),
    ("", '[hints]\ntimezone = "/etc/passwd"', "hints.timezone: expected an IANA time zone", ""),
    ("", '[hints]\ncalendar = "persian"', 'hints.calendar: expected one of "gregorian", "jalali"', ""),
    ("", '[hints]\ncharset = "gb9"', "hints.charset: expected the name of a character set", '"gb9"'),
    ("", '[hints]\nbody_selector = "p["', "hints.body_selector: expected a CSS selector", ""),
    ("", '[hints]\nremove_selectors = ["p", ">"]', "hints.remove_selectors: expected a list of CSS", ""),
    ("", "[policy]\ndelay = -1", "policy.delay: expected seconds, a number from 0 to 3600, got -1", ""),
    ("", "[policy]\ndelay = nan", "policy.delay: expected seconds", ""),
    ("", '[policy]\ndelay = "2"', "policy.delay: expected seconds", '"2"'),
    ("", "[policy]\ncap = 0", "policy.cap: expected a whole number of at least 1, got 0", ""),
    ("", "[policy]\ncap = 1.5", "policy.cap: expected a whole number", "1.5"),
    ("", "[policy]\nenabled = false", "policy.why_disabled: missing; expected a sentence", ""),
    ("", '[policy]\nenabled = "no"', "policy.enabled: expected true or false", '"no"'),
    ("", "policy = 3", "endpoints[0].policy: unknown key", ""),
    ("", "[polcy]\ncap = 3", "polcy: unknown key (did you mean policy?); expected one of id, name", ""),
    ("", "[expect]\nshare_with_text = 80", "expect.share_with_text: expected a number from 0 to 1, got 80", ""),
    ("", "[expect]\nitems_per_day = 0", "expect.items_per_day: expected a number above 0, got 0", ""),
    ("", "[expect]\nnewest_age_hours = inf", "expect.newest_age_hours: expected a number above 0", ""),
    ('id = "daily"', 'id = "daily', "expected TOML: ", "line 2"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said", "also"), BAD, ids=[f"{i} {b[2]}" for i, b in enumerate(BAD)])
def test_a_bad_key_is_told_with_file_key_and_what_was_expected(
    tmp_path: Path, old: str, new: str, said: str, also: str
) -> None:
    path = put(tmp_path, "daily.toml", GOOD.replace(old, new, 1) if old else f"{GOOD}\n{new}\n")
    message = refusal(tmp_path, sides=["iran", "china"], perspectives=["western"])
    assert f"{path}: {said}" in message
    assert also in message


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", GOOD.replace("daily", "a", 1).replace('"IR"', '"I"').replace('"fa"', '"?"'))
    put(tmp_path, "b.toml", "id = ")
    put(tmp_path, "e.toml", GOOD.partition("[[endpoints]]")[0].replace("daily", "e", 1))
    (tmp_path / "c.toml").write_bytes(b'id = "\xff"')
    put(tmp_path, "d.toml", GOOD)
    message = refusal(tmp_path)
    assert message.splitlines()[0] == f"7 problems in {tmp_path}:"
    for part in ("a.toml: country", "a.toml: language", "b.toml: expected TOML", "c.toml: expected UTF-8"):
        assert part in message
    assert "d.toml: id: expected" in message
    assert "e.toml: endpoints: missing; expected at least one" in message
    assert "d.toml: endpoints[0].url: https://daily.example/rss stands already in" in message


def test_a_folder_that_is_not_there_holds_no_sources(tmp_path: Path) -> None:
    assert load_sources(tmp_path / "none") == ()


def test_a_disabled_source_may_have_no_endpoint(tmp_path: Path) -> None:
    head = GOOD.partition("[[endpoints]]")[0]
    put(tmp_path, "daily.toml", f'{head}[policy]\nenabled = false\nwhy_disabled = "2026: gone."\n')
    assert load_sources(tmp_path)[0].endpoints == ()


def test_files_that_editors_leave_behind_are_not_sources(tmp_path: Path) -> None:
    put(tmp_path, "daily.toml", GOOD)
    put(tmp_path, ".#daily.toml", "half")
    put(tmp_path, "daily.toml~", "old")
    assert len(load_sources(tmp_path)) == 1


def test_writing_a_source_that_would_be_refused_writes_nothing(tmp_path: Path) -> None:
    bad = Source(id="../up", name="x", homepage="https://x.example/", country="IR", language="fa", perspective="p")
    with pytest.raises(ConfigurationError, match="id: expected a short name"):
        write_source(tmp_path / "sources", bad)
    assert list(tmp_path.rglob("*")) == []


def test_seven_hundred_sources_load_in_well_under_a_second(tmp_path: Path) -> None:
    for n in range(700):
        put(tmp_path, f"s{n}.toml", GOOD.replace('"daily"', f'"s{n}"').replace("/rss", f"/{n}"))
    start = time.process_time()
    assert len(load_sources(tmp_path, sides=["iran"], perspectives=["western"])) == 700
    assert time.process_time() - start < 1.0


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@given(name=NAMES, section=NAMES, pattern=NAMES.map(re.escape), delay=st.floats(0, 3600), cap=st.integers(1, 10**6))
def test_what_is_written_is_read_as_it_was(name: str, section: str, pattern: str, delay: float, cap: int) -> None:
    import tomllib

    endpoint = Endpoint(kind=EndpointKind.FEED, url="https://a.example/", section=section, allow=(pattern,))
    source = Source(
        id="a",
        name=name,
        homepage="https://a.example/",
        country="ZZ",
        language="und",
        perspective="unknown",
        endpoints=(endpoint,),
        policy=Policy(delay=delay, cap=cap),
    )
    table = tomllib.loads(to_toml(source))
    assert (table["name"], table["endpoints"][0]["section"], table["endpoints"][0]["allow"]) == (
        name,
        section,
        [pattern],
    )
    policy = table.get("policy", {})
    assert (policy.get("delay", 2.0), policy.get("cap", 60)) == (delay, cap)


@given(st.text(max_size=120))
def test_no_id_leaves_the_folder(text: str) -> None:
    if is_id(text):
        assert re.fullmatch(r"[a-z0-9.-]+", text)
        assert ".." not in text
        assert text[0] not in ".-"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_not_and_never_an_error(text: str) -> None:
    for prefix in ("", "http://", "https://["):
        assert is_web_address(prefix + text) in (True, False)


@pytest.mark.parametrize(
    ("given_", "tag"),
    [
        ("en-us", "en-US"),
        ("zh_Hans_CN", "zh-Hans-CN"),
        ("FA", "fa"),
        ("fa,en", "mul"),
        ("fa; ar", "mul"),
        ("es-419", "es-419"),
        ("", None),
        ("english", None),
        ("en-", None),
        ("fa,?", None),
    ],
)
def test_languages_are_normalised_or_not_understood(given_: str, tag: str | None) -> None:
    assert normal_language(given_) == tag
