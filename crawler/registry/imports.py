"""Import of feed lists: read a file, gather its sources, bring them into a folder, lose nothing that stands there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from crawler.registry.checks import shared_problems, source_problems
from crawler.registry.csv_table import read_csv
from crawler.registry.load import load_sources
from crawler.registry.opml import read_opml
from crawler.registry.problems import usage_error
from crawler.registry.rows import check_policy, neutral, sources_of, with_policy
from crawler.registry.write import comments_of, write_source
from store.errors import UsageError
from store.models import Endpoint, Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, by ids, and what its user should know."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    notes: tuple[str, ...] = ()


def import_opml(path: Path, *, delay: float | None = None, cap: int | None = None) -> list[Source]:
    """The sources of an OPML file: feeds of one host are one source with several endpoints.

    Args:
        delay: seconds between two requests to a host, for every source; None leaves what the file says.
        cap: articles fetched in a pass at the most; likewise.

    Raises:
        UsageError: the file cannot be read, is no OPML, or holds bad values; the message names lines.
    """
    rows, problems = read_opml(_bytes(path), str(path))
    return sources_of(rows, problems, file=str(path), delay=delay, cap=cap)


def import_csv(path: Path, *, delay: float | None = None, cap: int | None = None) -> list[Source]:
    """The sources of a CSV file; arguments and errors as for `import_opml`. Columns: docs/sources.md."""
    rows, problems, _ = read_csv(_bytes(path), str(path))
    return sources_of(rows, problems, file=str(path), delay=delay, cap=cap)


def import_file(
    folder: Path,
    file: Path,
    *,
    delay: float | None = None,
    cap: int | None = None,
    sides: Collection[str] | None = None,
    perspectives: Collection[str] | None = None,
) -> Imported:
    """Brings the sources of an OPML or CSV file into a `sources` folder; importing again updates and never doubles.

    A feed that a source of the folder lists already stays there. Of a source that exists, only what the file says is
    changed, and the comments of its file are kept (at its head).

    Raises:
        UsageError: for a bad file (nothing is written then).
        ConfigurationError: when the folder itself holds bad files.
    """
    check_policy(delay, cap)
    existing = {s.id: s for s in load_sources(folder, sides=sides, perspectives=perspectives)}
    data = _bytes(file)
    notes: list[str] = []
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        rows, problems = read_opml(data, str(file))
    else:
        rows, problems, notes = read_csv(data, str(file))
    imported = sources_of(rows, problems, file=str(file), delay=delay, cap=cap)
    merged = merge(existing, imported, delay=delay, cap=cap)
    _refuse_bad({**existing, **merged}, merged, str(file), sides=sides, perspectives=perspectives)
    changed = {id_: s for id_, s in merged.items() if s != existing.get(id_)}
    for id_, source in changed.items():
        write_source(folder, source, comments=comments_of(folder / f"{id_}.toml"))
    notes += [f"{i} is disabled: {s.policy.why_disabled}" for i, s in merged.items() if not s.policy.enabled]
    return Imported(
        added=tuple(i for i in changed if i not in existing),
        updated=tuple(i for i in changed if i in existing),
        unchanged=tuple(i for i in merged if i not in changed),
        notes=tuple(notes),
    )


def merge(
    existing: dict[str, Source], imported: Sequence[Source], *, delay: float | None = None, cap: int | None = None
) -> dict[str, Source]:
    """The sources that an import touches, as they are afterwards. Pure.

    Args:
        existing: by id.
        delay, cap: set on every source that is touched, when given.
    """
    owners = {e.url: s.id for s in existing.values() for e in s.endpoints}
    merged: dict[str, Source] = {}
    for source in imported:
        elsewhere = {owners[e.url] for e in source.endpoints if owners.get(e.url, source.id) != source.id}
        for id_ in elsewhere:
            merged.setdefault(id_, existing[id_])
        own = tuple(e for e in source.endpoints if owners.get(e.url, source.id) == source.id)
        if not own:
            continue
        before = merged.get(source.id) or existing.get(source.id)
        new = replace(source, endpoints=own)
        merged[source.id] = _overlaid(before, new, source.endpoints[0].url) if before else new
    return {i: replace(s, policy=with_policy(s.policy, delay, cap)) for i, s in merged.items()}


def _overlaid(old: Source, new: Source, url: str) -> Source:
    """The old source with what the new one says, that is all that is not a default, and with its endpoints."""
    unsaid = neutral(new.id, url)
    said = {e.url: e for e in new.endpoints}
    kept = tuple(_said(e, said.pop(e.url, e), Endpoint(kind=e.kind, url=e.url)) for e in old.endpoints)
    return replace(_said(old, new, unsaid), endpoints=(*kept, *said.values()))


def _said(old: T, new: T, unsaid: T) -> T:
    changes: dict[str, Any] = {}
    for field in fields(old):  # type: ignore[arg-type]
        a, b, none = (getattr(x, field.name) for x in (old, new, unsaid))
        if is_dataclass(a):
            changes[field.name] = _said(a, b, none)
        elif b != none and field.name != "endpoints":
            changes[field.name] = b
    return replace(old, **changes)  # type: ignore[type-var]


def _refuse_bad(
    every: dict[str, Source],
    touched: dict[str, Source],
    file: str,
    *,
    sides: Collection[str] | None,
    perspectives: Collection[str] | None,
) -> None:
    problems = [
        problem
        for source in touched.values()
        for problem in source_problems(source, f"{file}: {source.id}", sides=sides, perspectives=perspectives)
    ]
    problems += shared_problems([(s.id, s) for s in every.values()])
    if problems:
        raise usage_error(problems, f"{file} (nothing was imported)")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
