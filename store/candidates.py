"""Every address that was listed: waiting to be fetched, or what became of it. Written before it is fetched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from store.database import Store
from store.models import Candidate, CandidateState, Link, Measured, Near, Relevance, Verdict, VerdictKind
from store.values import clean, moment, moment_or_none, published_columns, published_of, stamp, stamp_or_none, to_json

RECHECK_AGE = timedelta(days=7)
"""Articles are looked at again only while they are younger than this."""
RECHECK_AFTER = timedelta(hours=6)
"""A listing's `modified` within this time after the decision is the publisher's own bookkeeping."""

_OWN_ARTICLE = frozenset({VerdictKind.NEW, VerdictKind.REVISED, VerdictKind.UNCHANGED})
_LOOKUP = 500


def record_links(
    store: Store, source_id: str, endpoint_url: str, found: Sequence[tuple[str, Link]], *, run_id: int, now: datetime
) -> list[Candidate]:
    """Keep what a listing names; returns those of its links that are to be fetched now.

    Args:
        found: pairs of canonical URL and link. A link whose URL is known refreshes `last_listed_at` only, and where
            it was found first stays.

    Returns:
        Candidates that wait and are due, and decided ones whose article is worth a second look: the listing gives a
        modification time more than `RECHECK_AFTER` after the decision, and the article is younger than
        `RECHECK_AGE`. In the order of the listing.
    """
    links: dict[str, Link] = {}
    for url, link in found:
        links.setdefault(clean(url), link)
    known = _by_url(store, list(links))
    place = {"source_id": source_id, "endpoint_url": endpoint_url, "run_id": run_id}
    for url, link in links.items():
        if url not in known:
            store.insert("candidates", place | _columns(url, link, now))
    seen = [(stamp(now), row["id"]) for row in known.values()]
    store.change_many("UPDATE candidates SET last_listed_at = ? WHERE id = ?", seen)
    rows = known | _by_url(store, [url for url in links if url not in known])
    return [_candidate(rows[url]) for url, link in links.items() if _is_due(store, rows[url], link, now)]


def _columns(url: str, link: Link, now: datetime) -> dict[str, Any]:
    return {
        "url": url,
        "fetch_url": clean(link.url),
        "title": link.title and clean(link.title),
        **published_columns(link.published),
        "modified": stamp_or_none(link.modified),
        "state": CandidateState.PENDING.value,
        "discovered_at": stamp(now),
        "last_listed_at": stamp(now),
    }


def _by_url(store: Store, urls: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for begin in range(0, len(urls), _LOOKUP):  # older SQLite allows 999 parameters
        part = urls[begin : begin + _LOOKUP]
        rows = store.rows(f"SELECT * FROM candidates WHERE url IN ({', '.join('?' * len(part))})", part)
        found.update((row["url"], row) for row in rows)
    return found


def _is_due(store: Store, row: dict[str, Any], link: Link, now: datetime) -> bool:
    if row["state"] == CandidateState.PENDING:
        return row["not_before"] is None or moment(row["not_before"]) <= now
    if link.modified is None or row["article_id"] is None or row["decided_at"] is None:
        return False
    if link.modified <= moment(row["decided_at"]) + RECHECK_AFTER:
        return False
    first_seen = store.value("SELECT first_seen FROM articles WHERE id = ?", [row["article_id"]])
    return now - moment(first_seen) < RECHECK_AGE


def pending(store: Store, source_id: str, *, now: datetime, limit: int | None = None) -> list[Candidate]:
    """A source's candidates that wait and are due, the most recently discovered first (a backlog must not hold up
    today's news), at most `limit`."""
    sql = """
        SELECT * FROM candidates
        WHERE source_id = ? AND state = 'pending' AND (not_before IS NULL OR not_before <= ?)
        ORDER BY discovered_at DESC, id LIMIT ?
    """
    return [_candidate(row) for row in store.rows(sql, [source_id, stamp(now), -1 if limit is None else limit])]


def waiting(store: Store) -> int:
    """How many addresses of all sources are pending, due or not."""
    return int(store.value("SELECT count(*) FROM candidates WHERE state = ?", [CandidateState.PENDING.value]))


def find(store: Store, url: str) -> Candidate | None:
    """The candidate with this canonical URL."""
    row = store.row("SELECT * FROM candidates WHERE url = ?", [url])
    return None if row is None else _candidate(row)


def decided(
    store: Store, verdict: VerdictKind, reasons: Sequence[str] = (), *, limit: int | None = None
) -> list[str]:
    """The canonical URLs that got a verdict, for one of these reasons or, without any, for whatever reason: the
    highest score of relevance first, then the latest."""
    which = f"AND reason IN ({', '.join('?' * len(reasons))})" if reasons else ""
    sql = f"SELECT url FROM candidates WHERE verdict = ? {which} ORDER BY score DESC, id DESC LIMIT ?"
    return [row["url"] for row in store.rows(sql, [verdict.value, *reasons, -1 if limit is None else limit])]


def on_host(store: Store, start: str, most: int) -> list[str]:
    """Canonical addresses that begin with `https://host/`, the ones found last first, at most so many."""
    sql = "SELECT url FROM candidates WHERE url >= ? AND url < ? ORDER BY id DESC LIMIT ?"
    return [url for (url,) in store.execute(sql, [start, f"{start[:-1]}0", most])]


def decide(
    store: Store, candidate_id: int, verdict: Verdict, *, now: datetime, run_id: int, http_status: int | None = None,
    relevance: Relevance | None = None, article_id: int | None = None, measured: Measured | None = None,
) -> None:  # fmt: skip
    """Keep what became of a candidate, with the reason; of a page that is not kept, no text stays.

    Args:
        article_id: the candidate's own article, when the verdict gave or confirmed one. A duplicate has none: it
            points to what it copies (`verdict.article_id` or `verdict.seed_id`).
        measured: what a page was found to hold that was not judged, only looked at.

    Raises:
        StoreError: there is no such candidate.
    """
    copy = verdict.kind is VerdictKind.DUPLICATE
    values: dict[str, Any] = {
        "state": CandidateState.DECIDED.value,
        "verdict": verdict.kind.value,
        "reason": verdict.reason,
        "detail": clean(verdict.detail),
        "decided_at": stamp(now),
        "decided_run_id": run_id,
        "not_before": None,
        "last_error": None,
        "duplicate_of": verdict.article_id if copy else None,
        "seed_id": verdict.seed_id,
        **_near_columns(verdict.near),
    }
    if verdict.kind in _OWN_ARTICLE and article_id is not None:
        values["article_id"] = article_id
    if http_status is not None:
        values |= {"http_status": http_status, "fetched_at": stamp(now)}
    if measured is not None:
        values["measured"] = measured_json(measured)
    if relevance is not None:
        values |= judged_columns(relevance)
    _update(store, candidate_id, values)


def _near_columns(near: Near | None) -> dict[str, Any]:
    found = near and near.comparison
    return {
        "near_id": near and near.article_id,
        "near_relation": found and found.relation.value,
        "near_why": found and clean(found.why),
    }


def judged_columns(relevance: Relevance) -> dict[str, Any]:
    """What stays of a judgement with a candidate."""
    terms = dict.fromkeys((match.side, match.concept, match.term) for match in relevance.matches)
    return {
        "score": relevance.score,
        "label": relevance.label.value,
        "evidence": clean(relevance.evidence),
        "why": clean(relevance.why),
        "terms": to_json([{"side": side, "concept": concept, "term": term} for side, concept, term in terms]),
        "relevance_version": relevance.version,
        "measured": relevance.measured and measured_json(relevance.measured),
    }


def measured_json(measured: Measured) -> str:
    """What was measured of a text, as it is stored; `measured_of` reads it."""
    told = {"rules": measured.rules, "strengths": dict(measured.strengths)}
    more = {"values": dict(measured.values), "added": dict(measured.added)}
    return to_json(told | {name: value for name, value in more.items() if value})


def measured_of(stored: str | None) -> Measured | None:
    """What was measured of a text, None where nothing was kept."""
    return Measured(**json.loads(stored)) if stored else None


def reopen(store: Store, url: str) -> bool:
    """Let an off-topic page wait for a new fetch, as if it had just been found; within `write()`.

    What was judged of it stays readable until it is decided again. False when it is no such page (any more).
    """
    changed = store.change(
        "UPDATE candidates SET state = 'pending', verdict = NULL, reason = '', detail = '', attempts = 0, "
        "not_before = NULL, decided_at = NULL, decided_run_id = NULL WHERE url = ? AND verdict = 'off_topic'",
        [url],
    )
    return bool(changed.rowcount)


def postpone(
    store: Store, candidate_id: int, *, not_before: datetime, error: str, http_status: int | None, now: datetime
) -> None:
    """Let a candidate wait after a failed fetch, and count the attempt.

    Raises:
        StoreError: there is no such candidate.
    """
    values = {"not_before": stamp(not_before), "last_error": clean(error), "http_status": http_status}
    _update(store, candidate_id, values | {"fetched_at": stamp(now)})
    store.change("UPDATE candidates SET attempts = attempts + 1 WHERE id = ?", [candidate_id])


def _update(store: Store, candidate_id: int, values: dict[str, Any]) -> None:
    if not store.update("candidates", {"id": candidate_id}, values):
        raise store.missing("candidate", candidate_id)


def _candidate(row: dict[str, Any]) -> Candidate:
    verdict = row["verdict"]
    return Candidate(
        id=row["id"],
        url=row["url"],
        fetch_url=row["fetch_url"],
        source_id=row["source_id"],
        endpoint_url=row["endpoint_url"],
        title=row["title"],
        published=published_of(row),
        modified=moment_or_none(row["modified"]),
        state=CandidateState(row["state"]),
        verdict=None if verdict is None else VerdictKind(verdict),
        reason=row["reason"],
        attempts=row["attempts"],
        not_before=moment_or_none(row["not_before"]),
        discovered_at=moment(row["discovered_at"]),
        decided_at=moment_or_none(row["decided_at"]),
        article_id=row["article_id"],
    )
