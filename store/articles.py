"""The articles that are kept, each story version once: saved, revised, known again by address, found by words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store import fingerprints, mentions, stories, story_keys
from store.database import Store
from store.models import Fingerprint, Known, Precision, Published, Reading, Relevance, Source, Topic
from store.search import index
from store.values import (
    clean,
    dataclasses_to_json,
    moment,
    published_columns,
    published_of,
    stamp,
    stamp_or_none,
    to_json,
)

LEAD = 280
"""Characters of the text that lists and search results show, at the most."""

_LISTED = (
    "id, url, title, publisher, source_id, published, published_precision, day, first_seen, language, perspective, "
    "country, topics, relevance_score, relevance_label, relevance_evidence, lead, length, story_id, revisions"
)


def insert(
    store: Store, reading: Reading, *, source: Source, story_id: int | None, run_id: int, now: datetime
) -> int:  # fmt: skip
    """Keep a new article with everything that finds it again, and return its id.

    Its own URL leads to it. What else the page calls itself is hearsay: the caller aliases what it trusts.

    Args:
        story_id: the story it belongs to; None makes it the first of a story of its own.

    Raises:
        StoreError: an article with this URL is there already.
    """
    title = clean(reading.article.title)
    story = stories.found(store, title, now=now) if story_id is None else story_id
    first = {"id": _next_id(store), "first_seen": stamp(now), "story_id": story, "run_id": run_id}
    columns = _source_columns(source) | _columns(reading, source.hints.timezone, now)
    article_id = store.insert("articles", first | columns)
    _index(store, article_id, reading, now)
    stories.join(store, story, article_id, now=now)
    alias(store, reading.article.url, article_id)
    return article_id


def revise(store: Store, article_id: int, reading: Reading, *, run_id: int, now: datetime) -> int:
    """Replace an article's text by a newer one, keep the old one, and return the number of its revision.

    Address, story, source and first sight stay; a published time that the new page does not give stays too.

    Raises:
        StoreError: there is no such article.
    """
    old = get(store, article_id)
    kept = {name: old[name] for name in ("title", "modified", "text_digest", "length", "text")}
    store.insert("revisions", kept | {"article_id": article_id, "replaced_at": stamp(now), "run_id": run_id})
    zone = store.value("SELECT timezone FROM sources WHERE id = ?", [old["source_id"]])
    values = _columns(reading, zone, now)
    del values["url"]
    if reading.article.published is None:
        for name in ("published", "published_precision", "published_origin", "day"):
            values[name] = old[name]
    more = fingerprints.more_of(store, article_id)
    _unindex(store, article_id, old)
    changes = {"revisions": old["revisions"] + 1, "changed_at": stamp(now)}
    store.update("articles", {"id": article_id}, values | changes)
    _index(store, article_id, reading, now)
    fingerprints.also(store, article_id, more)
    return int(old["revisions"]) + 1


def replace(store: Store, article_id: int, reading: Reading, *, source: Source, now: datetime) -> None:
    """Let another publisher's text of the same article stand in its place: number, story and first sight stay.

    The text that stood there is gone from here; the caller keeps it as a copy.

    Raises:
        StoreError: there is no such article, or another one has the URL of the new text.
    """
    old = get(store, article_id)
    _unindex(store, article_id, old)
    columns = _source_columns(source) | _columns(reading, source.hints.timezone, now)
    store.update("articles", {"id": article_id}, columns | {"changed_at": stamp(now)})
    store.change("UPDATE stories SET title = ? WHERE article_id = ?", [columns["title"], article_id])
    _index(store, article_id, reading, now)


def remove(store: Store, article_id: int) -> None:
    """Take an article away with all that finds it, after everything that must stay was moved elsewhere."""
    _unindex(store, article_id, get(store, article_id))
    store.change("DELETE FROM articles WHERE id = ?", [article_id])


def _next_id(store: Store) -> int:
    """A number that no article ever had: one that was folded into another keeps leading there."""
    used = store.value("SELECT max(id) FROM articles") or 0
    return 1 + max(used, store.value("SELECT max(id) FROM moved WHERE noun = 'article'") or 0)


def _source_columns(source: Source) -> dict[str, Any]:
    facts = {"source_id": source.id, "publisher": source.name, "perspective": source.perspective}
    return facts | {"country": source.country}


def _columns(reading: Reading, timezone: str, now: datetime) -> dict[str, Any]:
    article, relevance = reading.article, reading.relevance
    text, fingerprint = clean(article.text), reading.fingerprint
    return {
        "url": clean(article.url),
        "title": clean(article.title),
        **published_columns(article.published),
        "day": day_of(article.published, timezone, now),
        "modified": stamp_or_none(article.modified),
        "language": article.language,
        "topics": to_json([topic.id for topic in reading.topics]),
        **relevance_columns(relevance),
        "lead": lead_of(text),
        "authors": to_json(article.authors),
        "length": article.length,
        "paywalled": article.paywalled,
        "site": article.site,
        "image": article.image and clean(article.image),
        "canonical_url": article.canonical_url and clean(article.canonical_url),
        "amp_url": article.amp_url and clean(article.amp_url),
        "text_digest": fingerprint.digest if fingerprint else "",
        "credit": reading.credit,
        "text": text,
    }


def relevance_columns(relevance: Relevance) -> dict[str, Any]:
    """What stays of a judgement with an article."""
    return {
        "relevance_score": relevance.score,
        "relevance_label": relevance.label.value,
        "relevance_evidence": clean(relevance.evidence),
        "relevance_why": clean(relevance.why),
        "relevance_version": relevance.version,
        "relevance_terms": dataclasses_to_json(relevance.matches),
    }


def day_of(published: Published | None, timezone: str, now: datetime) -> str:
    """The day an article belongs to (YYYY-MM-DD): of its publication, else of `now`.

    A bare day is the publisher's day, which begins at another moment than the UTC day; a time is told in UTC.
    """
    if published is None:
        return stamp(now)[:10]
    if published.precision is Precision.DAY:
        try:
            return published.value.astimezone(ZoneInfo(timezone)).date().isoformat()
        except (ZoneInfoNotFoundError, ValueError):
            return stamp(published.value)[:10]  # a machine without time zone data
    return stamp(published.value)[:10]


def lead_of(text: str) -> str:
    """The beginning of a text on one line, cut between words, with an ellipsis when there is more."""
    line = " ".join(text[: LEAD * 2].split())
    if len(line) <= LEAD:
        return line if len(text) <= LEAD * 2 else line + "…"
    cut = line[:LEAD]
    return (cut[: cut.rfind(" ")] if " " in cut[LEAD // 2 :] else cut) + "…"


def _index(store: Store, article_id: int, reading: Reading, now: datetime) -> None:
    """Topics, fingerprint, keys and full-text index of an article; its row holds their title and text."""
    article = reading.article
    store.change_many(
        "INSERT INTO topics (article_id, topic, score, evidence) VALUES (?, ?, ?, ?)",
        [(article_id, topic.id, topic.score, clean(topic.evidence)) for topic in _once(reading.topics)],
    )
    mentions.add(store, article_id, reading.mentions)
    if reading.fingerprint is not None:
        fingerprints.add(store, article_id, reading.fingerprint)
        story_keys.add(store, article_id, reading.keys, article.published, now)
    index.add(store, article_id, get(store, article_id))


def _once(topics: Sequence[Topic]) -> list[Topic]:
    return list({topic.id: topic for topic in reversed(topics)}.values())


def _unindex(store: Store, article_id: int, old: dict[str, Any]) -> None:
    store.change("DELETE FROM topics WHERE article_id = ?", [article_id])
    mentions.remove(store, article_id)
    story_keys.remove(store, article_id)
    fingerprints.remove(store, article_id)
    index.remove(store, article_id, old)


def alias(store: Store, url: str, article_id: int, key: str | None = None) -> None:
    """Let an address lead to an article; one that leads to an article already stays with it.

    `key` is what stays the same when the site changes the address: its number, with host and language.
    """
    store.change(
        "INSERT INTO aliases (url, article_id, article_key) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE "
        "SET article_key = excluded.article_key WHERE article_id = excluded.article_id",
        [clean(url), article_id, key],
    )


def known(store: Store, urls: Sequence[str]) -> Known | None:
    """The stored article at the first of these canonical addresses that is known."""
    for url in urls:
        row = store.row(
            "SELECT id, a.url, text_digest, text, title FROM aliases JOIN articles a ON id = article_id "
            "WHERE aliases.url = ?",
            [url],
        )
        if row is not None:
            digest = row["text_digest"]
            return Known(article_id=row["id"], url=row["url"], digest=digest, text=row["text"], title=row["title"])
    return None


def set_keys(store: Store, article_id: int, key_of: Callable[[str], str | None]) -> None:
    """Keep the keys of an article's addresses, as for addresses that an older version kept without."""
    rows = store.execute("SELECT url, article_key FROM aliases WHERE article_id = ?", [article_id]).fetchall()
    changed = [(key, url) for url, before in rows if (key := key_of(url)) != before]
    store.change_many("UPDATE aliases SET article_key = ? WHERE url = ?", changed)


def reprint(store: Store, article_id: int, found: Fingerprint, keys: Sequence[int]) -> None:
    """Find an article by a fingerprint and by keys that newer rules made of its text; does nothing for the same."""
    row = get(store, article_id)
    if fingerprints.get(store, article_id) == found and story_keys.of(store, article_id) == tuple(keys):
        return
    more = fingerprints.more_of(store, article_id)
    story_keys.remove(store, article_id)
    fingerprints.remove(store, article_id)
    store.update("articles", {"id": article_id}, {"text_digest": found.digest})
    fingerprints.add(store, article_id, found)
    fingerprints.also(store, article_id, more)
    story_keys.add(store, article_id, keys, published_of(row), moment(row["first_seen"]))


def with_key(store: Store, keys: Sequence[str]) -> list[int]:
    """The articles of which an address has one of these keys (see `alias`), the oldest first."""
    sql = "SELECT DISTINCT article_id FROM aliases WHERE article_key = ? ORDER BY article_id LIMIT 8"
    return [number for key in dict.fromkeys(keys) for (number,) in store.execute(sql, [key])]


def now_of(store: Store, article_id: int) -> int:
    """The number of the article that now stands for one that was folded into it, else the same number."""
    moved = store.value("SELECT now_id FROM moved WHERE noun = 'article' AND id = ?", [article_id])
    return article_id if moved is None else int(moved)


def get(store: Store, article_id: int) -> dict[str, Any]:
    """The row of an article as stored: times as text, `topics`, `authors` and `relevance_terms` as JSON.

    Raises:
        StoreError: there is no such article.
    """
    row = store.row("SELECT * FROM articles WHERE id = ?", [article_id])
    if row is None:
        raise store.missing("article", article_id)
    return row


def story_of(store: Store, article_id: int) -> int:
    """The story an article belongs to. Raises StoreError when there is no such article."""
    return int(get(store, article_id)["story_id"])


def texts(store: Store, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Title and text of articles by id; ids that are not there are left out."""
    sql = "SELECT id, title, text FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    return {number: (title, text) for number, title, text in store.execute(sql, [to_json(list(ids))])}


def new_since(store: Store, run_id: int) -> list[dict[str, Any]]:
    """Rows (without texts) of the articles that this pass and later ones brought, newest first."""
    sql = f"SELECT {_LISTED} FROM articles WHERE run_id >= ? ORDER BY ifnull(published, first_seen) DESC, id DESC"
    return store.rows(sql, [run_id])
