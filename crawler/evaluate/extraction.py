"""How well pages are read: the body against gold texts, by the product's own `read_page`.

A page of gold kind `full` is scored by the F1 of its 4-token shingles (a token is a word, or one Han, kana or Hangul
character). A page of kind `segments` names pieces of text that must and must not stand in the body: precision is the
share of what must not that is absent, recall the share of what must that is there.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.evaluate.report import Metrics, Mistake, Report
from crawler.extraction.page import read_page
from store.errors import UsageError
from store.models import Rejection, Source

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_SHINGLE = 4
_POOR = 0.8
"""F1 below which a page is listed among the errors."""
_NO_ADDRESS = "https://publisher.example/news/2020/an-article-without-an-address"
_SOURCE = Source(
    id="evaluation", name="Evaluation", homepage="https://publisher.example/", country="ZZ", language="und",
    perspective="unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """One page: precision, recall and F1 of its body, 0 to 1."""

    id: str
    language: str
    kind: str
    values: tuple[float, float, float]
    got: str


def evaluate(folder: Path) -> Report:
    """Measure the pages of a folder: `gold.jsonl` (id, language, file, gold_kind, body or must and must_not).

    Raises:
        UsageError: the folder holds no such file, or a row is not readable.
    """
    scores = [_scored(folder, row) for row in _rows(folder)]
    return Report(
        overall=Metrics.mean(s.values for s in scores),
        by_language=_means(scores, "language"),
        by_kind=_means(scores, "kind"),
        errors=[_mistake(s) for s in sorted(scores, key=lambda s: s.values[2]) if s.values[2] < _POOR],
    )


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / "gold.jsonl"
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: expected a file of JSON lines ({error.strerror})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}:{number}: expected a JSON object ({error})") from error


def _scored(folder: Path, row: dict[str, Any]) -> Score:
    try:
        return _score(folder, row)
    except KeyError as error:
        raise UsageError(f"{folder / 'gold.jsonl'}: row {row.get('id')}: expected the field {error}") from error
    except OSError as error:
        raise UsageError(
            f"{folder / 'gold.jsonl'}: row {row.get('id')}: {error.filename}: {error.strerror}"
        ) from error


def _score(folder: Path, row: dict[str, Any]) -> Score:
    data = (folder / row["file"]).read_bytes()
    page = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    found = read_page(
        page,
        url=row.get("url") or _NO_ADDRESS,
        headers_charset=None,
        source=_SOURCE,
        link=None,
        now=datetime.now(UTC),
    )
    text = "" if isinstance(found, Rejection) else found.text
    full = row.get("gold_kind", "full") == "full"
    values = (
        shingle_f1(text, row["body"]) if full else segments(text, row.get("must") or [], row.get("must_not") or [])
    )
    got = f"rejected: {found.code}" if isinstance(found, Rejection) else f"{len(text)} characters"
    return Score(
        row["id"], row.get("language") or "und", row.get("source") or row.get("gold_kind") or "full", values, got
    )


def shingle_f1(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the 4-token shingles of a text, counted with their repetitions."""
    ours, theirs = _shingles(text), _shingles(gold)
    shared = sum((ours & theirs).values())
    precision = shared / sum(ours.values()) if ours else 0.0
    recall = shared / sum(theirs.values()) if theirs else 0.0
    return precision, recall, _f1(precision, recall)


def segments(text: str, must: Sequence[str], must_not: Sequence[str]) -> tuple[float, float, float]:
    """The share of unwanted pieces left out, of wanted ones found, and their harmonic mean."""
    flat = " ".join(text.split())
    absent = [" ".join(piece.split()) not in flat for piece in must_not]
    present = [" ".join(piece.split()) in flat for piece in must]
    precision = sum(absent) / len(absent) if absent else 1.0
    recall = sum(present) / len(present) if present else 1.0
    return precision, recall, _f1(precision, recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    count = max(len(words) - _SHINGLE + 1, min(len(words), 1))
    return Counter(tuple(words[i : i + _SHINGLE]) for i in range(count))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _means(scores: Sequence[Score], attribute: str) -> dict[str, Metrics]:
    names = Counter(getattr(s, attribute) for s in scores)
    return {
        name: Metrics.mean(s.values for s in scores if getattr(s, attribute) == name)
        for name, _ in names.most_common()
    }


def _mistake(score: Score) -> Mistake:
    precision, recall, f1 = score.values
    return Mistake(
        id=score.id, language=score.language, kind=score.kind, expected=f"F1 of {_POOR} or more",
        got=f"F1 {f1:.2f} (precision {precision:.2f}, recall {recall:.2f}); {score.got}",
    )  # fmt: skip
