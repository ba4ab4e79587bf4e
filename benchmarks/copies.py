"""What telling copies costs beside extracting the text, on the same articles in one run.

A store holds real articles (composed ones where no corpus lies beside the checkout) and composed fingerprints up to
each size (index_build.py). New articles come in: half are copies of stored ones as other sites make them
(edits_make.py), half are stored nowhere. Each is set into the markup of a real page; trafilatura extracts the text
from the page, and the product prepares and fingerprints the same text, looks it up, and compares it with its
neighbours, as a pass does it: nothing of the new text is in memory.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

from benchmarks import compose
from benchmarks.edits import NOW, SOURCE, stock_of
from benchmarks.edits_corpus import Document
from benchmarks.edits_make import KINDS, Expected
from benchmarks.index_build import build
from benchmarks.machine import machine
from benchmarks.pages import corpus_articles, markup
from benchmarks.reset import set_into
from benchmarks.table import Cell, table
from crawler import grouping, urls
from crawler.analysis.compare import Side
from crawler.analysis.fingerprint import fingerprint
from crawler.analysis.precedence import Claim
from crawler.collector import settle
from store import articles, runs
from store import sources as source_rows
from store.database import Store
from store.models import Article, DateOrigin, Label, Precision, Published, Reading, Relevance, Role

SIZES = (100_000, 1_000_000)
NEW = 200
STORED = 2000
STAGES = ("prepare", "look up", "compare")


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """An article that comes in, and the page that it comes in."""

    title: str
    text: str
    page: str
    copy: bool
    """Whether the store holds what it is a copy of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU milliseconds of one article."""

    copy: bool
    extract: float
    stages: tuple[float, ...]
    """As `STAGES` names them."""
    compared: int
    told: bool
    """Whether it was decided to be a copy."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="fingerprints in the index")
    parser.add_argument("--new", type=int, default=NEW, help=f"articles that come in (default {NEW})")
    parser.add_argument("--folder", type=Path, help="where the stores are made, and removed; default: temporary")


def run(given: argparse.Namespace) -> dict[str, object]:
    """Measures, prints the table (unless --json) and returns what --json prints."""
    known, new = corpus(given.new)
    found = {size: measured(size, known, new, given.folder) for size in given.sizes}
    if not given.json:
        print(report(found, len(known)))
    return {
        "machine": machine(),
        "stored": len(known),
        "sizes": {size: summary(some) for size, some in found.items()},
    }


def corpus(count: int) -> tuple[list[Document], list[New]]:
    """Articles for the store, and those that come in."""
    rng = random.Random(11)
    documents = _documents()
    rng.shuffle(documents)
    strangers, known = documents[: count // 2], documents[count // 2 :][:STORED]
    stock = stock_of("en", known, rng)
    kinds = [kind for kind in KINDS.values() if kind.expected is Expected.COPY]
    copies = [
        Document(one.id, one.title, kinds[number % len(kinds)].edit(one.text, rng, stock), "en")
        for number, one in enumerate(rng.sample(known, count - len(strangers)))
    ]
    pages = _pages()
    new = [_new(one, next(pages), copy=False) for one in strangers] + [
        _new(one, next(pages), copy=True) for one in copies
    ]
    rng.shuffle(new)
    return known, new


def _documents() -> list[Document]:
    found = [
        Document(str(number), title, "\n".join(paragraphs), "en")
        for number, (title, paragraphs) in enumerate(corpus_articles())
    ]
    if found:
        return found
    told = (compose.story(number, beat=True) for number in range(STORED + NEW))
    return [Document(str(number), one.title, "\n".join(one.paragraphs), "en") for number, one in enumerate(told)]


def _pages() -> Iterator[bytes]:
    """Markup of real pages, again and again; of composed ones where there are none."""
    found = list(markup()) or [
        compose.page(compose.story(n, beat=False), site="paper.example", seed=n, weight_kb=110) for n in range(50)
    ]
    while True:
        yield from found


def _new(one: Document, page: bytes, *, copy: bool) -> New:
    paragraphs = [line for line in one.text.split("\n") if line.strip()]
    body = set_into(page, one.title, paragraphs)
    if body is None:
        body = set_into(_PLAIN, one.title, paragraphs)
    assert body is not None, "a plain page has a place for a text"
    return New(title=one.title, text=one.text, page=body.decode(), copy=copy)


_PLAIN = f"<!doctype html><html><head><title>-</title></head><body><article><p>{'text ' * 200}</p></article>".encode()


def measured(size: int, known: Sequence[Document], new: Sequence[New], folder: Path | None = None) -> list[Cost]:
    """Each new article's cost beside an index of `size` fingerprints and the known articles."""
    with tempfile.TemporaryDirectory(prefix="silkwatch-bench-", dir=folder) as scratch:
        path = Path(scratch) / "copies.db"
        print(f"{size:,} fingerprints …", file=sys.stderr, flush=True)
        build(path, size, first=len(known) + 1)
        with Store.open(path) as store:
            _fill(store, known)
            _cost(store, new[0])  # modules and word lists are read when they are first needed
            settle()  # as every process of a pass does
            return [_cost(store, one) for one in new]


def _fill(store: Store, known: Sequence[Document]) -> None:
    with store.write():
        source_rows.sync(store, [SOURCE], NOW)
        run_id = runs.start(store, kind="news", source_ids=[SOURCE.id], now=NOW, pid=1)
        for number, one in enumerate(known):
            article = Article(
                url=f"https://own.example/{number}", source_id=SOURCE.id, title=one.title, text=one.text,
                language="en", site="own.example", published=_published(NOW - timedelta(hours=number)),
            )  # fmt: skip
            reading = Reading(
                article=article,
                relevance=Relevance(score=1.0, label=Label.CENTRAL),
                fingerprint=fingerprint(one.text),
            )
            articles.insert(store, reading, source=SOURCE, story_id=None, run_id=run_id, now=NOW)


def _cost(store: Store, one: New) -> Cost:
    import trafilatura

    begun = process_time()
    trafilatura.extract(one.page)
    extracted = process_time()
    found = fingerprint(one.text)
    prepared = process_time()
    shares = grouping.candidates(store, found)
    looked_up = process_time()
    near = [grouping.neighbour(store, _text(one), shared) for shared in shares]
    done = process_time()
    stages = (prepared - extracted, looked_up - prepared, done - looked_up)
    told = any(grouping.is_copy(item.comparison) for item in near)
    return Cost(
        copy=one.copy, extract=1000 * (extracted - begun), stages=tuple(1000 * s for s in stages),
        compared=len(near), told=told,
    )  # fmt: skip


def _published(when: datetime) -> Published:
    return Published(when, Precision.MINUTE, DateOrigin.JSON_LD)


def _text(one: New) -> grouping.Text:
    url = "https://other.example/1"
    side = Side(title=one.title, text=one.text, url=url, site=urls.site(url), published=NOW, language="en")
    claim = Claim(
        url=url, site=side.site, role=Role.PUBLISHER, credit="", published=_published(NOW), length=len(one.text)
    )
    return grouping.Text(side=side, claim=claim)


def summary(costs: Sequence[Cost]) -> dict[str, dict[str, float]]:
    """Means over strangers, copies and all of them; `share` is that of extraction."""
    kinds = {"strangers": False, "copies": True}
    parts = {name: [cost for cost in costs if cost.copy is copy] for name, copy in kinds.items()} | {
        "all": list(costs)
    }
    return {name: _mean(some) for name, some in parts.items()}


def _mean(costs: Sequence[Cost]) -> dict[str, float]:
    extract = statistics.fmean(cost.extract for cost in costs)
    stages = [statistics.fmean(cost.stages[at] for cost in costs) for at in range(len(STAGES))]
    return {
        "articles": len(costs),
        "extract_ms": extract,
        **{f"{name}_ms".replace(" ", "_"): ms for name, ms in zip(STAGES, stages, strict=True)},
        "share": sum(stages) / extract,
        "compared": statistics.fmean(cost.compared for cost in costs),
        "told": statistics.fmean(cost.told for cost in costs),
    }


def report(found: dict[int, list[Cost]], known: int) -> str:
    """A row for strangers and copies at each size."""
    head = (
        "index",
        "articles",
        "trafilatura ms",
        *(f"{name} ms" for name in STAGES),
        "share",
        "compared",
        "told copies",
    )
    rows: list[tuple[Cell, ...]] = []
    for size, costs in found.items():
        for name, mean in summary(costs).items():
            rows.append(
                (
                    f"{size:,}",
                    name,
                    *list(mean.values())[1:5],
                    f"{mean['share']:.0%}",
                    mean["compared"],
                    f"{mean['told']:.0%}",
                )
            )
    return f"{known} articles stored. {machine()}\n\n{table(head, rows)}"
