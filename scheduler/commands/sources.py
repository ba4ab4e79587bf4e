"""`silkwatch sources`: where the beat gathers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from scheduler import options


@click.group(short_help="See, try, import and export the sources.")
def sources() -> None:
    """See, try, import and export the sources of a beat (one TOML file a publisher; see docs/sources.md)."""


@sources.command("list", short_help="List the sources, and how they are.")
@options.database
@options.beat
@options.as_json
@click.option("--all", "everything", is_flag=True, help="Also the disabled ones, with why they are.")
def list_(db: Path, beat_folder: Path | None, as_json: bool, everything: bool) -> None:
    """List the sources with language, perspective and, when there is a store, how they are."""
    from scheduler import source_list  # opens beat and store: not needed for --help
    from scheduler.terminal import json_text
    from scheduler.zone import user_zone

    rows = source_list.rows(db, beat_folder, everything=everything)
    _say([json_text({"sources": rows})] if as_json else source_list.as_text(rows, user_zone()))


@sources.command("check", short_help="Fetch one source now; store nothing.")
@click.argument("source_id", metavar="ID")
@options.beat
@options.allow_private
@options.as_json
def check(source_id: str, beat_folder: Path | None, allow_private: tuple[str, ...], as_json: bool) -> int:
    """Fetch the source ID now and show what it would give; nothing is stored.

    Shows what each endpoint answered, the links it lists and three articles as they would be read. A disabled source
    can be checked as well. Exit code 0 when the source gave something, 1 when it did not.
    """
    from scheduler import check as checks  # runs a pass: not needed for --help
    from scheduler.terminal import json_text
    from scheduler.zone import user_zone

    zone = user_zone()
    found = checks.check(source_id, beat_folder, allow_private)
    _say([json_text(checks.document(found))] if as_json else checks.lines(found, zone))
    return found.exit_code


@sources.command("import", short_help="Import an OPML or CSV list of feeds.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.beat
@click.option("--delay", metavar="S", type=float, help="Seconds between two requests to one host.")
@click.option("--cap", metavar="N", type=int, help="Articles fetched in one pass at the most, per source.")
@options.as_json
def import_(file: Path, beat_folder: Path | None, delay: float | None, cap: int | None, as_json: bool) -> None:
    """Import an OPML or CSV list of feeds into a beat of your own (--beat).

    Feeds of one host become one source. Importing again updates what is there; nothing is doubled or removed.
    `--delay` and `--cap` set the policy of every source in FILE.
    """
    from crawler.beat import Beat, find  # reads TOML and the registry: not needed for --help
    from store.errors import UsageError

    if beat_folder is None:
        raise UsageError(
            "sources are imported into a beat of your own: make one with `silkwatch beat new DIR`, "
            "then name it with --beat DIR or SILKWATCH_BEAT"
        )
    done = Beat.load(find(beat_folder, env={})).import_sources(file, delay=delay, cap=cap)
    if as_json:
        from scheduler.terminal import json_text

        kinds = {"added": done.added, "updated": done.updated, "unchanged": done.unchanged, "notes": done.notes}
        _say([json_text(kinds)])
        return
    sums = f"{len(done.added)} sources added, {len(done.updated)} updated, {len(done.unchanged)} as they were"
    _say([f"{beat_folder}: {sums}.", *done.notes])


@sources.command("export", short_help="Print the sources as OPML.")
@options.beat
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
def export(beat_folder: Path | None, output: Path | None) -> None:
    """Print the sources as OPML, which feed readers and `silkwatch sources import` understand."""
    from crawler.beat import Beat, find  # reads TOML and the registry: not needed for --help
    from crawler.registry import export_opml
    from store.errors import UsageError

    opml = export_opml(Beat.load(find(beat_folder, env={})).sources)
    if output is None:
        click.echo(opml, nl=False)
        return
    try:
        output.write_text(opml, "utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror or error}") from error


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
