"""The shipped vocabulary, loaded once for all tests that judge with it."""

from __future__ import annotations

from functools import cache

from crawler.analysis import topics
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from crawler.beat import default_folder


@cache
def lexicon() -> Lexicon:
    return Lexicon.load(default_folder() / "lexicon")


@cache
def weights() -> Weights:
    return Weights.load(default_folder() / "relevance.toml")


@cache
def rules() -> topics.Rules:
    return topics.Rules.load(default_folder() / "topics.toml")
