"""A fake web over real HTTP on 127.0.0.1: pages by URL, answered directly or, for any host name, as a proxy.

    with Site() as site:
        site.add("http://paper.example/rss.xml", feed(...))
        environment = site.proxy_environment()     # http_proxy for a child process
        site.requests                              # what was asked, in order, with times and headers

Nothing leaves the machine: a host that has no page answers 404. The server is that of the demonstration; here it
learns to fail.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from scheduler.demo import web
from scheduler.demo.listings import Item, rss


@dataclass
class Answer(web.Answer):
    """What a URL answers. `times` limits it to the first N requests, after which `then` answers (404 when None)."""

    gate: threading.Event | None = None
    """The answer waits until it is set."""
    drop_after: int | None = None
    times: int | None = None
    then: Answer | None = None


class Site(web.Web):
    """The server; a context manager that starts and stops it."""

    answer_class = Answer

    def pages(self) -> list[str]:
        """The article addresses asked for: everything but robots.txt and listings."""
        listings = ("/robots.txt", ".xml", ".json")
        return [r.url for r in self.asked() if not urlsplit(r.url).path.endswith(listings)]

    def pick(self, url: str) -> Any:
        answer = super().pick(url)
        if isinstance(answer, Answer) and answer.times is not None:
            answer.times -= 1
            if answer.times <= 0:
                self.answers[url] = answer.then or Answer(b"<h1>Not found</h1>", status=404)
        return answer

    def wait(self, answer: web.Answer) -> None:
        if isinstance(answer, Answer) and answer.gate:
            answer.gate.wait(60)
        super().wait(answer)

    def write(self, handler: BaseHTTPRequestHandler, answer: web.Answer, body: bytes) -> None:
        if isinstance(answer, Answer) and answer.drop_after is not None:
            super().write(handler, answer, body[: answer.drop_after])
            handler.close_connection = True
        else:
            super().write(handler, answer, body)


def feed(host: str, items: Sequence[tuple[str, str, datetime | None]]) -> str:
    """An RSS 2.0 feed of (path or URL, title, time) items."""
    site = f"http://{host}"
    listed = [
        Item(url=path if path.startswith("http") else f"{site}{path}", title=title, published=when)
        for path, title, when in items
    ]
    return rss(f"{site}/", host, listed)


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
