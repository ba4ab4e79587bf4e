"""The loopback web answers what it was given, under any host, and tells what it was asked."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.web import Document, Web, serve

PAGE = Document("http://paper.example/a", b"<p>text</p>" * 100)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serve([PAGE], tmp_path_factory.mktemp("web")) as running:
        yield running


def ask(web: Web, url: str, method: str = "GET", **headers: str) -> Any:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": web.proxy}))
    request = urllib.request.Request(url, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with opener.open(request, timeout=60) as answer:
        return answer.status, dict(answer.headers), answer.read()


def test_a_document_is_answered_plain_or_compressed(web: Web) -> None:
    assert ask(web, PAGE.url)[2] == PAGE.body
    _, headers, body = ask(web, PAGE.url, Accept_Encoding="gzip")
    assert (headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", PAGE.body)


def test_head_is_answered_without_a_body(web: Web) -> None:
    status, headers, body = ask(web, PAGE.url, "HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(len(PAGE.body)), b"")


def test_an_unchanged_document_and_an_unknown_one_are_told_by_status_and_kept(web: Web) -> None:
    etag = ask(web, PAGE.url)[1]["ETag"]
    web.asked()
    for url, headers in ((PAGE.url, {"If_None_Match": etag}), ("http://other.example/", {})):
        with pytest.raises(urllib.error.HTTPError):
            ask(web, url, **headers)
    assert web.asked() == [(PAGE.url, 304), ("http://other.example/", 404)]
    assert web.asked() == []


def test_contestants_are_sent_to_it_by_their_environment(web: Web) -> None:
    assert web.environment()["http_proxy"] == f"http://127.0.0.1:{web.port}"
