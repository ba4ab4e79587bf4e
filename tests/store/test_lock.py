"""One run at a time, told by the kernel, with real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.errors import RunInProgress, StoreError
from store.lock import RunLock
from store.values import stamp

HOLDER = """
import sys
from pathlib import Path
from store.lock import RunLock
lock = RunLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.readline()
"""
LAUNCHER = """
import subprocess, sys
from pathlib import Path
from store.lock import RunLock
lock = RunLock(Path(sys.argv[1]))
lock.acquire()
code = "import sys; print('child', flush=True); sys.stdin.readline()"
child = subprocess.Popen([sys.executable, "-c", code], pass_fds=(lock.fd,))
child.wait()
"""


def process(program: str, path: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout and started.stdout.readline()
    return started


def test_a_second_run_is_refused_with_the_holders_facts(tmp_path: Path) -> None:
    holder = process(HOLDER, tmp_path / "news.db")
    lock = RunLock(tmp_path / "news.db")
    with pytest.raises(RunInProgress, match=rf"process {holder.pid}, for 0 min"):
        lock.acquire()
    assert lock.held()
    assert lock.holder()["pid"] == holder.pid
    holder.communicate("end\n", timeout=60)
    lock.acquire()
    assert lock.holder()["pid"] == os.getpid()
    lock.release()
    assert not lock.held()


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(minutes=7), "for 7 min"),
        (timedelta(hours=2, minutes=5), "for 2 h 5 min"),
        (None, "an unknown time"),
    ],
)
def test_how_long_it_is_held_is_told(tmp_path: Path, ago: timedelta | None, told: str) -> None:
    with RunLock(tmp_path / "news.db") as held:
        since = stamp(datetime.now(UTC) - ago - timedelta(seconds=5)) if ago else "a while"
        held.path.write_text(json.dumps({"pid": 1, "since": since}), "utf-8")
        with pytest.raises(RunInProgress, match=f"process 1, .*{told}"):
            RunLock(tmp_path / "news.db").acquire()


def test_a_killed_holder_does_not_block(tmp_path: Path) -> None:
    holder = process(HOLDER, tmp_path / "news.db")
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate(timeout=60)
    with RunLock(tmp_path / "news.db") as lock:
        assert lock.held()


def test_a_run_that_is_just_ending_is_waited_for(tmp_path: Path) -> None:
    holder = process(HOLDER, tmp_path / "news.db")
    lock = RunLock(tmp_path / "news.db")
    with pytest.raises(RunInProgress):
        lock.acquire(wait=0.1)
    assert holder.stdin
    holder.stdin.write("end\n")
    holder.stdin.flush()
    lock.acquire(wait=30)
    lock.release()
    holder.communicate(timeout=60)


def test_a_child_that_inherited_the_lock_holds_it_when_its_parent_is_killed(tmp_path: Path) -> None:
    launcher = process(LAUNCHER, tmp_path / "news.db")
    os.kill(launcher.pid, signal.SIGKILL)
    launcher.wait(timeout=60)
    lock = RunLock(tmp_path / "news.db")
    with pytest.raises(RunInProgress, match=str(launcher.pid)):
        lock.acquire()
    launcher.communicate("end\n", timeout=60)
    lock.acquire(wait=30)
    lock.release()


def test_two_locks_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    with RunLock(tmp_path / "news.db") as lock:
        with pytest.raises(RunInProgress):
            RunLock(tmp_path / "news.db").acquire()
        with pytest.raises(StoreError, match="already held"):
            lock.acquire()
    lock.release()
    with pytest.raises(StoreError, match="not held"):
        _ = lock.fd


def test_the_lock_lies_beside_the_store(tmp_path: Path) -> None:
    with RunLock(tmp_path / "news.db"):
        assert [path.name for path in tmp_path.iterdir()] == ["news.db.lock"]


@pytest.mark.parametrize("text", ["", "not JSON", "[1]"])
def test_a_holder_that_has_not_written_its_facts_is_told_so(tmp_path: Path, text: str) -> None:
    with RunLock(tmp_path / "news.db") as lock:
        lock.path.write_text(text)
        assert lock.holder() == {}
        with pytest.raises(RunInProgress, match="has not said"):
            RunLock(tmp_path / "news.db").acquire()


def test_a_lock_that_cannot_be_made_is_an_error_of_the_store(tmp_path: Path) -> None:
    lock = RunLock(tmp_path / "none" / "news.db")
    with pytest.raises(StoreError, match="cannot be made"):
        lock.acquire()
    assert not lock.held()
