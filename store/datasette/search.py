"""Datasette's own search box and `?_search=` with the product's folding (`store.text.search_query`), and `?_topic=`.

Datasette would ask `id IN (SELECT rowid …)`, which SQLite answers by reading every article found: for a word in 70 %
of 400,000 articles a page took 0.9 s warm. With `+id` it walks the order that the page wants and looks each number
up: 38 ms; but for a rare word 7 ms instead of 3, seven times a page. So it is counted first, up to `FEW`.

Datasette is not told of the index (`fts_table`): it would add its own condition.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from store.text import search_query

TABLE = "articles"
TOPIC = "_topic"
"""The argument that keeps to articles of a topic; it may be there more than once."""
FEW = 2000
"""Articles that are read one by one rather than looked for in an order."""
NOTHING = '""'
"""An FTS5 query that is valid and finds nothing: what somebody typed held no word."""

_SEARCHES: Mapping[str, tuple[str, str]] = {
    "_search": ("articles_fts MATCH :{name}", "words"),
    "_search_title": ("articles_fts MATCH 'title : (' || :{name} || ')'", "headlines"),
    "_search_text": ("articles_fts MATCH 'text : (' || :{name} || ')'", "texts"),
}

Count = Callable[[str, Mapping[str, str]], Awaitable[int]]
"""Runs a query that gives one number."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A question for article numbers, with its parameters and what it means."""

    numbers: str
    parameters: Mapping[str, str]
    meaning: str

    async def where(self, count: Count) -> str:
        """The condition on `articles`."""
        found = await count(f"SELECT count(*) FROM ({self.numbers} LIMIT {FEW + 1})", self.parameters)
        return f"{'id' if found <= FEW else '+id'} IN ({self.numbers})"


def match_query(typed: object) -> str:
    """The FTS5 query for what a person typed; never a syntax error."""
    return search_query(str(typed or "")) or NOTHING


def conditions(typed: Mapping[str, str], topics: Iterable[str]) -> list[Condition]:
    """What the arguments of a request ask for, each by itself."""
    found = []
    for argument, (clause, places) in _SEARCHES.items():
        if words := typed.get(argument, "").strip():
            name = argument[1:]
            numbers = f"SELECT rowid FROM articles_fts WHERE {clause.format(name=name)}"
            found.append(Condition(numbers, {name: match_query(words)}, f"{places} match “{words}”"))
    for number, topic in enumerate(topics):
        numbers = f"SELECT article_id FROM topics WHERE topic = :topic_{number}"
        found.append(Condition(numbers, {f"topic_{number}": topic}, f"topic is “{topic}”"))
    return found


def shown(typed: Mapping[str, Any]) -> str:
    """What stands in the search box."""
    return next((str(typed[name]) for name in _SEARCHES if typed.get(name)), "")
