"""`silkwatch run`: one pass of the main job."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler import options


@click.command("run", short_help="Gather once and tell what is new.")
@options.database
@options.beat
@options.allow_private
@click.option("--source", "source_ids", metavar="ID", multiple=True, help="Only this source; repeat for more.")
@click.option("--cap", metavar="N", type=click.IntRange(min=1), help="At most N articles per source in this pass.")
@click.option("--max-minutes", metavar="N", type=click.IntRange(min=1), help="End after N minutes; the rest waits.")
@click.option("--listings-only", is_flag=True, help="Ask the listings and keep their links; fetch no article.")
@options.as_json
def run(
    db: Path,
    beat_folder: Path | None,
    allow_private: tuple[str, ...],
    source_ids: tuple[str, ...],
    cap: int | None,
    max_minutes: int | None,
    listings_only: bool,
    as_json: bool,
) -> int:
    """Gather once from all enabled sources, keep what is new about the beat, and tell it.

    The pass runs in a child process; its log lies beside the store. Ctrl-C lets it finish the pages in hand, a second
    Ctrl-C ends it at once. What a stopped pass left undone is taken up by the next one.

    \b
    Exit codes:
      0   the pass did its work; sources that failed are named at the end
      1   no source could be reached, or the store cannot be written
      2   wrong usage or configuration
      75  another run holds the lock
    """
    from scheduler import report  # opens beat and store: not needed for --help
    from scheduler.gather import Request, gather
    from scheduler.terminal import json_text
    from scheduler.zone import user_zone

    zone = user_zone()
    request = Request(
        db=db, beat=beat_folder, allow_private=allow_private, source_ids=_ids(source_ids), cap=cap,
        listings_only=listings_only, max_minutes=max_minutes,
    )  # fmt: skip
    done = gather(request, say=lambda line: click.echo(line, err=True))
    if as_json:
        click.echo(json_text(report.document(done)))
        return done.exit_code
    for line in [*report.lines(done, zone), *report.next_steps(done)]:
        click.echo(line)
    return done.exit_code


def _ids(given: tuple[str, ...]) -> tuple[str, ...]:
    """`--source a,b --source c` names three."""
    return tuple(id_.strip() for part in given for id_ in part.split(",") if id_.strip())
