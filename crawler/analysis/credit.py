"""Which news agency a text credits: "(Reuters)", /ТАСС/, 新华社德黑兰3月3日电, «به گزارش ایرنا», Source: IRNA. Pure.

Agencies, their sites and their names in each language are in `words/agencies.csv`, the forms of a credit line in
`words/credits.csv`; both are loaded once, at import. Only the opening and the end of a text are looked at: what is
named in between is quoted, not credited.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from store.text import fold

_FOLDER = Path(__file__).parent / "words"
_OPENING = 220
_CLOSING = 160
"""Characters at either end where a credit line stands."""
_BEFORE = 2
"""Characters, a bracket and a blank, before a credit that opens a text."""


def credited(text: str, authors: Sequence[str] = ()) -> str:
    """The id of the agency that a text says it is from; empty when it names none.

    The opening goes before the byline, the byline before the end; of several names the first one counts.
    """
    head, tail = fold(text[:_OPENING]), fold(text[-_CLOSING:])
    byline = next((_BY_NAME[name] for name in map(fold, authors) if name in _BY_NAME), "")
    return _found(_FORMS["opening"], head) or byline or _found(_FORMS["closing"], tail)


def agency_of(site: str) -> str:
    """The id of the agency whose site (registrable domain) this is; empty when it is no agency's."""
    return _BY_SITE.get(site, "")


def opens(opening: str) -> bool:
    """Whether a folded opening begins with a credit: "به گزارش ایرنا"."""
    return any(match.start() <= _BEFORE for form in _FORMS["opening"] if (match := form.search(opening)))


def is_name(word: str) -> bool:
    """Whether a folded word is an agency's name."""
    return word in _BY_NAME


def _found(forms: Sequence[re.Pattern[str]], part: str) -> str:
    matches = [match for form in forms if (match := form.search(part))]
    first = min(matches, key=lambda match: match.start("agency"), default=None)
    return _BY_NAME[first["agency"]] if first else ""


def _agencies() -> tuple[dict[str, str], dict[str, str]]:
    """Agencies by folded name, and by site."""
    by_name: dict[str, str] = {}
    by_site: dict[str, str] = {}
    with (_FOLDER / "agencies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_name |= {fold(name): row["agency"] for name in row["names"].split(";")}
            by_site |= dict.fromkeys(row["sites"].split(";"), row["agency"])
    return by_name, by_site


def _forms() -> dict[str, list[re.Pattern[str]]]:
    """The forms of a credit line by where they stand, with every name in the place of NAME, the longest first."""
    names = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True))
    forms: dict[str, list[re.Pattern[str]]] = {}
    with (_FOLDER / "credits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            form = row["pattern"].replace("NAME", f"(?P<agency>{names})")
            forms.setdefault(row["place"], []).append(re.compile(form))
    return forms


_BY_NAME, _BY_SITE = _agencies()
_FORMS = _forms()
