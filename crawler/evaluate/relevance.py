"""How well relevance is judged: the product's own functions against labelled items."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.analysis import language, relevance
from crawler.analysis.lexicon import Lexicon
from crawler.evaluate.report import Metrics, Outcome, Report
from store.errors import UsageError
from store.models import Relevance
from store.values import moment_or_none

_FEW = 3
"""Reasons that fewer items share are counted under their label."""


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled headline with its first lines or its whole text. Label 2: central, 1: substantial, 0: neither."""

    id: str
    language: str
    title: str
    text: str
    label: int
    reason: str = ""
    group: str = ""
    """The event it tells of: items of one event are kept together in cross-validation."""
    prior_sides: frozenset[str] = frozenset()
    weight: float = 1.0
    """How much it counts in training: less where readers would differ."""
    published: datetime | None = None
    """When it was published, UTC: tells who was in office."""

    @property
    def relevant(self) -> bool:
        return self.label >= 1


def read_items(path: Path) -> list[Item]:
    """The rows of a JSON Lines file: id, language, title, lead or text, label 0, 1 or 2; reason and event if given.

    Raises:
        UsageError: naming the first line that is no such row.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    items = [_item(line, f"{path}: line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise UsageError(f"{path}: expected one JSON object a line, found none")
    return items


def _item(line: str, where: str) -> Item:
    try:
        row = json.loads(line)
        return Item(
            id=str(row["id"]), language=str(row["language"]), title=row.get("title") or "",
            text=row.get("text") or row.get("lead") or "", label=int(row["label"]), reason=row.get("reason") or "",
            group=row.get("event") or str(row["id"]), prior_sides=frozenset(row.get("prior_sides") or ()),
            weight=float(row.get("weight", 1.0)), published=moment_or_none(row.get("published")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{where}: expected an object with id, language, title, lead or text, and label 0, 1 or 2: {error!r}"
        ) from error


def evaluate(path: Path, *, lexicon: Lexicon, weights: relevance.Weights) -> Report:
    """Judge every item of a file. Raises UsageError when it is not readable as labelled items."""
    return measure(read_items(path), lexicon=lexicon, weights=weights)


def measure(items: Sequence[Item], *, lexicon: Lexicon, weights: relevance.Weights) -> Report:
    """Judge every item; label 1 and 2 count as relevant.

    Kinds are the items' reasons, where at least three share one, else `relevant, other` and `not relevant, other`;
    groups tell how many of each label were decided relevant.
    """
    kinds = _kinds(items)
    outcomes = [_outcome(item, kinds[item.id], lexicon, weights) for item in items]
    labels = {item.id: item.label for item in items}
    return Report.of_outcomes(
        outcomes, positive="relevant", negative="not relevant",
        groups={
            f"label {n}": Metrics.of_decisions((o.expected, o.decided) for o in outcomes if labels[o.id] == n)
            for n in (2, 1, 0)
        },
    )  # fmt: skip


def judged(item: Item, lexicon: Lexicon, weights: relevance.Weights) -> Relevance:
    """An item as the product judges it; the language it names is a hint, as a source's is."""
    spoken = language.identify(f"{item.title}\n{item.text}", item.language)
    return relevance.judge(
        item.title,
        item.text,
        language=spoken,
        lexicon=lexicon,
        weights=weights,
        prior_sides=item.prior_sides,
        published=item.published,
    )


def _outcome(item: Item, kind: str, lexicon: Lexicon, weights: relevance.Weights) -> Outcome:
    found = judged(item, lexicon, weights)
    return Outcome(
        id=item.id, expected=item.relevant, decided=found.relevant, language=item.language, kind=kind,
        detail=f"{found.score:.2f}: {found.why} “{item.title or item.text}”",
    )  # fmt: skip


def _kinds(items: Iterable[Item]) -> Mapping[str, str]:
    named = {item.id: _normal(item.reason) for item in items}
    counts = Counter(named.values())
    return {
        item.id: named[item.id]
        if named[item.id] and counts[named[item.id]] >= _FEW
        else ("relevant, other" if item.relevant else "not relevant, other")
        for item in items
    }


_KINDS = (
    ("sports", ("football", "volleyball", "games", "chess", "sports", "asian cup", "wrestling", "sport")),
    ("country list", ("list", "in list", "rank", "press-freedom", "execution", "statistics", "list,")),
    ("market", ("oil market", "market")),
    ("round-up", ("roundup", "digest", "index page", "tag page", "topic page")),
    ("travel", ("travel", "itinerary", "guide")),
    ("one side only", (" only",)),
)
"""Reasons differ by a word or two; what holds one of these words is one kind, the first that fits."""


def _normal(reason: str) -> str:
    """The kind of a reason: one of a few wide ones, else its first two words."""
    told = reason.casefold()
    for kind, words in _KINDS:
        if any(word in told for word in words):
            return kind
    return " ".join(told.replace(",", " ").replace(":", " ").split()[:2])
