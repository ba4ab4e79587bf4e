"""The configuration: defaults, where it is found, exact errors, and the environment's say."""

from __future__ import annotations

import tomllib
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from scheduler import config
from scheduler.config_keys import EXPECTED, Config, Tick
from store.errors import ConfigurationError, UsageError
from tests.test_architecture import ROOT

FULL = """
timezone = "Asia/Tehran"
[daily]
at = "05:30"
grace_hours = 6
[[ticks]]
sources = ["irna", "xinhua"]
every_minutes = 120
[digest]
to = ["mailto:desk@example.org"]
[backup]
keep = 3
[clock]
speed = 3600
start = "2026-03-01T05:00:00Z"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / config.NAME
    path.write_text(text, "utf-8")
    return path


def test_no_file_is_needed(db: Path) -> None:
    loaded = config.load(db, env={})
    assert (loaded.path, loaded.config) == (None, Config())
    assert (loaded.config.daily.at, loaded.config.backup.keep) == ("06:00", 7)


def test_a_file_beside_the_store_is_read(db: Path) -> None:
    path = written(db.parent, FULL)
    loaded = config.load(db, env={})
    assert loaded.path == path
    assert loaded.config.ticks == (Tick(sources=("irna", "xinhua"), every_minutes=120),)
    assert (str(loaded.config.zone), loaded.config.daily.grace_hours) == ("Asia/Tehran", 6)
    assert loaded.config.clock.speed == 3600


def test_the_file_named_comes_before_the_store_s_and_that_before_the_beat_s(db: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("named", "beat")]
    for hour, folder in enumerate([*folders, db.parent], 1):
        folder.mkdir(exist_ok=True)
        written(folder, f'daily = {{ at = "0{hour}:00" }}')
    named, beat = folders
    asked = {"beat": beat, "env": {}}
    assert config.load(db, option=named / config.NAME, **asked).config.daily.at == "01:00"  # type: ignore[arg-type]
    assert config.load(db, beat=beat, env={config.VARIABLE: str(named / config.NAME)}).config.daily.at == "01:00"
    assert config.load(db, **asked).config.daily.at == "03:00"  # type: ignore[arg-type]
    (db.parent / config.NAME).unlink()
    assert config.load(db, **asked).config.daily.at == "02:00"  # type: ignore[arg-type]


def test_a_file_that_was_named_must_be_there(db: Path) -> None:
    with pytest.raises(UsageError, match="expected a configuration file; there is none"):
        config.load(db, option=db.parent / "nowhere.toml", env={})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('timezone = "Mars/Olympus"', "timezone: expected an IANA time zone such as"),
        ('[daily]\nat = "6:00"', "daily.at: expected a time of day such as \"06:00\", got '6:00'"),
        ('[daily]\nat = "24:00"', "daily.at: expected a time of day"),
        ("[daily]\nat = 06:00:00", "daily.at: expected a time of day"),
        ("[daily]\ntime = 1", "daily.time: unknown key"),
        ("[dialy]", "dialy: unknown key (did you mean daily?)"),
        ("[daily]\ngrace_hours = 0", "daily.grace_hours: expected hours, a number from 0.1 to 168, got 0"),
        (
            "[[ticks]]\nsources = []\nevery_minutes = 60",
            "ticks[0].sources: expected a list of at least one source id",
        ),
        ('[[ticks]]\nsources = ["a"]\nevery_minutes = 1', "ticks[0].every_minutes: expected minutes"),
        ('[[ticks]]\nsources = ["a"]', "ticks[0].every_minutes: missing; expected minutes"),
        ('[digest]\nformat = "pdf"', 'digest.format: expected one of "markdown", "html", "text", got \'pdf\''),
        ('[notify]\non = ["never"]', "notify.on: expected a list of some of failed, missed"),
        ('[digest]\nto = ["digests"]', "digest.to: expected file:PATH, file:FOLDER/, stdout, mailto:NAME@HOST"),
        ('[notify]\nto = ["mailto:me"]', "notify.to: expected mailto:NAME@HOST"),
        ("[backup]\nkeep = 0", "backup.keep: expected a whole number of at least 1, got 0"),
        ("[backup]\nkeep = 1.5", "backup.keep: expected a whole number of at least 1, got 1.5"),
        ("[clock]\nspeed = 0.5", "clock.speed: expected a number from 1 to 100000"),
        ('[clock]\nstart = "tomorrow"', "clock.start: expected a time in UTC such as"),
        ("[daily", "expected TOML"),
    ],
)
def test_a_fault_is_told_with_what_is_expected(db: Path, text: str, told: str) -> None:
    path = written(db.parent, text)
    with pytest.raises(ConfigurationError) as error:
        config.load(db, env={})
    assert str(error.value).startswith(str(path))
    assert told in str(error.value)


@pytest.mark.parametrize(
    "to",
    [
        '"smtp://me:s3cret@h?to=a@b.c"', '["s3cret"]', '["smtp://me:s3cret@h"]', '["json://me:s3cret@h:x/y"]',
        '[["smtp://me:s3cret@h?to=a@b.c"]]',
    ],
)  # fmt: skip
def test_a_fault_in_a_channel_does_not_tell_its_password(db: Path, to: str) -> None:
    for table in ("digest", "notify"):
        written(db.parent, f"[{table}]\nto = {to}")
        with pytest.raises(ConfigurationError, match=rf"{table}\.to\b.*: expected ") as error:
            config.load(db, env={})
        assert "s3cret" not in str(error.value)


def test_all_faults_are_told_at_once(db: Path) -> None:
    written(db.parent, '[daily]\nat = "x"\n[backup]\nkeep = 0')
    with pytest.raises(ConfigurationError, match="2 problems in"):
        config.load(db, env={})


def test_the_environment_has_the_last_word(db: Path) -> None:
    written(db.parent, FULL)
    env = {
        "SILKWATCH_DAILY_AT": "07:15", "SILKWATCH_BACKUP_ENABLED": "false", "SILKWATCH_CLOCK_SPEED": "10",
        "SILKWATCH_NOTIFY_TO": "file:a.txt mailto:b@example.org", "SILKWATCH_TIMEZONE": "Asia/Shanghai",
        "SILKWATCH_CHILD_SILENT_MINUTES": "0.1", "SILKWATCH_DB": "elsewhere",
    }  # fmt: skip
    found = config.load(db, env=env).config
    assert (found.daily.at, found.daily.grace_hours, found.backup.enabled) == ("07:15", 6, False)
    assert (found.clock.speed, found.child.silent_minutes, found.timezone) == (10, 0.1, "Asia/Shanghai")
    assert found.notify.to == ("file:a.txt", "mailto:b@example.org")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SILKWATCH_DAILY_AT", "noon", "SILKWATCH_DAILY_AT: expected a time of day"),
        ("SILKWATCH_BACKUP_KEEP", "many", "SILKWATCH_BACKUP_KEEP: expected a whole number"),
        ("SILKWATCH_BACKUP_ENABLED", "perhaps", "SILKWATCH_BACKUP_ENABLED: expected true or false"),
    ],
)
def test_a_wrong_variable_is_named(db: Path, name: str, value: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        config.load(db, env={name: value})
    assert str(error.value).startswith(told)


def keys() -> list[str]:
    found = []
    for name, kind in get_type_hints(Config).items():
        inner = next((a for a in (kind, *get_args(kind)) if is_dataclass(a)), None)
        found += [name, *([f"{name}.{f.name}" for f in fields(inner)] if inner else [])]
    return found


def test_each_key_says_what_is_expected_of_it() -> None:
    assert sorted(EXPECTED) == sorted(keys())


def test_the_documentation_shows_every_key_with_its_default(db: Path) -> None:
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    block = page.split("```toml\n", 1)[1].split("```", 1)[0]
    written(db.parent, block)
    assert replace(config.load(db, env={}).config, ticks=()) == Config()
    table = tomllib.loads(block)
    shown = [f"{name}.{key}" for name, value in table.items() for key in value_keys(value)]
    assert sorted([*table, *shown]) == sorted(keys())


def value_keys(value: object) -> list[str]:
    inner = value[0] if isinstance(value, list) else value
    return list(inner) if isinstance(inner, dict) else []


def test_the_documentation_says_how_the_environment_names_a_key() -> None:
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    assert "`SILKWATCH_<TABLE>_<KEY>`" in page and "`SILKWATCH_TIMEZONE`" in page
    assert config.variables()["SILKWATCH_DAILY_AT"] == "daily.at"
