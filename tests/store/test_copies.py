"""Fingerprints find what shares text; copies and seeds are kept and found."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import articles, duplicates, fingerprints, seeds
from store.database import Store
from store.errors import StoreError
from store.models import Comparison, Fingerprint, Passage, Relation
from tests.store.make import DAY, NOW, fingerprint, keep, listed, reading, seed, source

ONE, TWO = "https://paper.example/1", "https://paper.example/2"
TEXT = "Iran and China signed a long agreement on Monday that covers oil, ports and railways for twenty-five years."
OTHER = "A festival of lanterns lit the river while children carried paper boats and sang until the rain came."


def hashes(*values: int) -> Fingerprint:
    return Fingerprint(version=1, hashes=values, tokens=len(values), digest=f"digest of {values}")


def numbered(store: Store, run_id: int, *prints: Fingerprint) -> list[int]:
    numbers = []
    for print_ in prints:
        count = store.value("SELECT count(*) FROM articles")
        read = dataclasses.replace(reading(f"https://paper.example/n{count}"), fingerprint=print_)
        numbers.append(keep(store, run_id, read))
    return numbers


def test_what_shares_most_text_comes_first(store: Store, run_id: int) -> None:
    whole, half, none = numbered(store, run_id, fingerprint(TEXT), fingerprint(TEXT[:60]), fingerprint(OTHER))
    found = fingerprints.candidates_for(store, fingerprint(TEXT + " More was not said."))
    assert [shared.article_id for shared in found] == [whole, half]
    assert found[0].shared > found[1].shared >= 2
    assert 1 > found[0].weight > found[1].weight > 0
    assert none not in {shared.article_id for shared in found}


def test_one_shared_hash_is_chance_in_a_long_text_and_all_that_is_left_of_a_short_one(
    store: Store, run_id: int
) -> None:
    numbered(store, run_id, hashes(1, 2, 3))
    long = range(100, 100 + fingerprints.FEW)
    assert fingerprints.candidates_for(store, hashes(3, *long)) == []
    (found,) = fingerprints.candidates_for(store, hashes(2, 3, *long))
    assert (found.shared, found.weight) == (2, pytest.approx(2 / (2 + fingerprints.FEW)))
    (found,) = fingerprints.candidates_for(store, hashes(3, 4, 5))
    assert (found.shared, found.weight) == (1, pytest.approx(1 / 3))


def test_rare_hashes_weigh_more(store: Store, run_id: int) -> None:
    *_, common, rare = numbered(store, run_id, hashes(1, 2, 9), hashes(1, 2, 8), hashes(1, 2, 3), hashes(6, 7))
    found = fingerprints.candidates_for(store, hashes(1, 2, 6, 7))
    assert found[0].article_id == rare
    assert {shared.article_id for shared in found[1:]} >= {common}
    assert found[0].weight == pytest.approx(2 / (2 + 2 / 3))


def test_a_phrase_that_everybody_writes_is_ignored(store: Store, run_id: int) -> None:
    numbered(store, run_id, *[hashes(1, 2, 1000 + number) for number in range(fingerprints.STOP + 1)])
    assert fingerprints.candidates_for(store, hashes(1, 2, 3)) == []
    numbered(store, run_id, hashes(3, 4))
    (found,) = fingerprints.candidates_for(store, hashes(1, 2, 3, 4))
    assert (found.shared, found.weight) == (2, 1.0)


def test_the_limit_holds_and_the_older_one_comes_first_among_equals(store: Store, run_id: int) -> None:
    numbers = numbered(store, run_id, *[hashes(1, 2) for _ in range(5)])
    found = fingerprints.candidates_for(store, hashes(1, 2), limit=3)
    assert [shared.article_id for shared in found] == numbers[:3]


def test_equal_texts_are_found_though_they_are_too_short_for_hashes(store: Store, run_id: int) -> None:
    short = Fingerprint(version=1, hashes=(), tokens=2, digest="same")
    numbered(store, run_id, short, dataclasses.replace(short, tokens=0, digest="no word"))
    (found,) = fingerprints.candidates_for(store, short)
    assert (found.article_id, found.weight) == (1, 1.0)
    assert fingerprints.candidates_for(store, Fingerprint(version=1, hashes=(), tokens=0, digest="no word")) == []


def test_a_text_with_one_hash_needs_that_one(store: Store, run_id: int) -> None:
    (number,) = numbered(store, run_id, hashes(1, 2))
    (found,) = fingerprints.candidates_for(store, hashes(1))
    assert found.article_id == number


def test_what_was_taken_out_is_not_found(store: Store, run_id: int) -> None:
    first, second = numbered(store, run_id, fingerprint(TEXT), fingerprint(TEXT))
    with store.write():
        fingerprints.remove(store, first)
        fingerprints.remove(store, first)
        articles.revise(store, first, dataclasses.replace(reading(ONE), fingerprint=None), run_id=run_id, now=NOW)
    assert [shared.article_id for shared in fingerprints.candidates_for(store, fingerprint(TEXT))] == [second]


@given(st.lists(st.integers(0, 2**48 - 1), unique=True, min_size=2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_a_stored_fingerprint_is_read_and_found_as_it_was(store: Store, values: list[int]) -> None:
    from tests.store.make import begin

    print_ = hashes(*values)
    (number,) = numbered(store, begin(store), print_)
    assert fingerprints.get(store, number) == print_
    assert number in {shared.article_id for shared in fingerprints.candidates_for(store, print_, limit=1000)}


COMPARISON = Comparison(
    relation=Relation.NEAR, similarity=0.93, coverage_a=0.95, coverage_b=0.9, passages=(Passage(
        start_a=0, end_a=4, start_b=9, end_b=13),), why="Nearly every word is the same.",
)  # fmt: skip


def test_a_copy_is_kept_with_its_text_and_how_it_compares(store: Store, run_id: int) -> None:
    first = keep(store, run_id, reading(ONE, text=TEXT))
    (candidate,) = listed(store, run_id, TWO)
    copy = reading(TWO, "The same again", TEXT + " Ends.", site="wire.example")
    with store.write():
        number = duplicates.insert(
            store, copy, article_id=first, seed_id=None, comparison=COMPARISON, candidate_id=candidate,
            source=source(), run_id=run_id, now=NOW,
        )  # fmt: skip
    row = store.row("SELECT * FROM duplicates WHERE id = ?", [number])
    assert row is not None
    assert (row["url"], row["title"], row["text"]) == (TWO, "The same again", TEXT + " Ends.")
    assert (row["article_id"], row["seed_id"], row["candidate_id"]) == (first, None, candidate)
    assert (row["relation"], row["similarity"], row["coverage_new"], row["coverage_known"]) == (
        "near",
        0.93,
        0.95,
        0.9,
    )
    assert json.loads(row["passages"]) == [{"start_a": 0, "end_a": 4, "start_b": 9, "end_b": 13}]
    assert [c["id"] for c in duplicates.of_article(store, first)] == [number]


def test_a_copy_that_is_fetched_again_keeps_its_row_and_first_sight(store: Store, run_id: int) -> None:
    (candidate,) = listed(store, run_id, TWO)
    numbers = []
    for days in (0, 1):
        with store.write():
            numbers.append(
                duplicates.insert(
                    store,
                    reading(TWO, f"Title {days}", published=None),
                    article_id=None,
                    seed_id="s1",
                    comparison=COMPARISON,
                    candidate_id=candidate,
                    source=source(),
                    run_id=run_id,
                    now=NOW + days * DAY,
                )
            )
    (row,) = store.rows("SELECT * FROM duplicates")
    assert numbers == [row["id"]] * 2
    assert (row["title"], row["first_seen"], row["day"]) == ("Title 1", "2026-03-02T09:30:00Z", "2026-03-02")


@pytest.mark.parametrize(("article_id", "seed_id"), [(None, None), (1, "s1")])
def test_a_copy_points_to_exactly_one_thing(
    store: Store, run_id: int, article_id: int | None, seed_id: str | None
) -> None:
    with pytest.raises(ValueError, match="one article or to one seed"), store.write():
        duplicates.insert(
            store, reading(TWO), article_id=article_id, seed_id=seed_id, comparison=COMPARISON, candidate_id=1,
            source=source(), run_id=run_id, now=NOW,
        )  # fmt: skip


def test_a_fresh_store_knows_the_seeds_by_address_and_by_text(store: Store) -> None:
    known = seed("s1", TEXT, url=ONE, alternate_urls=(TWO, ONE))
    with store.write():
        seeds.sync(store, [known, seed("s2", OTHER)])
    assert seeds.all(store) == [known, seed("s2", OTHER)]
    assert seeds.by_url(store, ["https://none.example/", TWO]) == known
    assert seeds.by_url(store, ["https://none.example/"]) is None
    (found,) = fingerprints.candidates_for(store, fingerprint(TEXT + " More."))
    assert (found.seed_id, found.article_id) == ("s1", None)
    assert found.shared == len(known.fingerprint.hashes)


def test_a_seed_comes_before_articles_that_share_as_much(store: Store, run_id: int) -> None:
    keep(store, run_id, reading(ONE, text=TEXT))
    with store.write():
        seeds.add(store, seed("s1", TEXT))
    found = fingerprints.candidates_for(store, fingerprint(TEXT))
    assert [(shared.seed_id, shared.article_id) for shared in found] == [("s1", None), (None, 1)]


def test_a_seed_with_the_same_short_text_is_found(store: Store) -> None:
    with store.write():
        seeds.add(store, seed("s1", "Two words"))
    (found,) = fingerprints.candidates_for(store, fingerprint("two WORDS!"))
    assert found.seed_id == "s1"


def test_shipped_seeds_follow_the_beat_and_a_users_own_stay(store: Store) -> None:
    mine = seed("mine", OTHER, added_by="user")
    with store.write():
        seeds.sync(store, [seed("s1"), seed("s2", TEXT)])
        seeds.add(store, mine)
        seeds.sync(store, [seed("s2", TEXT, title="Corrected")])
    assert [(s.id, s.title) for s in seeds.all(store)] == [("mine", "Old"), ("s2", "Corrected")]
    assert seeds.by_url(store, ["https://old.example/s1"]) is None
    assert fingerprints.candidates_for(store, seed("s1").fingerprint) == []


def test_a_seed_that_is_removed_is_forgotten(store: Store) -> None:
    with store.write():
        seeds.add(store, seed("s1", TEXT))
        assert seeds.remove(store, "s1")
        assert not seeds.remove(store, "s1")
    assert seeds.all(store) == []
    assert store.value("SELECT count(*) FROM seed_fingerprints") == 0
    with pytest.raises(StoreError, match="no seed s1"):
        seeds.get(store, "s1")
