"""The stages benchmark runs the product's own code and accounts for every page."""

from __future__ import annotations

from pathlib import Path

from benchmarks.pages import PageSet, composed
from benchmarks.stages import STAGES, Row, report, stages

PAGES = PageSet(pages=composed(10, weight_kb=8), real=False, why_composed="tests")


def test_every_page_passes_every_stage_and_those_on_the_beat_are_compared_and_kept(tmp_path: Path) -> None:
    rows = {row.stage: row for row in stages(PAGES, tmp_path / "stages.db")}
    assert set(STAGES) < set(rows)
    assert rows["look at the raw page"].calls == rows["relevance"].calls == rows["store"].calls == 10
    assert rows["fingerprint"].calls == rows["near look-up"].calls == 1
    assert all(row.seconds >= 0 for row in rows.values())


def test_the_report_tells_shares_of_the_whole() -> None:
    told = report(PAGES, [Row("one", 0.75, 10), Row("two", 0.25, 0)], start_up=2.5)
    assert "75.0 %" in told
    assert "Start-up of a pass, whatever it finds: 2.5 CPU s" in told
