"""What a pass asks for every page is answered from an index: no statement reads a table through."""

from __future__ import annotations

from store import articles, candidates, duplicates, fingerprints, groups, runs, seeds, sources, stories, story_keys
from store.database import Store
from store.models import Comparison, Relation, Verdict, VerdictKind
from store.trail import trail
from tests.store.make import DAY, FEED, NOW, begin, found, keep, link, listed, reading, relevance, seed, source

ONE, TWO = "https://paper.example/1", "https://paper.example/2"
SMALL = ("json_each", "articles_fts", "main.articles_fts_config", "(subquery-1)")
"""Parameters, the full-text index itself with its settings, and the few best hits of a search."""


def a_pass(store: Store, run_id: int) -> None:
    """Everything that is done for one listing and its pages."""
    with store.write():
        sources.endpoint_state(store, "paper", FEED)
        seeds.add(store, seed())
        candidates.record_links(store, "paper", FEED, [link(ONE), link(TWO)], run_id=run_id, now=NOW)
        runs.heartbeat(store, run_id, now=NOW)
    for candidate in candidates.pending(store, "paper", now=NOW, limit=10):
        read = reading(candidate.url)
        with store.write():
            articles.known(store, [ONE, TWO])
            seeds.by_url(store, [ONE, TWO])
            fingerprints.candidates_for(store, reading(ONE).fingerprint or seed().fingerprint)
            number = articles.insert(store, read, source=source(), story_id=None, run_id=run_id, now=NOW)
            articles.alias(store, candidate.url + "/amp", number)
            articles.story_of(store, number)
            articles.revise(store, number, read, run_id=run_id, now=NOW)
            verdict = Verdict(kind=VerdictKind.NEW, reason="")
            candidates.decide(
                store, candidate.id, verdict, now=NOW, run_id=run_id, relevance=relevance(), article_id=number
            )
            runs.count(store, run_id, "paper", pages=1)
            runs.issue(store, run_id=run_id, source_id="paper", level="x", code="x", message="", url=ONE, now=NOW)
    copy_of_first(store, run_id, candidate.id)
    duplicates.known(store, [ONE, TWO])
    articles.with_key(store, ["paper.example/1"])
    groups.members(store, 1)
    story_keys.candidates_for(store, [1, 2], NOW, 3)
    stories.links_of(store, 1)
    candidates.find(store, ONE)
    found(store, "iran oil -gas topic:energy since:7d")
    articles.texts(store, [1, 2])
    trail(store, ONE)
    runs.counts(store, run_id)
    with store.write():
        candidates.record_links(store, "paper", FEED, [link(ONE, modified=NOW + DAY)], run_id=run_id, now=NOW + DAY)


def copy_of_first(store: Store, run_id: int, candidate_id: int) -> None:
    with store.write():
        duplicates.insert(
            store, reading(TWO), article_id=1, seed_id=None, candidate_id=candidate_id, source=source(),
            comparison=Comparison(relation=Relation.EXACT, similarity=1, coverage_a=1, coverage_b=1), run_id=run_id,
            now=NOW,
        )  # fmt: skip
    duplicates.of_article(store, 1)


def test_no_statement_of_a_pass_reads_a_table_through(store: Store) -> None:
    run_id = begin(store)
    statements: set[str] = set()
    store.connection.set_trace_callback(lambda sql: statements.add(sql) if sql else None)
    a_pass(store, run_id)
    store.connection.set_trace_callback(None)
    asked = [s for s in statements if s.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))]
    assert len(asked) > 50
    scans = {
        f"{step['detail']}: {sql}"
        for sql in asked
        for step in store.rows(f"EXPLAIN QUERY PLAN {sql}")
        if step["detail"].startswith("SCAN") and step["detail"].split()[1] not in SMALL
    }
    assert scans == set()


def test_a_pass_leaves_one_row_for_each_thing(store: Store) -> None:
    run_id = begin(store)
    a_pass(store, run_id)
    keep(store, run_id, reading("https://paper.example/3"))
    assert listed(store, run_id, ONE) == [1]
    tables = ("articles", "candidates", "duplicates", "stories", "issues", "article_prints")
    assert [store.value(f"SELECT count(*) FROM {table}") for table in tables] == [3, 2, 1, 3, 1, 3]
