"""Sources → files as a person would write them: defaults left out, one table a subject."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from enum import Enum
from pathlib import Path
from typing import Any

from crawler.registry.checks import source_problems
from crawler.registry.problems import configuration_error
from store.models import Source

_WIDTH = 110


def write_source(folder: Path, source: Source, *, comments: Sequence[str] = ()) -> Path:
    """Writes `<id>.toml` into the folder (made when missing), whole or not at all.

    Args:
        folder: the `sources` folder of a beat.
        comments: lines that start with `#`, to stand at the head of the file.

    Raises:
        ConfigurationError: when the source would not be accepted when read again; nothing is written then.
    """
    if problems := source_problems(source, source.id, stem=source.id):
        raise configuration_error(problems, source.id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{source.id}.toml"
    half = path.with_name(f".{path.name}.part")
    half.write_text("".join(f"{line}\n" for line in comments) + to_toml(source), encoding="utf-8")
    half.replace(path)
    return path


def comments_of(path: Path) -> list[str]:
    """The full-line comments of a file, in order: the runbook that a rewritten file keeps."""
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    return [line.strip() for line in lines if line.lstrip().startswith("#")]


def to_toml(source: Source) -> str:
    blocks = [list(_pairs(source))]
    blocks += [["[[endpoints]]", *_pairs(endpoint)] for endpoint in source.endpoints]
    tables = (("hints", source.hints), ("policy", source.policy), ("expect", source.expect))
    blocks += [[f"[{name}]", *pairs] for name, table in tables if (pairs := list(_pairs(table)))]
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def _pairs(table: Any) -> Iterator[str]:
    for field in fields(table):
        value = getattr(table, field.name)
        if _is_plain(value) and value != _default(field):
            yield f"{field.name} = {_toml(value)}"


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | bool | int | float | Enum) or (
        isinstance(value, tuple) and all(isinstance(v, str) for v in value)
    )


def _default(field: Field[Any]) -> Any:
    return None if field.default is MISSING else field.default


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        inline = f"[{', '.join(_toml(v) for v in value)}]"
        return inline if len(inline) < _WIDTH else "[\n" + "".join(f"    {_toml(v)},\n" for v in value) + "]"
    if isinstance(value, str):  # enum members as well
        return _toml_string(str(value))
    return repr(value)


def _toml_string(text: str) -> str:
    """A literal string where backslashes abound (regular expressions), a basic one otherwise.

    Control, format (bidi) and separator characters are escaped, as names are hostile input and people read the file;
    the joiners that Persian writes with stay.
    """
    if "\\" in text and "'" not in text and not any(_is_unseen(c) for c in text):
        return f"'{text}'"
    return re.sub(r"[^ -~]", lambda m: _escaped(m[0]), json.dumps(text, ensure_ascii=False))


def _escaped(char: str) -> str:
    if not _is_unseen(char):
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _is_unseen(char: str) -> bool:
    return char not in "\u200c\u200d" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")
