"""How well copies, updates, rewrites and translations are told: `compare` on labelled pairs of texts.

The folder holds `texts.jsonl` (id, lang, text; title, url or site, and published, an ISO 8601 time, where they are
known) and `pairs.jsonl` (a, b, dup 0 or 1, rel). The later text is compared with the earlier one; without times the
second with the first, and without sites and times the texts alone decide. `dup` counts what any of the later groups
would link:

- *literal copies*: exact, near, truncated, extended: what makes a DUPLICATE;
- *with updates*: also `updated`; *with rewrites*: also `rewritten`; *with translations*: also `translated`.

Each group is measured on the pairs whose relation it is meant for and on all pairs that are no duplicates;
overall and by language and kind a pair is positive when its relation is in the last, widest group.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler import urls
from crawler.analysis.compare import Side, compare
from crawler.evaluate.report import Metrics, Outcome, Report
from crawler.evaluate.rows import published, rows
from store.errors import UsageError
from store.models import DUPLICATE_RELATIONS, Comparison, Relation

GROUPS: dict[str, tuple[frozenset[str], frozenset[Relation]]] = {
    "literal copies": (frozenset({"exact", "near", "trunc", "truncated", "extended"}), DUPLICATE_RELATIONS),
    "with updates": (frozenset({"upd", "updated"}), frozenset({Relation.UPDATED})),
    "with rewrites": (frozenset({"spun", "rewritten"}), frozenset({Relation.REWRITTEN})),
    "with translations": (frozenset({"translation", "translated"}), frozenset({Relation.TRANSLATED})),
}
"""Name of a group: labels and relations that it adds to those before it."""

POSITIVE = frozenset(relation for _, relations in GROUPS.values() for relation in relations)

Judged = tuple[Outcome, Comparison]


def evaluate(folder: Path) -> Report:
    """Compare every pair of the folder.

    Raises:
        UsageError: a file is missing or a row is not as described; the message names file and row.
    """
    texts = {row["id"]: row for row in rows(folder / "texts.jsonl", ("id", "lang", "text"))}
    judged = [_judge(row, texts, folder) for row in rows(folder / "pairs.jsonl", ("a", "b", "dup", "rel"))]
    return Report.of_outcomes(
        [outcome for outcome, _ in judged],
        positive="the same story",
        negative="another story",
        groups=_groups(judged),
    )


def _judge(row: dict[str, Any], texts: dict[str, dict[str, Any]], folder: Path) -> Judged:
    missing = [row[end] for end in "ab" if row[end] not in texts]
    if missing:
        raise UsageError(f"{folder / 'pairs.jsonl'}: no text {missing[0]!r} in texts.jsonl")
    a, b = texts[row["a"]], texts[row["b"]]
    known, new = _side(a), _side(b)
    if known.published and new.published and new.published < known.published:
        known, new = new, known
    comparison = compare(new, known)
    languages = sorted({a["lang"], b["lang"]})
    outcome = Outcome(
        id=f"{row['a']} – {row['b']}", expected=bool(row["dup"]), decided=comparison.relation in POSITIVE,
        language="+".join(languages), kind=row["rel"], detail=f"{comparison.relation.value}: {comparison.why}",
    )  # fmt: skip
    return outcome, comparison


def _side(row: dict[str, Any]) -> Side:
    url = str(row.get("url") or "")
    return Side(
        title=str(row.get("title") or ""), text=row["text"], url=url, language=row["lang"],
        site=urls.site(url) or str(row.get("site") or row.get("host") or ""), published=published(row),
    )  # fmt: skip


def _groups(judged: Sequence[Judged]) -> dict[str, Metrics]:
    """Each group with those before it, against all negatives."""
    labels: set[str] = set()
    relations: set[Relation] = set()
    found: dict[str, Metrics] = {}
    for name, (more_labels, more_relations) in GROUPS.items():
        labels |= more_labels
        relations |= more_relations
        found[name] = Metrics.of_decisions(
            (outcome.expected, comparison.relation in relations)
            for outcome, comparison in judged
            if outcome.kind in labels or not outcome.expected
        )
    return found
