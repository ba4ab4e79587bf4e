"""`silkwatch backup`: copies of the store, and getting one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler import options

if TYPE_CHECKING:
    from scheduler.maintenance import Copy


@click.group(short_help="Make, list and restore copies of the store.")
def backup() -> None:
    """Make, list and restore copies of the store. The daemon makes one a day by itself (see docs/operations.md)."""


@backup.command("make", short_help="Make a copy now.")
@options.database
@options.configuration
@click.option("--keep", metavar="N", type=click.IntRange(min=1), help="Keep N copies; without it as configured (7).")
@options.as_json
def make(db: Path, config_file: Path | None, keep: int | None, as_json: bool) -> None:
    """Make a sound copy of the store now, also while a pass is running, and remove the oldest ones beyond --keep."""
    from scheduler import maintenance  # opens the store: not needed for --help
    from scheduler.config import load
    from store import clock

    config = load(db, option=config_file).config
    folder = maintenance.folder_for(db, config.backup.folder)
    made = maintenance.backup(db, folder, now=clock.now(db), keep=keep or config.backup.keep)
    if as_json:
        _say_json(_document(made))
        return
    click.echo(f"{made.path} ({maintenance.size_told(made.size)})")


@backup.command("list", short_help="List the copies.")
@options.database
@options.configuration
@options.as_json
def list_(db: Path, config_file: Path | None, as_json: bool) -> None:
    """List the copies of the store, newest first."""
    from scheduler import maintenance  # opens the store: not needed for --help
    from scheduler.config import load
    from scheduler.zone import shown

    config = load(db, option=config_file).config
    found = maintenance.copies(db, maintenance.folder_for(db, config.backup.folder))
    if as_json:
        _say_json({"copies": [_document(copy) for copy in found]})
        return
    for copy in found:
        click.echo(f"{shown(copy.made, config.shown_zone)}  {maintenance.size_told(copy.size):>8}  {copy.path}")
    if not found:
        click.echo("No copies yet; `silkwatch backup make` makes one.")


@backup.command("restore", short_help="Put a copy in the place of the store.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@options.database
@options.as_json
def restore(file: Path, db: Path, as_json: bool) -> None:
    """Put the copy FILE in the place of the store; the store that was there stays beside it as *.before-restore.

    The copy is checked first. Refused (exit code 75) while a pass or the daemon is at work: stop the daemon before.
    """
    from scheduler import maintenance  # opens the store: not needed for --help

    aside = maintenance.restore(file, db)
    if as_json:
        _say_json({"db": str(db), "from": str(file), "before": str(aside) if aside else None})
        return
    click.echo(f"{db} is now what {file} holds.")
    if aside:
        click.echo(f"What was there before: {aside}")


def _document(copy: Copy) -> dict[str, object]:
    from store.values import stamp

    return {"path": str(copy.path), "made": stamp(copy.made), "bytes": copy.size}


def _say_json(value: object) -> None:
    from scheduler.terminal import json_text

    click.echo(json_text(value))
