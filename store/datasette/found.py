"""What a search met, on the pages: marked headlines, passages, terms by language; the page of the best matches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from store.database import Store
from store.datasette.search import EXPAND, SEARCHES
from store.search import find, index
from store.search.opened import Found
from store.search.query import Expand, parse
from store.search.vocabulary import Vocabulary

T = TypeVar("T")

PATH = "/-/search"
"""The page of the best matches; `?q=`, `expand=1`, `sort=newest`."""
SHOWN = 30

Pieces = list[tuple[str, bool]]
"""Parts of a text in order, each with whether it is marked."""


def vocabulary(config: Mapping[str, Any]) -> Vocabulary:
    """The terms that the plugin was given, as JSON in one text: Datasette walks through other values at each call."""
    return _made_of(str(config.get("concepts") or "{}"))


@lru_cache(maxsize=4)
def _made_of(concepts: str) -> Vocabulary:
    return Vocabulary(json.loads(concepts))


@dataclass(frozen=True, slots=True)
class Finder:
    """Searches a store that Datasette serves."""

    database: Any
    vocabulary: Vocabulary
    now: Callable[[], datetime]

    async def look(self, words: str, article: int, *, expanded: bool) -> dict[str, Any]:
        """What words meet in one article; empty when there is nothing to look for."""
        now = self.now()
        query = parse(words, today=now.date(), expand=self._expand(expanded))
        found = await self._run(lambda store: find.look(store, query, [article], now=now))
        return met(found[article]) if article in found else {}

    async def search(self, words: str, *, expanded: bool, sort: str) -> tuple[find.Result, index.State]:
        now, expand = self.now(), self._expand(expanded)

        def both(store: Store) -> tuple[find.Result, index.State]:
            return find.search(store, words, now=now, limit=SHOWN, sort=sort, expand=expand), index.state(store)

        return await self._run(both)

    def _expand(self, expanded: bool) -> Expand | None:
        return self.vocabulary.expand if expanded else None

    async def _run(self, function: Callable[[Store], T]) -> T:
        def on(connection: sqlite3.Connection) -> T:
            return function(Store(Path(self.database.path), connection))

        answer: T = await self.database.execute_fn(on)
        return answer


def in_list(finder: Finder, arguments: Any) -> dict[str, Any]:
    """What a list of articles tells of a search: `met(id)` for its cards, and the way to the best matches."""
    words = " ".join(arguments.get(name) for name in SEARCHES if arguments.get(name))
    expanded = bool(arguments.get(EXPAND))

    async def met_in(article: object) -> dict[str, Any]:
        return await finder.look(words, int(str(article)), expanded=expanded)  # Datasette gives keys as text

    found: dict[str, Any] = {"expanded": expanded}
    return found | ({"met": met_in, "best": f"{PATH}?{_asking(words, expanded, 'q', 'expand')}"} if words else {})


async def page(finder: Finder, arguments: Any) -> dict[str, Any]:
    """What the page of the best matches needs."""
    words, expanded = str(arguments.get("q") or "").strip(), bool(arguments.get("expand"))
    sort = "newest" if arguments.get("sort") == "newest" else "relevance"
    told = {"q": words, "expanded": expanded, "sort": sort, "supports_search": True, "listed": ""}
    if not words:
        return told | {"result": None}
    result, state = await finder.search(words, expanded=expanded, sort=sort)
    cards = [{"row": dict(found.row), "met": met(found)} for found in result.found]
    listed = _asking(words, expanded, "_search", EXPAND)
    return told | {"result": result, "results": cards, "listed": listed, "left": state.left, "stale": state.stale}


def _asking(words: str, expanded: bool, typed: str, expand: str) -> str:
    return urlencode({typed: words} | ({expand: "1"} if expanded else {}))


def met(found: Found) -> dict[str, Any]:
    """What a card needs beside the row."""
    passage = found.passage
    terms: dict[str, list[tuple[str, str]]] = {}
    for matched in found.matched:
        if matched.language:
            terms.setdefault(matched.typed, []).append((matched.term, matched.language))
    return {
        "title": pieces(str(found.row["title"]), found.title_marks),
        "passage": pieces(passage.text, passage.marks),
        "begins": passage.begins,
        "ends": passage.ends,
        "terms": terms,
    }


def pieces(text: str, marks: Iterable[Sequence[int]]) -> Pieces:
    """Cut a text around its marks."""
    cut: Pieces = []
    at = 0
    for start, end in marks:
        cut += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*cut, (text[at:], False)] if piece[0]]
