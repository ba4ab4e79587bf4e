"""`silkwatch search`: what was kept, found by words."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options


# Words may begin with a minus sign, so no option here is a single letter.
@click.command(
    "search",
    short_help="Find what was kept, by words in any script.",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, required=True)
@options.database
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=20, show_default=True, help="At most N articles."
)
@options.as_json
def search(query: tuple[str, ...], db: Path, limit: int, as_json: bool) -> int:
    """Search titles and texts of what was kept, best match first, in any script and spelling.

    \b
    Words must all be there; the rest works as in other search engines:
      silkwatch search 石油 港口               both words
      silkwatch search '"free trade zone"'     the phrase
      silkwatch search 'sanction*' -oil        words that begin so, without oil

    Exit code 0 when something was found, 1 when nothing was.
    """
    from scheduler import exits  # opens the store: not needed for --help
    from scheduler.report import article, article_lines
    from scheduler.terminal import json_text
    from scheduler.zone import user_zone
    from store import articles
    from store.database import Store

    zone, words = user_zone(), " ".join(query)
    with Store.open(db, create=False, readonly=True) as store:
        found = articles.search(store, words, limit=limit)
    if as_json:
        click.echo(json_text({"query": words, "articles": [article(row) for row in found]}))
    elif not found:
        click.echo("Nothing found.")
    else:
        click.echo("\n\n".join("\n".join(article_lines(row, zone)) for row in found))
    return exits.OK if found else exits.FAILED
