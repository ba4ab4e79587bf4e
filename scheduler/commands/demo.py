"""`silkwatch demo`: the whole product over two days of a newsroom that we wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler import options

if TYPE_CHECKING:
    from scheduler.demo.play import Pass


@click.command("demo", short_help="Show the whole product on a small newsroom, offline.")
@click.option("--dir", "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              default=Path("data/demo"), show_default=True,
              help="Where everything is made; the folder of an earlier demonstration is made anew.")  # fmt: skip
@click.option("--db", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="The store, which must not be there yet; without it DIR/silkwatch.db.")  # fmt: skip
@click.option("--browse", "browsing", is_flag=True, help="End with Datasette on the store; Ctrl-C ends it.")
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8001, show_default=True,
              help="Of --browse; 0 takes a free one.")  # fmt: skip
@options.as_json
def demo(folder: Path, db: Path | None, browsing: bool, port: int, as_json: bool) -> int:
    """Show the whole product in a minute, without a network: two days of a small newsroom.

    Fourteen fictional outlets in seven languages, served on 127.0.0.1: agency copies under other headlines, a
    correction, feeds that moved, a station that is down, pages that are no articles. Three passes gather from them as
    they would from the web; then three decisions are explained and the digest of the second day is told. All of it
    stays in DIR, the store, the beat and the log; no store of yours is touched.

    \b
    Exit codes:
      0   both days were played
      1   a pass failed or was stopped
      2   DIR or FILE is something else
    """
    from scheduler import browse  # opens the store: not needed for --help
    from scheduler.commands.explain import marked
    from scheduler.config_keys import Config
    from scheduler.demo import told
    from scheduler.demo.play import play
    from scheduler.terminal import json_text
    from scheduler.zone import user_zone

    def say_pass(one: Pass) -> None:
        click.echo("\n".join(told.passed(one)) + "\n", err=as_json)

    played = play(
        folder, db, Config().shown_zone, head=lambda line: click.echo(line, err=as_json),
        say=lambda line: click.echo(line, err=True), told=say_pass,
    )  # fmt: skip
    if as_json:
        click.echo(json_text(told.data(played)))
    else:
        for line in (*told.decisions(played, user_zone()), told.digested(played), *told.further(played)):
            click.echo(marked(line))
    if browsing and not told.exit_code(played):
        browse.serve(played.db, host="127.0.0.1", port=port, open_browser=browse.has_screen())
    return told.exit_code(played)
