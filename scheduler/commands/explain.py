"""`silkwatch explain`: the whole trail of one address."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scheduler import options


@click.command("explain", short_help="Tell what became of an address, and why.")
@click.argument("url", metavar="URL")
@options.database
@options.as_json
def explain(url: str, db: Path, as_json: bool) -> int:
    """Tell what became of URL, and why: found where and when, fetched, read, scored, compared, decided.

    Any spelling of the address will do (tracking parameters, AMP, mobile, print). Exit code 1 when it is not known.
    """
    from scheduler.explain import explain as look_up  # opens the store: not needed for --help
    from scheduler.terminal import json_text
    from scheduler.trail_text import lines
    from scheduler.zone import user_zone
    from store.database import Store

    zone = user_zone()
    with Store.open(db, create=False, readonly=True) as store:
        found = look_up(store, url)
    if as_json:
        click.echo(json_text(found.document()))
    else:
        for line in lines(found, zone):
            click.echo(marked(line))
    return found.exit_code


def marked(line: str) -> str:
    """Highlights in bold on a terminal, between asterisks elsewhere."""
    from scheduler.trail_text import MARK, UNMARK

    bold, end = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() else ("*", "*")
    return line.replace(MARK, bold).replace(UNMARK, end)
