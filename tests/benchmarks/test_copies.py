"""The benchmark of copies stores articles, meets copies of them and strangers, and times each stage."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.copies import STAGES, corpus, measured, report, summary


def test_half_of_what_comes_in_is_a_copy_of_what_is_stored() -> None:
    known, new = corpus(12)
    titles = {one.title for one in known}
    assert sum(one.copy for one in new) == 6
    assert all(one.title in titles for one in new if one.copy)
    assert all(one.title in one.page for one in new)


def test_copies_are_told_and_every_stage_is_timed(tmp_path: Path) -> None:
    known, new = corpus(12)
    costs = measured(300, known[:60] + [one for one in known if one.title in {n.title for n in new}], new, tmp_path)
    found = summary(costs)
    assert found["copies"]["told"] >= 0.8
    assert found["strangers"]["told"] <= 0.5
    assert found["copies"]["compared"] >= 1
    assert all(found["all"][f"{stage.replace(' ', '_')}_ms"] > 0 for stage in STAGES)
    assert json.loads(json.dumps(found)) == found
    assert "300" in report({300: costs}, 60)
    assert not list(tmp_path.iterdir())
