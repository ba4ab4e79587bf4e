"""Articles that follow each other are linked, and their stories are one; copies that move take their places along."""

from __future__ import annotations

from store import articles, stories
from store.database import Store
from store.models import Comparison, Relation
from tests.store.make import NOW, keep, reading

RETOLD = Comparison(
    relation=Relation.REWRITTEN, similarity=0.6, coverage_a=0.1, coverage_b=0.1, confidence=0.8, why="Told again."
)


def three(store: Store, run_id: int) -> list[int]:
    """Three articles, each in a story of its own."""
    return [keep(store, run_id, reading(f"https://paper.example/{n}", text=f"Words of {n}.")) for n in range(3)]


def link(store: Store, one: int, other: int) -> None:
    with store.write():
        stories.link(store, one, other, RETOLD, now=NOW)


def test_linked_articles_are_of_one_story_the_older_one(store: Store, run_id: int) -> None:
    first, second, third = three(store, run_id)
    older, _, gone = (articles.story_of(store, number) for number in (first, second, third))
    link(store, third, second)
    link(store, second, first)
    assert {articles.story_of(store, number) for number in (first, second, third)} == {older}
    told = stories.get(store, older)
    assert (told["articles"], told["article_id"]) == (3, first)
    assert store.value("SELECT now_id FROM moved WHERE noun = 'story' AND id = ?", [gone]) == older
    assert store.value("SELECT count(*) FROM stories") == 1


def test_a_link_is_kept_once_and_told_from_both_sides(store: Store, run_id: int) -> None:
    first, second, _ = three(store, run_id)
    link(store, first, second)
    link(store, second, first)
    (seen,), (back,) = stories.links_of(store, first), stories.links_of(store, second)
    assert (seen["id"], back["id"]) == (second, first)
    assert (seen["relation"], seen["confidence"], seen["why"]) == ("rewritten", 0.8, "Told again.")


def test_the_number_of_a_story_that_is_gone_is_not_given_again(store: Store, run_id: int) -> None:
    *_, second, third = three(store, run_id)
    gone = articles.story_of(store, third)
    link(store, third, second)
    fresh = keep(store, run_id, reading("https://paper.example/fresh", text="Other words."))
    assert articles.story_of(store, fresh) > gone


def test_a_story_whose_founder_leaves_is_founded_by_the_next(store: Store, run_id: int) -> None:
    first, second, _ = three(store, run_id)
    link(store, first, second)
    story = articles.story_of(store, first)
    with store.write():
        stories.leave(store, first)
    told = stories.get(store, story)
    assert (told["articles"], told["article_id"]) == (1, second)
