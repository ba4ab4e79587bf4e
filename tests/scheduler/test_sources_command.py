"""`silkwatch sources` and `silkwatch beat`: a beat of one's own, filled, listed and given away."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import beat as beats
from store import sources as source_rows
from store.database import Store
from tests.scheduler.beats import make_beat
from tests.scheduler.conftest import Silkwatch
from tests.store.make import HOUR, NOW

OPML = """<opml version="2.0"><head/><body>
<outline type="rss" text="Harbour News" xmlUrl="https://harbour.example/rss.xml" language="en"/>
<outline type="rss" text="روزنامه" xmlUrl="https://ruznameh.example/feed" language="fa"/></body></opml>"""


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    return make_beat(tmp_path / "beat", paper="en", gazette="fa")


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    file = tmp_path / "feeds.opml"
    file.write_text(OPML, "utf-8")
    return file


def disable(beat: Path, source_id: str, why: str) -> None:
    file = beat / "sources" / f"{source_id}.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[policy]\nenabled = false\nwhy_disabled = "{why}"\n', "utf-8")


def test_feeds_are_imported_with_the_policy_given_and_importing_again_changes_nothing(
    silkwatch: Silkwatch, beat: Path, opml: Path
) -> None:
    said = silkwatch("sources", "import", opml, "--beat", beat, "--delay", "0", "--cap", "10000")
    assert (said.code, said.out) == (0, f"{beat}: 2 sources added, 0 updated, 0 as they were.\n")
    again = silkwatch("sources", "import", opml, "--beat", beat, "--delay", "0", "--cap", "10000", "--json")
    assert {kind: len(ids) for kind, ids in again.json().items()} == {
        "added": 0, "updated": 0, "unchanged": 2, "notes": 0,
    }  # fmt: skip
    listed = silkwatch("sources", "list", "--beat", beat, "--json").json()["sources"]
    assert {(s["delay"], s["cap"]) for s in listed if s["name"] in ("Harbour News", "روزنامه")} == {(0, 10000)}


def test_importing_needs_a_beat_of_one_s_own(silkwatch: Silkwatch, opml: Path) -> None:
    said = silkwatch("sources", "import", opml)
    assert said.code == 2
    assert "silkwatch beat new DIR" in said.err
    assert len(said.err.splitlines()) == 1


def test_the_beat_can_be_named_in_the_environment(
    silkwatch: Silkwatch, beat: Path, opml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILKWATCH_BEAT", str(beat))
    assert silkwatch("sources", "import", opml).code == 0
    assert len(silkwatch("sources", "list", "--json").json()["sources"]) == 4


def test_a_list_that_cannot_be_read_is_refused_by_its_lines(silkwatch: Silkwatch, beat: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.opml"
    bad.write_text("<opml><body><outline type='rss' text='no address'/></body></opml>", "utf-8")
    said = silkwatch("sources", "import", bad, "--beat", beat)
    assert said.code == 2
    assert said.err.startswith(f"silkwatch: {bad}")


def test_sources_are_listed_with_language_and_perspective(silkwatch: Silkwatch, beat: Path, db: Path) -> None:
    said = silkwatch("sources", "list", "--beat", beat, "--db", db)
    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["ID", "LANGUAGE", "PERSPECTIVE", "LAST", "ANSWER", "HEALTH", "NAME"],
        ["gazette", "fa", "western", "–", "not", "asked", "yet", "The", "Gazette"],
        ["paper", "en", "western", "–", "not", "asked", "yet", "The", "Paper"],
        [],
        ["2", "sources", "enabled."],
    ]


def test_with_a_store_the_list_says_how_they_are(silkwatch: Silkwatch, beat: Path, db: Path) -> None:
    with Store.open(db) as store, store.write():
        source_rows.sync(store, beats.Beat.load(beat).sources, NOW)
        source_rows.listing_ok(
            store, "paper", "https://paper.example/rss.xml", etag=None, last_modified=None, unchanged=False, items=3,
            newest=NOW, now=NOW,
        )  # fmt: skip
        source_rows.listing_failed(
            store, "gazette", "https://gazette.example/rss.xml", error="no answer\x1b[1m", status=None,
            not_before=NOW + HOUR, now=NOW,
        )  # fmt: skip
    out = silkwatch("sources", "list", "--beat", beat, "--db", db).out
    assert "paper    en        western      2026-03-02 09:30 UTC  well     The Paper" in out
    assert "failing  The Gazette (no answer␛[1m)" in out
    rows = {s["id"]: s for s in silkwatch("sources", "list", "--beat", beat, "--db", db, "--json").json()["sources"]}
    assert (rows["paper"]["last_ok"], rows["paper"]["health"]) == ("2026-03-02T09:30:00Z", "well")
    assert (rows["gazette"]["failing_since"], rows["gazette"]["health"]) == ("2026-03-02T09:30:00Z", "failing")


def test_disabled_sources_are_listed_on_request_with_the_reason(silkwatch: Silkwatch, beat: Path) -> None:
    disable(beat, "gazette", "moved away")
    assert "gazette" not in silkwatch("sources", "list", "--beat", beat).out
    out = silkwatch("sources", "list", "--all", "--beat", beat).out
    assert "disabled       The Gazette (moved away)" in out
    assert out.endswith("1 sources enabled, 1 disabled.\n")


def test_what_is_exported_can_be_imported_elsewhere(silkwatch: Silkwatch, beat: Path, tmp_path: Path) -> None:
    printed = silkwatch("sources", "export", "--beat", beat).out
    assert silkwatch("sources", "export", "--beat", beat, "-o", tmp_path / "out.opml").out == ""
    assert (tmp_path / "out.opml").read_text("utf-8") == printed
    other = make_beat(tmp_path / "other")
    assert silkwatch("sources", "import", tmp_path / "out.opml", "--beat", other).code == 0
    assert beats.Beat.load(other).sources == beats.Beat.load(beat).sources


def test_a_file_that_cannot_be_written_is_told(silkwatch: Silkwatch, beat: Path, tmp_path: Path) -> None:
    said = silkwatch("sources", "export", "--beat", beat, "-o", tmp_path / "nowhere" / "out.opml")
    assert (said.code, "cannot be written" in said.err) == (2, True)


def test_a_source_that_does_not_exist_cannot_be_checked(silkwatch: Silkwatch, beat: Path) -> None:
    said = silkwatch("sources", "check", "nowhere", "--beat", beat)
    assert (said.code, said.err) == (
        2, "silkwatch: no such source: nowhere; `silkwatch sources list --all` names them all\n",
    )  # fmt: skip


def test_a_beat_of_one_s_own_is_made_once(silkwatch: Silkwatch, tmp_path: Path) -> None:
    made = tmp_path / "mine"
    said = silkwatch("beat", "new", made)
    assert said.code == 0
    assert f"silkwatch sources import FILE --beat {made}" in said.out
    assert beats.Beat.load(made).sources == ()
    again = silkwatch("beat", "new", made)
    assert again.code == 2
    assert "expected a new or empty folder; nothing was changed" in again.err


def test_a_bad_source_file_is_named_with_its_key(silkwatch: Silkwatch, beat: Path) -> None:
    file = beat / "sources" / "paper.toml"
    file.write_text(file.read_text("utf-8").replace('country = "DE"', 'country = "Germany"'), "utf-8")
    said = silkwatch("sources", "list", "--beat", beat)
    assert said.code == 2
    assert str(file) in said.err and "country" in said.err
