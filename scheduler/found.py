"""What a search found, as lines and as a JSON document. Pure, but for reading the beat's vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path
from typing import Any

from crawler import beat
from scheduler.report import article, facts_line
from scheduler.terminal import harmless, in_isolate, isolated, plain
from store.search.find import Result
from store.search.index import State
from store.search.opened import Found
from store.search.vocabulary import Vocabulary

Marks = tuple[str, str]
"""What stands before and after a word that matched."""


def vocabulary(folder: Path | None) -> Vocabulary:
    """The terms of the beat's concepts in all its languages. Raises ConfigurationError for a broken beat."""
    return Vocabulary(beat.search_concepts(beat.find(folder)))


def incomplete(state: State) -> str:
    """What to say of an index that is not whole; empty when it is."""
    if state.stale:
        return "the search index was made by another version and finds less; `silkwatch reindex` makes it anew"
    if state.left:
        return f"{state.left:,} older articles are not in the search index yet; `silkwatch reindex` finishes it"
    return ""


def document(words: str, result: Result) -> dict[str, Any]:
    """What `silkwatch search --json` prints. Offsets are characters of the stored title and text."""
    return {
        "query": words,
        "total": result.total,
        "more": result.more,
        "articles": [
            {
                **article(found.row),
                "score": round(found.score, 4),
                "title_marks": found.title_marks,
                "passage": asdict(found.passage),
                "matched": [asdict(matched) for matched in found.matched],
            }
            for found in result.found
        ],
    }


def lines(result: Result, zone: tzinfo | None, *, marks: Marks, expanded: bool) -> Iterator[str]:
    """What a person reads: each article with its headline, facts, passage and address."""
    if not result.query:
        yield "Nothing to look for: a search needs a word."
        return
    if not result.found:
        yield "Nothing found."
        return
    for number, found in enumerate(result.found):
        yield from [""] * (number > 0)
        yield from _article(found, zone, marks, expanded=expanded)
    if result.more or result.total > len(result.found):
        yield ""
        yield f"{len(result.found)} of {'more than ' if result.more else ''}{result.total:,} that were found."


def _article(found: Found, zone: tzinfo | None, marks: Marks, *, expanded: bool) -> Iterator[str]:
    row, passage = found.row, found.passage
    yield marked(str(row["title"] or "(no title)"), found.title_marks, marks)
    yield f"  {facts_line(row, zone)}"
    if passage.text.strip():
        dots = ("" if passage.begins else "… ", "" if passage.ends else " …")
        yield f"  {dots[0]}{marked(passage.text, passage.marks, marks)}{dots[1]}"
    if expanded and found.matched:
        yield f"  {_terms(found)}"
    yield f"  {plain(str(row['url']))}"


def _terms(found: Found) -> str:
    """`Iran: 伊朗 (zh) · oil: 石油 (zh), oil`."""
    by_word: dict[str, list[str]] = {}
    for matched in found.matched:
        term = isolated(matched.term) + (f" ({plain(matched.language)})" if matched.language else "")
        by_word.setdefault(matched.typed, []).append(term)
    return " · ".join(f"{isolated(typed)}: {', '.join(terms)}" for typed, terms in by_word.items())


def marked(text: str, spans: Iterable[Sequence[int]], marks: Marks) -> str:
    """A text for a terminal with the spans between marks; nothing in it that a terminal would obey."""
    told, at = "", 0
    for start, end in spans:
        told += harmless(text[at:start]) + marks[0] + harmless(text[start:end]) + marks[1]
        at = end
    return in_isolate(" ".join((told + harmless(text[at:])).split()))
