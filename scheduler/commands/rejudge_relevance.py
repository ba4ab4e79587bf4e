"""`silkwatch rejudge relevance`: labels that follow changed weights, thresholds or vocabulary."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from scheduler import options


@click.command("relevance", short_help="After weights, thresholds or vocabulary have changed.")
@options.database
@options.beat
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--since",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only what was first seen or decided on this day or later (YYYY-MM-DD, in your zone).",
)
@click.option("--all", "every", is_flag=True, help="Also what today's rules judged, as after a change of sources.")
@click.option(
    "--refetch",
    type=click.Choice(["none", "likely", "all"]),
    default="none",
    show_default=True,
    help="Which off-topic pages to fetch again that were judged by another vocabulary: likely ones were near misses, "
    "or their headline speaks of the beat by today's.",
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True, help="List N changes."
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask; it asks on a terminal only.")
@options.as_json
def relevance(
    db: Path, beat_folder: Path | None, dry_run: bool, since: datetime | None, every: bool, refetch: str, limit: int,
    yes: bool, as_json: bool,
) -> None:  # fmt: skip
    """Judge stored articles and off-topic pages again by the beat's present weights, thresholds and vocabulary.

    \b
    What it says first, and then does:
      articles       are judged by their text. One that no longer concerns the beat is kept with its new label; lists
                     leave it out.
      off-topic      pages leave no text: what was measured of them is weighed anew. One that now concerns the beat
      pages          waits for a new fetch in the next pass. Where the vocabulary has changed, the text is needed:
                     they stay as they are unless --refetch asks for them.
      rejected       pages are no articles by any rule; they are left alone.

    A reader's word (`silkwatch feedback`) goes before the rules. Labels that rules of the same version gave are not
    judged again.
    """
    from crawler import beat  # the lexicon takes a moment to load: not needed for --help
    from crawler.rejudge import Refetch, Rules, apply, plan
    from scheduler import rejudge_text as text
    from scheduler.terminal import json_text
    from store.database import Store

    rules, first = Rules.load(beat.find(beat_folder, env={})), text.start_of(since)
    wanted = Refetch(refetch)
    with Store.open(db, create=False) as store:
        planned = plan(store, rules, since=first, every=every)
        if not as_json:
            click.echo("\n".join(text.plan_lines(planned, wanted, limit)))
        done = None
        if not dry_run and not planned.empty:
            if sys.stdin.isatty() and not (yes or as_json):
                click.confirm("Change this?", abort=True)
            done = apply(store, rules, planned, since=first, every=every, refetch=wanted)
    if as_json:
        click.echo(json_text(text.document(planned, done)))
    else:
        click.echo("\n".join(text.done_lines(planned, done)))
