"""Worker processes that read pages: a page that hangs, eats memory or ends its process costs itself alone.

Threads will not do: trafilatura in six threads aborted, crashed or hung in four of eight runs. Pebble was used at
first and given up: its workers share one pipe and its lock, and a worker killed while it waited for work broke the
whole pool (in the ninth of 25 kills, 2026-11). Here each worker has a pipe of its own, watched by one thread that
sleeps until something happens.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from crawler.extraction import worker
from store.errors import SilkwatchError

TASKS_A_WORKER = 2000
"""Pages after which a worker is replaced, so that what leaks in a parser stays small."""
CALLS_A_START = 100
"""Waiting calls for which one more worker is started: starting one costs as much CPU as reading thirty pages (0.7 s,
2026-11), a hundred are three seconds of work, and a polite pass seldom has as many waiting."""
_STARTS = 3
"""Workers that may end one after the other before one has started; then nothing would."""
_START_SECONDS = 60.0
_DYING_SECONDS = 1.0
_FOREVER = 3600.0
_SPAWN = multiprocessing.get_context("spawn")


class PageTimeout(SilkwatchError):
    """Reading a page took longer than the limit; its process was ended."""


class WorkerDied(SilkwatchError):
    """The process that read a page ended: out of memory, a crash in a parser, a kill."""


@dataclass(slots=True, eq=False)
class _Task:
    call: bytes
    answer: Future[Any]


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    deadline: float
    """Monotonic time by which it must have started, or answered its task."""
    started: bool = False
    task: _Task | None = None
    done: int = 0

    @property
    def is_free(self) -> bool:
        return self.started and self.task is None


@dataclass(slots=True)
class _State:
    """What the threads share, under the lock."""

    waiting: deque[_Task] = field(default_factory=deque)
    closed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class Pool:
    """Runs functions in worker processes, each call with a time limit; usable from any thread."""

    def __init__(self, workers: int, timeout: float, memory_mb: int) -> None:
        """
        Args:
            workers: how many processes at the most; each is started when there is work for it.
            timeout: seconds a call may take.
            memory_mb: address space a worker may have; more is refused to it.
        """
        self.timeout = timeout
        self._size, self._memory_mb = workers, memory_mb
        self._state = _State()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._bell, self._ring = _SPAWN.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._watch, name="page-pool", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Schedule a call.

        The future raises PageTimeout or WorkerDied when the call cost its worker, and what the call itself raised.

        Raises:
            WorkerDied: the pool is closed.
        """
        task = _Task(pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL), Future())
        with self._state.lock:
            if self._state.closed:
                raise WorkerDied("the pool is closed")
            self._state.waiting.append(task)
        self._ring.send_bytes(b".")
        return task.answer

    def close(self) -> None:
        """End the workers; what is not done is given up, its futures raise WorkerDied."""
        with self._state.lock:
            if self._state.closed:
                return
            self._state.closed = True
        self._ring.send_bytes(b".")
        self._thread.join()

    # --- in the watching thread ---

    def _watch(self) -> None:
        while not self._state.closed:
            self._fill()
            self._hand_out()
            self._wait()
            self._end_late()
        for member in list(self._workers):
            self._end(member, WorkerDied("the pool was closed"))
        self._give_up("the pool was closed")

    def _fill(self) -> None:
        while len(self._workers) < self._worth() and self._failed_starts < _STARTS:
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(
                target=worker.serve, args=(theirs, self._memory_mb, os.getpid()), name="page-worker", daemon=True
            )
            process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours, time.monotonic() + _START_SECONDS))
        if not self._workers and self._failed_starts >= _STARTS:
            self._give_up("no worker process starts")
            self._failed_starts = 0

    def _worth(self) -> int:
        """Workers that the calls are worth: one from the first call on, more when many wait."""
        with self._state.lock:
            waiting = len(self._state.waiting)
        have = len(self._workers)
        return min(self._size, have + 1 if waiting > have * CALLS_A_START else have)

    def _hand_out(self) -> None:
        for member in [member for member in self._workers if member.is_free]:
            task = self._next_task()
            if task is None:
                return
            member.task, member.deadline = task, time.monotonic() + self.timeout
            try:
                member.pipe.send_bytes(task.call)
            except OSError:
                self._end(member, None)

    def _next_task(self) -> _Task | None:
        with self._state.lock:
            while self._state.waiting:
                task = self._state.waiting.popleft()
                if task.answer.set_running_or_notify_cancel():
                    return task
        return None

    def _wait(self) -> None:
        """Sleep until a worker says something or ends, a call comes in, or a deadline passes."""
        busy = [member.deadline for member in self._workers if not member.is_free]
        seconds = max(0.0, min(busy) - time.monotonic()) if busy else _FOREVER
        by_pipe = {member.pipe: member for member in self._workers}
        for ready in wait([self._bell, *by_pipe], timeout=seconds):
            if ready is self._bell:
                self._bell.recv_bytes()
            elif isinstance(ready, Connection):
                self._hear(by_pipe[ready])

    def _hear(self, member: _Worker) -> None:
        """Take a worker's message; one that ended closes its pipe, which reads as its end."""
        try:
            kind, value = worker.answered(member.pipe.recv_bytes())
        except (EOFError, OSError):
            self._end(member, None)
            return
        if kind == worker.READY:
            member.started, self._failed_starts = True, 0
            return
        task, member.task, member.done = member.task, None, member.done + 1
        if task is None:
            return
        if kind == worker.OUT_OF_MEMORY:
            task.answer.set_exception(WorkerDied("out of memory"))
            self._end(member, None)  # what is left of its memory may be too little for the next page
        elif kind == worker.FAILED:
            task.answer.set_exception(value)
        else:
            task.answer.set_result(value)
        if member.done >= TASKS_A_WORKER and member in self._workers:
            self._end(member, None)

    def _end_late(self) -> None:
        now = time.monotonic()
        for member in [member for member in self._workers if not member.is_free and member.deadline <= now]:
            self._end(member, PageTimeout(f"more than {self.timeout:g} seconds"))

    def _end(self, member: _Worker, reason: SilkwatchError | None) -> None:
        """End a worker, or bury one that ended; its task, if it had one, learns why."""
        self._workers.remove(member)
        if reason is None and member.task is not None:
            member.process.join(_DYING_SECONDS)  # its pipe is closed; how it ended is worth knowing
        member.process.kill()
        member.process.join()
        member.pipe.close()
        if not member.started:
            self._failed_starts += 1
        if member.task is not None:
            member.task.answer.set_exception(reason or WorkerDied(f"exit code {member.process.exitcode}"))
        member.process.close()

    def _give_up(self, reason: str) -> None:
        while (task := self._next_task()) is not None:
            task.answer.set_exception(WorkerDied(reason))
