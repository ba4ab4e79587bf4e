"""The numbers of relevance as data: `relevance.toml` of a beat, checked when it is read."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from store.errors import ConfigurationError
from store.text import fold

FEATURES = (
    "title_both", "lead_both", "cross", "pair", "near", "short_list", "long_list", "aside", "unlinked",
    "cross_linked", "link_title", "weak", "others", "body_only", "body_both", "body_share", "prior", "implied",
    "programme",
)  # fmt: skip
"""What every text is measured by, beside a `genre:NAME` and a `link:NAME` for each: see docs/relevance.md."""
MEASURE = 2
"""Counts up whenever a feature is measured in another way: what was measured before is then measured anew."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A concept that stands for a side when the other side and a word of `links` stand near it."""

    side: str
    concept: str
    links: frozenset[str]
    """Links of which the sentence must hold one; empty when the concept is enough."""
    strength: float
    """What the side is worth then, 0 to 1."""
    named: bool
    """Whether the side must be named in another sentence: the concept then only tells that both belong together."""


@dataclass(frozen=True)
class Weights:
    """How features make a score. Times of training and the data are told in the file's own comments."""

    version: str
    bias: float
    weights: Mapping[str, float]
    """By feature; genres as `genre:NAME`."""
    prior: Mapping[str, float]
    """The weights expected before any training, from which it starts and which give the signs."""
    prior_bias: float
    reasons: Mapping[str, str]
    """How `why` names a feature that counts."""
    near_miss: float
    substantial: float
    central: float
    """Lowest scores of the labels, 0 to 1."""
    one_sided: float
    """The score of a text that names a single side, times that side's strength."""
    genres: tuple[str, ...]
    links: tuple[str, ...]
    prior_links: frozenset[str]
    """Links of which a sentence must hold two kinds for the source to stand for its own side."""
    joiners: frozenset[str]
    implied: tuple[Implied, ...]

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read a beat's `relevance.toml`.

        Raises:
            ConfigurationError: naming each key that is missing, unknown or of the wrong type.
        """
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{path}: cannot be read as TOML: {error}") from error
        problems: list[str] = []
        found = _Reader(table, problems)
        value = cls._from(found)
        problems += value._missing() if not problems else []
        if problems:
            raise ConfigurationError("\n".join(f"{path}: {problem}" for problem in problems))
        return value

    @classmethod
    def _from(cls, found: _Reader) -> Weights:
        return cls(
            version=found.text("version"),
            bias=found.number("bias"),
            weights=found.numbers("weights"),
            prior=found.numbers("prior"),
            prior_bias=found.number("prior_bias"),
            reasons=found.texts("reasons"),
            near_miss=found.number("thresholds.near_miss"),
            substantial=found.number("thresholds.substantial"),
            central=found.number("thresholds.central"),
            one_sided=found.number("one_sided"),
            genres=tuple(found.strings("genres")),
            links=tuple(found.strings("links")),
            prior_links=frozenset(found.strings("prior_links")),
            joiners=frozenset(fold(word) for word in found.strings("joiners")),
            implied=tuple(
                Implied(
                    row.text("side"),
                    row.text("concept"),
                    frozenset(row.strings("links")),
                    row.number("strength"),
                    row.flag("named"),
                )
                for row in found.rows("implied")
            ),
        )

    def _missing(self) -> list[str]:
        named = (*(f"genre:{genre}" for genre in self.genres), *(f"link:{link}" for link in self.links))
        expected = {*FEATURES, *named}
        wrong = []
        for key, table in (("weights", self.weights), ("prior", self.prior)):
            wrong += [f"{key}: {name!r} is missing" for name in sorted(expected - table.keys())]
            wrong += [f"{key}: {name!r} is no feature" for name in sorted(table.keys() - expected)]
        wrong += [f"prior_links: {name!r} is no link" for name in sorted(self.prior_links - set(self.links))]
        if not 0 <= self.near_miss <= self.substantial <= self.central <= 1:
            wrong.append("thresholds: expected 0 <= near_miss <= substantial <= central <= 1")
        return wrong

    @cached_property
    def identity(self) -> str:
        """A short name for everything that decides a label, the wording of reasons apart."""
        thresholds = (self.near_miss, self.substantial, self.central)
        weights = sorted(self.weights.items())
        return _digest([self.measuring, self.bias, weights, thresholds, self.one_sided])[:8]

    @cached_property
    def measuring(self) -> str:
        """A short name for what is measured, whatever it weighs: genres, links, joiners, what implies a side."""
        implied = [(r.side, r.concept, sorted(r.links), r.strength, r.named) for r in self.implied]
        links = [sorted(self.links), sorted(self.prior_links)]
        return _digest([MEASURE, sorted(self.genres), links, sorted(self.joiners), implied])[:8]

    @cached_property
    def implied_concepts(self) -> dict[str, frozenset[str]]:
        """By side the concepts that can stand for it: the cheap look at a page must know them too."""
        alone = [rule for rule in self.implied if not rule.named]
        return {rule.side: frozenset(r.concept for r in alone if r.side == rule.side) for rule in alone}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


class _Reader:
    """Takes typed values out of a TOML table and notes what is wrong."""

    def __init__(self, table: Mapping[str, Any], problems: list[str], where: str = "") -> None:
        self.table, self.problems, self.where = table, problems, where

    def _value(self, key: str, kind: type | tuple[type, ...], expected: str) -> Any:
        value: Any = self.table
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        self.problems.append(f"{self.where}{key}: expected {expected}, got {value!r}")
        return None

    def text(self, key: str) -> str:
        return self._value(key, str, "a text") or ""

    def number(self, key: str) -> float:
        return float(self._value(key, (int, float), "a number") or 0)

    def flag(self, key: str) -> bool:
        """False when it is left out."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            self.problems.append(f"{self.where}{key}: expected true or false, got {value!r}")
        return value is True

    def strings(self, key: str) -> list[str]:
        values = self._value(key, list, "a list of texts") or []
        if not all(isinstance(v, str) for v in values):
            self.problems.append(f"{self.where}{key}: expected a list of texts")
            return []
        return values

    def numbers(self, key: str) -> dict[str, float]:
        return {
            k: float(v) for k, v in self._table(key).items() if self._is(f"{key}.{k}", v, (int, float), "a number")
        }

    def texts(self, key: str) -> dict[str, str]:
        return {k: v for k, v in self._table(key).items() if self._is(f"{key}.{k}", v, str, "a text")}

    def rows(self, key: str) -> list[_Reader]:
        rows = self._value(key, list, "a list of tables") or []
        return [_Reader(row, self.problems, f"{key}[{n}].") for n, row in enumerate(rows) if isinstance(row, dict)]

    def _table(self, key: str) -> dict[str, Any]:
        return self._value(key, dict, "a table") or {}

    def _is(self, key: str, value: Any, kind: type | tuple[type, ...], expected: str) -> bool:
        if isinstance(value, kind) and not isinstance(value, bool):
            return True
        self.problems.append(f"{self.where}{key}: expected {expected}, got {value!r}")
        return False
