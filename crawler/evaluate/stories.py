"""How well a pass groups texts into stories: labelled texts are admitted to a fresh store as a pass admits pages.

Unlike `duplicates`, which compares every labelled pair, this finds only what a pass finds: an article's neighbours by
shared words, the retellings that share what is told, and the groups that come of their order. The folder holds
`texts.jsonl` (id, lang, text; title, url and published, an ISO 8601 time, where they are known) and the truth, either
as `pairs.jsonl` (a, b, dup 0 or 1, rel) or as a `story` of each text, by which every pair of texts is counted.

A pair counts as found when both texts end in one story, as one article and its copies or as articles that follow each
other. Every text is taken as concerning the beat, so that relevance is not measured here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from crawler import admission, urls
from crawler.evaluate.report import Metrics, Outcome, Report
from crawler.evaluate.rows import published, rows
from crawler.reading import Mind, judge, mind
from store import candidates, runs, sources, stories
from store.database import Store
from store.errors import UsageError
from store.models import Article, DateOrigin, Link, Precision, Published, Source

SOURCE = Source(
    id="evaluation", name="Evaluation", homepage="https://evaluation.invalid/", country="ZZ", language="und",
    perspective="unknown",
)  # fmt: skip
SAME_EVENT = frozenset({"same-event-independent"})
"""Labels of pairs that report one event independently: no copies, but whether a story may hold both is a matter of
taste, so a group is also measured without them."""
APART = timedelta(minutes=1)
"""Texts without a time of publication arrive so far from each other, in the order of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, whether they tell the same story, and the label's own word for how."""

    a: str
    b: str
    same: bool
    kind: str = ""


def evaluate(folder: Path, beat_folder: Path) -> Report:
    """Admit every text of the folder in order of publication, and look which of the labelled pairs share a story.

    Raises:
        UsageError: a file is missing or a row is not as described; the message names file and row.
        ConfigurationError: the beat is not valid.
    """
    texts = {row["id"]: row for row in rows(folder / "texts.jsonl", ("id", "lang", "text"))}
    pairs = list(_pairs(folder, texts))
    with tempfile.TemporaryDirectory() as place, Store.open(Path(place) / "stories.db") as store:
        told = _admitted(store, texts, mind(beat_folder))
    outcomes = [_outcome(pair, texts, told) for pair in pairs]
    strict = [(o.expected, o.decided) for o in outcomes if o.kind not in SAME_EVENT]
    groups = {"without independent reports": Metrics.of_decisions(strict)} if len(strict) < len(outcomes) else {}
    return Report.of_outcomes(outcomes, positive="one story", negative="another story", groups=groups)


def _pairs(folder: Path, texts: Mapping[str, Mapping[str, Any]]) -> Iterator[Pair]:
    path = folder / "pairs.jsonl"
    if path.exists():
        for row in rows(path, ("a", "b", "dup", "rel")):
            missing = [row[end] for end in "ab" if row[end] not in texts]
            if missing:
                raise UsageError(f"{path}: no text {missing[0]!r} in texts.jsonl")
            yield Pair(a=row["a"], b=row["b"], same=bool(row["dup"]), kind=row["rel"])
        return
    told = {name: row["story"] for name, row in texts.items() if "story" in row}
    if len(told) < 2:
        raise UsageError(f"{folder}: expected pairs.jsonl (a, b, dup, rel), or a `story` in the rows of texts.jsonl")
    for a, b in combinations(told, 2):
        yield Pair(a=a, b=b, same=told[a] == told[b])


def _outcome(pair: Pair, texts: Mapping[str, Mapping[str, Any]], told: Mapping[str, int]) -> Outcome:
    languages = sorted({texts[pair.a]["lang"], texts[pair.b]["lang"]})
    return Outcome(
        id=f"{pair.a} – {pair.b}", expected=pair.same, decided=told[pair.a] == told[pair.b],
        language="+".join(languages), kind=pair.kind,
    )  # fmt: skip


def _admitted(store: Store, texts: Mapping[str, Mapping[str, Any]], thought: Mind) -> dict[str, int]:
    """The story of each text, by its id."""
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    read = [_article(row, begun + number * APART) for number, row in enumerate(texts.values())]
    now = max([when for _, when in read], default=begun) + timedelta(days=1)
    with store.write():
        sources.sync(store, [SOURCE], now)
        run_id = runs.start(store, kind="evaluation", source_ids=[SOURCE.id], now=now, pid=0)
    keeper = admission.Keeper(store=store, source=SOURCE, run_id=run_id, now=now)
    for article, _ in sorted(read, key=lambda pair: pair[1]):
        _admit(keeper, article, thought)
    return _stories(store, dict(zip(texts, [article.url for article, _ in read], strict=True)))


def _article(row: Mapping[str, Any], arrives: datetime) -> tuple[Article, datetime]:
    """A labelled text as it would have been read, and when it arrives."""
    url = urls.canonical(str(row.get("url") or "")) or f"https://text-{row['id']}.invalid/{row['id']}".lower()
    when = published(row)
    arrives = when or arrives
    article = Article(
        url=url, source_id=SOURCE.id, title=str(row.get("title") or ""), text=row["text"], site=urls.site(url),
        published=Published(when, Precision.MINUTE, DateOrigin.META) if when else None, language=row["lang"],
    )  # fmt: skip
    return article, arrives


def _admit(keeper: admission.Keeper, article: Article, thought: Mind) -> None:
    """One text, decided and kept in one transaction, as a pass does it."""
    reading, store = judge(thought, article, frozenset(), wanted=True), keeper.store
    with store.write():
        link = Link(url=article.url, title=article.title)
        candidates.record_links(
            store, SOURCE.id, SOURCE.homepage, [(article.url, link)], run_id=keeper.run_id, now=keeper.now
        )
        candidate = candidates.find(store, article.url)
        assert candidate is not None, "it was recorded just now"
        addresses = admission.addresses(reading.article, article.url, article.url)
        verdict, article_id = keeper.admit(reading, addresses, candidate.id, wanted=True)
        candidates.decide(store, candidate.id, verdict, now=keeper.now, run_id=keeper.run_id, article_id=article_id)


def _stories(store: Store, addresses: Mapping[str, str]) -> dict[str, int]:
    """The story of each text; one that was not kept is alone with itself."""
    found = stories.by_url(store)
    return {name: found.get(url, -number) for number, (name, url) in enumerate(addresses.items(), start=1)}
