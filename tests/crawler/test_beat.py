"""The beat: its folder, what is missing in it, its priors, and a beat of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler import beat as beats
from crawler.beat import EXPECTED, VOCABULARY, Beat
from store.errors import ConfigurationError, UsageError

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"

DECLARATION = """
name = "sea"
title = "The sea"
[[sides]]
id = "north"
name = "The North"
[[sides]]
id = "south"
name = "The South"
[[perspectives]]
id = "state-north"
title = "Northern state"
sides = ["north"]
[[perspectives]]
id = "abroad"
title = "Abroad"
"""

SOURCE = """
id = "gazette"
name = "Gazette"
homepage = "https://gazette.example/"
country = "NO"
language = "no"
perspective = "state-north"
[[endpoints]]
kind = "feed"
url = "https://gazette.example/all"
[[endpoints]]
kind = "feed"
url = "https://gazette.example/south"
fallback_urls = ["https://gazette.example/south2"]
anchors = ["south"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sea"
    for name in ("sources", "lexicon", "seeds"):
        (made / name).mkdir(parents=True)
    (made / "beat.toml").write_text(DECLARATION)
    (made / "sources" / "gazette.toml").write_text(SOURCE)
    for name in ("relevance.toml", "topics.toml"):
        (made / name).write_text("")
    return made


def told(folder: Path) -> str:
    with pytest.raises(ConfigurationError) as error:
        Beat.load(folder)
    return str(error.value)


def test_a_beat_knows_its_sides_priors_and_sources(folder: Path) -> None:
    beat = Beat.load(folder)
    assert (beat.name, beat.title, dict(beat.sides)) == (
        "sea",
        "The sea",
        {"north": "The North", "south": "The South"},
    )
    assert beat.priors == {"state-north": frozenset({"north"})}
    assert list(beat.perspectives) == ["unknown", "state-north", "abroad"]
    assert [s.id for s in beat.sources] == ["gazette"]
    assert beat.side_name("south") == "The South"


@pytest.mark.parametrize(
    ("url", "sides"),
    [
        (None, {"north"}),
        ("https://gazette.example/all", {"north"}),
        ("https://gazette.example/south", {"north", "south"}),
        ("https://gazette.example/south2", {"north", "south"}),
        ("https://elsewhere.example/", {"north"}),
    ],
)
def test_priors_come_from_the_perspective_and_the_endpoint(folder: Path, url: str | None, sides: set[str]) -> None:
    beat = Beat.load(folder)
    assert beat.prior_sides(beat.sources[0], url) == sides


@pytest.mark.parametrize("name", VOCABULARY)
def test_missing_vocabulary_is_named(folder: Path, name: str) -> None:
    path = folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert told(folder) == f"{path}: missing"


def test_no_sources_is_no_error(folder: Path) -> None:
    shutil.rmtree(folder / "sources")
    assert Beat.load(folder).sources == ()


def test_everything_that_is_wrong_is_told_at_once(folder: Path) -> None:
    (folder / "topics.toml").unlink()
    (folder / "sources" / "gazette.toml").write_text(SOURCE.replace('["south"]', '["west"]').replace("state-", "x-"))
    message = told(folder)
    for part in ("topics.toml: missing", "anchors: expected one of", "perspective: expected one of"):
        assert part in message


def test_a_bad_declaration_does_not_hide_bad_sources(folder: Path) -> None:
    (folder / "beat.toml").write_text("name = 1")
    (folder / "sources" / "gazette.toml").write_text(SOURCE.replace('"NO"', '"XX"'))
    message = told(folder)
    assert "beat.toml: name: expected a short name" in message
    assert "beat.toml: title: missing; expected a text" in message
    assert "gazette.toml: country" in message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "south"', 'id = "north"', "sides[0].id: expected a short name"),
        ('id = "south"', 'id = "So uth"', "sides[1].id: expected a short name"),
        ('sides = ["north"]', 'sides = ["nord"]', "perspectives[0].sides: expected a list of ids of the sides above"),
        ('name = "sea"', 'name = "The Sea"', "name: expected a short name"),
        ('title = "Abroad"', "", "perspectives[1].title: missing; expected a text"),
        ('title = "Abroad"', 'title = "A"\nside = []', "perspectives[1].side: unknown key (did you mean sides?)"),
        ("[[sides]]", "[sides]", "expected TOML"),
    ],
)
def test_a_bad_declaration_is_told_with_its_key(folder: Path, old: str, new: str, said: str) -> None:
    (folder / "beat.toml").write_text(DECLARATION.replace(old, new, 1))
    assert f"beat.toml: {said}" in told(folder)


def test_a_beat_without_sides_is_refused(folder: Path) -> None:
    (folder / "beat.toml").write_text('name = "a"\ntitle = "A"\nsides = []\n')
    assert "sides: missing; expected at least one [[sides]] table" in told(folder)


def test_a_folder_that_is_no_beat_says_how_to_make_one(tmp_path: Path) -> None:
    assert "`silkwatch beat new DIR` makes one" in told(tmp_path)


def test_the_option_wins_over_the_environment_over_the_shipped_beat(folder: Path) -> None:
    assert beats.find(None, {}) == beats.find(None, {"SILKWATCH_BEAT": ""}) == beats.default_folder()
    assert beats.find(None, {"SILKWATCH_BEAT": str(folder)}) == folder
    assert beats.find(str(beats.default_folder()), {"SILKWATCH_BEAT": str(folder)}) == beats.default_folder()
    with pytest.raises(ConfigurationError, match="expected the folder of a beat"):
        beats.find("/nowhere", {})


def test_the_environment_is_asked_when_none_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILKWATCH_BEAT", str(folder))
    assert beats.find() == folder


def test_a_beat_of_ones_own_has_the_vocabulary_and_no_sources(tmp_path: Path) -> None:
    mine = beats.create(tmp_path / "new" / "mine")
    made, shipped = Beat.load(mine), Beat.load(beats.default_folder())
    assert made.sources == ()
    assert (made.sides, made.priors) == (shipped.sides, shipped.priors)
    for name in VOCABULARY:
        files = [p.relative_to(shipped.folder) for p in (shipped.folder / name).rglob("*") if p.is_file()]
        assert all((mine / p).read_bytes() == (shipped.folder / p).read_bytes() for p in files)


def test_a_beat_is_not_made_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    for taken in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(UsageError, match="expected a new or empty folder"):
            beats.create(taken)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_beat_imports_a_list_of_feeds(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "feeds.csv"
    table.write_text("url,perspective\nhttps://gazette.example/all,\nhttps://new.example/rss,abroad\n")
    done = Beat.load(folder).import_sources(table, delay=0, cap=9)
    assert (done.added, done.updated) == (("new.example",), ("gazette",))
    assert {s.id: s.policy.cap for s in Beat.load(folder).sources} == {"gazette": 9, "new.example": 9}


@pytest.mark.parametrize("key", EXPECTED)
def test_every_key_of_the_declaration_is_documented(key: str) -> None:
    assert f"| `{key}` |" in DOCS.read_text(encoding="utf-8").split("## The beat")[1]
