"""Evaluations that need a beat's vocabulary: the door by which the command line comes in."""

from __future__ import annotations

from pathlib import Path

from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from crawler.evaluate import feedback
from crawler.evaluate import relevance as measured
from crawler.evaluate.report import Report
from store.errors import UsageError


def relevance(path: Path | None, beat_folder: Path, *, db: Path | None = None) -> Report:
    """How well the beat's lexicon and weights judge the labelled items of a file, and what readers said in a store.

    Raises:
        UsageError: the file is not readable as labelled items, or there is nothing to measure.
        StoreError: there is no store.
        ConfigurationError: the beat is not valid.
    """
    items = [*(measured.read_items(path) if path else ()), *(feedback.items(db, beat_folder) if db else ())]
    if not items:
        raise UsageError("nothing to measure: no reader has judged a page yet (see `silkwatch feedback --help`)")
    lexicon, weights = Lexicon.load(beat_folder / "lexicon"), Weights.load(beat_folder / "relevance.toml")
    return measured.measure(items, lexicon=lexicon, weights=weights)
