"""The child process: what it is given, how it is stopped, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler import runner
from scheduler.logfile import LogFile
from scheduler.runner import Ended, Job, Look

POLITE = """
import signal, subprocess, sys, time
def stop(*_):
    print("finishing", flush=True)
    sys.exit(0)
signal.signal(signal.SIGINT, stop)
print("ready", flush=True)
time.sleep(600)
"""
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, lambda *_: print("not yet", flush=True))
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("helper", helper.pid, flush=True)
print("ready", flush=True)
while True:
    time.sleep(1)
"""
TELL = """
import json, os, signal, sys
given = {k: v for k, v in os.environ.items() if k.startswith(("SILKWATCH_", "SCRAPY_", "PROBE"))}
inherited = os.fstat(int(given["SILKWATCH_LOCK_FD"])).st_ino
told = {"argv": sys.argv[1:], "env": given, "inode": inherited, "group": os.getpgid(0) == os.getpid(),
        "path0": sys.path[0], "parent": os.getppid()}
print(json.dumps(told))
"""


@pytest.fixture
def lock_fd(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path / "news.db.lock", os.O_CREAT | os.O_RDWR)
    yield fd
    os.close(fd)


@pytest.fixture
def log(tmp_path: Path) -> LogFile:
    return LogFile.begin(tmp_path / "news.log")


def job(tmp_path: Path, script: str, **options: object) -> Job:
    program = (sys.executable, "-P", "-c", script)
    return Job(db=tmp_path / "news.db", beat=tmp_path / "beat", program=program, **options)  # type: ignore[arg-type]


def stop_when_ready(log: LogFile, *pauses: float) -> threading.Thread:
    """Sends this process a SIGTERM once the child's log says that it is ready, and more after each of `pauses`."""

    def send() -> None:
        while "ready" not in log.path.read_text():
            time.sleep(0.02)
        for pause in (0.0, *pauses):
            time.sleep(pause)
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def follow(given: Job, log: LogFile, lock_fd: int) -> tuple[Ended, list[Look]]:
    looks: list[Look] = []
    return runner.run(given, log, lock_fd=lock_fd, watch=looks.append), looks


def test_the_program_is_the_news_spider_with_its_arguments(tmp_path: Path) -> None:
    given = Job(db=tmp_path / "news.db", beat=tmp_path, arguments={"source": "irna,scmp", "cap": "3"})
    assert given.command()[1:] == ["-P", "-m", "scrapy", "crawl", "news", "-a", "source=irna,scmp", "-a", "cap=3"]


def test_the_child_is_told_where_everything_is(
    tmp_path: Path, log: LogFile, lock_fd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBE", "kept")
    monkeypatch.delenv("SILKWATCH_TZ")
    ended, _ = follow(job(tmp_path, TELL, allow_private=("10.0.0.0/8", "::1/128")), log, lock_fd)
    told = json.loads(log.path.read_text())
    assert told["env"] == {
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
        "SILKWATCH_DB": str(tmp_path / "news.db"),
        "SILKWATCH_BEAT": str(tmp_path / "beat"),
        "SILKWATCH_ALLOW_PRIVATE": "10.0.0.0/8,::1/128",
        "SILKWATCH_LOCK_FD": str(lock_fd),
        "SILKWATCH_PARENT_PID": str(os.getpid()),
        "PROBE": "kept",
    }
    assert told["inode"] == os.fstat(lock_fd).st_ino
    assert told["group"], "Ctrl-C on a terminal must not reach the child beside us"
    assert told["parent"] == os.getpid()
    assert (ended.status, ended.stops) == (0, 0)


def test_a_crawler_folder_where_the_user_stands_is_not_taken_for_ours(
    tmp_path: Path, log: LogFile, lock_fd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    follow(job(tmp_path, TELL), log, lock_fd)
    assert json.loads(log.path.read_text())["path0"] not in ("", str(tmp_path))


def test_output_and_errors_go_to_the_log(tmp_path: Path, log: LogFile, lock_fd: int) -> None:
    ended, _ = follow(job(tmp_path, "print('out', flush=True); raise SystemExit('err')"), log, lock_fd)
    assert log.tail() == ["out", "err"]
    assert ended.status == 1


def test_the_watcher_is_called_while_the_child_runs(tmp_path: Path, log: LogFile, lock_fd: int) -> None:
    ended, looks = follow(job(tmp_path, "import time; time.sleep(1.7)"), log, lock_fd)
    assert 2 <= len(looks) <= ended.seconds / runner.TICK, "at each tick, no oftener"
    assert {look.pid for look in looks} == {ended.pid}
    assert [look.seconds for look in looks] == sorted(look.seconds for look in looks)
    assert not any(look.stopping for look in looks)


def test_the_first_signal_lets_the_child_finish(tmp_path: Path, log: LogFile, lock_fd: int) -> None:
    before = signal.getsignal(signal.SIGTERM)
    sender = stop_when_ready(log)
    ended, looks = follow(job(tmp_path, POLITE), log, lock_fd)
    sender.join()
    assert log.tail(1) == ["finishing"]
    assert (ended.status, ended.stops) == (0, 1)
    assert signal.getsignal(signal.SIGTERM) is before
    assert looks[-1].seconds < 300, "the child did not sleep to its end"


def test_two_signals_at_once_are_one_wish(
    tmp_path: Path, log: LogFile, lock_fd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "TICK", 5.0)  # on a busy machine the second may come half a second after the first
    sender = stop_when_ready(log, 0.05)
    ended, _ = follow(job(tmp_path, POLITE), log, lock_fd)
    sender.join()
    assert log.tail(1) == ["finishing"]
    assert ended.stops == 1


def test_the_second_signal_ends_the_child_and_all_it_started(tmp_path: Path, log: LogFile, lock_fd: int) -> None:
    sender = stop_when_ready(log, 1.2)
    ended, looks = follow(job(tmp_path, STUBBORN), log, lock_fd)
    sender.join()
    assert (ended.status, ended.stops) == (-signal.SIGKILL, 2)
    assert looks[-1].stopping
    helper = int(log.path.read_text().split()[1])
    assert gone(helper), "a worker process outlived the pass"


def gone(pid: int) -> bool:
    """Within a minute: a killed process stays visible until its new parent has collected it."""
    for _ in range(3000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_an_error_in_the_watcher_ends_the_child(tmp_path: Path, log: LogFile, lock_fd: int) -> None:
    def broken(look: Look) -> None:
        (tmp_path / "pid").write_text(str(look.pid))
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        runner.run(job(tmp_path, POLITE), log, lock_fd=lock_fd, watch=broken)
    assert gone(int((tmp_path / "pid").read_text()))
