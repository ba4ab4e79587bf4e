"""What a pass brought, as text lines and as one JSON document. Pure: rows in, values out."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any

from scheduler import exits
from scheduler.progress import clock
from scheduler.terminal import counted, isolated, plain
from scheduler.zone import shown
from store.models import Precision, RunOutcome, Source, SourceCounts
from store.values import moment

_UNREACHED = (
    "No source could be reached: is this machine connected? Behind a proxy, set http_proxy and https_proxy; "
    "`silkwatch sources check ID` tries one source."
)
SHOWN = 40
"""New articles told as text; the JSON document holds all."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One pass, after its end."""

    db: str
    run_id: int
    outcome: RunOutcome
    detail: str
    counts: Sequence[SourceCounts]
    new: Sequence[Row]
    """Rows of `articles`."""
    sources: Mapping[str, Source]
    seconds: float
    stopped: bool = False
    """True when a person or a signal stopped the pass."""
    limited: bool = False
    """True when the pass had a time limit."""
    log: str = ""
    log_tail: Sequence[str] = field(default=())

    @property
    def exit_code(self) -> int:
        """0 when the pass did its work, also up to a time limit it was given; 1 when it failed or was stopped."""
        at_its_limit = self.outcome is RunOutcome.INTERRUPTED and self.limited and not self.stopped
        return exits.OK if self.outcome is RunOutcome.COMPLETED or at_its_limit else exits.FAILED

    @property
    def failed(self) -> list[SourceCounts]:
        """Sources of which no listing answered."""
        return [c for c in self.counts if c.failed_listings and not c.listings]

    @property
    def partly(self) -> list[SourceCounts]:
        """Sources of which some listings answered and others did not."""
        return [c for c in self.counts if c.failed_listings and c.listings]

    def total(self, field_name: str) -> int:
        return sum(int(getattr(c, field_name)) for c in self.counts)


_SUMS = ("links", "pages", "new", "duplicates", "revised", "unchanged", "off_topic", "rejected", "failed")


def document(report: Report) -> dict[str, Any]:
    """What `silkwatch run --json` prints. Times are UTC, as stored; texts are as the web had them."""
    return {
        "run": {
            "id": report.run_id,
            "outcome": str(report.outcome),
            "detail": report.detail,
            "seconds": round(report.seconds, 1),
            "exit_code": report.exit_code,
        },
        "db": report.db,
        "log": report.log,
        "totals": {name: report.total(name) for name in _SUMS},
        "sources": [asdict(c) for c in report.counts],
        "failed_sources": [
            {"id": c.source_id, "name": report.sources[c.source_id].name, "reason": c.error} for c in report.failed
        ],
        "new": [article(row) for row in report.new],
    }


_ARTICLE = (
    "id", "url", "title", "publisher", "source_id", "published", "published_precision", "first_seen", "language",
    "perspective", "relevance_score", "relevance_label", "relevance_evidence", "story_id",
)  # fmt: skip


def article(row: Row) -> dict[str, Any]:
    """A row of `articles` as a JSON document tells it, without its text."""
    return {**{name: row.get(name) for name in _ARTICLE}, "topics": topics_of(row)}


def topics_of(row: Row) -> list[str]:
    """The topics column (a JSON list) as a list."""
    stored = row.get("topics") or "[]"
    return list(json.loads(stored)) if isinstance(stored, str) else list(stored)


def lines(report: Report, zone: tzinfo | None) -> list[str]:
    """What a person reads at the end of a pass; every text from the web is made harmless."""
    told = [_heading(report)]
    for row in report.new[:SHOWN]:
        told += ["", *article_lines(row, zone)]
    if len(report.new) > SHOWN:
        told += ["", f"… and {len(report.new) - SHOWN} more."]
    return [*told, "", *_closing(report)]


def _heading(report: Report) -> str:
    found = len(report.new)
    return "Nothing new." if not found else f"New: {counted(found, 'article')}"


def article_lines(row: Row, zone: tzinfo | None) -> list[str]:
    """Title, facts, evidence and address of an article, a line each."""
    told = [isolated(str(row.get("title") or "(no title)")), f"  {facts_line(row, zone)}"]
    if evidence := isolated(str(row.get("relevance_evidence") or "")):
        told.append(f"  “{evidence}”")
    return [*told, f"  {plain(str(row.get('url') or ''))}"]


def facts_line(row: Row, zone: tzinfo | None) -> str:
    """Publisher, time, language, score and topics of an article."""
    score, label = row.get("relevance_score"), plain(str(row.get("relevance_label") or "")).replace("_", " ")
    facts = [
        isolated(str(row.get("publisher") or row.get("source_id") or "")),
        when(row, zone),
        plain(str(row.get("language") or "")),
        "" if score is None else f"{score:.2f} {label}".strip(),
        plain(", ".join(topics_of(row))),
    ]
    return " · ".join(filter(None, facts))


def when(row: Row, zone: tzinfo | None) -> str:
    """When an article was published, else when it was first seen.

    A time is told in the reader's zone; a bare day (`day` of the row) stays the publisher's: midnight of Tehran told
    in Berlin would be the day before.
    """
    if published := row.get("published"):
        return str(row["day"]) if row.get("published_precision") == Precision.DAY else shown(moment(published), zone)
    seen = row.get("first_seen")
    return f"seen {shown(moment(seen), zone)}" if seen else ""


def _closing(report: Report) -> list[str]:
    told = [_sums(report), *([f"{plain(report.detail)}."] if report.detail else [])]
    told += _sources_told("Sources that failed", report.failed, report)
    told += _sources_told("Sources that failed in part", report.partly, report)
    if report.outcome is RunOutcome.FAILED and report.failed:
        told += ["", _UNREACHED]
    elif report.exit_code and not report.stopped and report.log_tail:
        told += ["", f"The end of the log ({report.log}):", *(f"  {plain(line)}" for line in report.log_tail)]
    return told


def _sums(report: Report) -> str:
    names = ("new", "duplicates", "revised", "off_topic", "rejected", "failed")
    sums = ", ".join(f"{report.total(name)} {name.replace('_', '-')}" for name in names)
    took = clock(report.seconds)
    return f"Run {report.run_id} {report.outcome} in {took}: {sums}; {report.total('pages')} pages read."


def _sources_told(title: str, counts: Sequence[SourceCounts], report: Report) -> list[str]:
    if not counts:
        return []
    rows = [
        f"  {_name(report, c.source_id)} ({c.source_id}): {plain(c.error) or 'no reason recorded'}" for c in counts
    ]
    return ["", f"{title} ({len(counts)}):", *rows]


def _name(report: Report, source_id: str) -> str:
    source = report.sources.get(source_id)
    return isolated(source.name) if source else source_id


def next_steps(report: Report) -> list[str]:
    """How to go on reading, when there is something to read."""
    if report.exit_code and not report.new:
        return []
    datasette = Path(sys.executable).with_name("datasette")
    here = Path.cwd()
    command = datasette.relative_to(here) if datasette.is_relative_to(here) else datasette
    return [
        "",
        f"Browse: {shlex.quote(str(command))} {shlex.quote(report.db)}",
        f"Why:    silkwatch explain URL --db {shlex.quote(report.db)}",
    ]
