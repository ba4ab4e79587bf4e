"""`python -m benchmarks.index_probe STORE COPIES`: one fresh process that looks up articles in an index.

It prints a JSON object: milliseconds of opening the store, of the first look-up and of all others, with their median
and 95th percentile, cold and warm, and the memory of the process. COPIES is a JSON list of [article, hashes].
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.index_build import fresh
from store.database import Store
from store.fingerprints import candidates_for
from store.models import Fingerprint

STRANGERS = 300


def probe(path: Path, copies: Sequence[tuple[int, Sequence[int]]]) -> dict[str, object]:
    """Look up copies of known articles and strangers, twice: cold, then warm."""
    rng = random.Random(7)
    known = [(article, cut(hashes, rng)) for article, hashes in copies]
    strangers = [(0, fresh(number, rng)) for number in range(STRANGERS)]
    asked = [*known, *strangers]
    rng.shuffle(asked)
    begun, before = perf_counter(), memory()
    with Store.open(path, readonly=True) as store:
        opened = perf_counter() - begun
        rounds = [[_asked(store, *one) for one in asked] for _ in range(2)]
    cold, warm = ([1000 * seconds for seconds, _ in some] for some in rounds)
    hits = [hit for (_, hit), (article, _) in zip(rounds[0], asked, strict=True) if article]
    return {
        "open_ms": 1000 * opened,
        "first_ms": cold[0],
        "cold": _percentiles(cold[1:]),
        "warm": _percentiles(warm),
        "found": sum(hits) / len(hits),
        "before_mb": before,
        "peak_mb": memory("VmHWM"),
    }


def cut(hashes: Sequence[int], rng: random.Random) -> Fingerprint:
    """What a copy leaves: most of the hashes and some of its own."""
    kept = [value for value in hashes if rng.random() < 0.7]
    own = [rng.getrandbits(48) for _ in range(len(hashes) // 10)]
    return Fingerprint(
        version=1, hashes=tuple(kept + own), tokens=9 * len(hashes), digest=f"{rng.getrandbits(256):x}"
    )


def _asked(store: Store, article: int, one: Fingerprint) -> tuple[float, bool]:
    begun = perf_counter()
    found = candidates_for(store, one, limit=3)
    return perf_counter() - begun, any(shared.article_id == article for shared in found)


def _percentiles(taken: Sequence[float]) -> dict[str, float]:
    return {"p50_ms": statistics.median(taken), "p95_ms": statistics.quantiles(taken, n=20)[-1]}


def memory(name: str = "VmRSS") -> float:
    """Megabytes of this process, by the name of /proc."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def forget(path: Path) -> None:
    """Ask the system to drop the file from its cache, so that a look-up reads from the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    store_path, copies_path = map(Path, sys.argv[1:3])
    forget(store_path)
    print(json.dumps(probe(store_path, json.loads(copies_path.read_text("utf-8")))))
