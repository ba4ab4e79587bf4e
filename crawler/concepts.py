"""What a beat's vocabulary calls the same thing in many languages: the data that expands a search.

The names come from the lexicon, the words that people search for besides from `search.toml`, which a beat may leave
out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crawler.analysis.lexicon import Lexicon, Term
from store.errors import ConfigurationError

FILE = "search.toml"
_FIRST = (
    "en",
    "zh",
    "zh-Hant",
    "fa",
    "ar",
    "ru",
    "tr",
    "fr",
    "de",
    "es",
    "ur",
    "hi",
    "ja",
    "ko",
    "id",
    "it",
    "pt",
    "uk",
)
"""Languages whose terms come first, where a search cannot take all of a concept's."""

Concepts = dict[str, list[tuple[str, str]]]
"""(language, term) by concept."""


def search_concepts(beat: Path) -> Concepts:
    """The terms of each thing, in the order in which a word is looked up: those of `search.toml` first.

    Raises:
        ConfigurationError: the lexicon or `search.toml` cannot be read as such.
    """
    own = _own(beat / FILE)
    classes, several = frozenset(own.get("classes", ())), frozenset(own.get("several", ()))
    found = {name: _of(by_language) for name, by_language in own.get("concepts", {}).items()}
    lexicon = Lexicon.load(beat / "lexicon")
    for concept, terms in lexicon.by_concept.items():
        if concept not in several and concept not in found and terms[0].kind in classes:
            found[concept] = _ordered(terms)
    return found


def _own(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    problems = list(_problems(data))
    if problems:
        raise ConfigurationError("\n".join(f"{path}: {problem}" for problem in problems))
    return data


def _problems(data: Mapping[str, Any]) -> Iterable[str]:
    for key in data.keys() - {"classes", "several", "concepts"}:
        yield f"{key}: unknown; expected classes, several, [concepts.NAME]"
    for key in ("classes", "several"):
        if not _is_texts(data.get(key, [])):
            yield f"{key}: expected a list of texts"
    concepts = data.get("concepts", {})
    for name, by_language in concepts.items() if isinstance(concepts, dict) else [("", None)]:
        if not isinstance(by_language, dict):
            yield f"concepts.{name}: expected a table of lists of terms by language"
            continue
        for language, terms in by_language.items():
            if not terms or not _is_texts(terms):
                yield f"concepts.{name}.{language}: expected a list of terms"


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)


def _of(by_language: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, term) for language, terms in by_language.items() for term in terms]


def _ordered(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """The terms of a concept, those of the common languages first, the strongest and shortest of each first.

    Terms that count in their own language only are left out: elsewhere they mean something else. So are traditional
    characters, which folding makes simplified ones.
    """
    rank = {language: number for number, language in enumerate(_FIRST)}
    kept = [term for term in terms if not term.own and term.strength in ("anchor", "strong")] or list(terms)
    kept.sort(key=lambda term: (rank.get(term.language, len(rank)), len(term.text)))
    return [(term.base, term.text + ("*" if term.match == "prefix" else "")) for term in kept]
