"""Every table and column is described, and the page made of the descriptions is fresh."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from store import schema
from store.database import Store
from store.models import SourceCounts

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


def test_what_is_described_is_what_there_is(store: Store) -> None:
    described = {table.name: list(table.columns) for table in schema.described().values()}
    assert {name: sorted(columns) for name, columns in schema.actual(store.db).items()} == {
        name: sorted(columns) for name, columns in described.items()
    }


def test_descriptions_are_sentences() -> None:
    for table in schema.described().values():
        for text in (table.about, *table.columns.values()):
            assert text.strip() == text and text.endswith(".") and len(text) > 8, (table.name, text)


def test_the_counters_of_a_source_are_columns(store: Store) -> None:
    assert {"run_id", *SourceCounts.__dataclass_fields__} == set(schema.actual(store.db)["run_sources"])


def test_the_page_is_fresh() -> None:
    done = subprocess.run([sys.executable, "-m", "store.schema"], capture_output=True, text=True, check=True)
    assert PAGE.read_text("utf-8") == done.stdout, "run: python -m store.schema > docs/schema.md"
