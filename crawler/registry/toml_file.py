"""A TOML file read into frozen dataclasses, or all that is wrong with its shape."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from crawler.registry.problems import Problem

T = TypeVar("T")


class Shape:
    """Validates plain tables against a dataclass: extra keys are refused, nothing is converted.

    The values go through JSON because pydantic's strict mode takes lists for tuples and names for enum members only
    there.
    """

    def __init__(self, kind: type[T], expected: Mapping[str, str]) -> None:
        self.kind: type[Any] = kind
        self.expected = expected
        # A bare dataclass cannot be given a configuration (pydantic 2.14); one inside a tuple inherits it.
        self._adapter = TypeAdapter(tuple[kind], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]

    def read(self, table: Mapping[str, Any], where: str) -> tuple[Any, list[Problem]]:
        """The value, or None and what is wrong with the table."""
        try:
            (value,) = self._adapter.validate_json(json.dumps([table], default=_foreign), strict=True)
        except ValidationError as error:
            return None, [self._problem(e, where) for e in error.errors(include_url=False)]
        return value, []

    def _problem(self, error: ErrorDetails, where: str) -> Problem:
        loc = error["loc"][1:]
        if error["type"] == "unexpected_keyword_argument":
            return Problem(where, key_path(loc), self._unknown(loc))
        expected = self.expected.get(".".join(p for p in loc if isinstance(p, str)), error["msg"])
        if error["type"] == "missing":
            return Problem(where, key_path(loc), f"missing; expected {expected}")
        return Problem(where, key_path(loc), f"expected {expected}, got {shown(error['input'])}")

    def _unknown(self, loc: Sequence[int | str]) -> str:
        known = self._known_keys(loc[:-1])
        near = difflib.get_close_matches(str(loc[-1]), known, n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        return f"unknown key{hint}; expected one of {', '.join(known)}"

    def _known_keys(self, parents: Sequence[int | str]) -> list[str]:
        kind: Any = self.kind
        for name in (p for p in parents if isinstance(p, str)):
            inner = get_type_hints(kind).get(name) if is_dataclass(kind) else None
            kind = next((a for a in (inner, *get_args(inner)) if is_dataclass(a)), kind)
        return [f.name for f in fields(kind)]


def read_toml(path: Path, shape: Shape) -> tuple[Any, list[Problem]]:
    """The file as the shape's dataclass, or None and every problem: unreadable, no TOML, wrong keys or types."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return None, [Problem(str(path), "", f"cannot be read: {error.strerror or error}")]
    except UnicodeDecodeError as error:
        return None, [Problem(str(path), "", f"expected UTF-8, got byte 0x{error.object[error.start]:02x} in it")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, [Problem(str(path), "", f"expected TOML: {error}")]
    return shape.read(table, str(path))


def key_path(loc: Sequence[int | str]) -> str:
    """`("endpoints", 0, "kind")` as `endpoints[0].kind`: tables of a list count from 0."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def shown(value: Any) -> str:
    """A value as it may stand in a message: short, on one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _foreign(value: Any) -> Any:
    """TOML's dates and times: no key of ours takes one, so the shape refuses it and the message shows it."""
    return {"date": str(value)}
