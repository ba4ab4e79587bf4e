"""Terms of the same thing in many languages, as data that the caller brings: the store knows no beat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from store.search import stems
from store.search.query import MOST_ALTERNATIVES, Unit, units_of

Concepts = Mapping[str, Sequence[tuple[str, str]]]
"""Terms as (language, term) by concept. Of the concepts that know a word, the first is taken."""


class Vocabulary:
    """Gives for a word the terms of its concept: `expand` is what `query.parse` asks for."""

    def __init__(self, concepts: Concepts) -> None:
        self._given = concepts
        self._terms: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
        self._concepts: dict[tuple[Unit, ...], str] = {}
        for concept, terms in concepts.items():
            for _, term in terms:
                self._concepts.setdefault(units_of(term), concept)

    def expand(self, typed: str) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Terms of the concept that a word or several words name, with their languages; empty when none does."""
        concept = next((self._concepts[found] for found in _forms(units_of(typed)) if found in self._concepts), None)
        if concept is None:
            return ()
        if concept not in self._terms:
            self._terms[concept] = _without_doubles(self._given[concept])
        return self._terms[concept]


def _forms(typed: tuple[Unit, ...]) -> Iterator[tuple[Unit, ...]]:
    """What was typed, and with its last word as other forms of it."""
    yield typed
    if typed and not typed[-1].is_run:
        for family in stems.families():
            asked = family.asked(typed[-1].text)
            yield from ((*typed[:-1], Unit(other, False)) for other in (asked.words if asked else ()))


def _without_doubles(terms: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each spelling once with its languages, without those that a shorter one of them finds anyway."""
    spelled: dict[tuple[Unit, ...], tuple[str, list[str]]] = {}
    for language, term in terms:
        if found := units_of(term):
            languages = spelled.setdefault(found, (term, []))[1]
            languages += [language] if language not in languages else []
    kept = {units: said for units, said in spelled.items() if not _found_by_others(units, spelled)}
    return tuple((term, tuple(languages)) for term, languages in list(kept.values())[:MOST_ALTERNATIVES])


def _found_by_others(units: tuple[Unit, ...], spelled: Mapping[tuple[Unit, ...], tuple[str, list[str]]]) -> bool:
    if len(units) > 1:
        return any((unit,) in spelled for unit in units if not unit.is_run) or _holds_run(units, spelled)
    if units[0].is_run:
        return _holds_run(units, spelled)
    languages = spelled[units][1]
    return any(
        (Unit(key[1:], False),) in spelled
        for language in languages[:1]
        for family in [stems.family_of(language)]
        if family
        for key in family.keys(units[0].text)
    )


def _holds_run(units: tuple[Unit, ...], spelled: Iterable[tuple[Unit, ...]]) -> bool:
    runs = {other[0].text for other in spelled if len(other) == 1 and other[0].is_run and len(other[0].text) > 1}
    return any(run != unit.text and run in unit.text for unit in units if unit.is_run for run in runs)
