"""Stored articles and off-topic pages, judged again by today's rules.

An article that no longer concerns the beat stays, with its new label, and lists leave it out: what was told once is
not unsaid. An off-topic page left no text. It is weighed by what was measured of it; when it now concerns the beat it
waits for a new fetch, and when the vocabulary has changed since, so does it on request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from crawler.rejudge.rules import Row, Rules
from store import candidates, rejudging
from store.database import Store
from store.models import Label, Relevance
from store.values import clean, dataclasses_to_json

T = TypeVar("T")

RELEVANT = (Label.CENTRAL.value, Label.SUBSTANTIAL.value)
SAME_SCORE = 0.0005
"""Scores that differ less are one: what was measured is kept rounded."""


class Refetch(StrEnum):
    """Which off-topic pages are fetched again because today's vocabulary needs their text."""

    NONE = "none"
    LIKELY = "likely"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A label that changes."""

    kind: str
    """`article` or `page`."""
    url: str
    title: str
    label_before: str
    label_now: str
    score_before: float
    score_now: float
    why_before: str
    why_now: str
    reader: str | None = None
    """What a reader calls it: then the label in lists stays as it is."""


@dataclass(slots=True, kw_only=True)
class Plan:
    """What judging again would change. Each tally counts rows; `changes` has each label that changes, those that come
    to the beat or leave it first."""

    version: str
    articles: Counter[str] = field(default_factory=Counter)
    """`same`, `score` (it moves, the label stays), `label`."""
    pages: Counter[str] = field(default_factory=Counter)
    """`same`, `score`, `label` (it stays off the beat), `relevant` (waits for a new fetch), `likely` and `unlikely`
    (judged by another vocabulary: the text is needed)."""
    changes: list[Change] = field(default_factory=list)
    unchanged: dict[int, str] = field(default_factory=dict, repr=False)
    """Articles of which newer rules say the same, with the version that said so before."""
    to_save: list[int] = field(default_factory=list, repr=False)
    """Numbers of articles to save."""
    likely: list[str] = field(default_factory=list, repr=False)
    unlikely: list[str] = field(default_factory=list, repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was judged by other rules."""
        return not self.articles and not self.pages


@dataclass(slots=True)
class Done:
    """What was changed; rows that a pass had changed meanwhile are left to the next time."""

    articles: int = 0
    pages: int = 0
    fetched_again: int = 0
    left: int = 0


Tell = Callable[[int], None]


def plan(
    store: Store, rules: Rules, *, since: str = "", every: bool = False, tell: Tell = lambda rows: None
) -> Plan:  # fmt: skip
    """Judge everything that other rules judged, and change nothing.

    Args:
        since: a stored time; what was first seen (articles) or decided (pages) before it is left out.
        every: also what was judged by today's rules, as after a change of a source's perspective.
        tell: is told how many rows were judged, now and then.
    """
    version = None if every else rules.version
    found = Plan(version=rules.version)
    for piece in rejudging.articles(store, version=version, since=since):
        for row in piece:
            _plan_article(found, row, rules.article(row))
        tell(len(piece))
    for piece in rejudging.pages(store, version=version, measuring=rules.measuring, since=since):
        for row in piece:
            _plan_page(found, row, rules)
        tell(len(piece))
    found.changes.sort(key=_weight)
    return found


def _weight(change: Change) -> tuple[bool, bool, float]:
    """What matters most comes first: who comes to the beat or leaves it, then articles, then the greatest moves."""
    crosses = (change.label_before in RELEVANT) != (change.label_now in RELEVANT)
    return not crosses, change.kind != "article", -abs(change.score_now - change.score_before)


def _plan_article(found: Plan, row: Row, now: Relevance) -> None:
    what = _difference(row, now)
    found.articles[what] += 1
    if what == "label":
        found.changes.append(_change("article", row, now))
    if what == "same" and _told(row) == _told_now(now):
        found.unchanged[row["id"]] = row["version"]
    else:
        found.to_save.append(row["id"])


def _plan_page(found: Plan, row: Row, rules: Rules) -> None:
    now = rules.page(row)
    if now is None:
        likely = rules.is_likely(row)
        found.pages["likely" if likely else "unlikely"] += 1
        (found.likely if likely else found.unlikely).append(row["url"])
        return
    what = _difference(row, now)
    if now.relevant and row["reader"] != "irrelevant":
        what = "relevant"
    found.pages[what] += 1
    if what in ("label", "relevant"):
        found.changes.append(_change("page", row, now))


def _difference(row: Row, now: Relevance) -> str:
    if row["label"] != now.label.value:
        return "label"
    return "same" if abs(row["score"] - now.score) < SAME_SCORE else "score"


def _told(row: Row) -> tuple[Any, ...]:
    return row["why"], row["evidence"], row["terms"]


def _told_now(now: Relevance) -> tuple[Any, ...]:
    return clean(now.why), clean(now.evidence), dataclasses_to_json(now.matches)


def _change(kind: str, row: Row, now: Relevance) -> Change:
    return Change(
        kind=kind, url=row["url"], title=row["title"], label_before=row["label"], label_now=now.label.value,
        score_before=row["score"], score_now=now.score, why_before=row["why"] or "", why_now=now.why,
        reader=row["reader"],
    )  # fmt: skip


def apply(
    store: Store, rules: Rules, planned: Plan, *, since: str = "", every: bool = False,
    refetch: Refetch = Refetch.NONE, tell: Tell = lambda rows: None,
) -> Done:  # fmt: skip
    """Do what was planned, some hundred rows a transaction: killed at any moment, the next time goes on from there.

    Texts are judged once more instead of keeping all judgements in memory; a row that has changed since the plan is
    judged as it is now.
    """
    done = Done()
    for numbers in _pieces(sorted(planned.unchanged)):
        with store.write():
            for number in numbers:
                was = planned.unchanged[number]
                _count(done, "articles", rejudging.confirm_article(store, number, was=was, version=rules.version))
    version = None if every else rules.version
    wanted = frozenset(planned.to_save)
    for piece in rejudging.articles(store, version=version, since=since):
        _save_articles(store, rules, [row for row in piece if row["id"] in wanted], done)
        tell(len(piece))
    for piece in rejudging.pages(store, version=version, measuring=rules.measuring, since=since):
        _save_pages(store, rules, piece, done)
        tell(len(piece))
    urls = {Refetch.NONE: [], Refetch.LIKELY: planned.likely, Refetch.ALL: planned.likely + planned.unlikely}
    for urls_piece in _pieces(urls[refetch]):
        with store.write():
            for url in urls_piece:
                _count(done, "fetched_again", candidates.reopen(store, url))
    return done


def _save_articles(store: Store, rules: Rules, rows: Sequence[Row], done: Done) -> None:
    judged = [(row, rules.article(row)) for row in rows]
    with store.write():
        for row, now in judged:
            _count(done, "articles", rejudging.save_article(store, row, now))


def _save_pages(store: Store, rules: Rules, rows: Sequence[Row], done: Done) -> None:
    weighed = [(row, now) for row in rows if (now := rules.page(row)) is not None]
    with store.write():
        for row, now in weighed:
            saved = rejudging.save_page(store, row, now)
            if saved and now.relevant and row["reader"] != "irrelevant":
                _count(done, "fetched_again", candidates.reopen(store, row["url"]))
            else:
                _count(done, "pages", saved)


def _count(done: Done, what: str, was_done: bool) -> None:
    name = what if was_done else "left"
    setattr(done, name, getattr(done, name) + 1)


def _pieces(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(items), rejudging.PIECE):
        yield items[begin : begin + rejudging.PIECE]
