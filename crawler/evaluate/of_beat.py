"""Evaluations that need a beat's vocabulary: the door by which the command line comes in."""

from __future__ import annotations

from pathlib import Path

from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from crawler.evaluate import relevance as measured
from crawler.evaluate.report import Report


def relevance(path: Path, beat_folder: Path) -> Report:
    """How well the beat's lexicon and weights judge the labelled items of a file.

    Raises:
        UsageError: the file is not readable as labelled items.
        ConfigurationError: the beat's vocabulary is not valid.
    """
    lexicon, weights = Lexicon.load(beat_folder / "lexicon"), Weights.load(beat_folder / "relevance.toml")
    return measured.evaluate(path, lexicon=lexicon, weights=weights)
