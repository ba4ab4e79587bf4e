"""`silkwatch feedback`: what a reader says of a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler import options

if TYPE_CHECKING:
    from store.feedback import Recorded


class _UrlFirst(click.Group):
    """`feedback URL relevant` is `feedback add URL relevant`."""

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if arguments and "://" in arguments[0]:
            arguments = ["add", *arguments]
        return super().resolve_command(context, arguments)


@click.group(cls=_UrlFirst, short_help="Say of a page that it is relevant, or not.")
def feedback() -> None:
    """Say of a page that it concerns the beat, or that it does not.

    \b
      silkwatch feedback URL irrelevant --note "a medal table"
      silkwatch feedback list
      silkwatch evaluate relevance --feedback

    The word counts at once: a kept article's label follows it, whatever the rules say now or later, and lists leave
    an irrelevant one out (nothing is deleted). A page that was not kept left no text: called relevant, it is fetched
    again in the next pass and kept. The latest word on a page counts.
    """


@feedback.command("add", short_help="Say it of one page.")
@click.argument("url", metavar="URL")
@click.argument("judgement", metavar="relevant|irrelevant", type=click.Choice(["relevant", "irrelevant"]))
@click.option("--note", default="", help="Why, in your words; it stays with the judgement.")
@options.database
@options.as_json
def add(url: str, judgement: str, note: str, db: Path, as_json: bool) -> None:
    """Say that URL is relevant or irrelevant. Any spelling of the address will do; `feedback URL …` is the same.

    Of a copy that was folded into an article, it is said of that article.
    """
    from scheduler.explain import explain  # opens the store: not needed for --help
    from scheduler.terminal import json_text
    from store import clock
    from store import feedback as kept
    from store.database import Store
    from store.errors import UsageError
    from store.models import Judgement

    with Store.open(db, create=False) as store:
        found = explain(store, url)
        with store.write():
            done = kept.record(store, found.url, Judgement(judgement), note=note, now=clock.now(db))
    if done is None:
        near = "".join(f"\nknown and like it: {other}" for other in found.near)
        raise UsageError(f"the store knows no page at {found.url}; only what a pass has listed can be judged{near}")
    click.echo(json_text(_document(done)) if as_json else "\n".join(_told(done)))


@feedback.command("list", short_help="List what was said.")
@options.database
@options.as_json
def list_(db: Path, as_json: bool) -> None:
    """List what readers said, the latest first, with what the rules say of the same page."""
    from scheduler.terminal import counted, isolated, json_text, plain  # opens the store: not needed for --help
    from scheduler.zone import shown, user_zone
    from store import feedback as kept
    from store.database import Store
    from store.values import moment

    zone = user_zone()
    with Store.open(db, create=False, readonly=True) as store:
        rows = kept.all(store)
    if as_json:
        hidden = ("text", "endpoint_url", "story_id")
        click.echo(json_text({"feedback": [{k: v for k, v in row.items() if k not in hidden} for row in rows]}))
        return
    for row in rows:
        rules = f"{row['rules_score']:.2f} {_words(row['rules_label'])}" if row["rules_label"] else "not judged"
        when = shown(moment(row["judged_at"]), zone)
        click.echo(f"{when}  {row['judgement']} (by the rules: {rules})  {isolated(row['title'] or '(no title)')}")
        click.echo(f"  {plain(row['url'])}" + (f"\n  {isolated(row['note'])}" if row["note"] else ""))
    click.echo(f"{counted(len(rows), 'judgement')}.")


@feedback.command("remove", short_help="Take it back.")
@click.argument("url", metavar="URL")
@options.database
def remove(url: str, db: Path) -> None:
    """Take back what was said of URL: its label is again what the rules say."""
    from crawler import urls  # opens the store: not needed for --help
    from store import feedback as kept
    from store.database import Store
    from store.errors import UsageError

    with Store.open(db, create=False) as store, store.write():
        if not kept.remove(store, urls.canonical(url.strip()) or url):
            raise UsageError(f"nothing was said of {url}; `silkwatch feedback list` names every page")
    click.echo("Taken back.")


@feedback.command("export", short_help="Write what was said as labelled items.")
@options.database
@options.beat
@click.option(
    "--texts", is_flag=True, help="Whole texts where they are kept, instead of their first 1,000 characters."
)
def export(db: Path, beat_folder: Path | None, texts: bool) -> None:
    """Print what was said as JSON lines: id, url, title, lead or text, language, label (1 or 0), reason.

    `silkwatch evaluate relevance FILE` and the training take such a file, `silkwatch feedback import` too. The texts
    belong to their publishers.
    """
    from crawler import beat  # opens the store: not needed for --help
    from crawler.evaluate.feedback import exported

    for line in exported(db, beat.find(beat_folder, env={}), texts=texts):
        click.echo(line)


@feedback.command("import", short_help="Take in what was said elsewhere.")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.database
@options.as_json
def import_(path: Path, db: Path, as_json: bool) -> None:
    """Take in FILE: JSON lines as `silkwatch feedback export` writes them (url, title, lead, language, label…).

    All of it or, when a line is wrong, nothing. Pages that the store does not know are kept with their own title and
    lead, to be measured.
    """
    from crawler.evaluate.feedback import imported  # opens the store: not needed for --help
    from scheduler.terminal import json_text
    from store import clock
    from store.database import Store

    with Store.open(db) as store:
        done = imported(store, path, now=clock.now(db))
    known = sum(one.label_now is not None or one.article_id is not None for one in done)
    if as_json:
        click.echo(json_text({"feedback": [_document(one) for one in done]}))
    else:
        click.echo(f"{len(done)} taken in, {known} of them of pages that the store knows.")


def _told(done: Recorded) -> list[str]:
    from scheduler.terminal import plain

    lines = [f"Called {done.judgement.value}: {plain(done.url)}"]
    if done.article_id is not None:
        before, now = _words(done.label_before), _words(done.label_now)
        lines.append(f"Its label stays {now}." if before == now else f"Its label was {before} and is {now}.")
    elif done.fetched_again:
        lines.append("It was not kept and left no text: it waits for a new fetch, and is kept then.")
    else:
        lines.append("It is no kept article; the word is remembered for measuring and training.")
    return lines


def _words(label: str | None) -> str:
    return (label or "not judged").replace("_", " ")


def _document(done: Recorded) -> dict[str, Any]:
    return {name: getattr(done, name) for name in done.__dataclass_fields__}
