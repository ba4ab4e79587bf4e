"""Search among 10,000, 100,000 and more articles: frequent and rare words, phrases, prefixes, forms, all languages.

The library is made up (`benchmarks/search_corpus.py`): seven languages, words by Zipf's law, and as in a store of the
beat nearly every text holds its two main words. Each query is asked cold (a new connection, the file dropped from the
system's cache where the system allows it) and warm; ranking, passages and matched terms are part of it. A library is
kept in --folder and used again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.search_corpus import NOW, build, index_bytes
from benchmarks.table import table
from crawler import beat
from store.database import Store
from store.search import find, index
from store.search.query import Expand
from store.search.vocabulary import Vocabulary

QUERIES: tuple[tuple[str, str, str], ...] = (
    ("two frequent words", "", "Iran China"),
    ("two frequent words", "", "ایران چین"),
    ("two frequent words", "", "伊朗 中国"),
    ("two frequent words", "", "Иран Китай"),
    ("two frequent words", "", "إيران الصين"),
    ("one frequent word", "", "iran"),
    ("one frequent word", "", "中国"),
    ("one frequent word", "", "چین"),
    ("with a rarer word", "", "Iran China corridor"),
    ("with a rarer word", "", "伊朗 油轮"),
    ("with a rarer word", "", "ایران نفتکش"),
    ("with a rarer word", "", "Иран переговоры"),
    ("with a rarer word", "", "بكين ناقلة"),
    ("with a rarer word", "", "petrol liman"),
    ("rare words", "", "teapot uranium"),
    ("rare words", "", "茶壶炼厂"),
    ("rare words", "", "توافق‌نامه اورانیوم"),
    ("rare words", "", "Embargo Politik"),
    ("phrase", "", '"Iranian oil"'),
    ("phrase", "", '"伊朗石油"'),
    ("phrase", "", '"نفت ایران"'),
    ("prefix", "", "sanct* tanker"),
    ("prefix", "", "نفت*"),
    ("one character", "", "油"),
    ("without, or", "", "Iran -China -oil"),
    ("without, or", "", "oil OR tanker OR refinery iran"),
    ("narrowed", "", "iran china lang:de"),
    ("narrowed", "", "iran china since:7d"),
    ("newest first", "newest", "Iran China"),
    ("newest first", "newest", "伊朗 石油"),
    ("all languages", "expand", "Iran China"),
    ("all languages", "expand", "Iran China oil"),
    ("all languages", "expand", "伊朗 制裁"),
    ("all languages", "expand", "uranium refinery"),
    ("nothing", "", "Iran wordthatisnowhere"),
)
"""What kind of query it is, how it is asked, and what is typed."""
_WARM = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--articles", metavar="N,…", default="10000,100000", help="sizes of libraries (%(default)s)")
    parser.add_argument("--folder", type=Path, default=Path("data/bench-search"), help="where they lie (%(default)s)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Every query on every library."""
    vocabulary = Vocabulary(beat.search_concepts(beat.default_folder())).expand
    arguments.folder.mkdir(parents=True, exist_ok=True)
    found = [_measure(arguments.folder, int(size), vocabulary) for size in arguments.articles.split(",")]
    if not arguments.json:
        print("\n\n".join((machine(), _summary(found), *map(_kinds, found))))
    return {"machine": machine(), "libraries": found}


def _measure(folder: Path, size: int, vocabulary: Expand) -> dict[str, Any]:
    path = folder / f"{size}.db"
    built = None
    if not path.exists():
        begun = time.perf_counter()
        half = path.with_suffix(".part")
        build(half, size)
        half.replace(path)
        built = time.perf_counter() - begun
    with Store.open(path) as store:  # brings a library of an older version up to date
        index.catch_up(store)
    in_index, whole = index_bytes(path)
    queries = list(_asked(path, vocabulary))
    return {"articles": size, "index_bytes": in_index, "file_bytes": whole, "built_s": built, "queries": queries}


def _asked(path: Path, vocabulary: Expand) -> Iterator[dict[str, Any]]:
    for kind, how, typed in QUERIES:
        ask = _asking(how, typed, vocabulary)
        _forget(path)
        with Store.open(path, create=False, readonly=True) as store:
            cold, _, result = _timed(ask, store)
            warm = [_timed(ask, store)[:2] for _ in range(_WARM)]
        more = "more than " if result.more else ""
        yield {
            "kind": kind, "query": f"{typed} [{how}]" if how else typed, "found": f"{more}{result.total:,}",
            "cold_ms": cold, "warm_ms": [wall for wall, _ in warm], "warm_cpu_ms": [cpu for _, cpu in warm],
        }  # fmt: skip


def _asking(how: str, typed: str, vocabulary: Expand) -> Callable[[Store], find.Result]:
    sort, expand = "newest" if how == "newest" else "relevance", vocabulary if how == "expand" else None
    return lambda store: find.search(store, typed, now=NOW, sort=sort, expand=expand)


def _timed(ask: Callable[[Store], find.Result], store: Store) -> tuple[float, float, find.Result]:
    """Milliseconds on the clock, and of CPU: on a busy machine only these tell what a search costs."""
    begun, used = time.perf_counter(), time.process_time()
    result = ask(store)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000, result


def _forget(path: Path) -> None:
    """Asks the system to drop the file from its cache."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _percentile(values: list[float], share: float) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def _summary(found: list[dict[str, Any]]) -> str:
    head = ["articles", *(f"{how} p{share}" for how in ("warm", "warm CPU", "cold") for share in (50, 95))]
    head += ["index MB", "file MB"]
    rows = []
    for library in found:
        warm, cpu = (
            [one for query in library["queries"] for one in query[name]] for name in ("warm_ms", "warm_cpu_ms")
        )
        cold = [query["cold_ms"] for query in library["queries"]]
        times = [_percentile(values, share) for values in (warm, cpu, cold) for share in (0.5, 0.95)]
        sizes = [library[name] / 1e6 for name in ("index_bytes", "file_bytes")]
        rows.append([f"{library['articles']:,}", *times, *sizes])
    return table(head, rows)


def _kinds(library: dict[str, Any]) -> str:
    rows = [
        [
            query["query"], query["found"], statistics.median(query["warm_ms"]),
            statistics.median(query["warm_cpu_ms"]), query["cold_ms"],
        ]
        for query in library["queries"]
    ]  # fmt: skip
    head = ["query", "found", "warm ms", "warm CPU ms", "cold ms"]
    return f"{library['articles']:,} articles\n\n{table(head, rows)}"
