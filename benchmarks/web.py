"""A web on loopback: answers any URL it was given, as a proxy, from a process of its own whose cost is not counted.

    with serve(documents, folder) as web:
        web.environment()      # http_proxy for the contestants
        web.asked()            # the URLs asked for so far, with their statuses

Bodies are compressed before the first request, as a news site's cache does; ETags are answered with 304.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import hashlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTROL = "http://bench.invalid/asked"
_BACKLOG = 2048
"""News-please opens a connection for every address at once."""
_PYTHON = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUNBUFFERED", "PYTHONWARNINGS"})
"""Variables of a workplace that would cost each start of Python something that no user pays."""
_NOT_FOUND = b"<!doctype html><title>404</title><h1>Not found</h1>"


@dataclass(frozen=True, slots=True)
class Document:
    """What a URL answers."""

    url: str
    body: bytes
    content_type: str = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Web:
    """The running server."""

    port: int

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """This process's environment with every HTTP request sent to the server, and byte code kept as usual."""
        inherited = {name: value for name, value in os.environ.items() if name not in _PYTHON}
        return {**inherited, "http_proxy": self.proxy, "https_proxy": self.proxy, "no_proxy": "", "NO_PROXY": ""}

    def asked(self) -> list[tuple[str, int]]:
        """(URL, status) of the requests since the last call, in order."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": self.proxy}))
        with opener.open(CONTROL, timeout=10) as answer:
            return [(url, status) for url, status in json.load(answer)]


@contextmanager
def serve(documents: Sequence[Document], folder: Path) -> Iterator[Web]:
    """Starts the server on the documents, which are laid out in `folder` (made when needed).

    Raises:
        RuntimeError: it did not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write(documents, folder)
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.web", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            raise RuntimeError(f"the page server did not start (status {server.wait(5)})")
        yield Web(int(line))
    finally:
        server.terminate()
        server.wait(10)
        if server.stdout:
            server.stdout.close()


def _write(documents: Sequence[Document], folder: Path) -> None:
    with (folder / "index.jsonl").open("w", encoding="utf-8") as index:
        for number, document in enumerate(documents):
            (folder / f"{number}.gz").write_bytes(gzip.compress(document.body, 6, mtime=0))
            index.write(json.dumps({"url": document.url, "type": document.content_type}) + "\n")


@dataclass(frozen=True, slots=True)
class _Answer:
    zipped: bytes
    content_type: str
    etag: str


class _Server:
    def __init__(self, folder: Path) -> None:
        self.asked: list[tuple[str, int]] = []
        self.answers: dict[str, _Answer] = {}
        for number, line in enumerate((folder / "index.jsonl").read_text("utf-8").splitlines()):
            row, zipped = json.loads(line), (folder / f"{number}.gz").read_bytes()
            self.answers[row["url"]] = _Answer(zipped, row["type"], f'"{hashlib.sha256(zipped).hexdigest()[:16]}"')

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")
                headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
                method, url, _ = first.split(" ", 2)
                response = self.respond(url, headers)
                writer.write(response.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" else response)
                await writer.drain()
                if headers.get("connection", "").lower() == "close":
                    break
        writer.close()

    def respond(self, url: str, headers: Mapping[str, str]) -> bytes:
        if url == CONTROL:
            body, self.asked = json.dumps(self.asked).encode(), []
            return _response(200, {"Content-Type": "application/json"}, body)
        answer = self.answers.get(url)
        status = 404 if answer is None else 304 if headers.get("if-none-match") == answer.etag else 200
        self.asked.append((url, status))
        if answer is None:
            return _response(404, {"Content-Type": "text/html"}, _NOT_FOUND)
        if status == 304:
            return _response(304, {"ETag": answer.etag}, b"")
        kind = {"Content-Type": answer.content_type, "ETag": answer.etag}
        if "gzip" in headers.get("accept-encoding", ""):
            return _response(200, {**kind, "Content-Encoding": "gzip"}, answer.zipped)
        return _response(200, kind, gzip.decompress(answer.zipped))


def _response(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    fields = "".join(f"{k}: {v}\r\n" for k, v in {**headers, "Content-Length": str(len(body))}.items())
    return f"HTTP/1.1 {status} bench\r\n{fields}\r\n".encode("latin-1") + body


async def _main(folder: Path) -> None:
    server = await asyncio.start_server(_Server(folder).handle, "127.0.0.1", 0, backlog=_BACKLOG)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description="Serve a folder of documents.")
    parser.add_argument("folder", type=Path)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main(parser.parse_args().folder))
