"""`silkwatch daemon`: everything that is due, by itself."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options

KINDS = ("systemd", "timer", "crontab", "container")


@click.command("daemon", short_help="Run by itself: passes, digest, maintenance, backups.")
@options.database
@options.beat
@options.allow_private
@options.configuration
@click.option("--once", is_flag=True, help="Do what is due now and end: for cron and timers.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option(
    "--print-unit",
    "unit",
    type=click.Choice(KINDS),
    is_flag=False,
    flag_value="systemd",
    help="Print what starts it on this machine, with the paths given here, and end: systemd (also when no kind is "
    "named), timer, crontab or container.",
)
def daemon(
    db: Path, beat_folder: Path | None, allow_private: tuple[str, ...], config_file: Path | None, once: bool,
    quiet: bool, unit: str | None,
) -> int:  # fmt: skip
    """Stay and do what is due: the daily pass (06:00), more frequent ticks, the digest, maintenance, backups.

    Times and the rest are configured in silkwatch.toml beside the store (see docs/operations.md). What was missed
    while nobody was there is recorded and made up once. SIGTERM and Ctrl-C let the pages in hand finish; SIGHUP reads
    the configuration again.

    \b
    To start it with the machine, take one of these (paths as given with --db, --beat and --config):
      silkwatch daemon --print-unit             a systemd service
      silkwatch daemon --print-unit timer       a systemd timer that looks for what is due
      silkwatch daemon --print-unit crontab     a crontab line that does the same
      silkwatch daemon --print-unit container   a container file

    \b
    Exit codes:
      0   it was stopped, or with --once all that was due is done
      1   with --once: something that was due failed; otherwise the store cannot be written
      2   wrong usage or configuration
      75  another daemon is at work on this store, or with --once another run holds the lock
    """
    if unit:
        _print_unit(unit, db, beat_folder, config_file)
        return 0
    from scheduler.daemon import Daemon, Orders  # opens store and beat: not needed for --help
    from scheduler.terminal import plain
    from scheduler.work import Place
    from scheduler.zone import shown, user_zone
    from store import clock

    zone = user_zone()

    def say(text: str) -> None:
        if not quiet:
            click.echo(f"{shown(clock.now(db), zone)}  {plain(text)}", err=True)

    place = Place(db=db, beat=beat_folder, allow_private=allow_private)
    return Daemon(Orders(place=place, config=config_file, once=once), say=say).run()


def _print_unit(kind: str, db: Path, beat: Path | None, config: Path | None) -> None:
    import getpass
    import sys

    from scheduler import units  # texts: not needed for --help

    program = Path(sys.executable).with_name("silkwatch")
    site = units.Site(
        program=program, db=db.absolute(), beat=beat and beat.absolute(), config=config and config.absolute(),
        user=getpass.getuser(),
    )  # fmt: skip
    click.echo(units.KINDS[kind](site), nl=False)
