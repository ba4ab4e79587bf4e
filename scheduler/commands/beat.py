"""`silkwatch beat`: a beat of one's own."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(short_help="Make a beat of your own.")
def beat() -> None:
    """Make a beat of your own: what is watched, in which words, and where."""


@beat.command("new", short_help="Make a beat in a new folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a beat in the new folder DIR: the shipped vocabulary, topics and seeds, and no sources.

    \b
    Then fill it and use it:
      silkwatch sources import feeds.opml --beat DIR
      silkwatch run --beat DIR --db my.db
    """
    from crawler import beat as beats  # reads TOML and the registry: not needed for --help

    made = beats.create(folder)
    click.echo(f"Made the beat {made}: vocabulary, topics and seeds are the shipped ones, it has no sources yet.")
    click.echo(f"Next: silkwatch sources import FILE --beat {made}   (an OPML or CSV list of feeds)")
