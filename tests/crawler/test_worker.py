"""The crawl process stays light: what reads pages is imported in the workers only."""

from __future__ import annotations

import subprocess
import sys

LOADED = "import sys, crawler.pipelines.read as _; print(*(m for m in {heavy!r} if m in sys.modules))"
HEAVY = ("trafilatura", "crawler.reading", "crawler.extraction.page", "py3langid", "dateparser")


def test_the_pipeline_that_hands_pages_over_does_not_import_what_reads_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(heavy=HEAVY)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
