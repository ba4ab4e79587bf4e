"""`silkwatch rejudge duplicates`: groups of copies that follow changed rules."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from scheduler import options


@click.command("duplicates", short_help="After the rules for copies have changed.")
@options.database
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--since",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only groups of which something was first seen on this day or later (YYYY-MM-DD, in your zone).",
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True, help="List N changes."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask; it asks on a terminal only.")
@options.as_json
def duplicates(db: Path, dry_run: bool, since: datetime | None, limit: int, yes: bool, as_json: bool) -> None:
    """Compare stored articles and copies again by the rules of this version of Silkwatch.

    \b
    What it says first, and then does:
      folded      an article turns out to be a copy of an earlier one; its number and addresses lead there.
      unfolded    a copy turns out to be none, or its seed is gone: it becomes an article, or a copy of another one.
      seed        a text turns out to be a copy of a seed, as after `silkwatch seed add`, and is folded into it.
      original    another text of a group is the one that the others were taken from, and takes the article's place.
      relation    a copy stays one, but is related otherwise (near, truncated, …).

    No text is deleted, except that the earlier versions of an article that goes to a seed are, and its number leads
    nowhere then. Each group is changed in a transaction of its own: passes may go on meanwhile, and when the command
    is stopped, the next time goes on with the rest.
    """
    from crawler.rejudge import duplicates as again  # compares texts: not needed for --help
    from scheduler import rejudge_copies as text
    from scheduler.rejudge_text import start_of
    from scheduler.terminal import json_text
    from store import clock
    from store.database import Store

    first = start_of(since)
    with Store.open(db, create=False) as store:
        planned = again.plan(store, since=first)
        if not as_json:
            click.echo("\n".join(text.plan_lines(planned, limit)))
        done = None
        if not dry_run:
            if planned.moves and sys.stdin.isatty() and not (yes or as_json):
                click.confirm("Change this?", abort=True)
            done = again.apply(store, now=clock.now(db), since=first)
    if as_json:
        click.echo(json_text(text.document(planned, done)))
    else:
        click.echo(text.done_line(done))
