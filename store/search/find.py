"""Search at a bounded price: candidates from the index newest first, in tiers, then the best of them are read.

Nearly every article of a beat holds its main words. To score all of them would cost a second at a million articles,
so:

1. Articles that hold all that is wanted are asked for newest first, which FTS5 answers without reading further than
   asked. Up to `FEW` all of them are candidates; of more, the newest that hold everything in the headline, in
   headline and lead, and anywhere (tiered indexes; C. Manning et al., "Introduction to Information Retrieval",
   7.2.1).
2. How many articles hold each group is counted up to `SAMPLE`; beyond, it is judged from how far back these reach.
3. Candidates are scored by their headlines; the best are read (their first `READ` characters) and scored by
   `ranking`; those that are shown get their passage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from store.database import Store
from store.search import compounds as compound_words
from store.search.expression import Compounds, Expression
from store.search.marks import Marker
from store.search.opened import Found, Opened, counted, opened, shown
from store.search.query import Expand, Query, parse
from store.search.ranking import freshness, idf, scores
from store.values import moment

FEW = 250
"""Found articles that are all candidates."""
TIER = 100
"""Candidates of each tier, when more are found; as many as are to be shown, if that is more."""
COUNTED = 400
"""Articles that are counted; beyond, a result says `more`."""
SAMPLE = 150
LISTED_SINCE = 50_000
"""Articles since a day that are listed rather than looked up."""
READ = 2000
"""Characters of a text that ranking reads: news says first what it is about."""
READ_AT_LEAST = 30
"""Candidates that are read, or half as many more as are to be shown."""

LISTED = (
    "id, url, title, publisher, source_id, published, published_precision, day, first_seen, language, perspective, "
    "country, topics, relevance_score, relevance_label, relevance_evidence, lead, length, story_id, revisions"
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found, best or newest first. `total` counts up to `COUNTED`; `more` says that there are more."""

    query: Query
    found: tuple[Found, ...] = ()
    total: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Asking:
    """One search on one store."""

    store: Store
    query: Query
    expression: Expression
    marker: Callable[[str], Marker]
    """By language."""
    now: datetime
    where: str
    parameters: Sequence[Any]

    def ids(self, match: str, most: int) -> list[int]:
        """Ids of the newest articles for an FTS5 expression."""
        sql = f"SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? {self.where} ORDER BY rowid DESC LIMIT ?"
        return [number for (number,) in self.store.execute(sql, [match, *self.parameters, most])]


def search(
    store: Store, typed: str, *, now: datetime, limit: int = 20, sort: str = "relevance", expand: Expand | None = None
) -> Result:
    """Find articles by what a person typed (see `query`); nothing that is typed is an error.

    Args:
        now: for the age of articles and for `since:`.
        sort: `relevance` (see `ranking`), or `newest`: by publication, of the `COUNTED` that were kept last.
        expand: a vocabulary (see `query.parse`).
    """
    query = parse(typed, today=now.date(), expand=expand)
    if not query:
        return Result(query)
    asking = _asking(store, query, now)
    ids = asking.ids(asking.expression.within(), COUNTED + 1)
    total, more = min(len(ids), COUNTED), len(ids) > COUNTED
    if sort == "newest":
        chosen = _newest(asking, ids[:COUNTED], limit)
        weights: dict[int, float] = {}
    else:
        weights = _weights(asking)
        chosen = _best(asking, _candidates(asking, ids, limit), weights, limit)
    return Result(query, tuple(_shown(asking, one, score, weights) for score, one in chosen), total, more)


def look(store: Store, query: Query, ids: Sequence[int], *, now: datetime) -> dict[int, Found]:
    """What a query meets in certain articles, by id; whether it finds them is not asked."""
    if not query:
        return {}
    asking = _asking(store, query, now)
    return {one.row["id"]: _shown(asking, one, 0.0, {}) for one in _opened(asking, ids)}


def compounds_of(store: Store) -> Compounds:
    """The compounds that a store has seen, remembered as long as the function lives."""
    return lru_cache(maxsize=256)(lambda word: compound_words.compounds(store.execute, word))


def _asking(store: Store, query: Query, now: datetime) -> _Asking:
    where, parameters = "", list[Any]()
    if query.since:
        where = f"AND {_since(store, query.since.isoformat())}"
        parameters.append(query.since.isoformat())
    if topics := query.filters.get("topic"):
        marks = ", ".join("?" * len(topics))
        where += f" AND EXISTS (SELECT 1 FROM topics WHERE article_id = articles_fts.rowid AND topic IN ({marks}))"
        parameters += topics
    compounds = compounds_of(store)
    marker = cache(lambda language: Marker(query, language, compounds))
    return _Asking(store, query, Expression(query, compounds), marker, now, where, parameters)


def _since(store: Store, day: str) -> str:
    """The condition on articles of a day or later: as a list of them when they are few, else looked up one by one.

    The plus sign keeps SQLite from asking the index once for every one of a list.
    """
    most = store.value("SELECT count(*) FROM (SELECT 1 FROM articles WHERE day >= ? LIMIT ?)", [day, LISTED_SINCE])
    if most < LISTED_SINCE:
        return "+rowid IN (SELECT id FROM articles WHERE day >= ?)"
    return "(SELECT day FROM articles WHERE id = articles_fts.rowid) >= ?"


def _candidates(asking: _Asking, ids: Sequence[int], limit: int) -> dict[int, float]:
    """Candidates with a first idea of where they hold the words: 1 headline and lead, 0 anywhere."""
    if len(ids) <= max(FEW, limit):
        return dict.fromkeys(ids, 0.0)
    most = max(TIER, limit)
    found = dict.fromkeys(ids[:most], 0.0)
    for zones in ("title lead", "title"):
        tier = asking.ids(asking.expression.within(zones), most)
        found.update(dict.fromkeys(tier, 1.0))
    return found


def _weights(asking: _Asking) -> dict[int, float]:
    """The idf of each wanted group."""
    groups = asking.expression.alone()
    if len(groups) == 1:
        return {0: 1.0}
    newest = int(asking.store.value("SELECT max(id) FROM articles") or 0)
    return {number: idf(newest, _holding(asking, group, newest)) for number, group in enumerate(groups)}


def _holding(asking: _Asking, match: str, newest: int) -> int:
    """About how many articles match: counted, or judged by how far back the newest `SAMPLE` reach."""
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    ids = [number for (number,) in asking.store.execute(sql, [match, SAMPLE])]
    return len(ids) if len(ids) < SAMPLE else SAMPLE * newest // (newest - ids[-1] + 1)


def _best(
    asking: _Asking, candidates: Mapping[int, float], weights: Mapping[int, float], limit: int
) -> list[tuple[float, Opened]]:
    """The candidates that are best by their headlines are read and scored; equal scores leave the newer one first."""
    everything = sum(weights.values())
    first: list[tuple[float, int]] = []
    for row in _rows(asking.store, "id, title, language, published, first_seen", list(candidates)):
        met = asking.marker(row["language"]).read(row["title"]).groups
        worth = sum(weights[group] for group in met) + (candidates[row["id"]] + 1) * everything / 2
        first.append((worth * freshness(_age(row, asking.now)), row["id"]))
    first.sort(reverse=True)
    read = _opened(asking, [number for _, number in first[: max(READ_AT_LEAST, limit + limit // 2)]])
    ranked = zip(scores([counted(one, _age(one.row, asking.now)) for one in read], weights), read, strict=True)
    return sorted(ranked, key=lambda pair: (pair[0], pair[1].row["id"]), reverse=True)[:limit]


def _newest(asking: _Asking, ids: Sequence[int], limit: int) -> list[tuple[float, Opened]]:
    rows = _rows(asking.store, "id", ids, "ORDER BY ifnull(published, first_seen) DESC, id DESC LIMIT ?", limit)
    opened = {one.row["id"]: one for one in _opened(asking, [row["id"] for row in rows])}
    return [(0.0, opened[row["id"]]) for row in rows]


def _opened(asking: _Asking, ids: Sequence[int]) -> list[Opened]:
    rows = _rows(asking.store, f"{LISTED}, substr(text, 1, {READ}) AS text, length(text) > {READ} AS goes_on", ids)
    return [opened(row, asking.marker(row["language"])) for row in rows]


def _shown(asking: _Asking, one: Opened, score: float, weights: Mapping[int, float]) -> Found:
    met = one.title.groups | one.text.groups
    if one.goes_on and len(met) < len(asking.query.wanted):  # the rest of what is wanted stands further down
        text = asking.store.value("SELECT text FROM articles WHERE id = ?", [one.row["id"]])
        one = opened({**one.row, "text": text, "goes_on": 0}, asking.marker(one.row["language"]))
    return shown(asking.query, one, score, weights)


def _age(row: Mapping[str, Any], now: datetime) -> float:
    return (now - moment(row["published"] or row["first_seen"])).total_seconds() / 86400


def _rows(store: Store, columns: str, ids: Sequence[int], ending: str = "", *more: Any) -> list[dict[str, Any]]:
    marks = ", ".join("?" * len(ids))
    return store.rows(f"SELECT {columns} FROM articles WHERE id IN ({marks}) {ending}", [*ids, *more])
