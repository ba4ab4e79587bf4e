"""One page from bytes to `Reading`: extraction and everything pure code says of the article.

It runs in the worker processes (see `worker.py`, `extraction/pool.py`), which load the beat's vocabulary once each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from crawler.analysis import credit, fingerprint, language, mentions, relevance, retellings, topics
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.names import Names
from crawler.extraction.page import read_page
from crawler.worker import PageInput
from store.models import Article, Reading, Rejection


@dataclass(frozen=True)
class Mind:
    """The beat's vocabulary, loaded; what only articles on the beat need, with the first of these."""

    folder: Path
    lexicon: Lexicon
    weights: relevance.Weights

    @cached_property
    def topics(self) -> topics.Rules:
        return topics.Rules.load(self.folder / "topics.toml")

    @cached_property
    def names(self) -> Names:
        return Names.load(self.folder / "names.csv", self.lexicon)


@cache
def mind(beat_folder: Path) -> Mind:
    """The vocabulary of a beat, loaded once a process."""
    return Mind(
        beat_folder,
        Lexicon.load(beat_folder / "lexicon"),
        relevance.Weights.load(beat_folder / "relevance.toml"),
    )


def read(beat_folder: Path, page: PageInput) -> Reading | Rejection:
    """Extract the article of a page and judge it."""
    result = read_page(
        page.body, url=page.url, headers_charset=page.charset, source=page.source, link=page.link, now=page.now
    )
    return (
        result
        if isinstance(result, Rejection)
        else judge(mind(beat_folder), result, page.prior_sides, wanted=page.wanted)
    )


def judge(thought: Mind, article: Article, prior_sides: frozenset[str], *, wanted: bool = False) -> Reading:
    """Language and relevance of an article and, when it concerns the beat or is wanted, topics and fingerprint."""
    spoken = language.identify(f"{article.title}\n{article.text}", hint=article.language)
    article = replace(article, language=spoken)
    found = relevance.judge(
        article.title, article.text, language=spoken, lexicon=thought.lexicon, weights=thought.weights,
        prior_sides=prior_sides, published=article.published.value if article.published else None,
    )  # fmt: skip
    if not found.relevant and not wanted:
        return Reading(article=article, relevance=found)
    return Reading(
        article=article,
        relevance=found,
        topics=topics.assign(article.title, article.text, language=spoken, rules=thought.topics),
        mentions=mentions.find(
            article.title,
            article.text,
            language=spoken,
            names=thought.names,
            published=article.published.value.date() if article.published else None,
        ),
        fingerprint=fingerprint.fingerprint(article.text),
        keys=retellings.keys(article.text, spoken),
        credit=credit.credited(article.text, article.authors),
    )
