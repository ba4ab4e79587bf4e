"""The index benchmark fills a store that the product's own functions read, and tells what a fresh process sees."""

from __future__ import annotations

import json
import random
from pathlib import Path

from benchmarks.index import Size, look_up, report
from benchmarks.index_build import build, fresh, insert
from benchmarks.index_probe import cut
from store.database import Store
from store.fingerprints import STOP, candidates_for


def test_composed_articles_share_boilerplate_phrases_and_events(tmp_path: Path) -> None:
    build(tmp_path / "index.db", 500)
    with Store.open(tmp_path / "index.db", readonly=True) as store:
        count, hashes = store.execute(
            "SELECT count(DISTINCT article_id), count(DISTINCT hash) FROM fingerprints"
        ).fetchone()
        common = store.value(
            "SELECT count(*) FROM (SELECT 1 FROM fingerprints GROUP BY hash HAVING count(*) > ?)", [STOP]
        )
        rows = store.value("SELECT count(*) FROM fingerprints")
        of_one = [value for (value,) in store.execute("SELECT hash FROM fingerprints WHERE article_id = 250")]
        assert store.value("SELECT count(*) FROM article_prints") == count == 500
    assert 60 * 500 < rows < 80 * 500
    assert common  # boilerplate of the largest site, and the commonest phrase
    assert 0.6 * rows < hashes < 0.95 * rows
    assert len(of_one) >= 15


def test_what_is_put_in_is_found_by_a_fresh_process(tmp_path: Path) -> None:
    path, copies = tmp_path / "index.db", tmp_path / "copies.json"
    build(path, 200)
    rng = random.Random(1)
    prints = {200 + number: fresh(number, rng) for number in range(1, 41)}
    assert len(insert(path, prints)) == 2
    copies.write_text(json.dumps([(one, prints[one].hashes) for one in prints]), "utf-8")
    found = look_up(path, copies)
    assert found["found"] == 1.0
    assert found["first_ms"] > 0
    assert found["warm"]["p50_ms"] <= found["warm"]["p95_ms"]
    assert found["before_mb"] <= found["peak_mb"]


def test_a_cut_copy_is_found_and_a_stranger_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    build(path, 50)
    rng = random.Random(2)
    known = fresh(1, rng)
    insert(path, {51: known})
    with Store.open(path, readonly=True) as store:
        best, *_ = candidates_for(store, cut(known.hashes, rng))
        assert best.article_id == 51
        assert all(shared.article_id != 51 or shared.weight < 0.5 for shared in candidates_for(store, fresh(2, rng)))


def test_the_report_has_a_row_for_each_size() -> None:
    spans = {"p50_ms": 1.0, "p95_ms": 2.5}
    seen = {"open_ms": 4.0, "first_ms": 16.0, "cold": spans, "warm": spans, "found": 0.995, "peak_mb": 51.5}
    told = report([Size(articles=1000, build_s=1.0, disk_mb=18.0, insert_ms=3.0, look_up=seen)])
    assert "1.00 / 2.50" in told
    assert "99.5%" in told
