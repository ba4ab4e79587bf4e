"""An article that was read for a search: where it holds the words, what is counted, what is shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.search.marks import Hit, Marked, Marker
from store.search.passage import Passage, passage
from store.search.query import Query, Spelling
from store.search.ranking import Counted
from store.search.shadow import lead_end
from store.text import fold


@dataclass(frozen=True, slots=True)
class Matched:
    """One way in which an article met the query: the group as typed, the term that stood for it, the words found."""

    typed: str
    term: str
    language: str
    """Of the term, when it comes from a vocabulary; else empty."""
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found. Offsets are into the stored title and text."""

    row: Mapping[str, Any]
    score: float
    title_marks: tuple[tuple[int, int], ...]
    passage: Passage
    matched: tuple[Matched, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A row of `articles` without its text, and where headline and text hold what is wanted."""

    row: Mapping[str, Any]
    title: Marked
    text: Marked
    goes_on: bool
    """Whether the text is longer than what was read."""


def opened(row: Mapping[str, Any], marker: Marker) -> Opened:
    """Look for what is wanted in an article. `row` holds the listed columns, `text` and `goes_on`."""
    listed = {name: value for name, value in row.items() if name not in ("text", "goes_on")}
    return Opened(listed, marker.read(row["title"]), marker.read(row["text"]), bool(row["goes_on"]))


def counted(one: Opened, age: float) -> Counted:
    """What ranking needs to know; `age` in days."""
    text = one.text.folded.original
    cut = len(fold(text[: lead_end(text)]))
    return Counted(
        title=Counter(hit.group for hit in one.title.hits),
        lead=Counter(hit.group for hit in one.text.hits if hit.start < cut),
        text=Counter(hit.group for hit in one.text.hits if hit.start >= cut),
        length=one.row["length"],
        age=age,
    )


def shown(query: Query, one: Opened, score: float, weights: Mapping[int, float]) -> Found:
    """What is told of an article that was found."""
    title, text = one.title.in_original(), one.text.in_original()
    zones = [(one.title.folded.original, title), (one.text.folded.original, text)]
    return Found(
        one.row,
        score,
        tuple((hit.start, hit.end) for hit in title),
        passage(one.text.folded.original, text, weights, goes_on=one.goes_on),
        _matched(query, one.row["language"], zones),
    )


def _matched(query: Query, language: str, zones: Sequence[tuple[str, Sequence[Hit]]]) -> tuple[Matched, ...]:
    """Which terms were met, each once, the one met most first within its group."""
    counts: Counter[tuple[int, Spelling]] = Counter()
    words: dict[tuple[int, Spelling], str] = {}
    for text, hits in zones:
        for hit in hits:
            counts[hit.group, hit.spelling] += 1
            words.setdefault((hit.group, hit.spelling), text[hit.start : hit.end])
    found = []
    for group, spelling in sorted(counts, key=lambda key: (key[0], -counts[key])):
        key, term = (group, spelling), spelling.term.rstrip("*")
        own = _own(spelling.languages, language)
        found.append(Matched(query.wanted[group].typed, term, own, words[key], counts[key]))
    return tuple(found)


def _own(languages: Sequence[str], language: str) -> str:
    """The article's language when a term is of it, else the term's first one."""
    return language if language in languages else next(iter(languages), "")
