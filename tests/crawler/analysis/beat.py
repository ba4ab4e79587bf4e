"""The shipped vocabulary, loaded once for all tests that judge with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from crawler.analysis import topics
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from crawler.beat import Beat, default_folder
from crawler.rejudge import Rules


@cache
def lexicon() -> Lexicon:
    return Lexicon.load(default_folder() / "lexicon")


@cache
def weights() -> Weights:
    return Weights.load(default_folder() / "relevance.toml")


@cache
def rules() -> topics.Rules:
    return topics.Rules.load(default_folder() / "topics.toml")


def loaded(folder: Path) -> Rules:
    """What a copy of the shipped beat judges by; its vocabulary must be the shipped one, which is read once."""
    return Rules(Beat.load(folder), lexicon(), Weights.load(folder / "relevance.toml"))
