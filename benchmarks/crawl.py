"""A whole crawl of the same pages by Silkwatch and by others: CPU seconds, wall time, pages got, peak memory.

One page in ten concerns the beat. "Silkwatch" is the product as it is, with its cheap look at the raw page; "every
page extracted" is the same without the look. CPU is that of the whole tree of processes, start-up included; the
server that answers runs in a process of its own and is not counted. What is compared is CPU seconds a page served.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.contestants import CONTESTANTS, Contestant, Got
from benchmarks.machine import machine
from benchmarks.meter import Usage, measure
from benchmarks.pages import PageSet, page_set
from benchmarks.table import table
from benchmarks.web import Web, serve

DEFAULT = ("silkwatch", "silkwatch-all", "newspaper4k", "news-please")
TARGETS = {"silkwatch-all": 6.0, "silkwatch": 12.0}
"""How many times less CPU a page than news-please as a library is asked for."""
RIVAL = "news-please"


@dataclass(frozen=True, slots=True)
class Measured:
    """A contestant's rounds."""

    contestant: Contestant
    got: Got
    rounds: tuple[Usage, ...]
    pages: int

    @property
    def cpu(self) -> float:
        """CPU seconds; the median of the rounds."""
        return statistics.median(usage.cpu for usage in self.rounds)

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a page served."""
        return 1000 * self.cpu / max(self.pages, 1)

    @property
    def wall(self) -> float:
        return statistics.median(usage.wall for usage in self.rounds)

    @property
    def peak_mb(self) -> float:
        return max(usage.peak_mb for usage in self.rounds)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=500, help="pages to crawl (default 500)")
    parser.add_argument("--rounds", type=int, default=1, help="rounds; medians are shown (default 1)")
    parser.add_argument(
        "--only",
        action="append",
        choices=[c.key for c in CONTESTANTS],
        help=f"a contestant; repeat for more (default: {', '.join(DEFAULT)})",
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep stores and outputs here instead of deleting them"
    )


def run(given: argparse.Namespace) -> dict[str, object]:
    """Measures, prints the table (unless --json) and returns what --json prints."""
    pages = page_set(given.pages)
    chosen = [c for c in CONTESTANTS if c.key in (given.only or DEFAULT)]
    with tempfile.TemporaryDirectory(prefix="silkwatch-bench-") as scratch:
        found = crawl(pages, chosen, given.keep or Path(scratch), given.rounds)
    if not given.json:
        print(report(pages, found))
    return as_json(pages, found)


def crawl(pages: PageSet, contestants: Sequence[Contestant], folder: Path, rounds: int = 1) -> list[Measured]:
    """Every contestant on the same pages, one after the other, round by round; a first page does not count."""
    usages: dict[str, list[Usage]] = {c.key: [] for c in contestants}
    got: dict[str, Got] = {}
    with serve(pages.documents(), folder / "web") as web:
        for contestant in contestants:  # byte code is compiled and files are in the cache when it counts
            _once(contestant, replace(pages, pages=pages.pages[:1]), folder / f"{contestant.key}-warm", web)
        for number in range(rounds):
            for contestant in contestants:
                _say(f"{contestant.title}, {len(pages.pages)} pages …")
                place = folder / f"{contestant.key}-{number + 1}"
                usages[contestant.key].append(_once(contestant, pages, place, web))
                got[contestant.key] = contestant.got(place)
    return [Measured(c, got[c.key], tuple(usages[c.key]), len(pages.pages)) for c in contestants]


def _once(contestant: Contestant, pages: PageSet, folder: Path, web: Web) -> Usage:
    folder.mkdir(parents=True)
    (folder / "urls").write_text("\n".join(page.url for page in pages.pages), "utf-8")
    command = contestant.command(folder, pages)
    environment = {**web.environment(), **contestant.environment}
    spent = measure(command, cwd=folder, output=folder / "output", environment=environment)
    if spent.status:
        said = (folder / "output").read_text("utf-8", "replace")[-800:]
        raise RuntimeError(f"{contestant.title} ended with status {spent.status}:\n{said}")
    if spent.escaped:
        _say(f"  {spent.escaped} CPU s of {contestant.title} escaped the count: its figure is too low")
    return spent


def report(pages: PageSet, found: Sequence[Measured]) -> str:
    """The table with ratios measured in this run."""
    rival = next((m for m in found if m.contestant.key == RIVAL), None)
    rows = [
        (
            f"{m.contestant.title} {m.got.version}", m.cpu, m.cpu_ms, m.wall, m.got.pages, m.got.texts, m.got.kept,
            m.peak_mb, rival.cpu / m.cpu if rival else None,
        )
        for m in found
    ]  # fmt: skip
    head = (
        "",
        "CPU s",
        "CPU ms a page",
        "wall s",
        "pages",
        "with text",
        "on the beat",
        "peak MB",
        "× less than news-please",
    )
    what = "real news pages" if pages.real else f"composed pages ({pages.why_composed})"
    intro = f"{len(pages.pages)} {what} of {pages.mean_kb:.0f} KB on average, one in ten on the beat. {machine()}"
    return "\n\n".join([intro, table(head, rows), *_targets(found, rival)])


def _targets(found: Sequence[Measured], rival: Measured | None) -> list[str]:
    lines = []
    for m in found:
        wanted = TARGETS.get(m.contestant.key)
        if wanted and rival:
            ratio = rival.cpu / m.cpu
            verdict = "met" if ratio >= wanted else "missed"
            lines.append(
                f"{m.contestant.title}: {ratio:.1f} times less CPU than news-please, target {wanted:g}: {verdict}"
            )
    return ["\n".join(lines)] if lines else []


def as_json(pages: PageSet, found: Sequence[Measured]) -> dict[str, object]:
    rival = next((m.cpu for m in found if m.contestant.key == RIVAL), None)
    return {
        "machine": machine(),
        "pages": len(pages.pages),
        "real": pages.real,
        "mean_kb": round(pages.mean_kb, 1),
        "contestants": {m.contestant.key: _row(m, rival) for m in found},
    }


def _row(m: Measured, rival: float | None) -> Mapping[str, object]:
    return {
        **asdict(m.got),
        "cpu_s": round(m.cpu, 2),
        "cpu_ms_a_page": round(m.cpu_ms, 2),
        "wall_s": round(m.wall, 2),
        "peak_mb": round(m.peak_mb),
        "times_less_cpu_than_news_please": round(rival / m.cpu, 2) if rival else None,
        "rounds_cpu_s": [round(usage.cpu, 2) for usage in m.rounds],
        "processes": [
            {"command": p.command, "cpu_s": round(p.cpu, 2)} for p in m.rounds[-1].processes if p.cpu >= 0.05
        ],
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
