"""A query as an FTS5 expression over the columns of `shadow`. Every word stands in quotes: none is an operator."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from store.search.query import Group, Query, Spelling, Unit
from store.search.shadow import language_fact, one_of_run, place_facts
from store.search.words import pairs

Compounds = Callable[[str], Iterable[str]]
"""The compounds of a word that the store has seen (`compounds.compounds`)."""

ANYWHERE = "title lead text"


class Expression:
    """The FTS5 expressions of one query; its parts are made once."""

    def __init__(self, query: Query, compounds: Compounds) -> None:
        self._wanted = [_of_group(group, compounds) for group in query.wanted]
        self._rest = "".join(f" AND {_columns('facts', fact)}" for fact in _facts(query)) + ")"
        self._rest += "".join(f" NOT {_columns(ANYWHERE, _of_group(group, compounds))}" for group in query.unwanted)

    def within(self, zones: str = ANYWHERE) -> str:
        """All that is wanted in these columns (separated by spaces), what is unwanted nowhere; empty for nothing."""
        return f"({_columns(zones, ' AND '.join(self._wanted))}{self._rest}" if self._wanted else ""

    def alone(self) -> list[str]:
        """Each wanted group by itself."""
        return [_columns(ANYWHERE, wanted) for wanted in self._wanted]


def expression(query: Query, compounds: Compounds, *, zones: str = ANYWHERE) -> str:
    """The FTS5 expression of a query; empty when nothing is wanted. See `Expression.within`."""
    return Expression(query, compounds).within(zones)


def _of_group(group: Group, compounds: Compounds) -> str:
    """The expression of one group; not bound to columns."""
    return _any(dict.fromkeys(part for spelling in group.spellings for part in _spelling(spelling, compounds)))


def _columns(names: str, inner: str) -> str:
    return f"{{{names}}} : ({inner})"


def _any(parts: Iterable[str]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _spelling(spelling: Spelling, compounds: Compounds) -> Iterable[str]:
    only = spelling.units[0]
    if len(spelling.units) == 1 and only.is_run and len(only.text) == 1:
        yield f'"{one_of_run(only.text)}"'
        return
    yield _phrase(spelling.units, prefix=spelling.prefix)
    if spelling.exact or spelling.prefix or spelling.units[0].is_run:
        return
    word = spelling.units[0].text
    for family in dict.fromkeys(spelling.families()):
        asked = family.asked(word) if family else None
        if family is not None and asked is not None:
            yield from (f'"{key}"' for key in asked.keys)
            yield from (f'("{other}" AND "{family.mark}")' for other in asked.words)
    if spelling.compounding():
        yield from (f'"{compound}"' for compound in compounds(word))


def _phrase(units: tuple[Unit, ...], *, prefix: bool) -> str:
    """A phrase. The run at its end may go on in the text, so its last character, which ends a run, is left out."""
    words: list[str] = []
    for unit in units:
        words += pairs(unit.text) if unit.is_run else [unit.text]
    last = units[-1]
    if last.is_run and len(last.text) > 1:
        return f'"{" ".join(words[:-1])}"'
    return f'"{" ".join(words)}"{" *" if prefix or last.is_run else ""}'


def _facts(query: Query) -> Iterable[str]:
    languages = [f'"{language_fact(name)}"' for name in query.filters.get("lang", ())]
    if languages:
        yield _any(languages)
    for name in ("source", "site"):
        asked = query.filters.get(name, ())
        if asked:
            yield _any(f'"{fact}"' for value in asked for fact in place_facts(value))
