"""Every reason why a page is no article is reached by a page that has it, documented, and kept from real articles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extraction.page import read_page
from crawler.extraction.refusals import CODES
from store.models import Article, Link, Rejection, Source

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
ARTICLE = "https://paper.example/world/port-agreement-48213"
SECTION = "https://paper.example/world/"
SOURCE = Source(
    id="paper", name="The Paper", homepage="https://paper.example", country="DE", language="en", perspective="western"
)
PROSE = "<p>Officials of both governments said on Monday that the port would be enlarged within ten years.</p>"
LINKS = "".join(
    f'<li><a href="/world/{n}">A headline of another article about the harbour, number {n}</a></li>'
    for n in range(40)
)
DOCS = Path(__file__).resolve().parents[3] / "docs" / "extraction.md"


def page(title: str, body: str, head: str = "") -> bytes:
    html = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{html}<body>{body}</body></html>".encode()


def json_ld(kind: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "name": "A thing"}}</script>'


REFUSED = {
    "empty_page": [(b" \n ", ARTICLE)],
    "not_html": [
        (b"%PDF-1.7 ...", ARTICLE),
        (b'{"items": []}', ARTICLE),
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel></channel></rss>', ARTICLE),
        (b"\x89PNG\r\n\x1a\n", ARTICLE),
    ],
    "challenge": [
        (page("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>"), ARTICLE),
        (page("安全验证", "<p>请完成验证</p>"), ARTICLE),
    ],
    "consent_wall": [
        (page("Before you continue", "<p>We and our partners store cookies.</p>"), ARTICLE),
        (page("The Paper", "<p>We use cookies. See our cookie policy. Consent or leave.</p>"), ARTICLE),
    ],
    "login_wall": [
        (page("Log in | The Paper", "<form><input name=user></form><p>Log in to read on.</p>"), ARTICLE),
        (page("The Paper", '<form><input type="password"></form><p>Members only.</p>'), ARTICLE),
    ],
    "error_page": [
        (page("404 - The Paper", "<h1>Page not found</h1>"), ARTICLE),
        (page("خبرگزاری", "<h1>صفحه مورد نظر یافت نشد</h1>"), ARTICLE),
        (page("提示", "<h1>您访问的页面不存在</h1>"), ARTICLE),
        (page("Ошибка 404", "<p>Страница не найдена</p>"), ARTICLE),
    ],
    "front_page": [(page("The Paper", PROSE * 3), "https://paper.example/")],
    "listing": [
        (page("World", f"<h1>World</h1><ul>{LINKS}</ul>"), SECTION),
        (page("World", PROSE * 4, json_ld("CollectionPage")), SECTION),
    ],
    "not_article": [
        (page("A thing", PROSE * 4, json_ld("Product")), ARTICLE),
        (page("A reader", PROSE * 4, '<meta property="og:type" content="profile">'), ARTICLE),
    ],
    "no_text": [(page("A headline of an article", "<div></div>"), ARTICLE)],
    "too_short": [(page("A headline of an article", "<p>Soon.</p>"), ARTICLE)],
}


def read(body: bytes, url: str, *, content_type: str = "", link: Link | None = None) -> Article | Rejection:
    return read_page(
        body, url=url, headers_charset=None, source=SOURCE, link=link, now=NOW, content_type=content_type
    )


def test_every_code_has_a_page_that_it_refuses() -> None:
    assert set(REFUSED) == set(CODES)


@pytest.mark.parametrize(
    ("code", "body", "url"), [(code, *case) for code, cases in REFUSED.items() for case in cases]
)
def test_a_page_is_refused_for_its_reason(code: str, body: bytes, url: str) -> None:
    result = read(body, url)
    assert isinstance(result, Rejection)
    assert result.code == code
    assert result.detail.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_documented_with_its_meaning(code: str) -> None:
    assert f"| `{code}` | {CODES[code]} |" in DOCS.read_text("utf-8")


def test_another_media_type_is_refused_unless_the_bytes_are_html() -> None:
    assert isinstance(read(b"just words", ARTICLE, content_type="application/octet-stream"), Rejection)
    html = page("Port to be enlarged", PROSE * 3)
    assert isinstance(read(html, ARTICLE, content_type="application/octet-stream"), Article)


ACCEPTED = {
    "a brief of one sentence": page("Port to be enlarged", f"<h1>Port to be enlarged</h1>{PROSE}"),
    "a Chinese brief of twenty characters": page(
        "伊朗外长抵京", "<p>伊朗外长二日清晨抵达北京访问两天会见中国外长。</p>"
    ),
    "a brief among more links than text": page("Port", f"<ul>{LINKS}</ul><h1>Port</h1>{PROSE}"),
    "an article about cookies": page("We use cookies, and consent", PROSE * 12),
    "an article about a page that was not found": page("The page not found in the archive", PROSE * 12),
    "a short article that calls itself one": page(
        "Log in to the port", "<p>It opened.</p>", '<meta property="og:type" content="article">'
    ),
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_an_article_is_not_refused(what: str) -> None:
    assert isinstance(read(ACCEPTED[what], ARTICLE), Article)


def test_a_listed_headline_outweighs_the_look_of_a_list() -> None:
    body = page("Port to be enlarged", f"<ul>{LINKS}</ul><h1>Port to be enlarged</h1>{PROSE}")
    assert isinstance(read(body, SECTION), Rejection)
    assert isinstance(read(body, SECTION, link=Link(url=SECTION, title="Port to be enlarged")), Article)
