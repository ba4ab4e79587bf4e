"""A CSV of feeds: one row a feed, a header of key names."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from crawler.registry.keys import leaves
from crawler.registry.problems import Problem
from crawler.registry.rows import Row

ALIASES: Mapping[str, str] = {"languages": "language", "title": "name", "xmlurl": "url", "htmlurl": "homepage"}
"""Other names of columns."""


def read_csv(data: bytes, file: str) -> tuple[list[Row], list[Problem], list[str]]:
    """Rows, problems, and notes about columns that mean nothing here."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [], [Problem(f"{file}: line {line}", "", f"expected UTF-8, got byte 0x{data[error.start]:02x}")], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    names: list[str] = []
    notes: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names, notes, problems = _header(cells, f"{file}: line {reader.line_num}")
            elif len(cells) != len(names):
                told = f"expected {len(names)} cells, as in the header, got {len(cells)}"
                problems.append(Problem(f"{file}: line {reader.line_num}", "", told))
            else:
                rows.append(Row(reader.line_num, dict(zip(names, cells, strict=True))))
    except csv.Error as error:
        problems.append(Problem(f"{file}: line {reader.line_num}", "", f"expected CSV: {error}"))
    if not rows and not problems:
        problems.append(Problem(file, "", "expected a header line and at least one row"))
    return rows, problems, notes


def _header(cells: list[str], where: str) -> tuple[list[str], list[str], list[Problem]]:
    names = [c.strip().lower() for c in cells]
    names = [ALIASES.get(n, n) for n in names]
    unknown = [n for n in names if n and n not in leaves()]
    notes = [f"columns not used: {', '.join(unknown)}"] if unknown else []
    known = [n for n in names if n in leaves()]
    problems = []
    if "url" not in names:
        told = f'expected a header with the column "url"; known columns: {", ".join(leaves())}'
        problems.append(Problem(where, "", told))
    if twice := sorted({n for n in known if known.count(n) > 1}):
        problems.append(Problem(where, "", f"expected each column once, got twice: {', '.join(twice)}"))
    return names, notes, problems


def _delimiter(text: str) -> str:
    """Comma, or what spreadsheets of other countries write instead."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=header.count)
