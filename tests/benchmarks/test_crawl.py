"""The crawl benchmark: every contestant once on the same pages, ratios from one run, targets named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import crawl
from benchmarks.contestants import CONTESTANTS, Contestant, peer_got
from benchmarks.pages import PageSet, composed
from benchmarks.peers_home import HOME
from benchmarks.table import table

PAGES = PageSet(pages=composed(10, weight_kb=8), real=False, why_composed="tests")
FETCH = """
import json, sys, time, urllib.request
bodies = [urllib.request.urlopen(url).read() for url in open(sys.argv[1]).read().split()]
until = time.process_time() + float(sys.argv[2])
while time.process_time() < until: pass
print(json.dumps({"version": "1", "pages": len(bodies), "texts": sum(map(bool, bodies))}))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="CPU time of process trees is measured on Linux only")


def reader(key: str, seconds: float) -> Contestant:
    """A small program that fetches every page, then spends so much CPU time."""
    return Contestant(
        key=key, title=key, got=peer_got,
        command=lambda folder, _: [sys.executable, "-c", FETCH, str(folder / "urls"), str(seconds)],
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [[], ["crawl"], ["stages"], ["nothing-new"]])
def test_every_benchmark_explains_itself(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks", *arguments, "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "--" in done.stdout


def test_contestants_are_measured_on_the_same_pages_and_compared(tmp_path: Path) -> None:
    found = crawl.crawl(PAGES, [reader("silkwatch", 0.1), reader("news-please", 1.5)], tmp_path)
    assert [(m.got.pages, m.got.texts) for m in found] == [(10, 10), (10, 10)]
    told = crawl.as_json(PAGES, found)
    rows = told["contestants"]
    assert rows["silkwatch"]["times_less_cpu_than_news_please"] > 2  # type: ignore[index]
    assert json.dumps(told)
    assert "target 12" in crawl.report(PAGES, found)


def test_a_contestant_that_fails_stops_the_benchmark_with_its_last_words(tmp_path: Path) -> None:
    broken = Contestant(
        key="broken",
        title="Broken",
        got=peer_got,
        command=lambda *_: [sys.executable, "-c", "raise SystemExit('why')"],
    )
    with pytest.raises(RuntimeError, match="Broken ended with status 1:\nwhy"):
        crawl.crawl(PAGES, [broken], tmp_path)


def test_rounds_are_repeated_and_the_median_counts(tmp_path: Path) -> None:
    (found,) = crawl.crawl(PAGES, [reader("silkwatch", 0.0)], tmp_path, rounds=3)
    assert len(found.rounds) == 3
    assert found.cpu == sorted(usage.cpu for usage in found.rounds)[1]


@pytest.mark.skipif(not (HOME / ".installed").is_file(), reason="the peers are not installed (make bench does it)")
@pytest.mark.parametrize("key", ["news-please", "newspaper4k"])
def test_the_peers_read_the_pages(key: str, tmp_path: Path) -> None:
    (found,) = crawl.crawl(PAGES, [c for c in CONTESTANTS if c.key == key], tmp_path)
    assert found.got.pages == 10
    assert found.rounds[0].escaped == 0


def test_tables_set_numbers_to_the_right_and_say_nothing_with_a_dash() -> None:
    assert table(("", "n"), [("a", 1.234), ("bc", 12345), ("d", None)]).splitlines() == [
        "|    |      n |",
        "|----|-------:|",
        "| a  |   1.23 |",
        "| bc | 12,345 |",
        "| d  |      – |",
    ]


def test_silkwatch_reads_every_page_only_when_told_to(tmp_path: Path) -> None:
    """A crawl of the product itself, through its command line."""
    ours = [c for c in CONTESTANTS if c.key in ("silkwatch", "silkwatch-all")]
    found = {m.contestant.key: m.got for m in crawl.crawl(PAGES, ours, tmp_path)}
    assert [found[c.key].pages for c in ours] == [10, 10]
    assert found["silkwatch-all"].texts == 10
    assert found["silkwatch"].texts == 1, "one page in ten concerns the beat; the look stops the others"
    assert found["silkwatch"].kept == found["silkwatch-all"].kept == 1
