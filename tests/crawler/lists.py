"""Lists of feeds for tests, written to disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.registry import import_csv, import_opml
from store.errors import UsageError


def opml(*outlines: str, head: str = "") -> str:
    lines = "\n".join(outlines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<opml version="2.0"><head/><body>\n{lines}\n</body></opml>'


def feed(url: str, title: str = "T", more: str = "") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{url}" {more}/>'


def saved(tmp_path: Path, text: str | bytes, name: str = "list.opml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as error:
        (import_csv if path.suffix == ".csv" else import_opml)(path)
    return str(error.value)
