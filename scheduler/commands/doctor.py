"""`silkwatch doctor`: what is broken, and what to do."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options


@click.command("doctor", short_help="Tell what is broken, and what to do.")
@options.database
@options.beat
@options.configuration
@click.option("--offline", is_flag=True, help="Ask no server.")
@options.as_json
def doctor(
    db: Path, beat_folder: Path | None, config_file: Path | None, offline: bool, as_json: bool
) -> int:  # fmt: skip
    """Check versions, configuration, beat, the store's soundness and migrations, clock, sources that look ill,
    backups, disk, time zone, network and proxy. Each finding says what to do. Changes nothing.

    Three sources' home pages are asked for their head. Exit code 1 when something is broken.
    """
    from dataclasses import asdict

    from scheduler import doctor as doctors  # opens store and beat: not needed for --help
    from scheduler.terminal import json_text

    found = doctors.examine(db, config_file=config_file, beat_folder=beat_folder, online=not offline)
    document = {"checks": [asdict(check) for check in found], "exit_code": doctors.exit_code(found)}
    for line in [json_text(document)] if as_json else doctors.lines(found):
        click.echo(line)
    return doctors.exit_code(found)
