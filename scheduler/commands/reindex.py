"""`silkwatch reindex`: the full-text index, made anew."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options


@click.command("reindex", short_help="Make the search index anew, or finish making it.")
@options.database
@click.option("--all", "everything", is_flag=True, help="Make it anew although nothing asks for it.")
@options.as_json
def reindex(db: Path, everything: bool, as_json: bool) -> int:
    """Finish the search index after an update that changed how words are found.

    Every command that writes the store goes on with it for two seconds, newest articles first, and so does the daemon
    at night; this command does the rest now. It may be broken off and goes on where it stood. About 1,000 articles a
    second; passes can run meanwhile.
    """
    from rich.console import Console  # imports the store: not needed for --help
    from rich.progress import Progress

    from scheduler import exits
    from scheduler.terminal import json_text
    from store import upkeep
    from store.database import Store
    from store.search import index

    console = Console(stderr=True)
    with Store.open(db, create=False) as store:
        if everything:
            with store.write():
                index.empty(store)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            bar = progress.add_task("indexing", total=index.state(store).left)
            index.catch_up(store, told=lambda done: progress.advance(bar, done))
        articles = upkeep.totals(store)["articles"]
    click.echo(json_text({"articles": articles}) if as_json else f"The search index is whole: {articles:,} articles.")
    return exits.OK
