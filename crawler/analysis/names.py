"""Who and what is named: persons, companies and ships, each with one id in all languages.

A beat's `names.csv` has a row for each: `id`, `kind` (person, company, vessel), the `name` to show, the `concepts` of
the vocabulary that hold its spellings, and `words`, parted by semicolons: which of these are its own when a concept
gathers several people; none means all but those in `except`. A word with its language before it (`fa:سانچی`) is a
spelling that the vocabulary does not have.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.analysis.lexicon import CONTEXT, Lexicon, Term
from crawler.analysis.matcher import Hit, Matcher, default_match
from store.errors import ConfigurationError
from store.text import Folded, fold

COLUMNS = ("id", "kind", "name", "concepts", "words", "except")
KINDS = ("person", "company", "vessel")


@dataclass(frozen=True, slots=True)
class Name:
    """A person, a company or a ship."""

    id: str
    kind: str
    name: str
    """As it is shown."""


class Names:
    """The names of a beat, ready to be found."""

    def __init__(self, names: Mapping[str, Name], terms: Iterable[Term]) -> None:
        self.by_id = names
        self._matcher = Matcher(terms)

    @classmethod
    def load(cls, path: Path, lexicon: Lexicon) -> Names:
        """Read a beat's `names.csv`; a beat without one names nobody.

        Raises:
            ConfigurationError: naming each row with an unknown kind, concept or spelling, or an id given twice.
        """
        if not path.exists():
            return cls({}, ())
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = list(csv.DictReader(lines, restval=""))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise ConfigurationError(f"{path}: cannot be read: {error}") from error
        names: dict[str, Name] = {}
        terms: list[Term] = []
        problems: list[str] = []
        for number, row in enumerate(rows, 2):
            try:
                if row["id"] in names:
                    raise ValueError(f"id {row['id']!r} is there already")
                terms += _terms(row, lexicon)
                names[row["id"]] = Name(row["id"], row["kind"], row["name"])
            except (KeyError, ValueError) as error:
                problems.append(f"{path}: line {number}: {error}")
        if problems:
            raise ConfigurationError("\n".join(problems))
        return cls(names, terms)

    def find(self, text: Folded, language: str) -> list[tuple[Name, int, int]]:
        """Each name at each place of the folded text, in order; of names within each other the longest."""
        found: list[Hit] = []
        for hit in sorted(self._matcher.find(text, language), key=lambda h: (h.start, -h.end)):
            if not found or hit.start >= found[-1].end:
                found.append(hit)
        return [(self.by_id[hit.term.concept], hit.start, hit.end) for hit in found]


def _terms(row: Mapping[str, str], lexicon: Lexicon) -> list[Term]:
    """The spellings of a row, with the rules that the vocabulary has for them."""
    if row["kind"] not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {row['kind']!r}")
    words = [word for word in row["words"].split(";") if word]
    known = [t for concept in row["concepts"].split() for t in _of_concept(concept, lexicon)]
    own = {fold(word) for word in words if ":" not in word}
    left_out = {fold(word) for word in row["except"].split(";") if word}
    missing = (own | left_out) - {fold(t.text) for t in known}
    if missing:
        raise ValueError(f"the concepts {row['concepts']!r} have no {', '.join(sorted(missing))}")
    chosen = [t for t in known if (not words or fold(t.text) in own) and fold(t.text) not in left_out]
    more = [_new(word) for word in words if ":" in word]
    if not row["id"] or not row["name"] or not chosen + more:
        raise ValueError("expected an id, a name, and concepts or words")
    return [t._replace(concept=row["id"], kind=row["kind"], side=CONTEXT) for t in chosen] + [
        t._replace(concept=row["id"], kind=row["kind"]) for t in more
    ]


def _of_concept(concept: str, lexicon: Lexicon) -> Iterable[Term]:
    if concept not in lexicon.by_concept:
        raise ValueError(f"the vocabulary has no concept {concept!r}")
    return lexicon.by_concept[concept]


def _new(word: str) -> Term:
    language, _, text = word.partition(":")
    case = "cap" if text[:1].isascii() else ""
    return Term("", "", CONTEXT, "strong", language, text, default_match(language), case)
