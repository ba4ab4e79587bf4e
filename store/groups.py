"""Groups of copies: an article with the copies that were folded into it, and the moves that keep them right.

A copy can take the article's place, an article can become a copy of another one, and a copy an article of its own.
Each move leaves every address and number leading where it should; the caller says within one `write()` what is what.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import articles, duplicates, feedback, readings, stories
from store.database import Store
from store.models import Comparison, Fingerprint, Published, Reading, Role, VerdictKind
from store.values import clean, moment, published_of, stamp

_FACTS = (
    "t.url, t.title, t.text, t.authors, t.site, t.publisher, t.credit, t.language, t.published, "
    "t.published_precision, t.published_origin, t.length, s.role"
)
_OF_SEEDS = f"""
SELECT 0 AS article_id, t.id AS duplicate_id, t.seed_id, t.relation, t.facts AS terms, {_FACTS}
FROM duplicates t JOIN sources s ON s.id = t.source_id
WHERE t.seed_id IS NOT NULL AND t.first_seen >= :since AND (:url = '' OR t.url = :url) ORDER BY t.id
"""
_MEMBERS = f"""
SELECT t.id AS article_id, NULL AS duplicate_id, '' AS relation, t.relevance_terms AS terms, {_FACTS}
FROM articles t JOIN sources s ON s.id = t.source_id WHERE t.id = :id
UNION ALL
SELECT t.article_id, t.id, t.relation, t.facts, {_FACTS}
FROM duplicates t JOIN sources s ON s.id = t.source_id WHERE t.article_id = :id ORDER BY 2
"""
ORIGINAL = "original"
"""Reason of a candidate whose page took the place of an article that was kept from another one."""
NOWHERE = 0
"""In place of the number that stands for one that is gone, when none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One text of a group: the article itself, or a copy."""

    article_id: int
    """The article that stands for the group; 0 for a copy of a seed."""
    duplicate_id: int | None
    """None for the article itself."""
    relation: str
    """What the copy is to the article; empty for the article."""
    url: str
    title: str
    text: str
    authors: tuple[str, ...]
    site: str
    publisher: str
    role: Role
    credit: str
    language: str
    published: Published | None
    length: int
    terms: str
    """JSON of the matched terms, as the article or the copy keeps it."""
    seed_id: str = ""
    """The seed that it is a copy of; empty for all others."""

    @property
    def concepts(self) -> tuple[str, ...]:
        """Concepts of the vocabulary that it names; read when asked, for a group may have hundreds of texts."""
        terms = json.loads(self.terms)
        matches = terms if isinstance(terms, list) else terms.get("relevance", {}).get("matches", [])
        return tuple(sorted({match["concept"] for match in matches}))


def members(store: Store, article_id: int) -> list[Member]:
    """The texts of a group, the article first, then its copies in the order in which they were met."""
    return [_member(row) for row in store.rows(_MEMBERS, {"id": article_id})]


def copies_of_seeds(store: Store, since: str = "", url: str = "") -> list[Member]:
    """The copies of seeds that were first seen at a stored time or later, or the one at an address, in order."""
    return [_member(row) for row in store.rows(_OF_SEEDS, {"since": since, "url": url})]


def addresses(store: Store, member: Member) -> list[str]:
    """The canonical addresses of a text, its own first."""
    sql, number = "SELECT url FROM aliases WHERE article_id = ? ORDER BY url", member.article_id
    if member.duplicate_id is not None:
        sql, number = "SELECT url FROM copy_urls WHERE duplicate_id = ? ORDER BY url", member.duplicate_id
    return list(dict.fromkeys([member.url, *(url for (url,) in store.execute(sql, [number]))]))


def _member(row: dict[str, Any]) -> Member:
    names = ("article_id", "duplicate_id", "relation", "url", "title", "text", "site", "publisher", "credit")
    facts = {name: row[name] for name in (*names, "language", "length")}
    authors = tuple(json.loads(row["authors"]))
    facts |= {"authors": authors, "terms": row["terms"], "seed_id": row.get("seed_id", "")}
    return Member(role=Role(row["role"]), published=published_of(row), **facts)


def since(store: Store, moment: str = "") -> list[int]:
    """The articles of the groups of which something was first seen at a stored time or later, by number."""
    sql = (
        "SELECT id FROM articles WHERE first_seen >= :since UNION "
        "SELECT article_id FROM duplicates WHERE first_seen >= :since AND article_id IS NOT NULL"
    )
    return [number for (number,) in store.execute(sql, {"since": moment})]


def set_credit(store: Store, member: Member) -> None:
    """Keep the agency that a text names."""
    table, number = (
        ("articles", member.article_id) if member.duplicate_id is None else ("duplicates", member.duplicate_id)
    )
    store.update(table, {"id": number}, {"credit": member.credit})


def earlier_texts(store: Store, member: Member) -> list[str]:
    """The former texts of an article, the latest first; none of a copy."""
    if member.duplicate_id is not None:
        return []
    sql = "SELECT text FROM revisions WHERE article_id = ? ORDER BY id DESC LIMIT 5"
    return [text for (text,) in store.execute(sql, [member.article_id])]


def drop_copy(store: Store, url: str) -> int | None:
    """Forget the copy at an address and return the article it was a copy of; None when there is none."""
    row = store.row("SELECT id, article_id FROM duplicates WHERE url = ?", [url])
    if row is None or row["article_id"] is None:
        return None
    store.change("DELETE FROM duplicates WHERE id = ?", [row["id"]])
    return int(row["article_id"])


def take_place(
    store: Store, copy_id: int, fingerprint: Fingerprint, comparison: Comparison, *, now: datetime
) -> None:
    """Let a copy stand in the place of its article, which becomes a copy of it; the article's number stays.

    Args:
        fingerprint: of the copy's text.
        comparison: what the text that stood there is to the copy.

    Raises:
        StoreError: there is no such copy, or it is one of a seed.
    """
    copy = duplicates.get(store, copy_id)
    article = articles.get(store, copy["article_id"])
    old, new = readings.of_article(store, article), readings.of_copy(store, copy, fingerprint)
    addresses = [row["url"] for row in store.rows("SELECT url FROM copy_urls WHERE duplicate_id = ?", [copy_id])]
    store.change("DELETE FROM duplicates WHERE id = ?", [copy_id])
    articles.replace(store, article["id"], new, source=readings.source_of(store, copy["source_id"]), now=now)
    _become_copy(store, article, old, article["id"], comparison)
    for url in [new.article.url, *addresses]:
        articles.alias(store, url, article["id"])
    feedback.follow(store, article["id"])
    _is_article(store, copy["candidate_id"], article["id"], ORIGINAL, f"It took the place of {article['url']}.")


def fold(store: Store, article_id: int, into: int, comparison: Comparison, *, now: datetime) -> None:
    """Make an article, with the copies that it has, copies of another one; its number leads there from now on.

    Raises:
        StoreError: one of the two is not there, or the article was listed nowhere, so that no copy can tell of it.
    """
    article = articles.get(store, article_id)
    old, story = readings.of_article(store, article), articles.story_of(store, into)
    stories.merge(store, article["story_id"], story, now=now)
    store.change("UPDATE duplicates SET article_id = ? WHERE article_id = ?", [into, article_id])
    store.change("UPDATE candidates SET duplicate_of = ? WHERE duplicate_of = ?", [into, article_id])
    store.change("UPDATE revisions SET article_id = ? WHERE article_id = ?", [into, article_id])
    _become_copy(store, article, old, into, comparison)
    stories.leave(store, article_id)
    feedback.merge(store, article_id, into)
    _repoint(store, article_id, into)
    articles.remove(store, article_id)
    stories.moved(store, "article", article_id, into, now=now)


def fold_into_seed(store: Store, article_id: int, seed_id: str, comparison: Comparison, *, now: datetime) -> None:
    """Make an article without copies a copy of a seed: its text stays, its earlier versions go; its number leads
    nowhere and is not given again.

    Raises:
        StoreError: there is no such article, or it was listed nowhere, so that no copy can tell of it.
    """
    article = articles.get(store, article_id)
    _become_copy(store, article, readings.of_article(store, article), None, comparison, seed_id=seed_id)
    stories.leave(store, article_id)
    for table, column in (("stories", "article_id"), ("candidates", "near_id")):
        store.change(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", [article_id])
    articles.remove(store, article_id)
    stories.moved(store, "article", article_id, NOWHERE, now=now)
    if store.change("DELETE FROM stories WHERE id = ? AND articles = 0", [article["story_id"]]).rowcount:
        stories.moved(store, "story", article["story_id"], NOWHERE, now=now)


def to_seed(store: Store, copy_id: int, seed_id: str, comparison: Comparison) -> None:
    """Let a copy be one of a seed, whatever it was a copy of."""
    store.update("duplicates", {"id": copy_id}, {"article_id": None, "seed_id": seed_id})
    describe(store, copy_id, comparison, None)
    store.change(
        "UPDATE candidates SET duplicate_of = NULL, seed_id = ? "
        "WHERE id = (SELECT candidate_id FROM duplicates WHERE id = ?)",
        [seed_id, copy_id],
    )


def unfold(store: Store, copy_id: int, fingerprint: Fingerprint, why: str, *, now: datetime) -> int:
    """Make a copy of an article or a seed an article of its own, in a story of its own, and return its number.

    Raises:
        StoreError: there is no such copy.
    """
    copy = duplicates.get(store, copy_id)
    reading, source = readings.of_copy(store, copy, fingerprint), readings.source_of(store, copy["source_id"])
    addresses = [row["url"] for row in store.rows("SELECT url FROM copy_urls WHERE duplicate_id = ?", [copy_id])]
    store.change("DELETE FROM duplicates WHERE id = ?", [copy_id])
    article_id = articles.insert(
        store, reading, source=source, story_id=None, run_id=copy["run_id"], now=moment(copy["first_seen"])
    )
    store.update("articles", {"id": article_id}, {"changed_at": stamp(now)})
    for url in addresses:
        articles.alias(store, url, article_id)
    _is_article(store, copy["candidate_id"], article_id, "", why)
    return article_id


def move(store: Store, copy_id: int, into: int) -> None:
    """Let a copy of one article be a copy of another; how it compares to that one is told by `describe`."""
    store.update("duplicates", {"id": copy_id}, {"article_id": into})
    store.change(
        "UPDATE candidates SET duplicate_of = ? WHERE id = (SELECT candidate_id FROM duplicates WHERE id = ?)",
        [into, copy_id],
    )


def describe(store: Store, copy_id: int, comparison: Comparison, lag: int | None) -> None:
    """Tell how a copy compares to its article, and how many seconds after it was published."""
    columns = duplicates.comparison_columns(comparison) | {"lag": lag}
    store.update("duplicates", {"id": copy_id}, columns)
    store.change(
        "UPDATE candidates SET reason = ?, detail = ? "
        "WHERE verdict = 'duplicate' AND id = (SELECT candidate_id FROM duplicates WHERE id = ?)",
        [comparison.relation.value, clean(comparison.why), copy_id],
    )


def _become_copy(
    store: Store, article: dict[str, Any], reading: Reading, of: int | None, comparison: Comparison, *,
    seed_id: str | None = None,
) -> None:  # fmt: skip
    """Keep what stood in an article's row as a copy: its addresses lead to the copy, its candidates tell so."""
    candidate = store.value(
        "SELECT id FROM candidates WHERE article_id = :id OR url = :url ORDER BY url != :url, id LIMIT 1",
        {"id": article["id"], "url": article["url"]},
    )
    if candidate is None:
        raise store.missing("candidate of article", article["id"])
    copy_id = duplicates.insert(
        store, reading, article_id=of, seed_id=seed_id, comparison=comparison, candidate_id=candidate,
        source=readings.source_of(store, article["source_id"]), run_id=article["run_id"],
        now=moment(article["first_seen"]),
    )  # fmt: skip
    store.change(
        "INSERT OR IGNORE INTO copy_urls (url, duplicate_id) SELECT url, ? FROM aliases WHERE article_id = ?",
        [copy_id, article["id"]],
    )
    store.change("DELETE FROM aliases WHERE article_id = ?", [article["id"]])
    changes = {"verdict": VerdictKind.DUPLICATE.value, "article_id": None, "duplicate_of": of, "seed_id": seed_id}
    changes |= {"reason": comparison.relation.value, "detail": clean(comparison.why)}
    store.update("candidates", {"article_id": article["id"]}, changes)


def _is_article(store: Store, candidate_id: int, article_id: int, reason: str, detail: str) -> None:
    values = {"verdict": VerdictKind.NEW.value, "reason": reason, "detail": clean(detail), "article_id": article_id}
    store.update("candidates", {"id": candidate_id}, values | {"duplicate_of": None, "seed_id": None})


def _repoint(store: Store, article_id: int, into: int) -> None:
    """Every other row that names an article names the other one; what both had is kept once."""
    for table, column in _references(store):
        store.change(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", [into, article_id])
    store.change("DELETE FROM links WHERE article_id = other_id OR article_id = ? OR other_id = ?", [article_id] * 2)


def _references(store: Store) -> list[tuple[str, str]]:
    """The (table, column) pairs that name articles, but for what belongs to an article and goes with it."""
    rows = store.rows(
        'SELECT m.name AS "table", f."from" AS "column" FROM sqlite_master m, pragma_foreign_key_list(m.name) f '
        "WHERE m.type = 'table' AND f.\"table\" = 'articles'"
    )
    own = ("topics", "mentions", "aliases", "article_prints")
    return [(row["table"], row["column"]) for row in rows if row["table"] not in own]
