"""What an article is about, beside being on the beat: several topics, each with the sentence that shows it."""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.analysis.lexicon import CONTEXT, Term
from crawler.analysis.matcher import Matcher, default_match
from crawler.analysis.relevance_text import LEAD, READ, split
from store.errors import ConfigurationError
from store.models import Topic
from store.text import Folded

_TITLE_COUNTS, _LEAD_COUNTS, _BODY_COUNTS = 3.0, 2.0, 1.0
_HALF = 4.0
"""Evidence at which a topic scores 1 - 1/e, about two thirds."""
_LONG = 3000
"""Characters of text from where on words in the body need company: evidence asked for grows with the length."""


@dataclass(frozen=True)
class Rules:
    """The topics of a beat. `titles` are display names by id, in the order of the file."""

    version: str
    least: float
    titles: dict[str, str]
    matcher: Matcher

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read a beat's `topics.toml`.

        Raises:
            ConfigurationError: naming the key that is missing or of the wrong type.
        """
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            titles = {row["id"]: str(row["title"]) for row in table["topics"]}
            terms = [t for row in table["topics"] for t in _terms(row)]
            version, least = str(table["version"]), float(table["least"])
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{path}: cannot be read as TOML: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ConfigurationError(
                f"{path}: expected version, least and [[topics]] with id, title and terms by language: {error}"
            ) from error
        return cls(version, least, titles, Matcher(terms))


def assign(title: str, text: str, *, language: str, rules: Rules) -> tuple[Topic, ...]:
    """The topics of an article, strongest first; none when nothing tells one. Scores are between 0 and 1."""
    evidence: dict[str, float] = defaultdict(float)
    told: dict[str, tuple[float, str]] = {}
    seen: set[tuple[str, str]] = set()
    for value, sentence in _sentences(title, text):
        folded = Folded(sentence)
        here: dict[str, float] = defaultdict(float)
        for hit in rules.matcher.find(folded, language):
            term = (hit.term.concept, hit.term.text)
            if term not in seen:
                seen.add(term)
                evidence[hit.term.concept] += value
            here[hit.term.concept] += value
        for topic, weight in here.items():
            if weight > told.get(topic, (0.0, ""))[0]:
                told[topic] = (weight, sentence)
    least = rules.least * max(1.0, len(text) / _LONG)
    found = [
        Topic(topic, round(1.0 - math.exp(-amount / _HALF / max(1.0, len(text) / _LONG)), 3), told[topic][1])
        for topic, amount in evidence.items()
        if amount >= least
    ]
    return tuple(sorted(found, key=lambda t: (-t.score, t.id)))


def _sentences(title: str, text: str) -> Iterable[tuple[float, str]]:
    for _, sentence in split(title):
        yield _TITLE_COUNTS, sentence
    for start, sentence in split(text[:READ]):
        yield (_LEAD_COUNTS if start < LEAD else _BODY_COUNTS), sentence


def _terms(row: dict[str, Any]) -> Iterable[Term]:
    for language, words in row["terms"].items():
        for word in words:
            yield Term(
                concept=row["id"], kind="topic", side=CONTEXT, strength="weak", language=language,
                text=word.rstrip("*"), match=_match(language, word), own=True,
            )  # fmt: skip


def _match(language: str, word: str) -> str:
    """Latin abbreviations are words also in scripts without borders."""
    return default_match("en" if word.isascii() else language, stem=word.endswith("*"))
