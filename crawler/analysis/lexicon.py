"""The vocabulary of a beat: terms of concepts in many languages, read from CSV files and compiled for one pass.

A row of `lexicon/*.csv` names a concept, its class, the side it is evidence for (or `both`, `context`, `mask`), how
strong it is, the language, the term, how it is matched (see `matcher`), its case rule, whether it counts in texts of
its own language only, from when to when an office was held, and where the row comes from (see docs/relevance.md).
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from crawler.analysis.matcher import MATCHES, Hit, Matcher, Pattern
from store.errors import ConfigurationError
from store.text import Folded, fold

BOTH = "both"
"""A concept that names the pair itself."""
CONTEXT = "context"
"""A concept that is evidence for no side, but tells what a text is: a genre, a link, another state."""
MASK = "mask"
"""Words that look like a side and are not; what they cover is not matched."""
PROGRAMME = "programme"
"""Class of names such as that of the Shanghai organisation: a place within one of them is no place."""
ASIDE = "aside"
"""Strength of phrases that name a side as a circumstance (the Iran war): a mention within one is worth no more."""
SELF = "self"
"""Class of terms a source uses for its own side without naming it (我国, کشورمان): they need the source's prior."""

STRENGTHS = {"anchor": 1.0, "strong": 0.8, "aside": 0.5, "weak": 0.35, "mask": 0.0}
CASES = ("", "cap", "exact")
SCOPES = ("", "own")
COLUMNS = (
    "concept", "class", "side", "strength", "lang", "term", "match", "case", "scope", "from", "to", "provenance",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row of the vocabulary. `since` and `until` bound an office; None is open."""

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


class Lexicon:
    """All terms of a beat, ready to be found. `version` changes whenever a term does."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self.version = _digest(self.terms)
        self.sides = tuple(sorted({t.side for t in self.terms} - {BOTH, CONTEXT, MASK}))
        grouped: dict[str, dict[tuple[str, str, str, bool], list[Term]]] = defaultdict(lambda: defaultdict(list))
        for term in self.terms:
            grouped[fold(term.text)][term.concept, term.match, term.case, term.own].append(term)
        self._matcher = Matcher(
            Pattern(folded, tuple(same)) for folded, groups in grouped.items() for same in groups.values()
        )

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read every CSV file of a folder.

        Raises:
            ConfigurationError: listing each row that is not valid, with file and line, or that there is no row.
        """
        terms: list[Term] = []
        problems: list[str] = []
        for path in sorted(folder.glob("*.csv")):
            _read(path, terms, problems)
        if not terms and not problems:
            problems.append(f"{folder}: expected CSV files with terms, found none")
        if problems:
            raise ConfigurationError("\n".join(problems))
        return cls(terms)

    def find(self, text: Folded, language: str = "und") -> list[Hit]:
        """The terms of a text in reading order; what a mask covers is left out, nested terms are all kept."""
        hits = self._matcher.find(text, language)
        masks = [(h.start, h.end) for h in hits if h.term.side == MASK]
        if masks:
            hits = [h for h in hits if h.term.side != MASK and not _masked(h, masks)]
        names = [h for h in hits if h.term.kind == PROGRAMME and h.term.side == CONTEXT]
        return [h for h in hits if not _within(h, names)] if names else hits

    @cached_property
    def by_concept(self) -> Mapping[str, Sequence[Term]]:
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            found[term.concept].append(term)
        return found

    def look_terms(self, implied: Mapping[str, Iterable[str]] | None = None) -> dict[str, list[str]]:
        """By side the raw spellings that a page must hold one of, as printed: for the cheap look at its bytes.

        Anchor and strong terms, those of the pair on every side; `implied` names further concepts by side (see
        `Weights.implied_concepts`). Persian and Arabic letters come in both their spellings, apostrophes too.
        """
        found: dict[str, set[str]] = {side: set() for side in self.sides}
        extra = {side: frozenset(concepts) for side, concepts in (implied or {}).items()}
        for term in self.terms:
            for side in self.sides:
                if _seen_by_look(term, side, extra.get(side, frozenset())):
                    found[side].update(_spellings(term.text))
        return {side: sorted(terms) for side, terms in found.items()}


def _seen_by_look(term: Term, side: str, implied: frozenset[str]) -> bool:
    if term.concept in implied:
        return term.strength != "weak"
    return term.side in (side, BOTH) and term.kind != SELF and term.strength in ("anchor", "strong")


_ARABIC_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "ه": "ہ"})
_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ہ": "ه"})


def _spellings(term: str) -> set[str]:
    """A term as it may stand on a page: Arabic or Persian letters, with or without ZWNJ, either apostrophe."""
    found = {term, term.translate(_PERSIAN_LETTERS), term.translate(_ARABIC_LETTERS)}
    found |= {t.translate(_ARABIC_LETTERS) for t in found}
    if term.startswith("ال"):
        found.add("لل" + term[2:])
    found |= {t.replace("\u200c", joint) for t in found if "\u200c" in t for joint in ("", " ")}
    found |= {t.replace("'", "’") for t in found if "'" in t}
    return found


def _masked(hit: Hit, masks: Sequence[tuple[int, int]]) -> bool:
    """Whether a mask touches the hit and is not itself a part of it."""
    return any(
        start < hit.end
        and hit.start < end
        and not (hit.start <= start and end <= hit.end and hit.length > end - start)
        for start, end in masks
    )


def _within(hit: Hit, names: Iterable[Hit]) -> bool:
    return any(
        n.start <= hit.start and hit.end <= n.end and n.length > hit.length and hit.term.concept != n.term.concept
        for n in names
    )


def _read(path: Path, terms: list[Term], problems: list[str]) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, restval="")
            if tuple(rows.fieldnames or ()) != COLUMNS:
                problems.append(f"{path}: line 1: expected the columns {', '.join(COLUMNS)}")
                return
            for row in rows:
                found = _term(row, problems, f"{path}: line {rows.line_num}")
                if found is not None:
                    terms.append(found)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(f"{path}: cannot be read: {error}")


def _term(row: Mapping[str, str], problems: list[str], where: str) -> Term | None:
    wrong = [
        f"{key} must be one of {', '.join(repr(v) for v in allowed)}, got {row[key]!r}"
        for key, allowed in (("strength", STRENGTHS), ("match", MATCHES), ("case", CASES), ("scope", SCOPES))
        if row[key] not in allowed
    ]
    wrong += [f"{key} is missing" for key in ("concept", "class", "side", "lang") if not row[key]]
    if not fold(row["term"]):
        wrong.append("term is missing")
    since, until = _day(row, "from", wrong), _day(row, "to", wrong)
    problems.extend(f"{where}: {text}" for text in wrong)
    if wrong:
        return None
    return Term(
        concept=row["concept"], kind=row["class"], side=row["side"], strength=row["strength"], language=row["lang"],
        text=row["term"], match=row["match"], case=row["case"], own=row["scope"] == "own", since=since, until=until,
        provenance=row["provenance"],
    )  # fmt: skip


def _day(row: Mapping[str, str], key: str, wrong: list[str]) -> date | None:
    if not row[key]:
        return None
    try:
        return date.fromisoformat(row[key])
    except ValueError:
        wrong.append(f"{key} must be a day as YYYY-MM-DD, got {row[key]!r}")
        return None


def _digest(terms: Iterable[Term]) -> str:
    """A short name for exactly these terms, in any order."""
    lines = sorted(
        "\x1f".join((t.concept, t.kind, t.side, t.strength, t.language, t.text, t.match, t.case, str(t.own)))
        + f"\x1f{t.since}\x1f{t.until}"
        for t in terms
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
