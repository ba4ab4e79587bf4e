"""How much of real feeds and sitemaps discovery reads: items seen against items expected, links given, time taken.

`python -m crawler.evaluate.feeds FOLDER [--errors] [--json]`, where FOLDER holds `feeds.jsonl` (id, kind, file,
expected_items or raw_item_tags, site) and the files it names.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.discovery import Listing, discover
from store.models import EndpointKind

SLOW = 0.1
"""Seconds of CPU that an ordinary feed may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """One file of the bench: what was expected of it and what was read."""

    id: str
    kind: str
    expected: int
    items: int
    links: int
    """Articles to ask for, or child sitemaps of an index."""
    notes: tuple[str, ...]
    seconds: float
    published: bool
    """True when the file's own repository says how many items it has; otherwise its tags were counted."""

    @property
    def met(self) -> bool:
        return self.items == self.expected

    @property
    def complete(self) -> bool:
        return self.links >= self.expected


@dataclass(frozen=True, slots=True)
class FeedReport:
    results: Sequence[FeedResult]

    def to_json(self, *, errors: bool = False) -> dict[str, Any]:
        """Counts overall and by kind; with `errors`, every file that gave fewer links than it has items."""
        kinds = sorted({result.kind for result in self.results})
        value: dict[str, Any] = {
            "overall": _counted(self.results),
            "published_counts": _counted([r for r in self.results if r.published]),
            "by_kind": {kind: _counted([r for r in self.results if r.kind == kind]) for kind in kinds},
            "slowest_ms": round(1000 * max((r.seconds for r in self.results), default=0.0), 1),
        }
        if errors:
            value["errors"] = [_error(r) for r in self.results if not (r.met and r.complete)]
        return value

    def to_text(self, *, errors: bool = False) -> str:
        """One line a kind, then, on request, one line a file that gave fewer links than it has items."""
        value = self.to_json(errors=errors)
        rows = {"overall": value["overall"], "with a published count": value["published_counts"], **value["by_kind"]}
        lines = [f"{'':24}{'files':>7}{'items met':>11}{'all linked':>12}{'items':>8}{'links':>8}"]
        lines += [
            f"{name:24}{row['files']:>7}{row['met']:>11}{row['complete']:>12}{row['items']:>8}{row['links']:>8}"
            for name, row in rows.items()
        ]
        lines.append(f"slowest: {value['slowest_ms']} ms")
        lines += [
            f"{e['id']}: {e['expected']} expected, {e['items']} read, {e['links']} links. {'; '.join(e['notes'])}"
            for e in value.get("errors", ())
        ]
        return "\n".join(lines)


def evaluate(folder: Path) -> FeedReport:
    """Read every file of a bench folder with the product's own discovery.

    Raises:
        OSError: the folder has no feeds.jsonl, or a file that it names is missing.
    """
    rows = [json.loads(line) for line in (folder / "feeds.jsonl").read_text("utf-8").splitlines() if line.strip()]
    return FeedReport([_result(row, (folder / row["file"]).read_bytes()) for row in rows])


def _result(row: Mapping[str, Any], body: bytes) -> FeedResult:
    kind = EndpointKind.SITEMAP if "sitemap" in row["kind"] else EndpointKind.FEED
    started = time.process_time()
    listing = discover(kind, body, url=_address(row), now=datetime.now(UTC))
    seconds = time.process_time() - started
    published = row.get("expected_items")
    return FeedResult(
        id=row["id"],
        kind=row["kind"],
        expected=row["raw_item_tags"] if published is None else published,
        items=listing.items,
        links=len(listing.links) + len(listing.more),
        notes=_notes(listing),
        seconds=seconds,
        published=published is not None,
    )


def _address(row: Mapping[str, Any]) -> str:
    site = str(row.get("site") or "")
    return site if site.startswith(("http://", "https://")) else "https://feed.example/feed"


def _notes(listing: Listing) -> tuple[str, ...]:
    return (*((listing.problem.detail,) if listing.problem else ()), *listing.notes)


def _counted(results: Sequence[FeedResult]) -> dict[str, int]:
    return {
        "files": len(results),
        "met": sum(r.met for r in results),
        "complete": sum(r.complete for r in results),
        "expected": sum(r.expected for r in results),
        "items": sum(r.items for r in results),
        "links": sum(r.links for r in results),
    }


def _error(result: FeedResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "kind": result.kind,
        "expected": result.expected,
        "items": result.items,
        "links": result.links,
        "notes": list(result.notes),
    }


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m crawler.evaluate.feeds", description="How much of real feeds is read."
    )
    parser.add_argument("folder", type=Path, help="folder with feeds.jsonl")
    parser.add_argument("--errors", action="store_true", help="list the files that gave fewer links than items")
    parser.add_argument("--json", action="store_true", help="print JSON")
    told = parser.parse_args(list(arguments) if arguments is not None else None)
    report = evaluate(told.folder)
    if told.json:
        print(json.dumps(report.to_json(errors=told.errors), indent=2, ensure_ascii=False))
    else:
        print(report.to_text(errors=told.errors))


if __name__ == "__main__":
    main()
