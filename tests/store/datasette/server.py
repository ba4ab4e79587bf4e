"""A real Datasette on a store, as `silkwatch browse` starts it, in a child process on loopback."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from urllib.error import HTTPError
from urllib.request import Request, urlopen

STARTS_WITHIN = 120.0
"""Seconds; a busy machine imports slowly."""
_RUNNING = re.compile(r"running on (http://\S+)")
_LAUNCH = (
    "import sys; from pathlib import Path; from scheduler import browse; "
    "browse.serve(Path(sys.argv[1]), host='127.0.0.1', port=0, open_browser=False)"
)


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]
    url: str
    """Where redirects led."""


@dataclass(frozen=True)
class Server:
    url: str

    def get(self, path: str, **headers: str) -> Answer:
        request = Request(self.url + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        try:
            with urlopen(request, timeout=90) as response:
                return Answer(
                    response.status, response.read().decode(), _lower(response.headers.items()), response.url
                )
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), _lower(error.headers.items()), self.url + path)


def _lower(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}  # type: ignore[attr-defined]


@contextmanager
def serving(db: Path, *command: str) -> Iterator[Server]:
    """Serve a store until the block ends; another `command` may be given, for starting Datasette by hand."""
    started = list(command) or [sys.executable, "-c", _LAUNCH, str(db)]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        lines: Queue[str | None] = Queue()
        threading.Thread(target=_pump, args=(process, lines), daemon=True).start()
        try:
            yield Server(_address(lines))
        finally:
            process.terminate()
            process.wait(timeout=90)


def _pump(process: subprocess.Popen[str], lines: Queue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


def _address(lines: Queue[str | None]) -> str:
    said = []
    while True:
        try:
            line = lines.get(timeout=STARTS_WITHIN)
        except Empty:
            line = None
        if line is None:
            raise AssertionError("Datasette did not start:\n" + "".join(said))
        said.append(line)
        if found := _RUNNING.search(line):
            return found[1].rstrip("/")
