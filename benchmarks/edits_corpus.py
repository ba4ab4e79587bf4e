"""Reading a corpus of articles: a folder of texts, or JSON lines, packed or not."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FEWEST_CHARACTERS = 300
"""Shorter texts are teasers."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article of a corpus."""

    id: str
    title: str
    text: str
    language: str


def read(path: Path, *, language: str | None = None) -> list[Document]:
    """The articles of a folder (every .txt and .jsonl below it) or of a file, each text once.

    JSON lines hold a text as `text`, `body` or a list of `paragraphs` (with an `abstract` before them).

    Args:
        language: of all of them (BCP 47); without it a row's own `language` or `lang`, else it is identified.
    """
    found: dict[str, Document] = {}
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        for document in _file(file, language):
            if len(document.text) >= FEWEST_CHARACTERS:
                found.setdefault(document.text, document)
    if not found:
        raise RuntimeError(f"{path}: no article of {FEWEST_CHARACTERS} characters or more (.txt, .jsonl, .jsonl.gz)")
    return list(found.values())


def _file(path: Path, language: str | None) -> Iterator[Document]:
    if path.suffix == ".txt":
        text = path.read_text("utf-8", "replace")
        yield Document(path.stem, "", text, _language("", text, language))
    elif path.name.endswith((".jsonl", ".jsonl.gz")):
        with (
            gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines
        ):
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(json.loads(line), f"{path.name}:{number}", language)


def _row(row: dict[str, Any], origin: str, language: str | None) -> Document:
    parts = [row.get("abstract") or "", *row["paragraphs"]] if row.get("paragraphs") else []
    text = str(row.get("text") or row.get("body") or "\n".join(filter(None, parts)))
    title = str(row.get("title") or row.get("slug") or "")
    told = language or row.get("language") or row.get("lang")
    return Document(str(row.get("id") or row.get("url") or origin), title, text, _language(title, text, told))


def _language(title: str, text: str, told: str | None) -> str:
    from crawler.analysis.language import identify  # loads its statistics: 0.4 s that a told language spares

    return told.split("-")[0] if told else identify(f"{title}\n{text}")
