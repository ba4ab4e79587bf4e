"""Who is measured: a command each, and what it says it got. All are given the same pages by the same server."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from xml.sax.saxutils import quoteattr

from benchmarks.pages import PageSet
from benchmarks.peers_home import SCRIPTS, peers_python

SILKWATCH = (sys.executable, "-P", "-m", "scheduler")


@dataclass(frozen=True, slots=True)
class Got:
    """What a contestant has of the pages when it ends."""

    version: str
    pages: int
    """Pages it read, or decided not to read."""
    texts: int | None
    """Pages of which it has a text."""
    kept: int | None = None
    """Pages it keeps because they concern the beat; others keep everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    key: str
    title: str
    command: Callable[[Path, PageSet], list[str]]
    """Made from the folder it works in, where `urls` lists the addresses; set-up done here is not measured."""
    got: Callable[[Path], Got]
    """Read from the folder afterwards; `output` is what it printed."""
    environment: Mapping[str, str] = field(default_factory=dict)


def silkwatch_command(folder: Path, pages: PageSet) -> list[str]:
    """`silkwatch run` on a beat of its own whose sources are the feeds, imported as a user would."""
    feeds = "".join(f"<outline type='rss' text={quoteattr(u)} xmlUrl={quoteattr(u)}/>" for u in pages.feeds())
    (folder / "feeds.opml").write_text(f"<opml version='2.0'><head/><body>{feeds}</body></opml>", "utf-8")
    beat = str(folder / "beat")
    _set_up("beat", "new", beat)
    _set_up("sources", "import", str(folder / "feeds.opml"), "--beat", beat, "--delay", "0", "--cap", "10000")
    return [*SILKWATCH, "run", "--db", str(folder / "silkwatch.db"), "--beat", beat]


def _set_up(*arguments: str) -> None:
    done = subprocess.run([*SILKWATCH, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"silkwatch {arguments[0]} {arguments[1]} failed: {done.stderr.strip()[-600:]}")


def silkwatch_got(folder: Path) -> Got:
    """Counts from the candidates' verdicts."""
    with closing(sqlite3.connect(f"file:{folder / 'silkwatch.db'}?mode=ro", uri=True)) as store:
        rows = store.execute("select verdict, reason, count(*) from candidates where state = 'decided' group by 1, 2")
        counts = [(verdict, reason, number) for verdict, reason, number in rows]
    decided = sum(n for _, _, n in counts)
    without_text = sum(n for verdict, reason, n in counts if verdict == "rejected" or reason == "look")
    kept = sum(n for verdict, _, n in counts if verdict in ("new", "duplicate", "revised", "unchanged"))
    return Got(version("silkwatch"), decided, decided - without_text, kept)


def peer(script: str) -> Callable[[Path, PageSet], list[str]]:
    """The command of another program."""

    def command(folder: Path, _: PageSet) -> list[str]:
        return [str(peers_python()), str(SCRIPTS / f"{script}.py"), str(folder / "urls"), str(folder)]

    return command


def peer_got(folder: Path) -> Got:
    """From the JSON line that a peer's script prints last."""
    last = (folder / "output").read_text("utf-8", "replace").strip().rpartition("\n")[2]
    said = json.loads(last)
    return Got(said["version"], said["pages"], said["texts"])


CONTESTANTS = (
    Contestant(key="silkwatch", title="Silkwatch", command=silkwatch_command, got=silkwatch_got),
    Contestant(
        key="silkwatch-all", title="Silkwatch, every page extracted", command=silkwatch_command, got=silkwatch_got,
        environment={"SILKWATCH_LOOK": "False"},
    ),
    Contestant(key="newspaper4k", title="newspaper4k", command=peer("newspaper4k"), got=peer_got),
    Contestant(key="news-please", title="news-please, library", command=peer("news_please"), got=peer_got),
    Contestant(key="news-please-cli", title="news-please, command", command=peer("news_please_cli"), got=peer_got),
)  # fmt: skip
