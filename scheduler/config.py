"""How Silkwatch runs by itself: one TOML file, `silkwatch.toml`, beside the store or the beat.

Every key has a default, so that no file is needed. A wrong key, type or value is told with what is expected there,
all faults at once. The environment overrides single values (`SILKWATCH_DAILY_AT`, see `variables`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any, get_type_hints

from crawler.registry.problems import Problem, configuration_error
from crawler.registry.toml_file import Shape, read_toml
from scheduler.config_keys import EXPECTED, Config, faults
from store.errors import UsageError

NAME = "silkwatch.toml"
VARIABLE = "SILKWATCH_CONFIG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A configuration and where it came from."""

    config: Config
    path: Path | None
    """None: no file, all defaults."""
    looked_at: tuple[Path, ...] = ()


def load(
    db: Path, *, option: Path | None = None, beat: Path | None = None, env: Mapping[str, str] = os.environ
) -> Loaded:
    """The configuration for the store at `db`: the file named by the option or SILKWATCH_CONFIG, else
    `silkwatch.toml` beside the store, else in the beat's folder, else the defaults; then the environment's overrides.

    Raises:
        ConfigurationError: the file or a variable is not valid; every fault is named.
        UsageError: the file that was named is not there.
    """
    given = option or (Path(env[VARIABLE]) if env.get(VARIABLE) else None)
    if given and not given.is_file():
        raise UsageError(f"{given}: expected a configuration file; there is none")
    places = (given,) if given else tuple(folder / NAME for folder in (db.absolute().parent, beat) if folder)
    path = next((place for place in places if place.is_file()), None)
    shape = Shape(Config, EXPECTED)
    read, problems = read_toml(path, shape) if path else (Config(), [])
    problems = [_discreet(problem) for problem in problems]
    if read is not None:
        problems = [Problem(str(path or "default"), key, text) for key, text in faults(read)]
    if problems:
        raise configuration_error(problems, str(path))
    return Loaded(config=_overridden(read, shape, env), path=path, looked_at=places)


def variables() -> dict[str, str]:
    """Name of each environment variable that overrides a value, and the key it overrides."""
    tables = get_type_hints(Config)
    names = {"SILKWATCH_TIMEZONE": "timezone"}
    for table, kind in tables.items():
        if is_dataclass(kind):
            names |= {f"SILKWATCH_{table}_{f.name}".upper(): f"{table}.{f.name}" for f in fields(kind)}
    return names


def at(text: str) -> time:
    """`06:00` as a time of day."""
    return time.fromisoformat(text)


def _discreet(problem: Problem) -> Problem:
    """The address of a channel may hold a password: what stands there instead of a list is not shown."""
    key = problem.key.partition("[")[0]
    return replace(problem, text=f"expected {EXPECTED[key]}") if key in ("digest.to", "notify.to") else problem


def _overridden(config: Config, shape: Shape, env: Mapping[str, str]) -> Config:
    table = _table(config)
    problems: list[Problem] = []
    for name, key in variables().items():
        if name not in env:
            continue
        parent, _, leaf = key.rpartition(".")
        holder = table[parent] if parent else table
        holder[leaf] = _value(env[name], holder[leaf])
        read, wrong = shape.read(table, name)
        found = [Problem(name, "", text) for at_key, text in faults(read) if at_key == key] if read else wrong
        problems += [Problem(name, "", problem.text) for problem in found]
    if problems:
        raise configuration_error(problems, "the environment")
    read, _ = shape.read(table, "the environment")
    return read if isinstance(read, Config) else config


def _table(value: Any) -> Any:
    """Dataclasses as tables, tuples as lists: what TOML would have given."""
    if is_dataclass(value):
        return {f.name: _table(getattr(value, f.name)) for f in fields(value)}
    return [_table(item) for item in value] if isinstance(value, tuple) else value


def _value(text: str, now: Any) -> Any:
    """A variable's text as the type of the value it replaces; what does not fit is left for the shape to refuse."""
    if isinstance(now, bool):
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text.lower(), text)
    if isinstance(now, list):
        return text.split()
    if isinstance(now, int | float):
        number = re.fullmatch(r"-?\d+(\.\d+)?", text.strip())
        return text if not number else float(text) if isinstance(now, float) or number[1] else int(text)
    return text.strip()
