"""The index of fingerprints at ten thousand to ten million articles: what it costs and how it grows.

For each size a store is filled with composed fingerprints (index_build.py), a thousand articles are put in by the
product's own function, and a fresh process looks up copies of these and strangers (index_probe.py) after the file was
dropped from the system's cache. Ten million articles take some 15 GB of disk for the index, as much again while it is
sorted, and half an hour; a million takes three minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.index_build import build, fresh, insert
from benchmarks.machine import machine
from benchmarks.table import Cell, table

SIZES = (10_000, 100_000, 1_000_000)
PUT_IN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What the index is like at one size."""

    articles: int
    build_s: float
    disk_mb: float
    insert_ms: float
    """Of one article in a transaction of twenty, with its share of the commit; the median."""
    look_up: dict[str, Any]
    """As index_probe.py prints it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="articles in the index")
    parser.add_argument("--folder", type=Path, help="where the stores are made, and removed; default: temporary")


def run(given: argparse.Namespace) -> dict[str, object]:
    """Measures, prints the table (unless --json) and returns what --json prints."""
    found = [measured(size, given.folder) for size in given.sizes]
    if not given.json:
        print(report(found))
    return {"machine": machine(), "sizes": [_row(one) for one in found]}


def measured(articles: int, folder: Path | None = None) -> Size:
    """Build, put in, look up."""
    with tempfile.TemporaryDirectory(prefix="silkwatch-bench-", dir=folder) as scratch:
        path, copies = Path(scratch) / "index.db", Path(scratch) / "copies.json"
        print(f"{articles:,} articles …", file=sys.stderr, flush=True)
        begun = perf_counter()
        build(path, articles)
        built = perf_counter() - begun
        rng = random.Random(3)
        prints = {articles + number: fresh(number, rng) for number in range(1, PUT_IN + 1)}
        taken = insert(path, prints)
        chosen = rng.sample(sorted(prints), PUT_IN // 3)
        copies.write_text(json.dumps([(one, prints[one].hashes) for one in chosen]), "utf-8")
        return Size(
            articles=articles, build_s=built, disk_mb=path.stat().st_size / 2**20,
            insert_ms=1000 * statistics.median(taken), look_up=look_up(path, copies),
        )  # fmt: skip


def look_up(path: Path, copies: Path) -> dict[str, Any]:
    """What a fresh process measures."""
    command = [sys.executable, "-P", "-m", "benchmarks.index_probe", str(path), str(copies)]
    home = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(home), "PATH": "/usr/bin:/bin"}
    )
    if done.returncode:
        raise RuntimeError(f"the probe failed: {done.stderr.strip()[-600:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def report(found: list[Size]) -> str:
    """A row for each size."""
    head = (
        "articles", "disk MB", "bytes an article", "insert ms", "open ms", "first ms", "cold p50 / p95 ms",
        "warm p50 / p95 ms", "copies found", "peak MB",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        seen = one.look_up
        spans = (f"{seen[kind]['p50_ms']:.2f} / {seen[kind]['p95_ms']:.2f}" for kind in ("cold", "warm"))
        rows.append(
            (one.articles, one.disk_mb, int(one.disk_mb * 2**20 / (one.articles + PUT_IN)), one.insert_ms,
             seen["open_ms"], seen["first_ms"], *spans, f"{seen['found']:.1%}", seen["peak_mb"])
        )  # fmt: skip
    return f"{machine()}\n\n{table(head, rows)}"


def _row(one: Size) -> dict[str, object]:
    return {
        "articles": one.articles,
        "build_s": round(one.build_s, 1),
        "disk_mb": round(one.disk_mb, 1),
        "insert_ms": round(one.insert_ms, 3),
        **one.look_up,
    }
