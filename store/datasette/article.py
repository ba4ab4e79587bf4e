"""What the page of one article tells besides its text: why it is here, its copies, its earlier texts, its story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store.datasette.front import Ask, same_story
from store.datasette.markup import from_json
from store.datasette.passages import paragraphs

_ARTICLE = "SELECT a.*, s.homepage FROM articles AS a JOIN sources AS s ON s.id = a.source_id WHERE a.id = :id"
_TOPICS = "SELECT topic, score, evidence FROM topics WHERE article_id = :id ORDER BY score DESC, topic"
_MENTIONS = """
SELECT kind, value, label, unit, amount, text, times FROM mentions WHERE article_id = :id
ORDER BY CASE kind WHEN 'person' THEN 1 WHEN 'company' THEN 2 WHEN 'vessel' THEN 3 WHEN 'money' THEN 4
WHEN 'volume' THEN 5 ELSE 6 END, CASE kind WHEN 'day' THEN value END, times DESC, amount DESC, label
"""
_COPIES = """
SELECT id, url, title, publisher, relation, similarity, why, published, published_precision, first_seen, language
FROM duplicates WHERE article_id = :id ORDER BY first_seen, id LIMIT 200
"""
_REVISIONS = "SELECT id, title, replaced_at, length FROM revisions WHERE article_id = :id ORDER BY id DESC LIMIT 50"


async def article(ask: Ask, number: str) -> dict[str, Any]:
    """Everything the template of an article needs; empty when there is no such article."""
    row = next(iter(await ask(_ARTICLE, {"id": number})), None)
    if row is None:
        return {}
    terms = [term for term in from_json(row["relevance_terms"]) if isinstance(term, dict)]
    own = {"id": row["id"]}
    return {
        "article": row,
        "authors": from_json(row["authors"]),
        "paragraphs": paragraphs(row["text"], terms),
        "terms": terms_by_side(terms),
        "topics": await ask(_TOPICS, own),
        "mentions": by_kind(await ask(_MENTIONS, own)),
        "copies": await ask(_COPIES, own),
        "earlier": await ask(_REVISIONS, own),
        "story": await same_story(ask, row),
    }


def by_kind(mentions: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """What an article names, with its kind, in the order given."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for mention in mentions:
        kinds.setdefault(str(mention["kind"]), []).append(mention)
    return list(kinds.items())


def terms_by_side(terms: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    """The terms as they stand in the article, each once, under the side they speak of; those of no side last."""
    sides: dict[str, dict[str, None]] = {}
    for term in terms:
        sides.setdefault(str(term.get("side") or ""), {})[str(term.get("term") or "")] = None
    return sorted(((side, list(found)) for side, found in sides.items()), key=lambda group: (not group[0], group[0]))
