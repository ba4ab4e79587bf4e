"""The newsroom's data: outlets with their articles and traps, one TOML file each in `newsroom/outlets`. Read only.

Everything in it is fiction of ours: outlets under reserved names, events that did not happen. A page is a text of its
own or, with `text_of`, another outlet's text with edits, as copies are made.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("newsroom")
SOURCES = FOLDER / "sources"
"""What the product is told of the outlets: source files as any beat has them."""
KNOWN = FOLDER / "known" / "articles.jsonl"
"""What the demonstration's reader knows beforehand: its own seed corpus."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What the second day makes of an article."""

    hours: float
    """Before the second day's pass."""
    title: str
    replace: Pairs = ()
    append: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One article, or what stands in its place."""

    id: str
    day: int
    """1 or 2: when it appears."""
    hours: float
    """How long before that day's pass it was published."""
    path: str
    """With `{date:…}` and `{jalali:…}` for its day in its outlet's zone."""
    title: str
    paragraphs: tuple[str, ...] = ()
    by: str = ""
    template: str = ""
    edited: Edit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An address that lists the pages, from one day to another."""

    kind: str
    path: str
    since: int = 1
    until: int = 2
    dates: bool = True
    amp: bool = False
    """Whether it names the AMP page too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """An address that answers what is written here."""

    path: str
    since: int = 1
    status: int = 200
    type: str = "text/html"
    body: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    id: str
    name: str
    language: str
    template: str
    timezone: str
    charset: str = "utf-8"
    date_format: str = "%Y-%m-%d %H:%M"
    delay: float = 0.0
    """Seconds until it answers for an article."""
    listings: tuple[Listing, ...] = ()
    answers: tuple[Fixed, ...] = ()
    pages: tuple[Page, ...] = field(default=(), repr=False)

    @property
    def site(self) -> str:
        return f"http://{self.id}.example"


@cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets by id, the texts of copies filled in."""
    raw = {path.stem: _toml(path) for path in sorted((FOLDER / "outlets").glob("*.toml"))}
    texts = {
        f"{id_}:{page['id']}": _paragraphs(page.get("text")) for id_, o in raw.items() for page in o.get("pages", ())
    }
    texts |= _known_texts()
    return tuple(_outlet(id_, facts, texts) for id_, facts in raw.items())


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _known_texts() -> dict[str, tuple[str, ...]]:
    rows = [json.loads(line) for line in KNOWN.read_text("utf-8").splitlines()]
    return {f"known:{row['id']}": _paragraphs(row["text"]) for row in rows}


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split("\n\n") if part.strip())


def _outlet(id_: str, facts: Mapping[str, Any], texts: Mapping[str, tuple[str, ...]]) -> Outlet:
    letters = dict(facts.get("letters", {}))
    given = {name: value for name, value in facts.items() if name not in ("letters", "listings", "answers", "pages")}
    return Outlet(
        id=id_,
        **given,
        listings=tuple(Listing(**one) for one in facts.get("listings", ())),
        answers=tuple(Fixed(**one) for one in facts.get("answers", ())),
        pages=tuple(_spelled(_page(one, texts), letters) for one in facts.get("pages", ())),
    )


def _page(facts: Mapping[str, Any], texts: Mapping[str, tuple[str, ...]]) -> Page:
    named = {name: facts[name] for name in ("id", "day", "hours", "path", "title", "by", "template") if name in facts}
    text = texts[facts["text_of"]] if "text_of" in facts else _paragraphs(facts.get("text"))
    body = _replaced(text[: facts.get("first", len(text))], _pairs(facts))
    around = (*_paragraphs(facts.get("before")), *body, *_paragraphs(facts.get("after")))
    return Page(**named, paragraphs=around, edited=_edit(facts["edited"]) if "edited" in facts else None)


def _edit(facts: Mapping[str, Any]) -> Edit:
    return Edit(
        hours=facts["hours"], title=facts["title"], replace=_pairs(facts), append=_paragraphs(facts.get("append"))
    )


def _pairs(facts: Mapping[str, Any]) -> Pairs:
    return tuple((old, new) for old, new in facts.get("replace", ()))


def _replaced(paragraphs: tuple[str, ...], pairs: Pairs) -> tuple[str, ...]:
    for old, new in pairs:
        if not any(old in paragraph for paragraph in paragraphs):
            raise ValueError(f"the newsroom replaces what does not stand there: {old}")
        paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    return paragraphs


def _spelled(page: Page, letters: Mapping[str, str]) -> Page:
    """With the letters the outlet writes."""
    table = str.maketrans(dict(letters))
    return replace(
        page, title=page.title.translate(table), paragraphs=tuple(p.translate(table) for p in page.paragraphs)
    )


def as_edited(page: Page) -> Page:
    """The page as its second day has it."""
    edit = page.edited
    if edit is None:
        return page
    return replace(page, title=edit.title, paragraphs=(*_replaced(page.paragraphs, edit.replace), *edit.append))
