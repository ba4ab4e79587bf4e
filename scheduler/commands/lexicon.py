"""`silkwatch lexicon`: the vocabulary of the beat, checked and tried."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from scheduler import options


@click.group(short_help="Check the beat's vocabulary, try a new term.")
def lexicon() -> None:
    """Check the vocabulary of the beat, and see what a new term would have matched.

    The vocabulary is the folder `lexicon` of the beat: a term a row, with its origin, and the dates of offices.
    """


@lexicon.command("lint", short_help="What is wrong with it, and what a person should look at.")
@options.beat
@click.option(
    "--corpus",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines with title, text or lead, language: also name the terms that fire in none of them.",
)
@click.option(
    "--db",
    metavar="STORE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The same with the articles of a store.",
)
@click.option("--all", "whole", is_flag=True, help="List every finding, notes too.")
@options.as_json
def lint(beat_folder: Path | None, corpus: Path | None, db: Path | None, whole: bool, as_json: bool) -> int:
    """Look for malformed rows, duplicates, ambiguous terms without masks, missing origins, expired office-holders.

    \b
    error     must not stay (exit code 1)
    warning   for a person to decide
    note      told for completeness: only counted, unless --all

    What each finding means and what to do about it stands in docs/lexicon.md.
    """
    from crawler import beat  # the lexicon takes a moment to load: not needed for --help
    from crawler.evaluate.of_lexicon import check
    from scheduler import exits
    from scheduler import lexicon_text as text
    from scheduler.terminal import json_text
    from store import clock

    now = clock.now(db) if db else datetime.now(UTC)
    findings = check(beat.find(beat_folder, env={}), corpus=corpus, db=db, today=now.date())
    if as_json:
        click.echo(json_text(text.findings_document(findings)))
    else:
        click.echo("\n".join(text.finding_lines(findings, whole=whole)))
    return exits.FAILED if any(found.level == "error" for found in findings) else exits.OK


@lexicon.command("try", short_help="What a new term would have matched in the store.")
@click.argument("term", metavar="TERM")
@click.option(
    "--side", required=True, metavar="SIDE", help="A side of the beat, both, context, mask, or the id of a concept."
)
@click.option("--language", metavar="TAG", help="BCP 47; without it, what its letters tell.")
@click.option(
    "--strength",
    type=click.Choice(["anchor", "strong", "weak"]),
    default="strong",
    show_default=True,
    help="How much it says of a side; a concept's term says what its others say.",
)
@click.option(
    "--match",
    type=click.Choice(["word", "prefix", "substring", "clitic", "clitic-prefix", "suffix"]),
    help="How it is found; without it, as is usual in its language.",
)
@click.option(
    "--case",
    type=click.Choice(["any", "cap", "exact"]),
    help="Capitals; without it, `cap` for a term that begins with one.",
)
@click.option(
    "--since", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="Only what came on this day or later."
)
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=20, show_default=True, help="Show N texts.")
@options.database
@options.beat
@options.as_json
def try_(
    term: str, side: str, language: str | None, strength: str, match: str | None, case: str | None,
    since: datetime | None, limit: int, db: Path, beat_folder: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Show what TERM would have matched in the stored articles and in the headlines of pages that were not kept, and
    whose verdict it would have changed. Nothing is changed.

    \b
      silkwatch lexicon try "Kharg" --side iran
      silkwatch lexicon try 振华石油 --side china
      silkwatch lexicon try "Persian cat" --side mask
    """
    from crawler import beat  # the lexicon takes a moment to load: not needed for --help
    from crawler.evaluate.of_lexicon import attempt
    from scheduler import lexicon_text as text
    from scheduler.rejudge_text import start_of
    from scheduler.terminal import json_text

    found = attempt(
        beat.find(beat_folder, env={}), db, term, side=side, spoken=language, match=match, strength=strength,
        case="" if case == "any" else case, since=start_of(since),
    )  # fmt: skip
    if as_json:
        click.echo(json_text(text.trial_document(found)))
    else:
        click.echo("\n".join(text.trial_lines(found, limit)))
