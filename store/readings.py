"""Stored rows as the readings that they were made of, so that a copy can become an article and an article a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from store import fingerprints, mentions, story_keys
from store.database import Store
from store.models import (
    Article,
    Fingerprint,
    Hints,
    Label,
    Mention,
    MentionKind,
    Reading,
    Relevance,
    Role,
    Source,
    TermMatch,
    Topic,
)
from store.values import dataclasses_to_json, moment_or_none, published_of, stamp_or_none, to_json

Row = Mapping[str, Any]


def facts(reading: Reading) -> str:
    """What of a reading has no column with a copy, as JSON."""
    article, found = reading.article, reading.relevance
    told = {name: getattr(found, name) for name in ("score", "evidence", "why", "version")}
    told |= {"label": found.label.value, "matches": json.loads(dataclasses_to_json(found.matches))}
    more = {"modified": stamp_or_none(article.modified), "paywalled": article.paywalled}
    more |= {name: getattr(article, name) for name in ("image", "canonical_url", "amp_url")}
    lists = {name: json.loads(dataclasses_to_json(getattr(reading, name))) for name in ("topics", "mentions")}
    return to_json(more | lists | {"relevance": told, "keys": reading.keys})


def of_article(store: Store, row: Row) -> Reading:
    """What a row of `articles` was made of."""
    found = store.rows("SELECT topic, score, evidence FROM topics WHERE article_id = ?", [row["id"]])
    by_id = {topic["topic"]: Topic(topic["topic"], topic["score"], topic["evidence"]) for topic in found}
    return Reading(
        article=_article(row, row),
        relevance=_relevance(
            {name: row[f"relevance_{name}"] for name in ("score", "label", "evidence", "why", "version")}
            | {"matches": json.loads(row["relevance_terms"])}
        ),
        topics=tuple(by_id[name] for name in json.loads(row["topics"]) if name in by_id),
        mentions=mentions.of(store, row["id"]),
        fingerprint=fingerprints.get(store, row["id"]),
        keys=story_keys.of(store, row["id"]),
        credit=row["credit"],
    )


def of_copy(store: Store, row: Row, fingerprint: Fingerprint) -> Reading:
    """What a row of `duplicates` was made of; its fingerprint is not kept and has to be made anew.

    Of a copy that an older version kept, its candidate tells the relevance, without the places of terms.
    """
    more = json.loads(row["facts"])
    told = more.get("relevance") or _judged(store, row["candidate_id"])
    return Reading(
        article=_article(row, more),
        relevance=_relevance(told),
        topics=tuple(Topic(**topic) for topic in more.get("topics", ())),
        mentions=tuple(Mention(**m | {"kind": MentionKind(m["kind"])}) for m in more.get("mentions", ())),
        fingerprint=fingerprint,
        keys=tuple(more.get("keys", ())),
        credit=row["credit"],
    )


def _judged(store: Store, candidate_id: int) -> Row:
    sql = "SELECT score, label, evidence, why, relevance_version AS version FROM candidates WHERE id = ?"
    row = store.row(sql, [candidate_id]) or {}
    known = {name: value for name, value in row.items() if value is not None}
    return {"score": 0.0, "label": Label.SUBSTANTIAL.value, "matches": [], **known}


def _article(row: Row, more: Row) -> Article:
    return Article(
        url=row["url"], source_id=row["source_id"], title=row["title"], text=row["text"],
        authors=tuple(json.loads(row["authors"])), published=published_of(dict(row)),
        modified=moment_or_none(more.get("modified")), language=row["language"], site=row["site"],
        image=more.get("image"), canonical_url=more.get("canonical_url"), amp_url=more.get("amp_url"),
        paywalled=bool(more.get("paywalled")),
    )  # fmt: skip


def _relevance(told: Row) -> Relevance:
    facts = {name: told.get(name, "") for name in ("evidence", "why", "version")}
    matches = tuple(TermMatch(**match) for match in told["matches"])
    return Relevance(score=told["score"], label=Label(told["label"]), matches=matches, **facts)


def source_of(store: Store, source_id: str) -> Source:
    """A source as far as an article's row tells of it.

    Raises:
        StoreError: there is no such source.
    """
    row = store.row("SELECT * FROM sources WHERE id = ?", [source_id])
    if row is None:
        raise store.missing("source", source_id)
    names = ("id", "name", "homepage", "country", "language", "perspective", "publisher_group")
    return Source(
        role=Role(row["role"]), state_owned=bool(row["state_owned"]), hints=Hints(timezone=row["timezone"]),
        **{name: row[name] for name in names},
    )  # fmt: skip
