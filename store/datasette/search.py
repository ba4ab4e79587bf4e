"""Datasette's own search box and `?_search=`, with what `silkwatch search` understands; `?_topic=` and `?_expand=1`.

Datasette would ask `id IN (SELECT rowid …)`, which SQLite answers by reading every article found: for a word in 70 %
of 400,000 articles a page took 0.9 s warm. With `+id` it walks the order that the page wants and looks each number
up: 38 ms; but for a rare word 7 ms instead of 3, seven times a page. So it is counted first, up to `FEW`.

Datasette is not told of the index (`fts_table`): it would add its own condition.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from store.search.compounds import compounds
from store.search.expression import ANYWHERE, expression
from store.search.query import Expand, parse

TABLE = "articles"
TOPIC = "_topic"
"""The argument that keeps to articles of a topic; it may be there more than once."""
EXPAND = "_expand"
"""The argument that looks for the terms of words in all languages."""
FEW = 2000
"""Articles that are read one by one rather than looked for in an order."""
NOTHING = '""'
"""An FTS5 query that is valid and finds nothing: what somebody typed held no word."""

SEARCHES: Mapping[str, tuple[str, str]] = {
    "_search": (ANYWHERE, "words"),
    "_search_title": ("title", "headlines"),
    "_search_text": ("lead text", "texts"),
}
"""Arguments with the columns of the index they look at, and what they are called."""

Count = Callable[[str, Mapping[str, Any]], Awaitable[int]]
"""Runs a query that gives one number."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A question for article numbers, with its parameters and what it means."""

    numbers: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    meaning: str = ""

    async def where(self, count: Count) -> str:
        """The condition on `articles`."""
        found = await count(f"SELECT count(*) FROM ({self.numbers} LIMIT {FEW + 1})", self.parameters)
        return f"{'id' if found <= FEW else '+id'} IN ({self.numbers})"


def match_query(
    connection: sqlite3.Connection, typed: object, zones: object = ANYWHERE, expand: Expand | None = None
) -> str:
    """The FTS5 query for what a person typed; never a syntax error. Compounds are looked up on the connection."""
    query = parse(str(typed or ""), expand=expand)
    return expression(query, lambda word: compounds(connection.execute, word), zones=str(zones)) or NOTHING


def conditions(typed: Mapping[str, str], topics: Iterable[str], *, today: date | None = None) -> list[Condition]:
    """What the arguments of a request ask for, each by itself."""
    found: list[Condition] = []
    wanted = list(topics)
    function = "search_expanded" if typed.get(EXPAND) else "search_query"
    for argument, (zones, places) in SEARCHES.items():
        if words := typed.get(argument, "").strip():
            name = argument[1:]
            asked = f"{function}(:{name}, '{zones}')"
            numbers = f"SELECT rowid FROM articles_fts WHERE articles_fts MATCH {asked}"
            found.append(Condition(numbers, {name: words}, f"{places} match “{words}”"))
            query = parse(words, today=today)
            wanted += query.filters.get("topic", ())
            if query.since:
                since = {f"{name}_since": query.since.isoformat()}
                found.append(Condition(f"SELECT id FROM articles WHERE day >= :{name}_since", since))
    for number, topic in enumerate(dict.fromkeys(wanted)):
        numbers = f"SELECT article_id FROM topics WHERE topic = :topic_{number}"
        found.append(Condition(numbers, {f"topic_{number}": topic}, f"topic is “{topic}”"))
    return found


def shown(typed: Mapping[str, Any]) -> str:
    """What stands in the search box."""
    return next((str(typed[name]) for name in SEARCHES if typed.get(name)), "")
