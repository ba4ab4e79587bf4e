"""The meter counts what a command's whole tree of processes costs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.meter import Usage, measure

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="CPU time of process trees is measured on Linux only")

BURN = "import time\nuntil = time.process_time() + {seconds}\nwhile time.process_time() < until: pass\n"


def run(program: str, tmp_path: Path, **options: float) -> Usage:
    return measure([sys.executable, "-c", program], cwd=tmp_path, output=tmp_path / "out", **options)


def test_the_cpu_of_the_command_is_counted(tmp_path: Path) -> None:
    spent = run(BURN.format(seconds=0.4), tmp_path)
    assert 0.4 <= spent.cpu < 1.5
    assert (spent.status, spent.escaped) == (0, 0)


def test_the_cpu_of_children_that_nobody_waits_for_is_counted(tmp_path: Path) -> None:
    child = BURN.format(seconds=0.6)
    spent = run(f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])", tmp_path)
    assert 0.6 <= spent.cpu < 1.7
    assert len(spent.processes) >= 1


def test_the_cpu_of_grandchildren_of_a_killed_child_is_counted(tmp_path: Path) -> None:
    burn = BURN.format(seconds=0.6)
    start = f"import os, subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    middle = f"{start}; os.kill(os.getpid(), 9)"
    spent = run(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {middle!r}])", tmp_path)
    assert spent.cpu >= 0.6


def test_peak_memory_is_that_of_the_tree(tmp_path: Path) -> None:
    spent = run("x = bytearray(80_000_000); import time; time.sleep(0.7)", tmp_path)
    assert 75 <= spent.peak_mb < 200


def test_the_status_and_what_was_printed_are_kept(tmp_path: Path) -> None:
    spent = run("print('hello'); raise SystemExit(3)", tmp_path)
    assert spent.status == 3
    assert (tmp_path / "out").read_text() == "hello\n"


def test_a_command_that_runs_too_long_is_ended_and_not_measured(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RuntimeError, match="could not be measured"):
        run("import time; time.sleep(60)", tmp_path, timeout=0.5)
    assert "ran longer than 0.5 s" in capfd.readouterr().err
