"""`silkwatch evaluate`: the product's own judgement, measured on labelled data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scheduler import options

if TYPE_CHECKING:
    from crawler.evaluate.report import Report

F = TypeVar("F", bound=Callable[..., Any])


def _errors(command: F) -> F:
    return click.option("--errors", is_flag=True, help="List every item it got wrong, and why.")(command)


@click.group(short_help="Measure the product on labelled data.")
def evaluate() -> None:
    """Measure the product on labelled data: precision, recall and F1, overall, by language and by kind.

    The functions measured are the ones a run uses.
    """


@evaluate.command("relevance", short_help="Is it about the beat?")
@click.argument(
    "path", metavar="[FILE]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--feedback", is_flag=True, help="Measure on what readers said in the store (also beside FILE).")
@options.database
@options.beat
@_errors
@options.as_json
def relevance(
    path: Path | None, feedback: bool, db: Path, beat_folder: Path | None, errors: bool, as_json: bool
) -> None:
    """Is it about the beat? FILE is JSON lines: id, language, title, lead or text, label.

    Label 2 is central, 1 substantial, 0 not; 1 and 2 count as relevant. A row's `reason` is its kind. With
    --feedback, the pages that readers judged (`silkwatch feedback`) are items too; kept ones with their whole text.
    """
    if path is None and not feedback:
        raise click.UsageError("name a FILE of labelled items, or --feedback for what readers said, or both")
    from crawler import beat  # the lexicon takes a moment to load: not needed for --help
    from crawler.evaluate.of_beat import relevance as measure

    report = measure(path, beat.find(beat_folder, env={}), db=db if feedback else None)
    _tell(report, errors, as_json)


@evaluate.command("duplicates", short_help="Is it the same story?")
@click.argument("path", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_errors
@options.as_json
def duplicates(path: Path, errors: bool, as_json: bool) -> None:
    """Is it the same story? FOLDER holds texts.jsonl (id, lang, text) and pairs.jsonl (a, b, dup, rel).

    The relation of a pair is its kind. Texts may also tell their title, url or site, and published (a time): what one
    site publishes days later is judged otherwise than what another one copies.
    """
    from crawler.evaluate.duplicates import evaluate as measure

    _tell(measure(path), errors, as_json)


@evaluate.command("extraction", short_help="Is the text of a page read right?")
@click.argument("path", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_errors
@options.as_json
def extraction(path: Path, errors: bool, as_json: bool) -> None:
    """Is the text of a page read right? FOLDER holds gold.jsonl and the pages it names.

    F1 is of the body's runs of four words, the mean over the pages; where the gold names segments only, of those.
    """
    from crawler.evaluate.extraction import evaluate as measure

    _tell(measure(path), errors, as_json)


@evaluate.command("stories", short_help="Do texts come into the right stories?")
@click.argument("path", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@options.beat
@_errors
@options.as_json
def stories(path: Path, beat_folder: Path | None, errors: bool, as_json: bool) -> None:
    """Do texts come into the right stories? They are admitted to a fresh store as a pass does it.

    FOLDER holds texts.jsonl (id, lang, text; title, url, published where known) and pairs.jsonl (a, b, dup, rel), or
    a `story` in each row of texts.jsonl. A pair is positive when both texts end in one story.
    """
    from crawler import beat
    from crawler.evaluate.stories import evaluate as measure

    _tell(measure(path, beat.find(beat_folder, env={})), errors, as_json)


def _tell(report: Report, errors: bool, as_json: bool) -> None:
    from scheduler.terminal import harmless, json_text  # mistakes quote the labelled data

    if as_json:
        click.echo(json_text(report.to_json(errors=errors)))
        return
    for line in report.to_text(errors=errors).splitlines():
        click.echo(harmless(line))
