"""A fake web over real HTTP on 127.0.0.1: pages by URL, answered directly or, for any host name, as a proxy.

    with Site() as site:
        site.add("http://paper.example/rss.xml", feed(...))
        environment = site.proxy_environment()     # http_proxy for a child process
        site.requests                              # what was asked, in order, with times and headers

Nothing leaves the machine: a host that has no page answers 404.
"""

from __future__ import annotations

import email.utils
import gzip
import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What a URL answers. `times` limits it to the first N requests, after which `then` answers (404 when None)."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    gate: threading.Event | None = None
    """The answer waits until it is set."""
    drop_after: int | None = None
    times: int | None = None
    then: Answer | None = None
    conditional: bool = True


@dataclass(frozen=True)
class Asked:
    url: str
    status: int
    started: float
    ended: float
    headers: dict[str, str]


class Site:
    """The server; a context manager that starts and stops it."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[Asked] = []
        self.lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.respond(self)

            def log_message(self, *_: Any) -> None:
                """Requests are kept, not printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
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
        proxy = self.origin
        return {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}

    def add(self, url: str, body: str | bytes = b"", **options: Any) -> Answer:
        answer = Answer(body.encode() if isinstance(body, str) else body, **options)
        self.answers[url] = answer
        return answer

    def asked(self, part: str = "") -> list[Asked]:
        """The requests whose URL contains `part`, in order."""
        with self.lock:
            return [r for r in self.requests if part in r.url]

    def pages(self) -> list[str]:
        """The article addresses asked for: everything but robots.txt and listings."""
        listings = ("/robots.txt", ".xml", ".json")
        return [r.url for r in self.asked() if not urlsplit(r.url).path.endswith(listings)]

    def forget(self) -> None:
        with self.lock:
            self.requests.clear()

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        started = time.monotonic()
        url = handler.path if handler.path.startswith("http") else f"{self.origin}{handler.path}"
        answer = self._pick(url)
        if answer.gate:
            answer.gate.wait(60)
        if answer.delay:
            time.sleep(answer.delay)
        etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
        status, body = answer.status, answer.body
        if status == 200 and answer.conditional and handler.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self._send(handler, answer, status, body, etag)
        with self.lock:
            headers = {k.lower(): v for k, v in handler.headers.items()}
            self.requests.append(Asked(url, status, started, time.monotonic(), headers))

    def _pick(self, url: str) -> Answer:
        with self.lock:
            answer = self.answers.get(url) or Answer(b"<h1>Not found</h1>", status=404)
            if answer.times is not None:
                answer.times -= 1
                if answer.times <= 0:
                    self.answers[url] = answer.then or Answer(b"<h1>Not found</h1>", status=404)
            return answer

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, answer: Answer, status: int, body: bytes, etag: str) -> None:
        handler.send_response(status)
        if status == 200 and answer.conditional:
            handler.send_header("ETag", etag)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if answer.drop_after is None:
            handler.wfile.write(body)
        else:
            handler.wfile.write(body[: answer.drop_after])
            handler.close_connection = True


def feed(host: str, items: Sequence[tuple[str, str, datetime | None]]) -> str:
    """An RSS 2.0 feed of (path or URL, title, time) items."""
    rows = []
    for path, title, when in items:
        link = path if path.startswith("http") else f"http://{host}{path}"
        stamp = f"<pubDate>{email.utils.format_datetime(when)}</pubDate>" if when else ""
        rows.append(f"<item><title>{escape(title)}</title><link>{escape(link)}</link>{stamp}</item>")
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel>"
        f"<title>{host}</title><link>http://{host}/</link><description>news</description>{''.join(rows)}"
        "</channel></rss>"
    )


def article(title: str, paragraphs: Sequence[str], *, lang: str = "en", published: str = "", head: str = "") -> str:
    """An article page with the usual furniture around the text."""
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    stamp = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:type" content="article">{stamp}{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/world">World</a></nav>'
        f"<main><article><h1>{escape(title)}</h1>{body}</article></main>"
        "<footer>All rights reserved</footer></body></html>"
    )


def gzipped(text: str) -> bytes:
    return gzip.compress(text.encode())
