"""The rows of a vocabulary: what a term is, and how `lexicon/*.csv` is read."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from crawler.analysis.matcher import MATCHES
from store.errors import ConfigurationError
from store.text import fold

STRENGTHS = {"anchor": 1.0, "strong": 0.8, "aside": 0.5, "weak": 0.35, "mask": 0.0}
CASES = ("", "cap", "exact")
SCOPES = ("", "own")
COLUMNS = (
    "concept", "class", "side", "strength", "lang", "term", "match", "case", "scope", "from", "to", "provenance",
)  # fmt: skip
_CHECKED = tuple(
    (COLUMNS.index(key), key, tuple(allowed))
    for key, allowed in (("strength", STRENGTHS), ("match", MATCHES), ("case", CASES), ("scope", SCOPES))
)
_NEEDED = tuple((COLUMNS.index(key), key) for key in ("concept", "class", "side", "lang"))


class Term(NamedTuple):
    """One row of the vocabulary. `since` and `until` bound an office; None is open.

    A tuple, because there are twenty thousand of them and each process makes its own.
    """

    concept: str
    kind: str
    side: str
    strength: str
    language: str
    """As in the file; `zh-Hant` is a spelling of `zh`."""
    text: str
    match: str
    case: str = ""
    own: bool = False
    since: date | None = None
    until: date | None = None
    provenance: str = ""

    @property
    def base(self) -> str:
        """The language without its script."""
        return self.language.partition("-")[0]

    def in_office(self, day: date | None) -> bool:
        """Whether the office was held on a day; true when either is unknown."""
        return day is None or (
            (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )


def read_terms(folder: Path) -> list[Term]:
    """Read every CSV file of a folder.

    Raises:
        ConfigurationError: listing each row that is not valid, with file and line, or that there is no row.
    """
    rows = _Rows([], [], set())
    for path in sorted(folder.glob("*.csv")):
        rows.read(path)
    if not rows.terms and not rows.problems:
        rows.problems.append(f"{folder}: expected CSV files with terms, found none")
    if rows.problems:
        raise ConfigurationError("\n".join(rows.problems))
    return rows.terms


def digest(terms: Iterable[Term]) -> str:
    """A short name for exactly these terms, in any order and whatever their provenance."""
    lines = sorted("\x1f".join((*t[:8], str(t.own), str(t.since), str(t.until))) for t in terms)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


@dataclass(slots=True)
class _Rows:
    """Rows on their way to be terms, and what is wrong with others."""

    terms: list[Term]
    problems: list[str]
    sound: set[tuple[str, ...]]
    """What the columns with few values held in rows that were checked: most rows are like one before."""

    def read(self, path: Path) -> None:
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = csv.reader(lines)
                if tuple(next(rows, ())) != COLUMNS:
                    self.problems.append(f"{path}: line 1: expected the columns {', '.join(COLUMNS)}")
                    return
                for row in rows:
                    if row:
                        self._take(row, path, rows.line_num)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            self.problems.append(f"{path}: cannot be read: {error}")

    def _take(self, row: list[str], path: Path, line: int) -> None:
        if len(row) != len(COLUMNS):
            row = (row + [""] * len(COLUMNS))[: len(COLUMNS)]
        concept, kind, side, strength, language, text, match, case, scope, since, until, provenance = row
        few = (kind, side, strength, language, match, case, scope)
        wrong: list[str] = []
        if few not in self.sound or not concept or not text[:1].isalnum():
            wrong = _faults(row)
        first = _day(since, "from", wrong) if since else None
        last = _day(until, "to", wrong) if until else None
        if wrong:
            self.problems.extend(f"{path}: line {line}: {fault}" for fault in wrong)
            return
        self.sound.add(few)
        own = scope == "own"
        self.terms.append(
            Term(concept, kind, side, strength, language, text, match, case, own, first, last, provenance)
        )


def _faults(row: Sequence[str]) -> list[str]:
    wrong = [
        f"{key} must be one of {', '.join(map(repr, allowed))}, got {row[at]!r}"
        for at, key, allowed in _CHECKED
        if row[at] not in allowed
    ]
    wrong += [f"{key} is missing" for at, key in _NEEDED if not row[at]]
    if not fold(row[COLUMNS.index("term")]):
        wrong.append("term is missing")
    return wrong


def _day(text: str, key: str, wrong: list[str]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        wrong.append(f"{key} must be a day as YYYY-MM-DD, got {text!r}")
        return None
