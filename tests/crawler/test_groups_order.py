"""The same articles give the same groups: in any order, in one pass or in many, by one writer or by two."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.database import Store
from store.models import Precision, Role
from tests.crawler.analysis import edits
from tests.crawler.newsroom import MONDAY, Item, Newsroom, admit_all, faults, story

SITES = ("one", "two", "three", "four")
EDITS = (
    lambda text, rng, words: text,
    edits.dateline,
    edits.furniture,
    edits.cut(0.75),
    edits.cut(0.5),
    edits.cut(0.3),
    edits.drop_paragraphs,
    edits.move_paragraphs,
    edits.change_words(0.1),
    edits.change_words(0.25),
    edits.insert_paragraph,
    edits.new_lead,
)
WORDS = story(999).split()
BIT = 40
"""Words by which one window of a long text is after the one before."""


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A story, edited never, once or twice."""
    text = story(draw(st.integers(0, 2)))
    rng = random.Random(draw(st.integers(0, 50)))
    for _ in range(draw(st.integers(0, 2))):
        text = draw(st.sampled_from(EDITS))(text, rng, WORDS)
    return text


@st.composite
def joined(draw: st.DrawFn) -> str:
    """Two stories under each other: a copy of both, though they have nothing in common."""
    first, second = draw(st.permutations([story(0), story(1), story(2)]))[:2]
    return f"{first}\n{second}"


@st.composite
def window(draw: st.DrawFn) -> str:
    """A part of a long text: it overlaps with its neighbours and not with those farther away."""
    words = f"{story(0)} {story(1)}".split()
    begin = BIT * draw(st.integers(0, 3))
    return " ".join(words[begin : begin + 3 * BIT])


@st.composite
def arrivals(draw: st.DrawFn) -> list[Item]:
    """Texts that copy each other in part or in whole, from four sites, within three days or all of one hour, with and
    without times."""
    items = []
    hour = draw(st.none() | st.integers(0, 72))
    for number in range(draw(st.integers(2, 8))):
        text = draw(st.one_of(edited(), edited(), joined(), window()))
        hours = draw(st.none() | st.integers(0, 72)) if hour is None else hour
        precision = draw(st.sampled_from(Precision))
        when = None if hours is None else MONDAY + timedelta(hours=hours)
        site = draw(st.sampled_from(SITES))
        items.append(Item(path=f"a{number}", text=text, site=site, published=when, precision=precision))
    return items


def relations(store: Store) -> list[dict[str, Any]]:
    """How each copy compares to the article that stands for its group."""
    return store.rows("SELECT url, relation, similarity, why, lag FROM duplicates ORDER BY url")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arrivals(), st.randoms(use_true_random=False), st.integers(1, 20))
def test_the_order_of_arrival_does_not_matter(items: list[Item], rng: random.Random, passes: int) -> None:
    other = list(items)
    rng.shuffle(other)
    with tempfile.TemporaryDirectory() as folder:
        roles = {"four": Role.REPUBLISHER}
        first, second = (Newsroom(Path(folder) / name, roles=roles) for name in ("first.db", "second.db"))
        admit_all(first, items)
        admit_all(second, other, passes)
        assert first.groups() == second.groups()
        assert relations(first.store) == relations(second.store)
        assert faults(first.store) == []
        assert faults(second.store) == []
        first.close()
        second.close()
