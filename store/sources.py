"""The mirror of the registry in the store, and how each listing has been answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.models import Source
from store.values import clean, moment_or_none, stamp, stamp_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointState:
    """What is remembered of one listing address between passes."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    last_full_at: datetime | None = None
    """When it last answered with a body."""
    last_ok_at: datetime | None = None
    failures: int = 0
    """In a row, over passes."""
    not_before: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    consecutive_304: int = 0


def sync(store: Store, sources: Sequence[Source], now: datetime) -> None:
    """Mirror the beat's sources; one that left the beat keeps its row and history with `in_beat` 0."""
    store.change("UPDATE sources SET in_beat = 0 WHERE in_beat")
    store.change("UPDATE endpoints SET declared = 0 WHERE declared")
    for source in sources:
        store.upsert("sources", ["id"], _columns(source, now), keep=["first_seen"])
        for endpoint in source.endpoints:
            for url in (endpoint.url, *endpoint.fallback_urls):
                facts = {"kind": endpoint.kind.value, "section": endpoint.section, "declared": 1}
                store.upsert("endpoints", ["source_id", "url"], {"source_id": source.id, "url": url, **facts})


def _columns(source: Source, now: datetime) -> dict[str, Any]:
    policy, expect = source.policy, source.expect
    return {
        "id": source.id,
        "name": source.name,
        "homepage": source.homepage,
        "country": source.country,
        "language": source.language,
        "perspective": source.perspective,
        "publisher_group": source.publisher_group,
        "role": source.role.value,
        "state_owned": source.state_owned,
        "paywall": policy.paywall.value,
        "timezone": source.hints.timezone,
        "enabled": policy.enabled,
        "why_disabled": policy.why_disabled,
        "delay": policy.delay,
        "cap": policy.cap,
        "items_per_day": expect.items_per_day,
        "newest_age_hours": expect.newest_age_hours,
        "share_with_text": expect.share_with_text,
        "in_beat": 1,
        "first_seen": stamp(now),
        "updated_at": stamp(now),
    }


def endpoint_state(store: Store, source_id: str, url: str) -> EndpointState:
    """What is remembered of a listing; a fresh state for one that was never asked."""
    row = store.row("SELECT * FROM endpoints WHERE source_id = ? AND url = ?", [source_id, url])
    if row is None:
        return EndpointState(url=url)
    return EndpointState(
        url=url,
        etag=row["etag"],
        last_modified=row["last_modified"],
        last_full_at=moment_or_none(row["last_full_at"]),
        last_ok_at=moment_or_none(row["last_ok_at"]),
        failures=row["failures"],
        not_before=moment_or_none(row["not_before"]),
        last_status=row["last_status"],
        last_error=row["last_error"],
        consecutive_304=row["consecutive_304"],
    )


def listing_ok(
    store: Store, source_id: str, url: str, *, etag: str | None, last_modified: str | None, unchanged: bool,
    items: int, newest: datetime | None, now: datetime,
) -> None:  # fmt: skip
    """Record that a listing answered: validators, what it listed (kept from before when unchanged), failures ended.

    Errors that are open about this address are resolved by it; warnings tell of what it lists and stay.
    """
    row: dict[str, Any] = {"source_id": source_id, "url": url, "last_ok_at": stamp(now), "last_error": None}
    row |= {"last_status": 304 if unchanged else 200, "failures": 0, "failing_since": None, "not_before": None}
    if unchanged:
        # A 304 may leave its validators out; the ones we asked with are still good.
        row |= {"etag": etag, "last_modified": last_modified} if etag or last_modified else {}
    else:
        row |= {"etag": etag, "last_modified": last_modified, "last_full_at": stamp(now), "consecutive_304": 0}
        row |= {"items": items, "newest_item": stamp_or_none(newest)}
    store.upsert("endpoints", ["source_id", "url"], row)
    key = [source_id, url]
    if unchanged:
        store.change(
            "UPDATE endpoints SET consecutive_304 = consecutive_304 + 1 WHERE source_id = ? AND url = ?", key
        )
    store.change(
        "UPDATE issues SET resolved_at = ? WHERE source_id = ? AND url = ? AND level = 'error' "
        "AND resolved_at IS NULL",
        [stamp(now), *key],
    )


def listing_failed(
    store: Store,
    source_id: str,
    url: str,
    *,
    error: str,
    status: int | None,
    not_before: datetime | None,
    now: datetime,
) -> None:
    """Record that a listing did not answer, or not with a listing; `failures` counts on."""
    row = {"source_id": source_id, "url": url, "last_failed_at": stamp(now), "last_status": status}
    row |= {"last_error": clean(error), "not_before": stamp_or_none(not_before)}
    store.upsert("endpoints", ["source_id", "url"], row)
    store.change(
        "UPDATE endpoints SET failures = failures + 1, failing_since = ifnull(failing_since, ?) "
        "WHERE source_id = ? AND url = ?",
        [stamp(now), source_id, url],
    )


def newest_listed(store: Store, source_id: str) -> datetime | None:
    """The newest time that the source's listings gave when they were last read in full."""
    newest = store.value("SELECT max(newest_item) FROM endpoints WHERE source_id = ?", [source_id])
    return moment_or_none(newest)


def health(store: Store) -> list[dict[str, Any]]:
    """One row a source of the beat: how its declared listings answer, and what it gave lately.

    Columns: id, name, enabled, why_disabled, last_ok_at, failing (declared listings failing now), listings, failures
    (most in a row), failing_since, last_error, newest_item, articles (kept in all), last_article (first_seen),
    last_new_page (start of the last pass, after the first one, in which it had a page that was not known).
    """
    return store.rows(
        """
        WITH gave AS (
            SELECT source_id, min(run_id) AS first, max(run_id) AS last FROM run_sources
            WHERE pages GROUP BY source_id
        )
        SELECT s.id, s.name, s.enabled, s.why_disabled, max(e.last_ok_at) AS last_ok_at,
               ifnull(sum(e.failures > 0), 0) AS failing, count(e.url) AS listings,
               ifnull(max(e.failures), 0) AS failures, min(e.failing_since) AS failing_since,
               max(CASE WHEN e.failures THEN e.last_error END) AS last_error, max(e.newest_item) AS newest_item,
               (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles,
               (SELECT max(first_seen) FROM articles a WHERE a.source_id = s.id) AS last_article,
               (SELECT r.started_at FROM gave g JOIN runs r ON r.id = g.last
                WHERE g.source_id = s.id AND g.last > g.first) AS last_new_page
        FROM sources s LEFT JOIN endpoints e ON e.source_id = s.id AND e.declared
        WHERE s.in_beat GROUP BY s.id ORDER BY failures DESC, s.id
        """
    )
