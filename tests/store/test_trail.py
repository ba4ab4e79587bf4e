"""The whole trail of an address, from the listing that named it to what it became."""

from __future__ import annotations

import json

from store import articles, candidates, duplicates, runs, seeds
from store.database import Store
from store.models import Comparison, Label, Relation, Verdict, VerdictKind
from store.trail import trail
from tests.store.make import HOUR, NOW, begin, keep, listed, reading, relevance, seed, source

ONE, TWO, AMP = "https://paper.example/1", "https://paper.example/2", "https://paper.example/amp/1"


def test_nothing_is_known_of_an_address_that_was_never_met(store: Store) -> None:
    told = trail(store, ONE)
    assert told.pop("url") == ONE and told.pop("issues") == []
    assert set(told.values()) == {None}


def test_the_trail_of_an_article_leads_from_the_listing_to_the_text(store: Store, run_id: int) -> None:
    (candidate,) = listed(store, run_id, ONE)
    later = begin(store)
    number = keep(store, later, reading(ONE))
    with store.write():
        verdict = Verdict(kind=VerdictKind.NEW, reason="")
        candidates.decide(
            store, candidate, verdict, now=NOW + HOUR, run_id=later, relevance=relevance(), article_id=number
        )
        articles.alias(store, AMP, number)
        articles.revise(store, number, reading(ONE, "New title"), run_id=later, now=NOW + HOUR)
        runs.issue(
            store, run_id=later, source_id="paper", level="warning", code="slow", message="slow",
            url=f"{ONE}?utm_source=rss", now=NOW,
        )  # fmt: skip
    told = trail(store, ONE)
    assert json.loads(json.dumps(told)) == told
    assert (told["candidate"]["verdict"], told["candidate"]["terms"][0]["term"]) == ("new", "Iran")
    assert (told["source"]["name"], told["found_in"]["id"], told["decided_in"]["id"]) == ("The Paper", run_id, later)
    article = told["article"]
    assert (article["id"], article["title"], article["also_at"]) == (number, "New title", [AMP])
    assert article["relevance_terms"][0]["concept"] == "iran" and article["topics"] == ["energy"]
    assert [old["title"] for old in article["earlier_versions"]] == ["Iran sells oil"]
    assert article["story"]["articles"] == 1 and article["copies"] == []
    assert [issue["code"] for issue in told["issues"]] == ["slow"]
    assert "text" not in article
    same = trail(store, AMP)
    assert same["article"] == article and same["candidate"] == told["candidate"]


def test_the_trail_of_a_page_that_was_not_kept_says_why(store: Store, run_id: int) -> None:
    (candidate,) = listed(store, run_id, ONE)
    judged = relevance(score=0.3, label=Label.NEAR_MISS)
    with store.write():
        verdict = Verdict(kind=VerdictKind.OFF_TOPIC, reason="near_miss", detail="China is named once, in passing.")
        candidates.decide(store, candidate, verdict, now=NOW, run_id=run_id, relevance=judged)
    told = trail(store, ONE)
    assert (told["candidate"]["detail"], told["candidate"]["score"]) == ("China is named once, in passing.", 0.3)
    assert told["candidate"]["why"] == "It names both." and told["article"] is None


def copied(store: Store, run_id: int, *, article_id: int | None, seed_id: str | None) -> None:
    (candidate,) = listed(store, run_id, TWO)
    comparison = Comparison(relation=Relation.NEAR, similarity=0.9, coverage_a=1, coverage_b=0.9, why="All of it.")
    verdict = Verdict(kind=VerdictKind.DUPLICATE, reason="near", article_id=article_id, seed_id=seed_id)
    with store.write():
        duplicates.insert(
            store, reading(TWO), article_id=article_id, seed_id=seed_id, comparison=comparison,
            candidate_id=candidate, source=source(), run_id=run_id, now=NOW,
        )  # fmt: skip
        candidates.decide(store, candidate, verdict, now=NOW, run_id=run_id)


def test_the_trail_of_a_copy_names_what_it_copies(store: Store, run_id: int) -> None:
    number = keep(store, run_id, reading(ONE))
    copied(store, run_id, article_id=number, seed_id=None)
    told = trail(store, TWO)
    assert (told["copy_of"]["id"], told["copy_of"]["url"]) == (number, ONE)
    assert (told["duplicate"]["relation"], told["duplicate"]["why"]) == ("near", "All of it.")
    assert told["duplicate"]["passages"] == [] and "text" not in told["duplicate"]
    assert told["article"] is None
    assert [copy["url"] for copy in trail(store, ONE)["article"]["copies"]] == [TWO]


def test_the_trail_of_a_copy_of_a_seed_names_the_seed(store: Store, run_id: int) -> None:
    with store.write():
        seeds.add(store, seed("s1", url=ONE))
    copied(store, run_id, article_id=None, seed_id="s1")
    assert trail(store, TWO)["copy_of"]["url"] == ONE
    assert trail(store, ONE)["seed"]["id"] == "s1"
    with store.write():
        seeds.remove(store, "s1")
    assert trail(store, TWO)["copy_of"] is None
