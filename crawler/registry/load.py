"""A folder of source files → sources."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from crawler.registry.checks import shared_problems, source_problems
from crawler.registry.keys import EXPECTED
from crawler.registry.problems import Problem, configuration_error
from crawler.registry.toml_file import Shape, read_toml
from store.models import Source


@cache
def source_shape() -> Shape:
    return Shape(Source, EXPECTED)


def load_sources(
    folder: Path, *, sides: Collection[str] | None = None, perspectives: Collection[str] | None = None
) -> tuple[Source, ...]:
    """The sources of a folder of `<id>.toml` files, in the order of their ids. A missing folder holds none.

    Args:
        folder: the `sources` folder of a beat.
        sides, perspectives: ids that the beat declares; None leaves anchors and perspectives unchecked.

    Raises:
        ConfigurationError: naming file, key and what was expected, for every fault in every file at once.
    """
    sources, problems = read_sources(folder, sides=sides, perspectives=perspectives)
    if problems:
        raise configuration_error(problems, str(folder))
    return sources


def read_sources(
    folder: Path, *, sides: Collection[str] | None = None, perspectives: Collection[str] | None = None
) -> tuple[tuple[Source, ...], list[Problem]]:
    """As `load_sources`, with the problems as values."""
    placed: list[tuple[str, Source]] = []
    problems: list[Problem] = []
    for path in sorted(p for p in folder.glob("*.toml") if not p.name.startswith(".")):
        source, found = read_toml(path, source_shape())
        if source is not None:
            found = source_problems(source, str(path), stem=path.stem, sides=sides, perspectives=perspectives)
            placed.append((str(path), source))
        problems += found
    problems += shared_problems(placed)
    return tuple(sorted((s for _, s in placed), key=lambda s: s.id)), problems
