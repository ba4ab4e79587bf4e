"""What readers say of pages: kept by canonical address, the latest word counts, and an article's label follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import candidates, duplicates
from store.database import Store
from store.models import Judgement, Label
from store.values import clean, moment, stamp

LEAD = 1000
"""Characters of a text that stay with a judgement: headline and lead are what most of a verdict stands on."""

LISTED = "relevance_label IN ('central', 'substantial')"
"""SQL: the articles that lists of news show; newer rules or a reader may have called others off topic."""
_RELEVANT = frozenset({Label.CENTRAL.value, Label.SUBSTANTIAL.value})
_KEPT = (
    "url", "judgement", "note", "judged_at", "title", "lead", "basis", "language", "published", "source_id",
    "article_id", "rules_score", "rules_label", "rules_version",
)  # fmt: skip
_FROM_STORE = ("source_id", "article_id", "rules_score", "rules_label", "rules_version")

_ARTICLE = f"""
SELECT a.url, title, substr(text, 1, {LEAD}) AS lead, 'text' AS basis, language, published, source_id,
       a.id AS article_id, relevance_score AS rules_score, relevance_label AS rules_label,
       relevance_version AS rules_version
FROM articles AS a
"""
_COPY_OF_SEED = f"""
SELECT url, title, substr(text, 1, {LEAD}) AS lead, 'text' AS basis, language, published, source_id,
       NULL AS article_id, NULL AS rules_score, NULL AS rules_label, NULL AS rules_version
FROM duplicates WHERE id = ?
"""
_CANDIDATE = """
SELECT c.url, ifnull(c.title, '') AS title, ifnull(evidence, '') AS lead, 'evidence' AS basis,
       CASE s.language WHEN 'mul' THEN 'und' ELSE s.language END AS language, published, source_id,
       NULL AS article_id, score AS rules_score, label AS rules_label, relevance_version AS rules_version
FROM candidates AS c JOIN sources AS s ON s.id = source_id WHERE c.url = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a judgement did."""

    url: str
    """The page that was judged: of a copy, the article it was merged into."""
    judgement: Judgement
    label_before: str | None
    """The label before and now; None for a page that was not judged."""
    label_now: str | None
    article_id: int | None
    fetched_again: bool
    """Whether a page that left no text waits for its next fetch, to be kept then."""


def record(store: Store, url: str, judgement: Judgement, *, note: str = "", now: datetime) -> Recorded | None:
    """Keep what a reader says of a page; within `write()`.

    An article's label follows at once. A page that was off topic left no text: called relevant, it is fetched again
    and kept.

    Args:
        url: canonical address of an article, of a copy, or of a page that was not kept.

    Returns:
        What that did, or None when the store does not know the address; then nothing is changed.
    """
    page = _page(store, url)
    if page is None:
        return None
    before = _label(store, page)
    _save(store, page, judgement, note, now)
    if page["article_id"] is not None:
        _relabel(store, page["article_id"])
    again = judgement is Judgement.RELEVANT and candidates.reopen(store, page["url"])
    return Recorded(
        url=page["url"], judgement=judgement, label_before=before, label_now=_label(store, page),
        article_id=page["article_id"], fetched_again=again,
    )  # fmt: skip


def add(store: Store, page: Mapping[str, str | None], judgement: Judgement, *, note: str, now: datetime) -> Recorded:
    """Keep a judgement that brings its own text; within `write()`.

    Args:
        page: `url` (canonical), `title`, `lead`, `language` and `published`; what the store knows of the page goes
            before them.
    """
    known = record(store, page["url"] or "", judgement, note=note, now=now)
    if known is not None:
        return known
    brought = {name: value and clean(value) for name, value in page.items()}
    brought |= {"lead": (brought["lead"] or "")[:LEAD], "basis": "given"}
    _save(store, dict.fromkeys(_FROM_STORE) | brought, judgement, note, now)
    return Recorded(
        url=page["url"] or "", judgement=judgement, label_before=None, label_now=None, article_id=None,
        fetched_again=False,
    )  # fmt: skip


def remove(store: Store, url: str) -> bool:
    """Forget what was said of a page; its article's label is again what the rules say. Within `write()`.

    A page that waits to be fetched again still is. Returns whether there was a judgement.
    """
    page = _page(store, url)
    row = store.row("SELECT * FROM feedback WHERE url = ?", [page["url"] if page else url])
    if row is None:
        return False
    if row["article_id"] is not None and row["rules_label"] is not None:
        store.update("articles", {"id": row["article_id"]}, {"relevance_label": row["rules_label"]})
    store.change("DELETE FROM feedback WHERE id = ?", [row["id"]])
    return True


def all(store: Store) -> list[dict[str, Any]]:
    """Every judgement, the latest first; of a page that is kept also the whole `text` and its `story_id`, of one that
    was listed the `endpoint_url`."""
    return store.rows(
        f"SELECT {', '.join(f'f.{name}' for name in _KEPT)}, a.text, a.story_id, c.endpoint_url FROM feedback AS f "
        "LEFT JOIN articles AS a ON a.id = f.article_id LEFT JOIN candidates AS c ON c.url = f.url "
        "ORDER BY judged_at DESC, f.id DESC"
    )


def called(store: Store, url: str) -> Judgement | None:
    """What a reader calls the page at a canonical address, or the article that it leads to."""
    by_article = "SELECT article_id FROM aliases WHERE url = ?"
    said = store.value(f"SELECT judgement FROM feedback WHERE url = ? OR article_id = ({by_article})", [url, url])
    return None if said is None else Judgement(said)


def of_article(store: Store, article_id: int) -> dict[str, Any] | None:
    """What was said of an article."""
    return store.row(f"SELECT {', '.join(_KEPT)} FROM feedback WHERE article_id = ?", [article_id])


def follow(store: Store, article_id: int) -> None:
    """After the rules have labelled an article anew: remember what they say, and let the reader's word go before it.

    Within `write()`.
    """
    judgement = store.row(
        "SELECT * FROM feedback WHERE article_id = ? OR url IN (SELECT url FROM aliases WHERE article_id = ?) "
        "ORDER BY judged_at DESC, id DESC LIMIT 1",
        [article_id, article_id],
    )
    if judgement is None:
        return
    page = store.row(f"{_ARTICLE} WHERE a.id = ?", [article_id]) or {}
    others = "DELETE FROM feedback WHERE (article_id = ? OR url = ?) AND id != ?"
    store.change(others, [article_id, page["url"], judgement["id"]])
    store.update("feedback", {"id": judgement["id"]}, page)
    _relabel(store, article_id)


def merge(store: Store, gone: int, into: int) -> None:
    """Before an article is folded into another: what was said of it is said of that one; the latest word counts.

    Within `write()`.
    """
    said, known = of_article(store, gone), of_article(store, into)
    if said is None:
        return
    store.change("DELETE FROM feedback WHERE article_id = ?", [gone])
    if known is not None and known["judged_at"] >= said["judged_at"]:
        return
    page = _page(store, store.value("SELECT url FROM articles WHERE id = ?", [into]))
    if page is not None:
        _save(store, page, Judgement(said["judgement"]), said["note"], moment(said["judged_at"]))
        _relabel(store, into)


def label_after(rules: str | None, judgement: Judgement) -> str:
    """The label that lists go by: a reader's word, as strong as the rules find it where they agree."""
    if judgement is Judgement.IRRELEVANT:
        return Label.OFF_TOPIC.value
    return rules if rules in _RELEVANT else Label.SUBSTANTIAL.value


def _page(store: Store, url: str) -> dict[str, Any] | None:
    """What the store knows of a page, with the rules' own label where a reader's stands in its place."""
    copy = duplicates.at(store, url)
    article = store.value("SELECT article_id FROM aliases WHERE url = ?", [url])
    article = article or store.value("SELECT article_id FROM duplicates WHERE id = ?", [copy])
    if article is None:
        return store.row(_COPY_OF_SEED, [copy]) or store.row(_CANDIDATE, [url])
    page = store.row(f"{_ARTICLE} WHERE a.id = ?", [article]) or {}
    known = of_article(store, article)
    return page | {"rules_label": known["rules_label"]} if known else page


def _save(store: Store, page: Mapping[str, Any], judgement: Judgement, note: str, now: datetime) -> None:
    said = {"judgement": judgement.value, "note": clean(note), "judged_at": stamp(now)}
    store.upsert("feedback", ["url"], {**page, **said})


def _label(store: Store, page: Mapping[str, Any]) -> str | None:
    if page["article_id"] is None:
        return page["rules_label"] and str(page["rules_label"])
    return str(store.value("SELECT relevance_label FROM articles WHERE id = ?", [page["article_id"]]))


def _relabel(store: Store, article_id: int) -> None:
    judgement = of_article(store, article_id)
    if judgement is not None:
        label = label_after(judgement["rules_label"], Judgement(judgement["judgement"]))
        store.update("articles", {"id": article_id}, {"relevance_label": label})
