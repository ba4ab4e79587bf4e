"""`silkwatch export`: what was kept, for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from scheduler import options


@click.command("export", short_help="Write what was kept as JSON Lines, CSV or Atom.")
@options.database
@options.configuration
@click.option(
    "--format",
    "form",
    metavar="FORM",
    type=click.Choice(["jsonl", "json", "csv", "atom"]),
    help="jsonl, json, csv or atom; without it by the ending of --output, else jsonl.",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write there, all or nothing; without it, print.",
)
@click.option(
    "--since",
    metavar="WHEN",
    help="Only what was kept since then (36h, 7d, 2w, 2026-03-01, 2026-03-01T18:30 in your zone).",
)
@click.option(
    "--topic", "topics", metavar="ID", multiple=True, help="Only what is about this topic; repeat for more."
)
@click.option(
    "--language",
    "languages",
    metavar="TAG",
    multiple=True,
    help="Only what is written in this language (fa, zh …); repeat for more.",
)
@click.option("--query", metavar="WORDS", default="", help="Only what `silkwatch search` finds for these words.")
@click.option("--text", is_flag=True, help="With the texts, which belong to their publishers.")
@options.as_json
def export(
    db: Path, config_file: Path | None, form: str | None, output: Path | None, since: str | None,
    topics: tuple[str, ...], languages: tuple[str, ...], query: str, text: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the articles, each with its story, topics, evidence and copies, in the order in which they were kept.

    Nothing is held in memory: a million articles take no more of it than a hundred. Times are UTC. A table (csv) has
    the number of copies and their outlets; what a spreadsheet would take for a formula gets an apostrophe before it.
    A feed (atom) has the hundred newest.

    \b
    Examples:
      silkwatch export > articles.jsonl
      silkwatch export --since 7d --language fa --language ar -o week.csv
      silkwatch export --query 'oil OR 石油' --topic sanctions --json
    """
    from scheduler import export as exporting  # opens the store: not needed for --help
    from scheduler.config import load
    from scheduler.since import since as parsed
    from scheduler.terminal import json_text
    from store import clock
    from store import export as exports
    from store.database import Store

    zone, now = load(db, option=config_file).config.shown_zone, clock.now(db)
    form = form or ("json" if as_json and not output else _by_ending(output))
    wanted = exports.Wanted(
        since=parsed(since, now=now, zone=zone) if since is not None else None, topics=topics, languages=languages,
        query=query, text=text, newest=exporting.NEWEST.get(form),
    )  # fmt: skip
    count = _Count()
    with Store.open(db, readonly=True) as store:
        rows = exports.articles(store, wanted, today=now.astimezone(zone).date())
        whole = exporting.write(exporting.FORMS[form](count.over(rows)), output)
    if output and as_json:
        click.echo(json_text({"file": str(output), "format": form, "articles": count.number}))
    elif output or whole:
        click.echo(f"{count.number} articles" + (f" in {output}" if output else ""), err=True)


def _by_ending(output: Path | None) -> str:
    endings = {".csv": "csv", ".json": "json", ".atom": "atom", ".xml": "atom"}
    return endings.get(output.suffix.lower(), "jsonl") if output else "jsonl"


class _Count:
    """Counts what goes by."""

    number = 0

    def over(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for row in rows:
            self.number += 1
            yield row
