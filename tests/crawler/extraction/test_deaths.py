"""A page that hangs, eats memory or ends its process costs itself alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from crawler.extraction.pool import CALLS_A_START, PageTimeout, Pool, WorkerDied


def double(number: int) -> int:
    return 2 * number


def die() -> NoReturn:
    os._exit(3)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> NoReturn:
    while True:
        pass


def eat() -> int:
    return len(bytearray(8 << 30))


def fail() -> NoReturn:
    raise ValueError("an error of the page")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(workers=2, timeout=6, memory_mb=1500)
    yield pool
    pool.close()


def test_work_is_answered_in_any_number(pool: Pool) -> None:
    assert [f.result(60) for f in [pool.submit(double, n) for n in range(50)]] == [2 * n for n in range(50)]


@pytest.mark.parametrize("deadly", [die, be_killed, eat])
def test_a_dead_worker_costs_its_page_alone(pool: Pool, deadly: object) -> None:
    before = [pool.submit(double, n) for n in range(5)]
    doomed = pool.submit(deadly)  # type: ignore[arg-type]
    after = [pool.submit(double, n) for n in range(5)]
    with pytest.raises(WorkerDied):
        doomed.result(60)
    assert [f.result(60) for f in (*before, *after)] == [0, 2, 4, 6, 8] * 2


def test_a_page_that_hangs_is_given_up_at_the_limit(pool: Pool) -> None:
    hung = pool.submit(hang)
    assert pool.submit(double, 21).result(60) == 42
    with pytest.raises(PageTimeout):
        hung.result(60)
    assert pool.submit(double, 4).result(60) == 8


def test_an_error_of_the_function_reaches_the_caller(pool: Pool) -> None:
    with pytest.raises(ValueError, match="an error of the page"):
        pool.submit(fail).result(60)


def take_turns(turns: str) -> int:
    """Where this runs; waits until two processes have come here."""
    os.makedirs(f"{turns}/{os.getpid()}", exist_ok=True)  # noqa: PTH103  one line
    while len(os.listdir(turns)) < 2:  # noqa: PTH208  one line
        time.sleep(0.01)
    return os.getpid()


def test_a_second_worker_is_started_when_many_calls_wait(tmp_path: Path) -> None:
    pool = Pool(workers=2, timeout=60, memory_mb=1500)
    try:
        assert len({pool.submit(os.getpid).result(60) for _ in range(5)}) == 1
        turns = [pool.submit(take_turns, str(tmp_path)) for _ in range(CALLS_A_START + 2)]
        assert len({turn.result(60) for turn in turns}) == 2
    finally:
        pool.close()


PARENT = """
from crawler.extraction.pool import Pool
import os, time
if __name__ == "__main__":
    pool = Pool(workers=1, timeout=600, memory_mb=1500)
    print(pool.submit(os.getpid).result(60), flush=True)
    time.sleep(600)
"""


def test_workers_end_with_a_killed_parent(tmp_path: object) -> None:
    script = f"{tmp_path}/parent.py"
    with open(script, "w", encoding="utf-8") as file:  # noqa: PTH123  one line of a script
        file.write(PARENT)
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait(60)
    parent.stdout.close()
    deadline = time.monotonic() + 60
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(worker)


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:  # noqa: PTH123  a kernel file
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
