"""The verdict on a page, case by case: pure, from what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler import seeds, verdict
from crawler.analysis.fingerprint import fingerprint
from store.models import (
    Article,
    Comparison,
    DateOrigin,
    Known,
    Label,
    Near,
    Precision,
    Published,
    Reading,
    Relation,
    Relevance,
    Seed,
    Verdict,
    VerdictKind,
)
from tests.crawler.analysis import texts

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CENTRAL = Relevance(score=0.9, label=Label.CENTRAL)


def reading(text: str = texts.ORIGINAL, *, title: str = "Terminal opens", relevance: Relevance = CENTRAL) -> Reading:
    article = Article(url="https://port.example/a", source_id="port", title=title, text=text, language="en")
    return Reading(article=article, relevance=relevance, fingerprint=fingerprint(text))


def known(text: str = texts.ORIGINAL, title: str = "Terminal opens") -> Known:
    digest = fingerprint(text).digest
    return Known(article_id=7, url="https://port.example/a", digest=digest, text=text, title=title)


def near(relation: Relation, *, article: int | None = None, seed: str | None = None, similarity: float = 0.9) -> Near:
    comparison = Comparison(
        relation=relation, similarity=similarity, coverage_a=0.9, coverage_b=0.9, why=f"It is {relation.value}."
    )  # fmt: skip
    return Near(comparison=comparison, article_id=article, seed_id=seed)


def decide(
    new: Reading, *, stored: Known | None = None, seed: Seed | None = None, neighbours: tuple[Near, ...] = ()
) -> Verdict:
    return verdict.decide(new, known=stored, seed=seed, near=neighbours, now=NOW)


@pytest.mark.parametrize(
    ("relation", "kind", "reason"),
    [
        (Relation.EXACT, VerdictKind.DUPLICATE, "exact"),
        (Relation.NEAR, VerdictKind.DUPLICATE, "near"),
        (Relation.TRUNCATED, VerdictKind.DUPLICATE, "truncated"),
        (Relation.EXTENDED, VerdictKind.DUPLICATE, "extended"),
        (Relation.UPDATED, VerdictKind.NEW, "updated"),
        (Relation.REWRITTEN, VerdictKind.NEW, "rewritten"),
        (Relation.TRANSLATED, VerdictKind.NEW, "translated"),
        (Relation.EXCERPT, VerdictKind.NEW, ""),
        (Relation.SAME_EVENT, VerdictKind.NEW, ""),
        (Relation.SERIES, VerdictKind.NEW, ""),
        (Relation.UNRELATED, VerdictKind.NEW, ""),
    ],
)
def test_what_a_neighbour_makes_of_a_new_article(relation: Relation, kind: VerdictKind, reason: str) -> None:
    found = decide(reading(), neighbours=(near(relation, article=3),))
    assert (found.kind, found.reason) == (kind, reason)
    assert found.article_id == (3 if reason else None)
    assert (found.comparison is not None) == bool(reason)
    assert found.detail


def test_an_article_without_neighbours_is_new() -> None:
    assert decide(reading()).kind is VerdictKind.NEW


def test_a_copy_of_a_seed_points_to_the_seed() -> None:
    found = decide(reading(), neighbours=(near(Relation.TRUNCATED, seed="s"), near(Relation.UPDATED, article=3)))
    assert (found.kind, found.seed_id, found.article_id) == (VerdictKind.DUPLICATE, "s", None)


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        (texts.ORIGINAL, "Terminal opens", VerdictKind.UNCHANGED),
        (texts.ORIGINAL.upper(), "TERMINAL OPENS", VerdictKind.UNCHANGED),
        (texts.ORIGINAL + "\n1,234 views", "Terminal opens", VerdictKind.UNCHANGED),
        (texts.ORIGINAL, "Terminal opens late", VerdictKind.REVISED),
        (texts.ORIGINAL.replace("400", "500"), "Terminal opens", VerdictKind.REVISED),
        (texts.OTHER, "Terminal opens", VerdictKind.REVISED),
    ],
)
def test_a_known_address_is_a_version(text: str, title: str, kind: VerdictKind) -> None:
    found = decide(reading(text, title=title), stored=known(), neighbours=(near(Relation.EXACT, article=3),))
    assert (found.kind, found.article_id) == (kind, 7)
    assert found.detail.endswith(".")


def test_a_known_address_stays_known_when_the_page_leaves_the_beat() -> None:
    gone = replace(reading(texts.OTHER, relevance=Relevance(score=0.0, label=Label.OFF_TOPIC)), fingerprint=None)
    assert decide(gone, stored=known()).kind is VerdictKind.REVISED
    same = replace(reading(), fingerprint=None)
    assert decide(same, stored=known()).kind is VerdictKind.UNCHANGED


@pytest.mark.parametrize("label", [Label.OFF_TOPIC, Label.NEAR_MISS])
def test_what_is_not_of_the_beat_is_off_topic_with_the_reason(label: Label) -> None:
    found = decide(reading(relevance=Relevance(score=0.1, label=label, why="Only one side is named.")))
    assert (found.kind, found.reason, found.detail) == (VerdictKind.OFF_TOPIC, label.value, "Only one side is named.")


def a_seed(tmp_path: Path, text: str) -> Seed:
    (tmp_path / "seed.txt").write_text(text, encoding="utf-8")
    (made,) = seeds.make_seeds([tmp_path / "seed.txt"])
    return made


def test_a_seeds_address_is_that_seed(tmp_path: Path) -> None:
    seed = a_seed(tmp_path, texts.ORIGINAL)
    found = decide(reading(), seed=seed, neighbours=(near(Relation.EXACT, article=3),))
    assert (found.kind, found.reason, found.seed_id) == (VerdictKind.DUPLICATE, "exact", seed.id)
    assert found.comparison is not None


def test_a_seeds_address_is_that_seed_whatever_it_says_now(tmp_path: Path) -> None:
    future = Published(NOW + timedelta(days=3), Precision.DAY, DateOrigin.META)
    other = reading(texts.OTHER)
    other = replace(other, article=replace(other.article, published=future))
    found = decide(other, seed=a_seed(tmp_path, texts.ORIGINAL))
    assert (found.kind, found.reason) == (VerdictKind.DUPLICATE, "near")
    assert found.detail.startswith("It stands at an address of a known article.")
