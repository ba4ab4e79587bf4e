"""`silkwatch search`: what was kept, found by words."""

from __future__ import annotations

import sys
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
@options.beat
@click.option("--expand", is_flag=True, help="Look for the words' terms in every language of the beat's vocabulary.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest"]),
    default="relevance",
    show_default=True,
    help="Best match first, or the latest publication first.",
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most N articles."
)
@options.as_json
def search(
    query: tuple[str, ...], db: Path, beat_folder: Path | None, expand: bool, sort: str, limit: int, as_json: bool
) -> int:
    """Search titles and texts of what was kept, in any script and spelling.

    A word finds its forms (sanctions: sanction; Иран: Ираном; بكين: وبكين) and German compounds; words in quotes
    stand as they are.

    \b
      silkwatch search 石油 港口                both words
      silkwatch search '"free trade zone"'     the phrase
      silkwatch search 'refin*' -oil           words that begin so, without oil
      silkwatch search 'oil OR gas' tanker     one of the two, and tanker
      silkwatch search --expand Iran oil       also 伊朗 石油, ایران نفت, Иран нефть …
      silkwatch search lang:fa since:7d چین    narrowed: lang: site: source: topic: since:

    Exit code 0 when something was found, 1 when nothing was.
    """
    if unknown := [word for word in query if word.startswith("--")]:
        raise click.NoSuchOption(unknown[0])  # not a word to leave out: that is written with one minus sign
    from datetime import UTC, datetime  # what opens the store is not needed for --help

    from scheduler import exits, found
    from scheduler.terminal import json_text
    from scheduler.zone import user_zone
    from store.database import Store
    from store.search import find, index

    zone, words = user_zone(), " ".join(query)
    vocabulary = found.vocabulary(beat_folder).expand if expand else None
    with Store.open(db, create=False, readonly=True) as store:
        result = find.search(store, words, now=datetime.now(UTC), limit=limit, sort=sort, expand=vocabulary)
        told = found.incomplete(index.state(store))
    if told:
        click.echo(f"silkwatch: {told}", err=True)
    if as_json:
        click.echo(json_text(found.document(words, result)))
    else:
        marks = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() else ("", "")
        click.echo("\n".join(found.lines(result, zone, marks=marks, expanded=expand)))
    return exits.OK if result.found else exits.FAILED
