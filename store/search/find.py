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

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from store.database import Store
from store.search import compounds as compound_words
from store.search.expression import Compounds, alone, expression
from store.search.marks import Hit, Marker
from store.search.passage import Passage, passage
from store.search.query import Expand, Query, Spelling, parse
from store.search.ranking import Counted, freshness, idf, scores
from store.search.shadow import lead_end
from store.text import fold
from store.values import moment

FEW = 250
"""Found articles that are all candidates."""
TIER = 100
"""Candidates of each tier, when more are found; as many as are to be shown, if that is more."""
COUNTED = 1000
"""Articles that are counted; beyond, a result says `more`."""
SAMPLE = 200
READ = 3000
"""Characters of a text that ranking reads: news says first what it is about."""
READ_AT_LEAST = 40
"""Candidates that are read, or twice as many as are to be shown."""

LISTED = (
    "id, url, title, publisher, source_id, published, published_precision, day, first_seen, language, perspective, "
    "country, topics, relevance_score, relevance_label, relevance_evidence, lead, length, story_id, revisions"
)
SORTS = ("relevance", "newest")


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
    compounds: Compounds
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
    ids = asking.ids(expression(query, asking.compounds), COUNTED + 1)
    total, more = min(len(ids), COUNTED), len(ids) > COUNTED
    if sort == "newest":
        chosen = _newest(asking, ids[:COUNTED], limit)
        weights: dict[int, float] = {}
    else:
        weights = _weights(asking)
        chosen = _best(asking, _candidates(asking, ids, limit), weights, limit)
    shown = tuple(_shown(asking, number, score, weights) for number, score in chosen)
    return Result(query, shown, total, more)


def compounds_of(store: Store) -> Compounds:
    """The compounds that a store has seen, remembered as long as the function lives."""
    return lru_cache(maxsize=256)(lambda word: compound_words.compounds(store.execute, word))


def _asking(store: Store, query: Query, now: datetime) -> _Asking:
    where, parameters = "", list[Any]()
    if query.since:
        # What was published since then was first seen since then: ids grow with that time.
        day = query.since.isoformat()
        first = store.value("SELECT min(id) FROM articles WHERE first_seen >= ?", [day])
        where = "AND rowid >= ? AND (SELECT day FROM articles WHERE id = articles_fts.rowid) >= ?"
        parameters += [first or 0, day]
    if topics := query.filters.get("topic"):
        marks = ", ".join("?" * len(topics))
        where += f" AND EXISTS (SELECT 1 FROM topics WHERE article_id = articles_fts.rowid AND topic IN ({marks}))"
        parameters += topics
    return _Asking(store, query, compounds_of(store), now, where, parameters)


def _candidates(asking: _Asking, ids: Sequence[int], limit: int) -> dict[int, float]:
    """Candidates with a first idea of where they hold the words: 1 headline and lead, 0 anywhere."""
    if len(ids) <= max(FEW, limit):
        return dict.fromkeys(ids, 0.0)
    most = max(TIER, limit)
    found = dict.fromkeys(ids[:most], 0.0)
    for zones in ("title lead", "title"):
        tier = asking.ids(expression(asking.query, asking.compounds, zones=zones), most)
        found.update(dict.fromkeys(tier, 1.0))
    return found


def _weights(asking: _Asking) -> dict[int, float]:
    """The idf of each wanted group."""
    groups = asking.query.wanted
    if len(groups) == 1:
        return {0: 1.0}
    newest = int(asking.store.value("SELECT max(id) FROM articles") or 0)
    return {
        number: idf(newest, _holding(asking, alone(g, asking.compounds), newest)) for number, g in enumerate(groups)
    }


def _holding(asking: _Asking, match: str, newest: int) -> int:
    """About how many articles match: counted, or judged by how far back the newest `SAMPLE` reach."""
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    ids = [number for (number,) in asking.store.execute(sql, [match, SAMPLE])]
    return len(ids) if len(ids) < SAMPLE else SAMPLE * newest // (newest - ids[-1] + 1)


def _newest(asking: _Asking, ids: Sequence[int], limit: int) -> list[tuple[int, float]]:
    rows = _rows(asking.store, "id", ids, "ORDER BY ifnull(published, first_seen) DESC, id DESC LIMIT ?", limit)
    return [(row["id"], 0.0) for row in rows]


def _best(
    asking: _Asking, candidates: Mapping[int, float], weights: Mapping[int, float], limit: int
) -> list[tuple[int, float]]:
    markers = _markers(asking)
    everything = sum(weights.values())
    first: list[tuple[float, int]] = []
    for row in _rows(asking.store, "id, title, language, published, first_seen", list(candidates)):
        met = {hit.group for hit in markers(row["language"]).in_text(row["title"])}
        worth = sum(weights[group] for group in met) + candidates[row["id"]] * everything / 2
        first.append(((worth + everything / 2) * freshness(_age(row, asking.now)), row["id"]))
    first.sort(reverse=True)
    return _read(asking, [number for _, number in first[: max(READ_AT_LEAST, 2 * limit)]], weights, markers)[:limit]


def _read(
    asking: _Asking, ids: Sequence[int], weights: Mapping[int, float], markers: Callable[[str], Marker]
) -> list[tuple[int, float]]:
    """Read candidates and order them by score, the newer one first where scores are equal."""
    columns = f"id, title, substr(text, 1, {READ}) AS text, length, language, published, first_seen"
    rows = _rows(asking.store, columns, ids)
    counted = [_count(row, markers(row["language"]), _age(row, asking.now)) for row in rows]
    ranked = zip(scores(counted, weights), (row["id"] for row in rows), strict=True)
    return [(number, score) for score, number in sorted(ranked, reverse=True)]


def _count(row: Mapping[str, Any], marker: Marker, age: float) -> Counted:
    cut = len(fold(row["text"][: lead_end(row["text"])]))
    title, text = (marker.in_text(row[name]) for name in ("title", "text"))
    return Counted(
        title=Counter(hit.group for hit in title),
        lead=Counter(hit.group for hit in text if hit.start < cut),
        text=Counter(hit.group for hit in text if hit.start >= cut),
        length=row["length"],
        age=age,
    )


def _shown(asking: _Asking, number: int, score: float, weights: Mapping[int, float]) -> Found:
    row = _rows(asking.store, f"{LISTED}, text", [number])[0]
    marker = _markers(asking)(row["language"])
    title, text = row["title"], row.pop("text")
    in_title, in_text = marker.in_original(title), marker.in_original(text[:READ])
    if not in_text and len(text) > READ:
        in_text = marker.in_original(text)
    marks = tuple((hit.start, hit.end) for hit in in_title)
    matched = _matched(asking.query, row["language"], [(title, in_title), (text, in_text)])
    return Found(row, score, marks, passage(text, in_text, weights), matched)


def _matched(query: Query, language: str, zones: Iterable[tuple[str, Sequence[Hit]]]) -> tuple[Matched, ...]:
    """Which terms were met, each once, the one met most first within its group."""
    counts: Counter[tuple[int, Spelling]] = Counter()
    words: dict[tuple[int, Spelling], str] = {}
    for text, hits in zones:
        for hit in hits:
            counts[hit.group, hit.spelling] += 1
            words.setdefault((hit.group, hit.spelling), text[hit.start : hit.end])
    ordered = sorted(counts, key=lambda key: (key[0], -counts[key]))
    return tuple(
        Matched(
            query.wanted[group].typed,
            spelling.term.rstrip("*"),
            _own(spelling.languages, language),
            words[key],
            counts[key],
        )
        for key in ordered
        for group, spelling in [key]
    )


def _own(languages: Sequence[str], language: str) -> str:
    """The article's language when a term is of it, else the term's first one."""
    return language if language in languages else next(iter(languages), "")


def _markers(asking: _Asking) -> Callable[[str], Marker]:
    return lru_cache(maxsize=None)(lambda language: Marker(asking.query, language, asking.compounds))


def _age(row: Mapping[str, Any], now: datetime) -> float:
    return (now - moment(row["published"] or row["first_seen"])).total_seconds() / 86400


def _rows(store: Store, columns: str, ids: Sequence[int], ending: str = "", *more: Any) -> list[dict[str, Any]]:
    marks = ", ".join("?" * len(ids))
    return store.rows(f"SELECT {columns} FROM articles WHERE id IN ({marks}) {ending}", [*ids, *more])
