"""Where the CPU time of a page goes: every stage of the product's own code, on the same pages as the crawl benchmark.

The stages run in one process, page after page, as the workers and the writer run them; every page is looked at and
extracted, as with SILKWATCH_LOOK=False. What Scrapy costs (listings, robots.txt, fetching, queues, processes) is the
CPU of a whole crawl of these pages without its start-up, minus the stages; the start-up is a crawl of empty feeds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.contestants import CONTESTANTS
from benchmarks.crawl import crawl
from benchmarks.machine import machine
from benchmarks.pages import PageSet, page_set
from benchmarks.probes import Probes
from benchmarks.table import table

STAGES = {
    "look at the raw page": ["crawler.extraction.look:Look.sides"],
    "decode and parse": ["crawler.extraction.charset:decode", "crawler.extraction.tree:parse"],
    "metadata, title, authors": [
        "crawler.extraction.metadata:read",
        "crawler.extraction.titles:choose",
        "crawler.extraction.authors:names",
        "crawler.extraction.paywall:is_paywalled",
    ],
    "dates": ["crawler.extraction.dates:published", "crawler.extraction.dates:modified"],
    "refusals": ["crawler.extraction.refusals:look", "crawler.extraction.refusals:of_page"],
    "place of the text": [
        "crawler.extraction.clearing:strip",
        "crawler.extraction.clearing:clear",
        "crawler.extraction.frame:find",
    ],
    "body (trafilatura)": ["crawler.extraction.body:extract", "crawler.extraction.body:default"],
    "language": ["crawler.analysis.language:identify"],
    "relevance": ["crawler.analysis.relevance:judge"],
    "topics": ["crawler.analysis.topics:assign"],
    "fingerprint": ["crawler.analysis.fingerprint:fingerprint"],
    "near look-up": ["store.fingerprints:candidates_for"],
    "comparison": ["crawler.analysis.compare:compare", "crawler.analysis.compare:compare_with_seed"],
    "verdict": ["crawler.verdict:decide"],
}
"""Stages in the order of a page's way, by the functions that are each stage's door."""
SCRAPY = "Scrapy: listings, robots.txt, fetching, processes"


@dataclass(frozen=True, slots=True)
class Row:
    """A stage: its CPU seconds over all pages, and how often it ran."""

    stage: str
    seconds: float
    calls: int

    def ms(self, times: int) -> float | None:
        """CPU milliseconds each, for so many pages or calls."""
        return 1000 * self.seconds / times if times else None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=300, help="pages to read (default 300)")
    parser.add_argument("--no-crawl", action="store_true", help="leave Scrapy and the start-up out")


def run(given: argparse.Namespace) -> dict[str, object]:
    """Measures, prints the table (unless --json) and returns what --json prints."""
    pages = page_set(given.pages)
    start_up = None
    with tempfile.TemporaryDirectory(prefix="silkwatch-bench-") as scratch:
        rows = stages(pages, Path(scratch) / "stages.db")
        if not given.no_crawl:
            rest, start_up = scrapy(pages, rows, Path(scratch))
            rows.append(rest)
    if not given.json:
        print(report(pages, rows, start_up))
    count = len(pages.pages)
    return {
        "machine": machine(),
        "pages": count,
        "real": pages.real,
        "start_up_cpu_s": start_up,
        "stages": {r.stage: {"cpu_ms_a_page": r.ms(count), "calls": r.calls} for r in rows},
    }


def stages(pages: PageSet, db: Path) -> list[Row]:
    """Every page through the product's code, stage by stage."""
    from benchmarks.inside import Inside  # loads the product, which must happen before it is probed

    with Inside(db, pages) as inside:
        inside.warm_up(pages.pages[0])
        with Probes(STAGES) as probes:
            for page in pages.pages:
                inside.process(page, probes)
    return [Row(stage, seconds, probes.calls[stage]) for stage, seconds in probes.seconds.items()]


def scrapy(pages: PageSet, rows: Sequence[Row], folder: Path) -> tuple[Row, float]:
    """What a crawl of the pages costs beyond its stages and its start-up, and the start-up in CPU seconds."""
    (every_page,) = [c for c in CONTESTANTS if c.key == "silkwatch-all"]
    (nothing,) = crawl(replace(pages, pages=()), [every_page], folder / "empty")
    (whole,) = crawl(pages, [every_page], folder / "whole")
    inside = sum(row.seconds for row in rows if row.stage != next(iter(STAGES)))
    count = len(pages.pages)
    return Row(SCRAPY, whole.cpu - nothing.cpu - inside, count), nothing.cpu


def report(pages: PageSet, rows: Sequence[Row], start_up: float | None) -> str:
    """The table, in the order of a page's way."""
    count, total = len(pages.pages), sum(row.seconds for row in rows)
    cells = [(r.stage, r.ms(count), f"{100 * r.seconds / total:.1f} %", r.calls, r.ms(r.calls)) for r in rows]
    whole = ("all", 1000 * total / count, "100 %", count, None)
    what = "real news pages" if pages.real else f"composed pages ({pages.why_composed})"
    intro = f"{count} {what} of {pages.mean_kb:.0f} KB on average, every page extracted. {machine()}"
    tail = f"\n\nStart-up of a pass, whatever it finds: {start_up:.1f} CPU s." if start_up is not None else ""
    return f"{intro}\n\n{table(('', 'CPU ms a page', 'share', 'calls', 'CPU ms a call'), [*cells, whole])}{tail}"
