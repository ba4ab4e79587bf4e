"""What a digest is made of: everything that was kept since a mark, and who has been told up to where.

A `Mark` is exact: rows are numbered within the one transaction that may write, so that whatever is committed after a
mark has a greater number, whatever its time says. Nothing is told twice, and nothing that was written while a digest
was being made is left out of the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.database import Store
from store.feedback import LISTED
from store.values import clean, moment, stamp, to_json

FIRST = timedelta(days=7)
"""The first digest reaches back so far."""
_TABLES = {"article": ("articles", "first_seen"), "copy": ("duplicates", "first_seen"),
           "revision": ("revisions", "replaced_at")}  # fmt: skip

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far a digest went: its time, and the numbers of the last rows it knew."""

    moment: datetime
    article: int = 0
    copy: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rows of what lies between two marks."""

    since: Mark
    until: Mark
    articles: Rows
    """With `founder_*` of the story it goes on with, `relation` to what it follows, and `of_*` of that when it is a
    seed or an article from before; None where there is nothing such."""
    copies: Rows
    """Of these articles."""
    recopied: Rows
    """New copies of articles and seeds from before, with `of_title`, `of_url`, `of_language`."""
    revised: Rows
    """Articles from before whose text was changed, once each, with the former title."""
    passes: Rows
    """Runs that ended in this time: after the first mark, and up to the second of the other one, so that a pass that
    ended just now is told."""
    turns: Rows
    """Turns of the schedule that were recorded in this time."""


def newest(store: Store, now: datetime) -> Mark:
    """The mark that stands behind everything there is."""
    ends = {name: store.value(f"SELECT ifnull(max(id), 0) FROM {table}") for name, (table, _) in _TABLES.items()}
    return Mark(moment=now, **ends)


def at(store: Store, when: datetime) -> Mark:
    """The mark that stands before everything that was first seen at a time or later."""
    before = {
        name: store.value(
            f"SELECT id FROM {table} WHERE {seen} < ? ORDER BY {seen} DESC, id DESC LIMIT 1", [stamp(when)]
        )
        for name, (table, seen) in _TABLES.items()
    }
    return Mark(moment=when, **{name: number or 0 for name, number in before.items()})


def between(store: Store, since: Mark, until: Mark) -> Found:
    """Everything that was kept after one mark and up to another, the first that was seen first."""
    articles = store.rows(_ARTICLES, [since.article, until.article, since.article])
    ids = to_json([row["id"] for row in articles])
    span = [stamp(since.moment), stamp(until.moment)]
    return Found(
        since=since,
        until=until,
        articles=articles,
        copies=store.rows(_COPIES, [ids, until.copy]),
        recopied=store.rows(_RECOPIED, [since.copy, until.copy, since.article]),
        revised=store.rows(_REVISED, [since.revision, until.revision, since.article]),
        passes=store.rows(_PASSES, span),
        turns=store.rows(_TURNS, span),
    )


_ARTICLES = f"""
SELECT a.id, a.url, a.title, a.publisher, a.source_id, a.published, a.published_precision, a.day, a.first_seen,
       a.language, a.perspective, a.topics, a.relevance_score, a.relevance_label, a.relevance_evidence, a.lead,
       a.story_id, a.paywalled, coalesce(l.relation, c.reason) AS relation,
       coalesce(o.title, seeds.title) AS of_title, coalesce(o.url, seeds.url) AS of_url,
       coalesce(o.language, seeds.language) AS of_language, coalesce(o.publisher, seeds.publisher) AS of_publisher,
       f.title AS founder_title, f.url AS founder_url, f.day AS founder_day, f.language AS founder_language,
       f.publisher AS founder_publisher
FROM articles AS a
LEFT JOIN links AS l ON l.article_id = a.id AND l.other_id = (
    SELECT other_id FROM links WHERE article_id = a.id ORDER BY confidence DESC, other_id LIMIT 1)
LEFT JOIN articles AS o ON o.id = l.other_id AND o.id <= ?3
LEFT JOIN candidates AS c ON c.id = (
    SELECT min(id) FROM candidates WHERE article_id = a.id AND verdict = 'new' AND reason <> '')
LEFT JOIN seeds ON seeds.id = c.seed_id
LEFT JOIN stories AS s ON s.id = a.story_id
LEFT JOIN articles AS f ON f.id = s.article_id AND f.id <= ?3
WHERE a.id > ?1 AND a.id <= ?2 AND a.{LISTED} ORDER BY a.id
"""
_COPIES = """
SELECT id, article_id, url, title, publisher, relation, language FROM duplicates
WHERE article_id IN (SELECT value FROM json_each(?)) AND id <= ? ORDER BY id
"""
_RECOPIED = f"""
SELECT d.id, d.article_id, d.seed_id, d.url, d.title, d.publisher, d.relation, d.language,
       coalesce(a.title, s.title, '') AS of_title, coalesce(a.url, s.url, '') AS of_url,
       coalesce(a.language, s.language, '') AS of_language, coalesce(a.publisher, s.publisher, '') AS of_publisher
FROM duplicates AS d LEFT JOIN articles AS a ON a.id = d.article_id LEFT JOIN seeds AS s ON s.id = d.seed_id
WHERE d.id > ? AND d.id <= ? AND ifnull(d.article_id, 0) <= ?
      AND (a.id IS NULL OR a.{LISTED}) ORDER BY d.id
"""
_REVISED = f"""
SELECT a.id, a.url, a.title, a.publisher, a.language, r.title AS former_title, min(r.id) AS revision
FROM revisions AS r JOIN articles AS a ON a.id = r.article_id
WHERE r.id > ? AND r.id <= ? AND a.id <= ? AND a.{LISTED} GROUP BY a.id ORDER BY min(r.id)
"""
_PASSES = """
SELECT id, outcome, detail, started_at, finished_at FROM runs WHERE finished_at > ? AND finished_at <= ? ORDER BY id
"""
_TURNS = "SELECT * FROM turns WHERE recorded_at > ? AND recorded_at <= ? AND state <> 'begun' ORDER BY due_at, task"


# --- who was told what ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where the next digest of a channel begins."""

    mark: Mark
    first: bool = False
    """True when nothing was ever told anywhere."""
    unsure: datetime | None = None
    """When a sending began that was cut short: nobody knows whether it arrived."""


def start_for(store: Store, channel: str, now: datetime) -> Start:
    """Where a channel goes on: behind what it was last told; where its first attempt began when none succeeded.

    A channel that was never tried begins behind the last digest of any channel, or a week back.
    """
    sent = store.row(
        "SELECT * FROM deliveries WHERE channel = ? AND state = 'sent' ORDER BY id DESC LIMIT 1", [channel]
    )
    begun = store.row(
        "SELECT * FROM deliveries WHERE channel = ? AND id > ? ORDER BY id LIMIT 1",
        [channel, sent["id"] if sent else 0],
    )
    unsure = store.value(
        "SELECT begun_at FROM deliveries WHERE channel = ? AND state = 'sending' AND id > ? ORDER BY id DESC LIMIT 1",
        [channel, sent["id"] if sent else 0],
    )
    cut = moment(unsure) if unsure else None
    if sent:
        return Start(mark=_mark(sent, "until", "last"), unsure=cut)
    if begun:
        return Start(mark=_mark(begun, "since", "after"), unsure=cut)
    anywhere = store.row("SELECT * FROM deliveries WHERE state = 'sent' ORDER BY id DESC LIMIT 1")
    if anywhere:
        return Start(mark=_mark(anywhere, "until", "last"))
    return Start(mark=at(store, now - FIRST), first=True)


def _mark(row: dict[str, Any], time: str, prefix: str) -> Mark:
    ends = {name: row[f"{prefix}_{name}"] for name in _TABLES}
    return Mark(moment=moment(row[time]), **ends)


def begin(store: Store, channel: str, since: Mark, until: Mark, *, articles: int, now: datetime) -> int:
    """Write down that a digest is about to be sent to a channel; returns the number of the delivery."""
    row = {"channel": channel, "state": "sending", "since": stamp(since.moment), "until": stamp(until.moment)}
    ends = {f"after_{name}": getattr(since, name) for name in _TABLES}
    ends |= {f"last_{name}": getattr(until, name) for name in _TABLES}
    return store.insert("deliveries", {**row, **ends, "articles": articles, "begun_at": stamp(now)})


def end(store: Store, delivery: int, *, error: str, now: datetime) -> None:
    """Write down what came of a delivery: sent, or failed with an error in one sentence."""
    state = "failed" if error else "sent"
    store.update("deliveries", {"id": delivery}, {"state": state, "ended_at": stamp(now), "error": clean(error)})
