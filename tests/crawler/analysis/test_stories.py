"""Among several neighbours the right one is chosen, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from crawler.analysis.stories import followed, nearest, original
from store.models import Comparison, Near, Relation


def near(relation: Relation, similarity: float = 0.9, article: int | None = None, seed: str | None = None) -> Near:
    comparison = Comparison(relation=relation, similarity=similarity, coverage_a=similarity, coverage_b=0.5)
    return Near(comparison=comparison, article_id=article, seed_id=seed)


def test_the_closest_copy_wins_then_the_older_article() -> None:
    neighbours = [
        near(Relation.TRUNCATED, 0.99, article=1),
        near(Relation.NEAR, 0.95, article=7),
        near(Relation.NEAR, 0.95, article=3),
        near(Relation.UPDATED, 1.0, article=2),
    ]
    assert {original(order).article_id for order in permutations(neighbours)} == {3}  # type: ignore[union-attr]


def test_a_seed_goes_before_an_article_that_is_as_close() -> None:
    found = original([near(Relation.NEAR, article=1), near(Relation.NEAR, seed="s")])
    assert found is not None
    assert found.seed_id == "s"


def test_an_update_goes_before_a_rewrite_and_articles_before_seeds() -> None:
    neighbours = [
        near(Relation.UPDATED, 0.9, seed="s"),
        near(Relation.REWRITTEN, 0.9, article=1),
        near(Relation.UPDATED, 0.5, article=2),
        near(Relation.TRANSLATED, 0.99, article=3),
    ]
    assert {tuple(item.article_id for item in followed(order)) for order in permutations(neighbours)} == {
        (2, 1, 3, None)
    }


def test_nothing_is_copied_or_followed_among_strangers() -> None:
    strangers = [
        near(Relation.SERIES, article=1),
        near(Relation.SAME_EVENT, article=2),
        near(Relation.EXCERPT, seed="s"),
    ]
    assert original(strangers) is None
    assert followed(strangers) == []
    assert original([]) is None


def test_what_goes_before_the_new_article_is_its_original_and_only_else_what_comes_after() -> None:
    earlier = near(Relation.TRUNCATED, 0.9, article=5)
    later = replace(near(Relation.EXACT, 1.0, article=3), follows=True)
    assert {original(order) for order in permutations([earlier, later])} == {earlier}
    assert original([later]) is later


def test_among_equals_the_first_address_wins_whatever_their_numbers() -> None:
    one = replace(near(Relation.NEAR, article=9), url="https://a.example/1")
    other = replace(near(Relation.NEAR, article=2), url="https://b.example/1")
    assert {original(order) for order in permutations([one, other])} == {one}


def test_what_is_most_like_an_article_is_named_though_it_is_no_copy() -> None:
    series, excerpt = near(Relation.SERIES, 0.8, article=1), near(Relation.EXCERPT, 0.3, article=2)
    stranger = near(Relation.UNRELATED, 0.95, article=3)
    assert {nearest(order) for order in permutations([series, excerpt, stranger])} == {series}
    assert nearest([stranger]) is None
