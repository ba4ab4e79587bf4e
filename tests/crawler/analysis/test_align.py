"""What two texts share: runs in any order, words around edits, and nothing by chance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.analysis.align import align
from crawler.analysis.prepared import prepare
from tests.crawler.analysis import texts

ORIGINAL = prepare(texts.ORIGINAL).words


def test_a_text_covers_itself() -> None:
    found = align(ORIGINAL, ORIGINAL)
    assert (found.coverage_a, found.coverage_b) == (1.0, 1.0)
    assert found.changes == ()
    assert [(block.a, block.b, block.length) for block in found.blocks] == [(0, 0, len(ORIGINAL))]


def test_moved_paragraphs_are_found() -> None:
    moved = [*ORIGINAL[60:], *ORIGINAL[:60]]
    found = align(moved, ORIGINAL)
    assert found.coverage_a == found.coverage_b == 1.0


def test_words_around_edits_count_and_the_edits_are_known() -> None:
    edited = list(ORIGINAL)
    for at in range(2, len(edited), 4):
        edited[at] = f"x{at}"
    found = align(edited, ORIGINAL)
    assert 0.7 <= found.coverage_a <= 0.8
    assert all(edited[change.a : change.a_end] != ORIGINAL[change.b : change.b_end] for change in found.changes)
    assert len(found.changes) >= len(ORIGINAL) // 4 - 2


def test_common_words_in_the_same_order_are_not_shared_text() -> None:
    found = align(ORIGINAL, prepare(texts.INDEPENDENT).words)
    assert max(found.coverage_a, found.coverage_b) < 0.05


def test_nothing_is_shared_with_nothing() -> None:
    assert align([], []).coverage_a == 0.0
    assert align(ORIGINAL, []).coverage_b == 0.0
    assert align(["one"], ["one"]).coverage_a == 0.0


def test_a_refrain_is_found_at_each_of_its_places() -> None:
    refrain = ["we", "shall", "not", "be", "moved"]
    song = [*refrain, "one", *refrain, "two", *refrain]
    assert align(song, refrain).coverage_a > 0.85


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.lists(st.sampled_from("abcdefgh"), max_size=60))
def test_blocks_are_equal_words_and_sides_agree(a: list[str], b: list[str]) -> None:
    found = align(a, b)
    for block in found.blocks:
        assert a[block.a : block.a + block.length] == b[block.b : block.b + block.length]
    for run in found.dense:
        assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
        assert [found.counterpart(run.a + k) for k in range(run.length)] == list(range(run.b, run.b + run.length))
    assert bool(sum(found.marks_a)) == bool(sum(found.marks_b))
