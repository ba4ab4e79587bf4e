"""A small web on loopback: answers for any host name, as an HTTP proxy, what it was given by URL.

    with Web() as web:
        web.add("http://paper.example/rss.xml", body, content_type="application/rss+xml")
        environment = web.proxy_environment()      # for a child process
        web.requests                               # what was asked, in order, with times and headers

Nothing leaves the machine: a URL that was not given answers 404, whatever its host.
"""

from __future__ import annotations

import hashlib
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self


@dataclass
class Answer:
    """What a URL answers."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds until it answers."""
    conditional: bool = True
    """Whether it gives an ETag, and 304 to those who have it."""


@dataclass(frozen=True)
class Asked:
    """One request and what it got; `started` and `ended` are seconds of the machine's monotonic clock."""

    url: str
    status: int
    started: float
    ended: float
    headers: dict[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed while it was answered is nothing to print a traceback about."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Web:
    """The server; a context manager that starts and stops it."""

    answer_class: ClassVar[type[Answer]] = Answer

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[Asked] = []
        self.lock = threading.Lock()
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.respond(self)

            def log_message(self, *_: Any) -> None:
                """Requests are kept, not printed."""

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.port: int = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    @property
    def origin(self) -> str:
        """The address for direct requests."""
        return f"http://127.0.0.1:{self.port}"

    def proxy_environment(self) -> dict[str, str]:
        """Variables that send a child process's requests here, whatever host they name."""
        return {"http_proxy": self.origin, "https_proxy": self.origin, "no_proxy": ""}

    def add(self, url: str, body: str | bytes = b"", **options: Any) -> Answer:
        answer = self.answer_class(body.encode() if isinstance(body, str) else body, **options)
        self.answers[url] = answer
        return answer

    def asked(self, part: str = "") -> list[Asked]:
        """The requests whose URL contains `part`, in order."""
        with self.lock:
            return [r for r in self.requests if part in r.url]

    def forget(self) -> None:
        """Begin the list of requests anew."""
        with self.lock:
            self.requests.clear()

    def pick(self, url: str) -> Answer:
        """What a request gets; called under the lock."""
        return self.answers.get(url) or self.answer_class(b"<h1>Not found</h1>", status=404)

    def write(self, handler: BaseHTTPRequestHandler, answer: Answer, body: bytes) -> None:
        """Sends the body, after the headers."""
        handler.wfile.write(body)

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        started = time.monotonic()
        url = handler.path if handler.path.startswith("http") else f"{self.origin}{handler.path}"
        with self.lock:
            answer = self.pick(url)
        self.wait(answer)
        etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
        status, body = answer.status, answer.body
        if status == 200 and answer.conditional and handler.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self._send(handler, answer, status, body, etag)
        with self.lock:
            headers = {k.lower(): v for k, v in handler.headers.items()}
            self.requests.append(Asked(url, status, started, time.monotonic(), headers))

    def wait(self, answer: Answer) -> None:
        """What lies between a request and its answer."""
        if answer.delay:
            time.sleep(answer.delay)

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer, status: int, body: bytes, etag: str) -> None:
        handler.send_response(status)
        if status == 200 and answer.conditional:
            handler.send_header("ETag", etag)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        self.write(handler, answer, body)
