"""A beat: one folder of data that says what is watched, where, and in which words.

`beat.toml` names the sides of the beat and the perspectives of its sources; beside it lie `sources/`, `lexicon/`,
`topics.toml`, `relevance.toml` and `seeds/`. Nothing in code knows the sides by name.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crawler.registry import UNKNOWN_PERSPECTIVE, Imported, import_file
from crawler.registry.checks import is_id
from crawler.registry.load import read_sources
from crawler.registry.problems import Problem, configuration_error
from crawler.registry.toml_file import Shape, read_toml
from store.errors import ConfigurationError, UsageError
from store.models import Source

DECLARATION = "beat.toml"
VOCABULARY = ("lexicon", "relevance.toml", "topics.toml", "seeds")
"""What every beat holds beside its declaration and its sources; others read them."""
OPTIONAL = ("names.csv", "search.toml")
"""What a beat may hold besides: it then names people and ships, and knows what people search for."""

EXPECTED: Mapping[str, str] = {
    "name": "a short name of lower-case letters, digits, hyphens and underscores",
    "title": "a text",
    "sides": "at least one [[sides]] table",
    "sides.id": "a short name of lower-case letters, digits and hyphens, each only once",
    "sides.name": "a text",
    "perspectives": "[[perspectives]] tables",
    "perspectives.id": "a short name of lower-case letters, digits and hyphens, each only once",
    "perspectives.title": "a text",
    "perspectives.sides": "a list of ids of the sides above",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the parties whose relation the beat watches."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Perspective:
    """From where a source writes. `sides` is the prior: what its copy concerns even where it leaves the name out."""

    id: str
    title: str
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declaration:
    name: str
    title: str
    sides: tuple[Side, ...]
    perspectives: tuple[Perspective, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A beat as loaded. `sides` maps ids to names, `perspectives` ids to titles, `priors` perspectives to sides."""

    folder: Path
    name: str
    title: str
    sides: Mapping[str, str]
    perspectives: Mapping[str, str]
    priors: Mapping[str, frozenset[str]]
    sources: tuple[Source, ...] = field(default=(), repr=False)

    @classmethod
    def load(cls, folder: Path) -> Beat:
        """Reads the declaration and the sources; that the vocabulary is there is checked, not what it holds.

        Raises:
            ConfigurationError: naming everything that is missing or wrong, in all files at once.
        """
        if not (folder / DECLARATION).is_file():
            raise ConfigurationError(
                f"{folder}: expected a beat, but it holds no {DECLARATION}; `silkwatch beat new DIR` makes one"
            )
        said, problems = _read_declaration(folder / DECLARATION)
        problems += [Problem(str(folder / n), "", "missing") for n in VOCABULARY if not (folder / n).exists()]
        sides = {s.id: s.name for s in said.sides} if said else {}
        perspectives = {p.id: p.title for p in said.perspectives} if said else {}
        sources, found = read_sources(
            folder / "sources", sides=sides if said else None, perspectives=perspectives if said else None
        )
        if said is None or problems + found:
            raise configuration_error(problems + found, f"beat {folder}")
        return cls(
            folder=folder,
            name=said.name,
            title=said.title,
            sides=sides,
            perspectives={UNKNOWN_PERSPECTIVE: "Unknown", **perspectives},
            priors={p.id: frozenset(p.sides) for p in said.perspectives if p.sides},
            sources=sources,
        )

    @property
    def sources_folder(self) -> Path:
        return self.folder / "sources"

    def side_name(self, side: str) -> str:
        """The display name of a side."""
        return self.sides[side]

    def prior_sides(self, source: Source, endpoint_url: str | None = None) -> frozenset[str]:
        """The sides that an article concerns by where it was found: the perspective's, and the endpoint's anchors.

        `endpoint_url` is an endpoint's address or one of its fallbacks; another address adds nothing.
        """
        anchors = {
            side
            for endpoint in source.endpoints
            if endpoint_url is not None and endpoint_url in (endpoint.url, *endpoint.fallback_urls)
            for side in endpoint.anchors
        }
        return self.priors.get(source.perspective, frozenset()) | anchors

    def import_sources(self, file: Path, *, delay: float | None = None, cap: int | None = None) -> Imported:
        """Brings an OPML or CSV file's sources into this beat's folder (see `registry.import_file`)."""
        return import_file(
            self.sources_folder, file, delay=delay, cap=cap, sides=self.sides, perspectives=self.perspectives
        )


def default_folder() -> Path:
    """The shipped beat."""
    return Path(__file__).resolve().parent / "beats" / "iran_china"


def find(option: str | Path | None = None, env: Mapping[str, str] | None = None) -> Path:
    """The folder of the beat to use: the option, else SILKWATCH_BEAT of the environment, else the shipped one.

    Raises:
        ConfigurationError: when that is no folder with a `beat.toml`.
    """
    given = option or (os.environ if env is None else env).get("SILKWATCH_BEAT")
    folder = Path(given).expanduser() if given else default_folder()
    if not (folder / DECLARATION).is_file():
        raise ConfigurationError(
            f"{folder}: expected the folder of a beat, with a {DECLARATION} in it; `silkwatch beat new DIR` makes one"
        )
    return folder


def search_concepts(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """What the vocabulary of a beat calls the same thing, as (language, term) by concept: it expands searches.

    Raises:
        ConfigurationError: the vocabulary cannot be read.
    """
    from crawler import concepts  # the lexicon is not needed to know a beat

    return concepts.search_concepts(folder)


def create(folder: Path) -> Path:
    """Makes a beat of one's own: the shipped declaration, vocabulary, topics and seeds, and no sources.

    Raises:
        UsageError: the folder exists and is not empty, or cannot be written.
    """
    made: list[Path] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder}: expected a new or empty folder; nothing was changed")
        folder.mkdir(parents=True, exist_ok=True)
        for name in (DECLARATION, *VOCABULARY, *OPTIONAL):
            made.append(folder / name)
            _copy(default_folder() / name, folder / name)
        (folder / "sources").mkdir()
    except OSError as error:
        for path in made:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise UsageError(f"{folder}: cannot be made: {error.strerror or error}") from error
    return folder


def _copy(shipped: Path, to: Path) -> None:
    if shipped.is_dir():
        shutil.copytree(shipped, to, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    else:
        shutil.copyfile(shipped, to)


@cache
def _shape() -> Shape:
    return Shape(_Declaration, EXPECTED)


def _read_declaration(path: Path) -> tuple[_Declaration | None, list[Problem]]:
    said, problems = read_toml(path, _shape())
    if said is None:
        return None, problems
    faults = [
        *_bad_ids("sides", [s.id for s in said.sides]),
        *_bad_ids("perspectives", [p.id for p in said.perspectives]),
        *_undeclared(said),
    ]
    if not is_id(said.name.replace("_", "-")):
        faults.append(("name", f"expected {EXPECTED['name']}, got {said.name!r}"))
    if not said.sides:
        faults.append(("sides", f"missing; expected {EXPECTED['sides']}"))
    return said, [Problem(str(path), key, text) for key, text in faults]


def _bad_ids(table: str, ids: list[str]) -> Iterable[tuple[str, str]]:
    counts = Counter(ids)
    for number, id_ in enumerate(ids):
        if not is_id(id_) or counts[id_] > 1:
            yield f"{table}[{number}].id", f"expected {EXPECTED[f'{table}.id']}, got {id_!r}"


def _undeclared(said: _Declaration) -> Iterable[tuple[str, str]]:
    sides = {s.id for s in said.sides}
    for number, perspective in enumerate(said.perspectives):
        for side in perspective.sides:
            if side not in sides:
                yield f"perspectives[{number}].sides", f"expected {EXPECTED['perspectives.sides']}, got {side!r}"
