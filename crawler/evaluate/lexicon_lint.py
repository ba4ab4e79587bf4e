"""What is wrong with a vocabulary, or should be looked at by a person: checked without any text, or against texts.

Three levels. An `error` must not be shipped (a test holds the shipped vocabulary to that). A `warning` is for a
person to decide. A `note` tells what was measured.
"""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crawler.analysis import language
from crawler.analysis.lexicon import ASIDE, BOTH, CONTEXT, MASK, SELF, Lexicon, Term
from crawler.analysis.relevance_mentions import PERSON, STATE
from store.errors import ConfigurationError
from store.text import fold, fold_with_map

PROVENANCE = "provenance.toml"
CHECK_OFFICES = timedelta(days=180)
"""Offices that nobody has looked at for longer are told: governments change faster than vocabularies."""
LONG_GONE = timedelta(days=3 * 365)
"""A name whose office ended so long ago is by now as often another person's."""
SHORT = 3
"""Letters of a name below which it is as often something else, unless its case is asked for."""
ENOUGH_TEXTS = 100
"""Texts of a language that must be read before a silence of its terms says something."""
_CASED = ("LATIN", "CYRILLIC")
"""Scripts with capitals that many languages share."""
_NAMES = frozenset({STATE, "country", "capital", PERSON, "company", "place"})

Text = tuple[str, str, str]
"""Headline, text and language of an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about one term."""

    level: str
    code: str
    """One of docs/lexicon.md."""
    where: str
    """File and line."""
    term: str
    language: str
    concept: str
    message: str


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    term: Term
    folded: str

    def finding(self, level: str, code: str, message: str) -> Finding:
        t = self.term
        return Finding(
            level=level, code=code, where=self.where, term=t.text, language=t.language, concept=t.concept,
            message=message,
        )  # fmt: skip


def lint(folder: Path, sides: Collection[str], *, today: date) -> list[Finding]:
    """Everything that can be seen without reading a text.

    Args:
        folder: the folder with the CSV files and `provenance.toml`.
        sides: ids of the beat's sides.
    """
    try:
        lexicon = Lexicon.load(folder)
    except ConfigurationError as error:
        return [_file_error("malformed", line) for line in str(error).splitlines()]
    rows = _rows(folder, lexicon)
    origins, problems = _origins(folder)
    return [
        *problems,
        *(found for row in rows for found in _of_row(row, sides, origins, today)),
        *_same_spelling(rows),
        *_not_masked(rows, lexicon),
        *_idle_masks(rows),
        *_unchecked_offices(origins, today),
    ]


def silent(folder: Path, texts: Iterable[Text]) -> list[Finding]:
    """Terms that fire in no text, in languages of which enough texts were read; and those that fire abroad only.

    A spelling that several languages share is one: which of them the matcher names does not matter, and in all of
    them it is at home.
    """
    lexicon = Lexicon.load(folder)
    rows = _rows(folder, lexicon)
    folded = {row.term: row.folded for row in rows}
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        homes[row.term.concept, row.folded].add(row.term.base)
    fired: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    read: Counter[str] = Counter()
    for title, text, hint in texts:
        spoken = language.identify(f"{title}\n{text}", hint or None)
        read[spoken] += 1
        hits = (hit.term for part in (title, text) for hit in lexicon.find(fold_with_map(part), spoken))
        for spelling in {(term.concept, folded[term]) for term in hits}:
            fired[spelling][spoken] += 1
    spellings = ((row, (row.term.concept, row.folded)) for row in rows)
    return [found for row, key in spellings for found in _fired(row, fired[key], homes[key], read)]


def _fired(row: _Row, fired: Counter[str], homes: Collection[str], read: Counter[str]) -> Iterator[Finding]:
    term = row.term
    if fired[term.base] or read[term.base] < ENOUGH_TEXTS or term.side == MASK:
        return
    if not fired:
        yield row.finding("note", "silent", f"in none of {read[term.base]:,} texts of its language")
    elif fired.keys().isdisjoint(homes) and not term.own and term.side != CONTEXT:
        told = f"fires in {fired.total()} texts of other languages and in none of its own; does it need scope `own`?"
        yield row.finding("warning", "alien", told)


def _rows(folder: Path, lexicon: Lexicon) -> list[_Row]:
    """The terms with their places; they are read in the order of files and lines."""
    places = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.reader(lines)
            next(rows)
            places += [f"{path.name}:{rows.line_num}" for row in rows if row]
    return [_Row(where, term, fold(term.text)) for where, term in zip(places, lexicon.terms, strict=True)]


def _file_error(code: str, message: str) -> Finding:
    where, _, rest = message.partition(": line ")
    name = f"{Path(where).name}:{rest.partition(':')[0]}" if rest else Path(where.partition(":")[0]).name
    told = rest.partition(": ")[2] if rest else message
    return Finding(level="error", code=code, where=name, term="", language="", concept="", message=told)


def _origins(folder: Path) -> tuple[dict[str, Any], list[Finding]]:
    """The declared origins of terms by their name in the column `provenance`."""
    path = folder / PROVENANCE
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [_file_error("provenance", f"{path}: cannot be read as TOML: {error}")]
    wrong = [
        name for name, about in told.items()
        if not isinstance(about, dict) or not about.get("about") or not isinstance(about.get("date"), date)
    ]  # fmt: skip
    return told, [_file_error("provenance", f"{path}: {name}: expected `about` and a `date`") for name in wrong]


def _of_row(row: _Row, sides: Collection[str], origins: Collection[str], today: date) -> Iterator[Finding]:
    term = row.term
    if term.side not in (*sides, BOTH, CONTEXT, MASK):
        yield row.finding("error", "side", f"{term.side!r} is no side of the beat ({', '.join(sides)})")
    if term.provenance not in origins:
        told = f"{term.provenance!r} is not declared in {PROVENANCE}" if term.provenance else "where is it from?"
        yield row.finding("error", "provenance", told)
    if term.side in sides and _is_short(row):
        told = f"{len(row.folded)} letters in any case are many other things; set case to `exact` or `cap`"
        yield row.finding("error", "short", told)
    yield from _office(row, sides, today)


def _is_short(row: _Row) -> bool:
    """A brief word of a script with capitals that is found in small letters too."""
    term = row.term
    brief = len(row.folded) <= SHORT and not term.case and not term.own and term.match != "substring"
    return brief and any(unicodedata.name(char, "").startswith(_CASED) for char in term.text)


def _office(row: _Row, sides: Collection[str], today: date) -> Iterator[Finding]:
    term = row.term
    if term.since and term.until and term.until < term.since:
        yield row.finding("error", "office", f"the office ends ({term.until}) before it begins ({term.since})")
    if term.kind != PERSON or term.side not in sides:
        return
    if term.since is None and term.until is None:
        yield row.finding("warning", "undated", "when was the office held? Without dates it counts the same for ever")
    elif term.until and today - term.until > LONG_GONE and term.strength == "anchor":
        yield row.finding("warning", "expired", f"out of office since {term.until}, and still an anchor")
    elif term.until and term.until < today:
        yield row.finding("note", "expired", f"out of office since {term.until}: counts one step less since")


def _unchecked_offices(origins: dict[str, Any], today: date) -> Iterator[Finding]:
    checked = origins.get("offices", {}).get("date")
    if checked is None or today - checked > CHECK_OFFICES:
        told = f"who holds which office was checked last on {checked}; look, and set the date of `offices`"
        yield Finding(
            level="warning", code="offices", where=PROVENANCE, term="", language="", concept="", message=told
        )


def _same_spelling(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Rows that say what another one says, and spellings that stand for both sides."""
    groups: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row.folded, row.term.base].append(row)
    for same in groups.values():
        for number, row in enumerate(same):
            for other in same[:number]:
                yield from _compared(row, other)


def _compared(row: _Row, other: _Row) -> Iterator[Finding]:
    a, b = row.term, other.term
    if a.concept == b.concept and a.side == b.side:
        if (a.match, a.case, a.own) == (b.match, b.case, b.own) and a.language == b.language:
            yield row.finding("error", "duplicate", f"{other.where} has it ({b.text!r} is found alike)")
    elif {a.side, b.side}.isdisjoint({CONTEXT, MASK, BOTH}) and a.side != b.side and SELF not in (a.kind, b.kind):
        yield row.finding("error", "ambiguous", f"stands for {b.side} too ({other.where})")
    elif a.side == b.side and a.side not in (CONTEXT, MASK) and ASIDE not in (a.strength, b.strength):
        yield row.finding("warning", "twofold", f"is a term of {b.concept} too ({other.where})")


def _not_masked(rows: Iterable[_Row], lexicon: Lexicon) -> Iterator[Finding]:
    """Names of other states and of the other side within which a side is found, and no mask covers it."""
    for row in rows:
        term = row.term
        if term.kind not in _NAMES or term.side == BOTH:
            continue
        for hit in lexicon.find(fold_with_map(term.text), term.base):
            inner = hit.term
            other = inner.side in lexicon.sides and inner.side != term.side and inner.kind != SELF
            if other and hit.length < len(row.folded):
                told = f"{inner.text!r} ({inner.concept}, {inner.side}) is found in it; a mask should cover it"
                yield row.finding("error", "ambiguous", told)


def _idle_masks(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Masks that hold no term of a side, not even within a word, where the cheap look at a page's bytes finds it."""
    names = {row.folded for row in rows if row.term.side not in (MASK, CONTEXT)}
    longest = max(map(len, names), default=0)
    for row in rows:
        if row.term.side != MASK:
            continue
        text = row.folded
        parts = (text[i:j] for i in range(len(text)) for j in range(i + 1, min(len(text), i + longest) + 1))
        if not any(part in names for part in parts):
            yield row.finding("note", "idle", "no term of a side is in it: today it masks nothing")
