"""`silkwatch sources check`: one source, asked now by the same child as a run, into a store that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from scheduler import exits, runner
from scheduler.gather import Request, gather
from scheduler.report import Row, when
from scheduler.terminal import isolated, plain
from scheduler.zone import shown
from store import checked
from store.articles import day_of
from store.database import Store
from store.models import Source, VerdictKind
from store.values import moment, published_of

SAMPLES = 3
"""Article pages that are fetched and read."""
LISTED = 10
"""Links shown on a terminal; the JSON document holds all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a source gave."""

    source: Source
    detail: str
    endpoints: Sequence[Row]
    """Rows of `endpoints`: what each answered."""
    links: Sequence[Row]
    """Rows of `candidates`: everything that was listed."""
    samples: Sequence[Row]
    """The candidates that were fetched, each with what was read of it where something was."""

    @property
    def exit_code(self) -> int:
        return exits.OK if self.links else exits.FAILED


def check(
    source_id: str, beat: Path | None, allow_private: tuple[str, ...], *, program: tuple[str, ...] = runner.SPIDER
) -> Checked:
    """Asks one source and reads three of its articles. Nothing is kept; errors are those of `gather`."""
    with tempfile.TemporaryDirectory(prefix="silkwatch-check-") as folder:
        db = Path(folder) / "check.db"
        request = Request(
            db=db, beat=beat, allow_private=allow_private, source_ids=(source_id,), cap=SAMPLES, program=program
        )
        report = gather(request, say=lambda _: None)  # its log is thrown away with the store
        with Store.open(db, readonly=True) as store:
            source = report.sources[source_id]
            return Checked(
                source=source,
                detail=report.detail,
                endpoints=checked.endpoints(store),
                links=[_dated(row, source) for row in checked.links(store)],
                samples=[_dated(row, source) for row in checked.samples(store)],
            )


def _dated(row: dict[str, Any], source: Source) -> dict[str, Any]:
    """The row with the publisher's day, which a bare date must be told as."""
    published = published_of(row)
    return row | {"day": day_of(published, source.hints.timezone, published.value) if published else None}


def document(found: Checked) -> dict[str, Any]:
    """What `--json` prints: times in UTC as stored, texts as the web had them."""
    return {
        "source": found.source.id,
        "name": found.source.name,
        "detail": found.detail,
        "endpoints": [dict(row) for row in found.endpoints],
        "links": [dict(row) for row in found.links],
        "samples": [dict(row) for row in found.samples],
    }


def lines(found: Checked, zone: tzinfo | None) -> list[str]:
    """What a person reads."""
    told = [f"{isolated(found.source.name)} ({found.source.id}): {plain(found.detail)}", "", "Listings"]
    told += [f"  {line}" for row in found.endpoints for line in _endpoint(row, zone)] or ["  none was asked"]
    told += ["", f"Links it would queue: {len(found.links)}"]
    for row in found.links[:LISTED]:
        told.append(f"  {when(row, zone) or 'no date':22}  {isolated(row['title'] or '(no title)')}")
        told.append(f"  {'':22}  {plain(row['url'])}")
    if len(found.links) > LISTED:
        told.append(f"  … and {len(found.links) - LISTED} more")
    told += ["", f"Articles read: {len(found.samples)}"]
    for row in found.samples:
        told += [f"  {line}" for line in _sample(row, zone)]
    return [*told, "", "Nothing was stored."]


def _endpoint(row: Row, zone: tzinfo | None) -> list[str]:
    kind = row["kind"] or "sitemap below another"
    if row["last_error"]:
        return [f"{kind} {plain(row['url'])}", f"  failed: {plain(row['last_error'])}"]
    newest = f", newest {shown(moment(row['newest_item']), zone)}" if row["newest_item"] else ", none with a date"
    return [f"{kind} {plain(row['url'])}", f"  {row['items'] or 0} links{newest if row['items'] else ''}"]


def _sample(row: Row, zone: tzinfo | None) -> list[str]:
    """Title, what was read, and what would become of it."""
    at = when(row, zone)
    exact = f"{at} ({row['published_precision']}, from {row['published_origin']})" if row["published"] else "no date"
    length = f"{row['length']:,} characters" if row["length"] is not None else ""
    score = f"relevance {row['score']:.2f}" if row["score"] is not None else ""
    facts = [exact, row["language"] or "", length, score]
    return [
        isolated(row["title"] or "(no title)"),
        f"  {' · '.join(plain(fact) for fact in facts if fact)}",
        f"  {_would(row)}",
        f"  {plain(row['url'])}",
    ]


def _would(row: Row) -> str:
    if row["verdict"] is None:
        return f"could not be fetched: {plain(row['detail'])}"
    why = plain(row["detail"] or row["why"] or row["reason"] or "")
    told = {
        VerdictKind.NEW: "would be kept",
        VerdictKind.DUPLICATE: "would be folded into what is known",
        VerdictKind.OFF_TOPIC: "off the beat: would not be kept",
        VerdictKind.REJECTED: "no article: would not be kept",
    }.get(VerdictKind(row["verdict"]), str(row["verdict"]))
    return f"{told}: {why}" if why else told
