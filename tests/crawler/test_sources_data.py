"""The shipped sources: valid, many, in all the beat's languages, and told honestly."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from crawler import beat as beats
from crawler.beat import Beat
from crawler.registry import export_opml, import_opml, load_sources
from store.models import Calendar, EndpointKind, Role, Source
from tests.shared import needs_shared, shared

FOLDER = beats.default_folder() / "sources"
SEED_PUBLISHERS = (
    "jpost",
    "scmp",
    "freebeacon",
    "rt",
    "libertarianhub",
    "islamicinvitationturkey",
    "irna-en",
    "irna-fa",
)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {s.id: s for s in load_sources(FOLDER)}


@pytest.fixture(scope="module")
def enabled(sources: dict[str, Source]) -> list[Source]:
    return [s for s in sources.values() if s.policy.enabled]


def test_the_shipped_beat_loads() -> None:
    beat = Beat.load(beats.default_folder())
    assert list(beat.sides) == ["iran", "china"]
    assert beat.priors["state-iran"] == {"iran"}
    assert beat.priors["state-china"] == {"china"}


def test_at_least_sixty_publishers_are_enabled(enabled: list[Source]) -> None:
    assert len({s.publisher_group or s.id for s in enabled}) >= 60


@pytest.mark.parametrize(
    ("language", "least"), [("en", 40), ("fa", 8), ("zh", 8), ("ar", 4), ("ru", 5), ("tr", 4), ("de", 4), ("fr", 3)]
)
def test_the_languages_of_the_beat_are_covered(enabled: list[Source], language: str, least: int) -> None:
    assert sum(s.language.split("-")[0] == language for s in enabled) >= least


def test_the_publishers_of_the_seed_corpus_are_enabled(sources: dict[str, Source]) -> None:
    assert all(sources[id_].policy.enabled for id_ in SEED_PUBLISHERS)
    assert sources["libertarianhub"].role is Role.REPUBLISHER


def test_nobody_is_asked_more_often_than_every_two_seconds(sources: dict[str, Source]) -> None:
    assert all(2 <= s.policy.delay <= 5 and s.policy.cap <= 100 for s in sources.values())


def test_section_pages_that_are_asked_have_patterns(enabled: list[Source]) -> None:
    assert all(e.allow for s in enabled for e in s.endpoints if e.kind is EndpointKind.SECTION)


def test_iranian_and_chinese_sources_have_their_time_zones(sources: dict[str, Source]) -> None:
    zones = {"IR": "Asia/Tehran", "CN": "Asia/Shanghai"}
    assert all(s.hints.timezone == zones[s.country] for s in sources.values() if s.country in zones)
    persian = [s for s in sources.values() if (s.country, s.language) == ("IR", "fa")]
    assert all(s.hints.calendar is Calendar.JALALI for s in persian)


def test_disabled_sources_say_since_when(sources: dict[str, Source]) -> None:
    off = [s for s in sources.values() if not s.policy.enabled]
    assert off
    texts = {s.id: (FOLDER / f"{s.id}.toml").read_text(encoding="utf-8") for s in off}
    assert [i for i, text in texts.items() if not re.search(r"\b20\d\d\b", text)] == []


def test_every_enabled_source_tells_what_is_known_of_it_and_since_when(enabled: list[Source]) -> None:
    texts = {s.id: (FOLDER / f"{s.id}.toml").read_text(encoding="utf-8") for s in enabled}
    assert [i for i, text in texts.items() if not re.search(r"^# .*\b20\d\d(-\d\d)?\b", text, re.MULTILINE)] == []


def test_files_are_plain_to_read() -> None:
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n") and not text.endswith("\n\n"), path.name
        assert not re.search(r"[ \t]$|\t", text, re.MULTILINE), path.name
        comments = [line for line in text.splitlines() if line.startswith("#")]
        assert max(map(len, comments), default=0) <= 122, path.name


ADDRESSES = [
    ("xinhua-en", "https://english.news.cn/20260530/3343323208f24d7ea29b396ca4c94459/c.html", True),
    ("xinhua-en", "https://english.news.cn/world/index.htm", False),
    ("xinhua-zh", "http://www.news.cn/fortune/2023-11/17/c_1129981476.htm", True),
    ("xinhua-zh", "http://www.news.cn/world/index.html", False),
    ("chinadaily", "https://www.chinadaily.com.cn/a/202605/28/WS6a184373a310d6866eb4b472.html", True),
    ("chinadaily", "https://www.chinadaily.com.cn/opinion/editionals", False),
    ("globaltimes", "https://www.globaltimes.cn/page/202609/1344001.shtml", True),
    ("globaltimes", "https://www.globaltimes.cn/opinion/index.html", False),
    ("people-zh", "http://politics.people.com.cn/n1/2024/0424/c1001-40223222.html", True),
    ("people-en", "http://en.people.cn/n3/2026/0925/c90780-20371234.html", True),
    ("people-en", "http://en.people.cn/90780/index.html", False),
    ("ecns", "https://www.ecns.cn/voices/2026-09-24/detail-ihexample.shtml", True),
    ("mfa-china-en", "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/202607/t20260728_11993800.html", True),
    ("mfa-china-en", "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/index_1.html", False),
    ("govcn-en", "https://english.www.gov.cn/news/202607/03/content_WS6a47b8a4c6d00ca5f9a0c052.html", True),
    ("aljazeera", "https://www.aljazeera.com/news/2026/7/10/china-expands-anti-sanctions-toolkit", True),
    ("aljazeera", "https://www.aljazeera.com/where/iran/", False),
    ("criticalthreats", "https://www.criticalthreats.org/analysis/iran-update-april-13-2026", True),
    ("criticalthreats", "https://www.criticalthreats.org/analysis/ctp-iran-updates", False),
    ("ofac", "https://ofac.treasury.gov/recent-actions/20260820", True),
    ("ofac", "https://ofac.treasury.gov/recent-actions/general-licenses", False),
    ("libertarianhub", "https://libertarianhub.com/2022/04/27/iran-and-china-agree-to-counter-unilateralism", True),
    ("libertarianhub", "https://libertarianhub.com/about", False),
    ("islamicinvitationturkey", "https://www.islamicinvitationturkey.com/?p=511383", True),
    (
        "islamicinvitationturkey",
        "https://www.islamicinvitationturkey.com/us-general-cites-insufficient-forces/",
        True,
    ),
    ("islamicinvitationturkey", "https://www.islamicinvitationturkey.com/category/west-asia/iran/", False),
    ("islamicinvitationturkey", "https://www.islamicinvitationturkey.com/west-asia/", False),
]


@pytest.mark.parametrize(("id_", "url", "follow"), ADDRESSES)
def test_section_patterns_tell_articles_from_other_pages(
    sources: dict[str, Source], id_: str, url: str, follow: bool
) -> None:
    sections = [e for e in sources[id_].endpoints if e.kind is EndpointKind.SECTION]
    assert any(re.search(pattern, url) for e in sections for pattern in e.allow) is follow


def test_films_and_live_blogs_are_left_out(sources: dict[str, Source]) -> None:
    (deny,) = sources["aljazeera"].endpoints[0].deny
    assert re.search(deny, "https://www.aljazeera.com/video/newsfeed/2026/7/10/iran-says-strikes-hit-southern-areas")
    assert re.search(deny, "https://www.aljazeera.com/news/liveblog/2026/7/10/iran-war-live")
    assert not re.search(deny, "https://www.aljazeera.com/news/2026/7/10/china-expands-anti-sanctions-toolkit")


def test_the_shipped_sources_survive_an_export(sources: dict[str, Source], tmp_path: Path) -> None:
    path = tmp_path / "all.opml"
    path.write_text(export_opml(list(sources.values())), encoding="utf-8")
    assert {s.id: s for s in import_opml(path)} == {i: s for i, s in sources.items() if s.endpoints}


@needs_shared
def test_enabled_sources_rest_on_evidence(enabled: list[Source]) -> None:
    with shared("facts", "sources.csv").open(encoding="utf-8") as lines:
        confidence = {row["url"]: row["confidence"] for row in csv.DictReader(lines)}
    without = [s.id for s in enabled if not any(confidence.get(e.url) == "high" for e in s.endpoints)]
    assert sorted(without) == ["islamicinvitationturkey", "libertarianhub"]  # seed publishers without a better row
    assert [e.url for s in enabled for e in s.endpoints if e.url not in confidence] == []


@needs_shared
def test_no_enabled_source_asks_a_dead_endpoint(enabled: list[Source]) -> None:
    with shared("facts", "dead_endpoints.csv").open(encoding="utf-8") as lines:
        dead = {row["url"] for row in csv.DictReader(lines)}
    assert {u for s in enabled for e in s.endpoints for u in (e.url, *e.fallback_urls)} & dead == set()
