"""The same articles give the same groups: in any order, in one pass or in many, by one writer or by two."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.models import Precision
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


@st.composite
def arrivals(draw: st.DrawFn) -> list[Item]:
    """Edited texts of a few stories, some edited twice, from four sites within three days, with and without times."""
    items = []
    for number in range(draw(st.integers(2, 8))):
        rng = random.Random(draw(st.integers(0, 50)))
        text = story(draw(st.integers(0, 2)))
        for _ in range(draw(st.integers(0, 2))):
            text = draw(st.sampled_from(EDITS))(text, rng, WORDS)
        hours = draw(st.none() | st.integers(0, 72))
        precision = draw(st.sampled_from(Precision))
        when = None if hours is None else MONDAY + timedelta(hours=hours)
        site = draw(st.sampled_from(SITES))
        items.append(Item(path=f"a{number}", text=text, site=site, published=when, precision=precision))
    return items


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arrivals(), st.randoms(use_true_random=False), st.integers(1, 20))
def test_the_order_of_arrival_does_not_matter(items: list[Item], rng: random.Random, passes: int) -> None:
    other = list(items)
    rng.shuffle(other)
    with tempfile.TemporaryDirectory() as folder:
        first, second = Newsroom(Path(folder) / "first.db"), Newsroom(Path(folder) / "second.db")
        admit_all(first, items)
        admit_all(second, other, passes)
        assert first.groups() == second.groups()
        assert faults(first.store) == []
        assert faults(second.store) == []
        first.close()
        second.close()
