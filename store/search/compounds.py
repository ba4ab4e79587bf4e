"""German and its neighbours write compounds as one word: `Embargo` finds `Ölembargo`, `Iran` finds `Iranpolitik`.

The words of articles in these languages are kept in a table, read from both ends. A word of it is taken for a
compound of a typed word when it begins or ends with that word and what is left, without a linking letter, is itself a
word of the table (after P. Koehn, K. Knight, "Empirical methods for compound splitting", EACL 2003): `Portugal` is no
compound of `Port`, because nobody writes `ugal`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

LANGUAGES = frozenset({"de", "nl", "lb", "af", "sv", "da", "nb", "nn", "no"})
MOST = 40
"""Compounds of one word that are asked for."""
_READ = 400
_LEAST_REST = 3
_SHORT_RESTS = frozenset({"ol", "eu"})
"""What is left of `Ölembargo`; other words of two letters are in the way (`Ex-port`)."""
_LEAST_SUFFIX = 4
"""Shorter words end too many others by chance."""
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_INFLECTED = ("", "s", "n", "en", "e", "es")

Ask = Callable[[str, Sequence[Any]], Iterable[Sequence[Any]]]
"""Runs a query and gives its rows."""


def rows(words: Iterable[str]) -> list[tuple[str, str]]:
    """What the table `compound_words` holds of words."""
    return [(word, word[::-1]) for word in words]


def compounds(ask: Ask, word: str) -> tuple[str, ...]:
    """Compounds of a plain word that the store has seen, at most `MOST`; none for a word that is no Latin one."""
    if not (word.isascii() and word.isalpha()) or len(word) < 2:
        return ()
    found = {whole: rests for whole, rests in (*_beginning(ask, word), *_ending(ask, word)) if rests}
    known = _known(ask, {rest for rests in found.values() for rest in rests})
    known |= _SHORT_RESTS
    return tuple(sorted(whole for whole, rests in found.items() if not known.isdisjoint(rests)))[:MOST]


def _beginning(ask: Ask, word: str) -> Iterator[tuple[str, list[str]]]:
    for (whole,) in ask(
        "SELECT word FROM compound_words WHERE word > ? AND word < ? LIMIT ?", [word, word + "{", _READ]
    ):
        rest = whole[len(word) :]
        yield whole, [rest[len(link) :] for link in _LINKS if rest.startswith(link) and _is_rest(rest, link)]


def _ending(ask: Ask, word: str) -> Iterator[tuple[str, list[str]]]:
    if len(word) < _LEAST_SUFFIX:
        return
    for ending in _INFLECTED:
        turned = (word + ending)[::-1]
        sql = "SELECT word FROM compound_words WHERE reversed > ? AND reversed < ? LIMIT ?"
        for (whole,) in ask(sql, [turned, turned + "{", _READ // 4]):
            rest = whole[: -len(turned)]
            yield whole, [rest.removesuffix(link) for link in _LINKS if rest.endswith(link) and _is_rest(rest, link)]


def _is_rest(rest: str, link: str) -> bool:
    return len(rest) - len(link) >= _LEAST_REST or rest in _SHORT_RESTS


def _known(ask: Ask, words: set[str]) -> set[str]:
    sql = "SELECT word FROM compound_words WHERE word IN (SELECT value FROM json_each(?))"
    return {word for (word,) in ask(sql, [json.dumps(sorted(words))])}
