"""What starts Silkwatch on a machine, read as an administrator would, by the tools that take it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler import units
from scheduler.commands.daemon import KINDS
from scheduler.units import Site
from tests.scheduler.conftest import Silkwatch

PROGRAM = Path(sys.executable).with_name("silkwatch")


def site(folder: Path) -> Site:
    return Site(program=PROGRAM, db=folder / "my news 100%.db", config=folder / "it's.toml", user="root")


def command_of(line: str, tmp_path: Path) -> list[str]:
    """The command as a shell run by cron would take it."""
    script = line.replace("\\%", "%").split(maxsplit=5)[5].replace(shlex.quote(str(PROGRAM)), "printf '%s\\n'", 1)
    return subprocess.run(["/bin/sh", "-c", script], check=True, capture_output=True, text=True).stdout.splitlines()


def test_the_crontab_line_names_the_same_store_whatever_its_name(tmp_path: Path) -> None:
    line = units.crontab(site(tmp_path)).splitlines()[-1]
    assert line.startswith("*/15 * * * * ")
    assert "%" not in line.replace("\\%", "")
    expected = ["daemon", "--db", f"{tmp_path}/my news 100%.db", "--config", f"{tmp_path}/it's.toml"]
    assert command_of(line, tmp_path) == [*expected, "--once", "--quiet"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("kind", ["systemd", "timer"])
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path, kind: str) -> None:
    given = Site(program=PROGRAM, db=tmp_path / "my news 100%.db", user="root")
    service, _, timer = units.KINDS[kind](given).partition("# silkwatch-due.timer")
    files = {"silkwatch.service" if kind == "systemd" else "silkwatch-due.service": service}
    files |= {"silkwatch-due.timer": f"# {timer}"} if timer else {}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in files)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "silkwatch" in line]
    assert ours == []


def test_the_service_lets_the_pages_in_hand_finish_and_can_be_reloaded(tmp_path: Path) -> None:
    text = units.systemd(site(tmp_path))
    assert "KillMode=mixed" in text, "the crawl must get one signal, through the daemon"
    assert "ExecReload=/bin/kill -HUP $MAINPID" in text
    assert f'"{tmp_path}/my news 100%%.db"' in text


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_printed_with_the_paths_given(silkwatch: Silkwatch, db: Path, kind: str) -> None:
    said = silkwatch("daemon", "--db", db, "--print-unit", kind)
    assert (said.code, said.err) == (0, "")
    assert str(db) in said.out or kind == "container"
    assert not db.exists()


def test_without_a_kind_the_service_is_printed(silkwatch: Silkwatch, db: Path) -> None:
    assert (
        silkwatch("daemon", "--db", db, "--print-unit").out
        == silkwatch("daemon", "--db", db, "--print-unit", "systemd").out
    )


def test_every_kind_has_its_text() -> None:
    assert sorted(KINDS) == sorted(units.KINDS)


def test_the_container_file_names_what_a_checkout_has(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    for line in units.container(site(tmp_path)).splitlines():
        if line.startswith("COPY"):
            assert all((root / name).exists() for name in line.split()[1:-1]), line
