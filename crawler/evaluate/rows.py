"""Labelled data: files with one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.errors import UsageError


def rows(path: Path, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a JSON lines file, each with all of the keys.

    Raises:
        UsageError: the file cannot be read or a row is not as described; the message names file and row.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}, line {number}: not JSON ({error})") from error
        missing = [key for key in keys if not isinstance(row, dict) or key not in row]
        if missing:
            raise UsageError(f"{path}, line {number}: {missing[0]!r} is missing")
        yield row


def published(row: Mapping[str, Any]) -> datetime | None:
    """When a labelled text came out, from its `published` or `date` (ISO 8601; UTC where no zone is told).

    Raises:
        UsageError: it is no time; the message names the text.
    """
    told = row.get("published") or row.get("date")
    if not told:
        return None
    try:
        found = datetime.fromisoformat(str(told))
    except ValueError as error:
        raise UsageError(f"texts.jsonl, {row['id']}: published must be an ISO 8601 time ({error})") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
