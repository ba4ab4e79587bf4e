"""Articles as other programs read them: JSON Lines, JSON, CSV, Atom. Pure, but for `write`; nothing is held whole."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scheduler.replacing import replacing
from scheduler.report import article
from scheduler.terminal import hang_up, harmless, json_line
from store.datasette.feed import ENTRIES, atom
from store.errors import StoreError

Row = Mapping[str, Any]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""
_COPIED = ("url", "title", "publisher", "language", "relation", "similarity", "published", "first_seen")
_CELLS = (
    "id", "url", "title", "publisher", "source_id", "country", "perspective", "language", "published",
    "published_precision", "day", "first_seen", "changed_at", "topics", "relevance_score", "relevance_label",
    "relevance_evidence", "lead", "length", "paywalled", "revisions", "authors", "story_id",
    "story_title", "story_articles", "copies", "copied_by",
)  # fmt: skip


def document(row: Row) -> dict[str, Any]:
    """An article with its story and its copies; times in UTC as stored, texts as the web had them."""
    more = {name: row[name] for name in ("country", "day", "modified", "changed_at", "lead", "length", "revisions")}
    story = {"id": row["story_id"], "title": row["story_title"], "articles": row["story_articles"]}
    copies = [{name: copy[name] for name in _COPIED} for copy in row["copies"]]
    found = {**article(row), **more, "paywalled": bool(row["paywalled"]), "authors": json.loads(row["authors"])}
    text = {"text": row["text"]} if "text" in row else {}
    return {**found, "story": story, "copies": copies, "follows": row["follows"], **text}


def as_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON document a line (https://jsonlines.org)."""
    return (json_line(document(row)) + "\n" for row in rows)


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON document, an article a line."""
    yield '{"articles": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json_line(document(row))
    yield "\n]}\n"


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """A table with headings (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it."""
    names: list[str] | None = None
    for row in rows:
        if names is None:
            names = [*_CELLS, *(["text"] if "text" in row else [])]
            yield _line(names)
        yield _line(_cell(value) for value in _cells(row, names))
    if names is None:
        yield _line(_CELLS)


def _cells(row: Row, names: Iterable[str]) -> Iterator[Any]:
    folded = {
        "topics": "; ".join(json.loads(row["topics"])),
        "authors": "; ".join(json.loads(row["authors"])),
        "copies": len(row["copies"]),
        "copied_by": "; ".join(dict.fromkeys(copy["publisher"] for copy in row["copies"])),
    }
    return (folded.get(name, row.get(name)) for name in names)


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = "\n".join(map(harmless, value.split("\n")))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(list(cells))
    return line.getvalue()


def as_atom(rows: Iterable[Row]) -> Iterator[str]:
    """An Atom feed of the newest articles."""
    found = list(rows)
    updated = found[0]["first_seen"] if found else "1970-01-01T00:00:00Z"
    yield atom(found, title="Silkwatch: what is new", url="urn:silkwatch:new", home="", updated=updated).decode()


FORMS: Mapping[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "jsonl": as_jsonl, "json": as_json, "csv": as_csv, "atom": as_atom,
}  # fmt: skip
NEWEST: Mapping[str, int] = {"atom": ENTRIES}
"""Forms that hold only so many articles, the newest."""


def write(parts: Iterable[str], output: Path | None) -> bool:
    """Writes to a file, which is replaced when all is written, or to standard output.

    Returns False when whoever read standard output had enough.

    Raises:
        StoreError: the file cannot be written; what was there stays.
    """
    if output is None:
        return _print(parts)
    try:
        with replacing(output) as file:
            file.writelines(parts)
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {error.strerror or error}") from error
    return True


def _print(parts: Iterable[str]) -> bool:
    try:
        for part in parts:
            sys.stdout.write(part)
        sys.stdout.flush()
    except BrokenPipeError:
        hang_up()
        return False
    return True
