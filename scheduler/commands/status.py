"""`silkwatch status`: how things stand."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options


@click.command("status", short_help="Tell how things stand.")
@options.database
@options.configuration
@options.as_json
def status(db: Path, config_file: Path | None, as_json: bool) -> int:
    """Tell how things stand: what is running, the last and the next run, what is new today and in the last seven
    days, what did not go as planned, which sources are ill and since when, the store's size and the room left.

    Exit code 1 when the last daily turn was not kept (without a daemon: when the last run did not complete).
    """
    from scheduler import status as statuses  # opens the store: not needed for --help
    from scheduler.config import load
    from scheduler.terminal import json_text

    loaded = load(db, option=config_file)
    found = statuses.facts(db, loaded.config, loaded.path)
    for line in [json_text(found)] if as_json else statuses.lines(found, loaded.config.shown_zone):
        click.echo(line)
    return statuses.exit_code(found)
