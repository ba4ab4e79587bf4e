"""A pass over feeds that have not changed since the pass before: what it asks for and what it costs.

The first pass reads small composed pages, none of them on the beat; only the second one is judged.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.contestants import silkwatch_command
from benchmarks.machine import machine
from benchmarks.meter import Usage, measure
from benchmarks.pages import PageSet, composed
from benchmarks.table import table
from benchmarks.web import Web, serve

PAGE_KB = 4


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the feeds."""

    usage: Usage
    asked: Counter[str]
    """Requests by what they asked for: feeds answered in full or with 304, robots.txt, pages."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--feeds", type=int, default=100, help="feeds, each on a host of its own (default 100)")
    parser.add_argument("--entries", type=int, default=50, help="entries a feed (default 50)")


def run(given: argparse.Namespace) -> dict[str, object]:
    """Measures, prints the table (unless --json) and returns what --json prints."""
    with tempfile.TemporaryDirectory(prefix="silkwatch-bench-") as scratch:
        first, second = passes(given.feeds, given.entries, Path(scratch))
    if not given.json:
        print(report(given.feeds, given.entries, first, second))
    return {
        "machine": machine(),
        "feeds": given.feeds,
        "entries": given.entries,
        "first": _row(first),
        "second": _row(second),
    }


def passes(feeds: int, entries: int, folder: Path) -> tuple[Pass, Pass]:
    """The pass that reads everything, and the one that finds nothing new."""
    pages = PageSet(
        pages=composed(feeds * entries, sites=feeds, one_in=0, weight_kb=PAGE_KB), real=False, sites=feeds
    )
    command = silkwatch_command(folder, pages)
    with serve(pages.documents(), folder / "web") as web:
        return tuple(_pass(command, folder, web) for _ in range(2))  # type: ignore[return-value]  # two of them


def _pass(command: list[str], folder: Path, web: Web) -> Pass:
    print("a pass …", file=sys.stderr, flush=True)
    usage = measure(command, cwd=folder, output=folder / "output", environment=web.environment())
    if usage.status:
        said = (folder / "output").read_text("utf-8", "replace")[-800:]
        raise RuntimeError(f"the pass ended with status {usage.status}:\n{said}")
    return Pass(usage, Counter(_kind(url, status) for url, status in web.asked()))


def _kind(url: str, status: int) -> str:
    path = urlsplit(url).path
    if path == "/robots.txt":
        return "robots"
    return f"feed {status}" if path == "/rss.xml" else "page"


def report(feeds: int, entries: int, first: Pass, second: Pass) -> str:
    """Both passes as a table."""
    rows = [
        (name, p.asked.total(), p.asked["robots"], p.asked["feed 200"], p.asked["feed 304"], p.asked["page"],
         p.usage.cpu, p.usage.wall)
        for name, p in (("first pass", first), ("nothing new", second))
    ]  # fmt: skip
    head = ("", "requests", "robots.txt", "feeds in full", "feeds 304", "pages", "CPU s", "wall s")
    return f"{feeds} feeds of {entries} entries. {machine()}\n\n{table(head, rows)}"


def _row(one: Pass) -> dict[str, object]:
    return {
        "requests": one.asked.total(),
        "by_kind": dict(one.asked),
        "cpu_s": round(one.usage.cpu, 2),
        "wall_s": round(one.usage.wall, 2),
    }
