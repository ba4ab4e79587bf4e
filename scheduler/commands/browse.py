"""`silkwatch browse`: the store in a web browser."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options


@click.command("browse")
@options.database
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Who can reach it: by default only this machine."
)
@click.option(
    "--open/--no-open", "open_browser", default=None, help="Open the web browser; by default where there is one."
)
@click.option(
    "--feedback",
    is_flag=True,
    help="Let the reader call pages relevant or irrelevant there. Loopback only; without it nothing is ever written.",
)
@click.option("--print-metadata", is_flag=True, help="Print the metadata for starting Datasette by hand, and end.")
def browse(db: Path, port: int, host: str, open_browser: bool | None, feedback: bool, print_metadata: bool) -> None:
    """Read the store in a web browser: today's articles, search, facets, queries, JSON, CSV, an Atom feed.

    Starts Datasette on the store, read-only; passes may write to it meanwhile. Ctrl-C ends it.

    \b
    There is no login: whoever reaches the port reads everything. To read from elsewhere, rather than --host:
      ssh -L 8001:127.0.0.1:8001 the-machine
    """
    from scheduler import browse as browsing  # imports the store: not needed for --help

    if print_metadata:
        click.echo(browsing.metadata_text(db, feedback=feedback), nl=False)
        return
    if host not in browsing.LOOPBACK and not feedback:
        click.echo(f"silkwatch: everyone who reaches {host} can read this store; there is no login", err=True)
    wanted = browsing.has_screen() if open_browser is None else open_browser
    browsing.serve(db, host=host, port=port, open_browser=wanted, feedback=feedback)
