"""What the demonstration says: each pass in a few lines, three decisions, the digest, how to go on."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Any

from scheduler import exits, report
from scheduler.demo.play import Pass, Played
from scheduler.digest import document, render
from scheduler.explain import Explanation
from scheduler.progress import clock
from scheduler.terminal import isolated, plain
from scheduler.trail_text import lines as trail_lines

_SHORT = ("Judged", "Compared", "Verdict")
"""Parts of a trail that are shown; the whole of it is one command away."""
_EVENTS = (
    ("new", "kept as new"),
    ("duplicates", "folded into what was known"),
    ("revised", "changed since it was read"),
    ("off_topic", "not about the beat, near misses among them"),
    ("rejected", "no article, or forbidden by robots.txt"),
)


def passed(one: Pass) -> Iterator[str]:
    """One pass: its sums, what is new, what failed. Every number is the store's."""
    got = one.report
    listings, unchanged = got.total("listings"), got.total("unchanged_listings")
    yield (
        f"  {clock(got.seconds)}  {got.outcome}; {listings} listings answered, {unchanged} of them “not modified”; "
        f"{got.total('pages')} pages read"
    )
    for name, meaning in _EVENTS:
        if number := got.total(name):
            yield f"  {number:4} {meaning}"
    if not got.total("pages"):
        yield "       nothing was fetched again"
    for row in got.new:
        title, language = isolated(str(row["title"])), plain(str(row["language"]))
        yield f"     + {title}  [{language}, {isolated(str(row['publisher']))}]"
    for failed in got.failed + got.partly:
        yield f"     ! {isolated(got.sources[failed.source_id].name)}: {plain(failed.error)}"


def decisions(played: Played, zone: tzinfo | None) -> Iterator[str]:
    """Why: one of each kind of decision, as `silkwatch explain` tells it."""
    for what, found in played.explained.items():
        yield f"Why {what} is {what}:"
        yield from (f"  {line}" if line else "" for line in _shortened(found, zone))
        yield ""


def _shortened(found: Explanation, zone: tzinfo | None) -> Iterator[str]:
    url, *rest = trail_lines(found, zone)
    read = found.trail["article"] or found.trail["duplicate"] or found.trail["candidate"]
    yield isolated(str(read["title"]))
    yield url
    part = ""
    for line in rest:
        if line and not line.startswith(" "):
            part = line
        if line and part in _SHORT:
            yield line


def digested(played: Played) -> str:
    return render(played.digest, "text") if played.digest else ""


def further(played: Played) -> Iterator[str]:
    """How to go on: commands that work as they stand here."""
    commands = {
        "browse": "in the browser: today, search, facets, copies, near misses",
        "search 伊朗": "in any script; two characters are enough",
        "explain URL": "the whole trail of an address, such as those above",
        "status": "what is going on; who is ill",
    }
    yield "Everything above stands in one SQLite file. Read it:"
    for command, meaning in commands.items():
        yield f"  # {meaning}"
        yield f"  {_command()} {command} --db {_quoted(played.db)}"
    yield f"The digest as a web page: {_quoted(played.folder / 'digest.html')}"


def _command() -> str:
    """The command that was called, as it can be typed here."""
    ours = Path(sys.executable).with_name("silkwatch")
    if not ours.exists():
        return "silkwatch"
    here = Path.cwd()
    return _quoted(ours.relative_to(here) if ours.is_relative_to(here) else ours)


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


def exit_code(played: Played) -> int:
    """0 when all passes did their work, 1 when one failed or was stopped."""
    return exits.FAILED if any(one.report.exit_code for one in played.passes) else exits.OK


def data(played: Played) -> dict[str, Any]:
    """What `silkwatch demo --json` prints."""
    return {
        "db": str(played.db),
        "folder": str(played.folder),
        "begun": played.begun.isoformat(),
        "passes": [{"day": one.day, "title": one.title, **_pass(one)} for one in played.passes],
        "explained": {what: found.document() for what, found in played.explained.items()},
        "digest": document(played.digest) if played.digest else None,
        "exit_code": exit_code(played),
    }


def _pass(one: Pass) -> dict[str, Any]:
    told = report.document(one.report)
    told["totals"] |= {name: one.report.total(name) for name in ("listings", "unchanged_listings", "failed_listings")}
    return told
