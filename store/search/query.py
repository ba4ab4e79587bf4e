"""What can be typed into a search, in any script. Pure; nothing that is typed is an error.

iran oil                both words, in any of their forms (`sanctions` finds `sanction`)
"crude oil"             these words, as they stand
sanction*               words that begin so
-oil  -"crude oil"      without
oil OR gas tanker       either of the two, and tanker
lang:fa  site:irna.ir  source:irna  topic:energy  since:2026-03-01  since:7d
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from store.search import compounds, stems
from store.search.words import plain, units
from store.text import fold

LEAST_PREFIX = 3
"""Letters before a star; `ir*` would ask for a good part of all words."""
MOST_GROUPS = 24
MOST_ALTERNATIVES = 60
"""What is typed or expanded beyond these is left out: a query has a bounded price."""

_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_FILTER = re.compile(r"(lang|site|source|topic|since):(\S+)", re.IGNORECASE)
_QUOTES = re.compile("[“”„‟«»‹›「」『』＂]")
_AGO = re.compile(r"(\d{1,4})([dw])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or a run, plain."""

    text: str
    is_run: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a group can be met.

    Attributes:
        units: words and runs that must follow each other.
        exact: only these words, none of their forms.
        prefix: the last word is a beginning.
        term: what was typed, or the vocabulary's term.
        languages: of the vocabulary's term; empty for what was typed.
    """

    units: tuple[Unit, ...]
    exact: bool = False
    prefix: bool = False
    term: str = ""
    languages: tuple[str, ...] = ()

    def families(self) -> tuple[stems.Family | None, ...]:
        """The families by whose rules its forms are looked up: those of its languages, of all when it was typed."""
        return tuple(map(stems.family_of, self.languages)) if self.languages else stems.families()

    def compounding(self) -> bool:
        """Whether it may be part of a compound."""
        return not self.languages or not compounds.LANGUAGES.isdisjoint(self.languages)


@dataclass(frozen=True, slots=True)
class Group:
    """Something that must be there (or must not): one of its spellings. `typed` is what stood in the query."""

    typed: str
    spellings: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood."""

    wanted: tuple[Group, ...] = ()
    unwanted: tuple[Group, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None

    def __bool__(self) -> bool:
        return bool(self.wanted)


Expand = Callable[[str], Sequence[tuple[str, tuple[str, ...]]]]
"""Gives for what was typed (a word, or several) terms of the same thing with their languages; or nothing."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    minus: bool
    quoted: bool

    @property
    def operator(self) -> str:
        return "" if self.quoted or self.minus else {"|": "OR"}.get(self.text, self.text)


def parse(typed: str, *, today: date | None = None, expand: Expand | None = None) -> Query:
    """Understand what a person typed.

    Args:
        today: the day that `since:7d` counts from; None leaves such a filter out.
        expand: adds a vocabulary's terms to words (not to phrases in quotes); words that name one thing together
            (`foreign minister`) are expanded together.
    """
    filters: dict[str, tuple[str, ...]] = {}
    since = None
    parts: list[_Part] = []
    for part in _parts(typed):
        found = None if part.quoted or part.minus else _FILTER.fullmatch(part.text)
        if found is None:
            parts.append(part)
        elif (name := found[1].lower()) != "since":
            filters[name] = (*filters.get(name, ()), found[2].lower())
        else:
            since = _day(found[2], today) or since
    groups = list(_groups(_together(parts, expand) if expand else parts, expand))[:MOST_GROUPS]
    return Query(
        tuple(dict.fromkeys(group for minus, group in groups if not minus)),
        tuple(dict.fromkeys(group for minus, group in groups if minus)),
        filters,
        since,
    )


def _parts(typed: str) -> Iterator[_Part]:
    negated = False
    for match in _PART.finditer(_QUOTES.sub('"', typed)):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        quoted = match["phrase"] is not None
        if text == "NOT" and not quoted and not match["minus"]:
            negated = True
            continue
        yield _Part(text, bool(match["minus"]) or negated, quoted)
        negated = False


def _together(parts: Sequence[_Part], expand: Expand) -> Iterator[_Part]:
    """Neighbouring words that the vocabulary knows as one term become one part, the longest first."""
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + 4), at, -1):
            several = parts[at:end]
            text = " ".join(part.text for part in several)
            if len(several) == 1 or (
                not any(p.quoted or p.minus or p.operator in ("OR", "AND") for p in several) and expand(text)
            ):
                yield several[0] if len(several) == 1 else _Part(text, minus=False, quoted=False)
                at = end
                break


def _groups(parts: Iterable[_Part], expand: Expand | None) -> Iterator[tuple[bool, Group]]:
    """Groups with whether they are unwanted; `OR` joins the spellings of its neighbours."""
    waiting: tuple[bool, Group] | None = None
    joining = False
    for part in parts:
        if part.operator in ("OR", "AND"):
            joining = part.operator == "OR" and waiting is not None
            continue
        spellings = tuple(_spellings(part, expand))[:MOST_ALTERNATIVES]
        if not spellings:
            continue
        if joining and waiting is not None and waiting[0] == part.minus:
            both = (*waiting[1].spellings, *spellings)[:MOST_ALTERNATIVES]
            waiting = part.minus, Group(f"{waiting[1].typed} OR {part.text}", both)
        else:
            if waiting is not None:
                yield waiting
            waiting = part.minus, Group(part.text, spellings)
        joining = False
    if waiting is not None:
        yield waiting


def _spellings(part: _Part, expand: Expand | None) -> Iterator[Spelling]:
    terms = expand(part.text) if expand and not part.quoted else ()
    several = " " in part.text.strip() and not part.quoted
    yield from spellings_of(part.text, exact=part.quoted or several)
    for term, languages in terms:
        yield from spellings_of(term, exact=False, languages=languages)


def spellings_of(text: str, *, exact: bool, languages: tuple[str, ...] = ()) -> Iterator[Spelling]:
    """The spellings of a word or phrase: joined and apart where it has a ZWNJ; none when it has no letter."""
    starred = text.rstrip().endswith("*")
    seen = set()
    for spelled in (text, text.replace("\u200c", " ")) if "\u200c" in text else (text,):
        found = units_of(spelled if exact else _without_particles(spelled))
        if found and found not in seen:
            seen.add(found)
            prefix = starred and (found[-1].is_run or len(found[-1].text) >= LEAST_PREFIX)
            yield Spelling(found, exact or len(found) > 1, prefix, text, languages)


def _without_particles(word: str) -> str:
    """`İran'ın`, `Iran's`, `l'Iran` → `İran`, `Iran`, `Iran`: the longest part of a word with apostrophes."""
    parts = fold(word).split("'")
    return max(parts, key=len) if len(parts) > 1 and sum(map(len, parts)) - len(max(parts, key=len)) <= 5 else word


def units_of(text: str) -> tuple[Unit, ...]:
    """The words and runs of a text."""
    bare = plain(fold(text))
    return tuple(Unit(bare[start:end], is_run) for start, end, is_run in units(bare))


def _day(text: str, today: date | None) -> date | None:
    """`2026-03-01`, `7d` or `2w`; None when it is none of them."""
    if ago := _AGO.fullmatch(fold(text)):
        days = int(ago[1]) * (7 if ago[2] == "w" else 1)
        return today - timedelta(days=days) if today and days < today.toordinal() else None
    try:
        return date.fromisoformat(fold(text))
    except ValueError:
        return None
