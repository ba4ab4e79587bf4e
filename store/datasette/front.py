"""What the front page tells: what is new today and yesterday by topic, how much there is, and who is ill."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from store.datasette.clock import Clock
from store.datasette.markup import from_json
from store.feedback import LISTED

Rows = list[dict[str, Any]]
Ask = Callable[[str, Mapping[str, Any]], Awaitable[Rows]]
"""Runs one query and gives its rows by column name."""

A_DAY_SHOWS = 80
"""Articles that the front page lists of a day at the most; the rest is one click away."""
ILL_SHOWN = 12

_CARD = (
    "id, url, title, publisher, published, published_precision, first_seen, language, perspective, topics, "
    "relevance_label, revisions, "
    "CASE WHEN relevance_evidence = title THEN lead ELSE relevance_evidence END AS relevance_evidence, "
    "(SELECT count(*) FROM duplicates WHERE article_id = articles.id) AS copies"
)
_DAY = (
    f"SELECT {_CARD} FROM articles WHERE first_seen >= :start AND first_seen < :end AND {LISTED} "
    "ORDER BY first_seen DESC, id DESC"
)
_DAY_COUNT = f"SELECT count(*) AS n FROM articles WHERE first_seen >= :start AND first_seen < :end AND {LISTED}"
_COUNTS = """
SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM stories) AS stories,
       (SELECT count(*) FROM duplicates) AS copies,
       (SELECT count(*) FROM sources WHERE in_beat AND enabled) AS sources,
       (SELECT count(*) FROM candidates WHERE decided_at >= :start) AS decided_today,
       (SELECT count(*) FROM candidates WHERE state = 'pending') AS pending
"""
_ILL = """
SELECT s.id, s.name, count(*) AS listings, sum(e.failures > 0) AS failing, min(e.failing_since) AS failing_since,
       max(e.last_ok_at) AS last_ok_at, max(CASE WHEN e.failures THEN e.last_error END) AS last_error
FROM sources AS s JOIN endpoints AS e ON e.source_id = s.id AND e.declared
WHERE s.in_beat AND s.enabled GROUP BY s.id HAVING failing > 0 ORDER BY failing_since, s.name
"""
_LAST_RUN = "SELECT id, kind, outcome, detail, started_at, finished_at FROM runs ORDER BY id DESC LIMIT 1"
_STORY = f"SELECT {_CARD} FROM articles WHERE story_id = :story AND id != :id ORDER BY first_seen, id LIMIT 50"


async def front(ask: Ask, clock: Clock) -> dict[str, Any]:
    """Everything the template of the front page needs."""
    midnights = [clock.day_start(days) for days in (0, 1)]
    ill = await ask(_ILL, {})
    return {
        "days": [
            await _day(ask, "Today", midnights[0], "9999"),
            await _day(ask, "Yesterday", midnights[1], midnights[0]),
        ],
        "counts": (await ask(_COUNTS, {"start": midnights[0]}))[0],
        "ill": ill[:ILL_SHOWN],
        "ill_count": len(ill),
        "last_run": next(iter(await ask(_LAST_RUN, {})), None),
    }


async def _day(ask: Ask, name: str, start: str, end: str) -> dict[str, Any]:
    span = {"start": start, "end": end}
    rows = await ask(f"{_DAY} LIMIT {A_DAY_SHOWS}", span)
    total = (await ask(_DAY_COUNT, span))[0]["n"]
    return {"name": name, "total": total, "shown": len(rows), "groups": by_topic(rows), **span}


def by_topic(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Articles under the topic that each is most about, the fullest topic first, those without any last."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        topics = from_json(row["topics"])
        groups.setdefault(str(topics[0]) if topics else "", []).append(row)
    return sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))


async def same_story(ask: Ask, article: Mapping[str, Any]) -> Rows:
    """The other articles of an article's story."""
    return await ask(_STORY, {"story": article["story_id"], "id": article["id"]})
