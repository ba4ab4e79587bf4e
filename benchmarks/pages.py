"""The pages that every contestant is given: real ones where the shared data lies beside the checkout, else composed.

One page in ten concerns the beat. Real pages that do are too few, so the text of real articles on Iran and China is
set into the markup of real pages of other publishers, which keep their weight and their furniture.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import compose
from benchmarks.reset import set_into
from benchmarks.web import Document

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SITES = 20
"""The pages are spread over so many hosts, each with a feed: a morning's pass over general news sources."""
ONE_IN = 10
SMALLEST, LARGEST = 60_000, 1_300_000
"""Bytes of the real pages that are taken: shorter ones are mostly from before 2010, longer ones rare."""
_HEADLINE = re.compile(r"\b(China|Chinese|Beijing)\b")
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be crawled."""

    url: str
    title: str
    body: bytes
    beat: bool
    """True for one that concerns the beat."""

    @property
    def document(self) -> Document:
        return Document(self.url, self.body, f"text/html{'; charset=utf-8' if _is_utf8(self.body) else ''}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSet:
    pages: tuple[Page, ...]
    real: bool
    why_composed: str = ""
    sites: int = SITES

    @property
    def mean_kb(self) -> float:
        return sum(len(p.body) for p in self.pages) / max(len(self.pages), 1) / 1024

    def feeds(self) -> list[str]:
        """The addresses of the feeds that list the pages."""
        return [f"http://{_host(number, self.sites)}/rss.xml" for number in range(self.sites)]

    def documents(self) -> list[Document]:
        """Pages, feeds and robots.txt, as served."""
        found = [page.document for page in self.pages]
        for number in range(self.sites):
            host, listed = _host(number, self.sites), self.pages[number :: self.sites]
            items = [(p.url, p.title, compose.FIRST_DAY + timedelta(minutes=i)) for i, p in enumerate(listed)]
            found.append(Document(f"http://{host}/rss.xml", compose.feed(host, items), "application/rss+xml"))
            found.append(Document(f"http://{host}/robots.txt", ROBOTS, "text/plain"))
        return found


def page_set(count: int, *, data: Path = SHARED) -> PageSet:
    """`count` pages, one in ten of them on the beat; the same ones at every call."""
    if not (data / "extraction" / "gold.jsonl").is_file():
        return PageSet(pages=composed(count), real=False, why_composed="the shared real pages are not here")
    found = real_pages(count, data)
    if len(found) < count:
        why = f"the shared data has {len(found)} real pages"
        return PageSet(pages=composed(count), real=False, why_composed=why)
    return PageSet(pages=found, real=True)


def composed(count: int, *, sites: int = SITES, one_in: int = ONE_IN, weight_kb: int = 110) -> tuple[Page, ...]:
    """Pages of our own of about `weight_kb` kilobytes, one in `one_in` on the beat (0: none)."""
    pages = []
    for number in range(count):
        on_beat = one_in > 0 and number % one_in == 0
        told = compose.story(number, beat=on_beat)
        body = compose.page(told, site=_host(number, sites), seed=number, weight_kb=weight_kb)
        pages.append(Page(url=_url(number, sites), title=told.title, body=body, beat=on_beat))
    return tuple(pages)


def real_pages(count: int, data: Path) -> tuple[Page, ...]:
    """Real pages, spread over publishers by the hash of their ids; fewer than `count` when there are not enough."""
    others, stories = _others(data), _beat_stories(data)
    pages: list[Page] = []
    while len(pages) < count:
        number, wanted = len(pages), len(pages) % ONE_IN == 0
        try:
            title, body = next(others)
            told = next(stories) if wanted else None
        except StopIteration:
            break
        if told is not None:
            reset = set_into(body, *told)
            if reset is None:
                continue
            title, body = told[0], reset
        pages.append(Page(url=_url(number, SITES), title=title, body=body, beat=told is not None))
    return tuple(pages)


def _others(data: Path) -> Iterator[tuple[str, bytes]]:
    """(title, bytes) of real news pages, without those that name both sides of the beat."""
    rows = []
    for folder, listing in (("extraction", "gold.jsonl"), ("pages", "pages.jsonl")):
        rows += [{**row, "path": data / folder / row["file"]} for row in _jsonl(data / folder / listing)]
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    for row in rows:
        article = row.get("kind", "article") == "article" and SMALLEST <= row["bytes"] <= LARGEST
        if article and not (row["mentions_iran"] and row["mentions_china"]):
            yield row.get("title") or row["id"], gzip.decompress(row["path"].read_bytes())


def corpus_articles(data: Path = SHARED) -> list[tuple[str, list[str]]]:
    """(title, paragraphs) of the articles of one real site; none where the shared data is not here."""
    file = data / "corpus" / "tehrantimes.jsonl.gz"
    return [(row["slug"], unnested(row["text"])) for row in _jsonl(file)] if file.is_file() else []


def markup(data: Path = SHARED) -> list[bytes]:
    """Real pages of many publishers; none where the shared data is not here."""
    return [body for _, body in _others(data)] if (data / "extraction" / "gold.jsonl").is_file() else []


def _beat_stories(data: Path) -> Iterator[tuple[str, list[str]]]:
    """(title, paragraphs) of real articles that name both sides often, one of them in the headline."""
    for row in _jsonl(data / "corpus" / "tehrantimes.jsonl.gz"):
        paragraphs = unnested(row["text"])
        named = row["n_iran"] >= 3 and row["n_china"] >= 3 and _HEADLINE.search(row["slug"])
        if named and 1200 <= sum(map(len, paragraphs)) <= 8000:
            yield row["slug"], paragraphs


def unnested(text: str) -> list[str]:
    """The paragraphs of a text in which each line goes on with all the lines after it (`<p>` within `<p>`)."""
    printable = "".join(c if c.isprintable() or c.isspace() else " " for c in text)
    lines = [" ".join(line.split()) for line in printable.splitlines() if line.strip()]
    after = [*lines[1:], ""]
    return [p for line, rest in zip(lines, after, strict=True) if (p := line.removesuffix(rest).strip() or line)]


def _jsonl(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines():
        yield json.loads(line)


def _host(number: int, sites: int) -> str:
    return f"paper-{number % sites + 1:02d}.example"


def _url(number: int, sites: int) -> str:
    return f"http://{_host(number, sites)}/news/2026/11/20/story-{number:05d}.html"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
