"""Our labels of real articles, joined with their texts, which lie beside the checkout and are not part of it.

    python -m tests.crawler.analysis.labelled OUT.jsonl

writes the items that `python -m crawler.evaluate.train` and `silkwatch evaluate relevance` read. `labels.csv` holds
the address or number of each article (for headlines a hash) and the label that one reader gave it in November 2026.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.shared import shared

LABELS = Path(__file__).resolve().parents[2] / "data" / "relevance" / "labels.csv"
PRACTICE = LABELS.with_name("practice.jsonl")

WEIGHTS = {"stream": 0.5, "heads": 1.0, "tehrantimes": 1.0, "hamshahri": 1.0, "fars": 1.0}
"""The stream tells of a war that drew in everybody: where China's part begins is a matter of opinion."""

Row = Mapping[str, Any]


def items() -> Iterator[dict[str, Any]]:
    """The labelled articles: id, language, title, text, label, prior_sides; the set's name as reason."""
    labels = {
        (r["set"], r["key"]): int(r["label"]) for r in csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines())
    }
    for name, (path, read) in _SETS.items():
        found: dict[str, dict[str, Any]] = {}
        for row in _rows(path):
            item = read(row)
            if (name, item["id"]) in labels:
                found[item["id"]] = item
        for key, item in found.items():
            yield {**item, "id": f"{name}/{key}", "label": labels[name, key], "reason": name, "weight": WEIGHTS[name]}


def _rows(path: str) -> Iterator[Row]:
    with gzip.open(shared("data", path), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _stream(row: Row) -> dict[str, Any]:
    title, text = (html.unescape(row[key] or "") for key in ("title", "description"))
    return {"id": row["url"], "language": "en", "title": title, "text": text}


def _headline(row: Row) -> dict[str, Any]:
    key = hashlib.sha256(row["title"].encode()).hexdigest()[:16]
    prior = [] if row["outlet"] == "bbc" else ["china"]
    return {"id": key, "language": "en", "title": row["title"], "text": "", "prior_sides": prior}


def _tehran_times(row: Row) -> dict[str, Any]:
    title = row["slug"].replace("-", " ")
    return {"id": str(row["id"]), "language": "en", "title": title, "text": row["text"], "prior_sides": ["iran"]}


def _hamshahri(row: Row) -> dict[str, Any]:
    text = row.get("summary") or ""
    return {"id": row["url"], "language": "fa", "title": row["title"], "text": text, "prior_sides": ["iran"]}


def _fars(row: Row) -> dict[str, Any]:
    text = "\n".join([row.get("abstract") or "", *row["paragraphs"]])
    return {"id": row["url"], "language": "fa", "title": row["title"], "text": text, "prior_sides": ["iran"]}


_SETS: Mapping[str, tuple[str, Callable[[Row], dict[str, Any]]]] = {
    "stream": ("stream/items.jsonl.gz", _stream),
    "heads": ("corpus/china_outlet_headlines.jsonl.gz", _headline),
    "tehrantimes": ("corpus/tehrantimes.jsonl.gz", _tehran_times),
    "hamshahri": ("corpus/hamshahri_rss_items.jsonl.gz", _hamshahri),
    "fars": ("corpus/fars.jsonl.gz", _fars),
}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(
        "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items()), encoding="utf-8"
    )
