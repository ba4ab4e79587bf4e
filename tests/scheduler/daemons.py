"""A daemon in a process of its own, whose passes are played by a small program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scheduler import config
from store.database import Store
from tests.scheduler.beats import playing

DRIVER = """
import sys
from pathlib import Path
from scheduler.cli import _say
from scheduler.daemon import Daemon, Orders
from scheduler.exits import code_for
from scheduler.work import Place
from store.errors import SilkwatchError
db, beat, once, *program = sys.argv[1:]
place = Place(db=Path(db), beat=Path(beat), program=tuple(program))
try:
    sys.exit(Daemon(Orders(place=place, once=once == "once"), say=lambda text: print(text, flush=True)).run())
except SilkwatchError as error:
    _say(str(error))
    sys.exit(code_for(error))
"""
DONE = "count('paper', listings=1, new=2, pages=3); finish('completed', 'as played')"
STOPPABLE = """
import signal
def stop(*_):
    finish('interrupted', 'stopped before its end'); sys.exit(0)
signal.signal(signal.SIGINT, stop)
print('ready', flush=True)
time.sleep(600)
"""
ENDING = """
import signal
asked = []
signal.signal(signal.SIGINT, lambda *_: asked.append(True))
finish('OUTCOME', 'all but done')
print('ready', flush=True)
while not asked:
    time.sleep(0.05)
"""
"""A pass that has closed its row when it is asked to stop."""
QUIET_CONFIG = "[digest]\nenabled = false\n[maintenance]\nenabled = false\n[backup]\nenabled = false\n"


@dataclass
class Watch:
    """The store, the beat and the daemons of a test."""

    db: Path
    beat: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def said_in(self) -> Path:
        return self.db.with_name("said.txt")

    def configure(self, text: str) -> None:
        (self.db.parent / config.NAME).write_text(text, "utf-8")

    def start(self, script: str = DONE, *, once: bool = False, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", DRIVER, str(self.db), str(self.beat), "once" if once else "stay"]
        with self.said_in.open("ab") as said:
            process = subprocess.Popen(
                [*command, *playing(script)], env={**os.environ, **environment}, stdout=said, stderr=said
            )
        self.started.append(process)
        return process

    def once(self, script: str = DONE) -> int:
        return self.start(script, once=True).wait(120)

    def said(self) -> str:
        return self.said_in.read_text("utf-8") if self.said_in.exists() else ""

    def until(self, holds: Callable[[], Any], seconds: float = 120) -> Any:
        """What `holds` gives once it gives something; fails with what the daemon said."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := holds():
                return found
            time.sleep(0.05)
        raise AssertionError(f"it did not come to that; the daemon said:\n{self.said()}")

    def until_said(self, text: str, times: int = 1) -> None:
        self.until(lambda: self.said().count(text) >= times)

    def until_ready(self) -> None:
        """The child of the pass at work has said so in its log."""
        log = self.db.with_suffix(".log")
        self.until(lambda: log.exists() and "ready" in log.read_text())

    def stop(self, process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> int:
        process.send_signal(number)
        return process.wait(120)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with Store.open(self.db) as store:
            return store.rows(sql)

    def turns(self, task: str = "daily") -> list[dict[str, Any]]:
        return self.rows(f"SELECT * FROM turns WHERE state <> 'begun' AND task = '{task}' ORDER BY due_at")

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait(120)
