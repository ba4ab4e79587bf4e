"""`silkwatch seed`: articles that were known beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler import options

if TYPE_CHECKING:
    from store.models import Seed


@click.group(short_help="Keep articles that were known beforehand.")
def seed() -> None:
    """Keep articles that were known beforehand: they and their copies are never told as new.

    A seed is kept as facts and fingerprints, without its text. The beat ships some; `seed add` brings your own.
    """


@seed.command("add", short_help="Make seeds of files.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@options.database
@click.option(
    "--facts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file with what is known of each file: a list `seeds` of objects with `seed` (the file's name), `url`, "
    "`publisher`, `published`, `title`, `language`. A folder may hold one of its own as seeds.json.",
)
@click.option(
    "--shipped",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="For maintainers of a beat: write one JSON file a seed into its FOLDER instead of the store.",
)
@options.as_json
def add(paths: tuple[Path, ...], db: Path, facts: Path | None, shipped: Path | None, as_json: bool) -> None:
    """Make seeds of the articles in each PATH.

    A PATH is a text or HTML file, a folder of them, or a CSV or JSON-lines file with the columns url and text.
    Adding the same article again replaces its seed.
    """
    from crawler.seeds import SHIPPED, USER, make_seeds, write_seeds  # reads texts: not needed for --help
    from store import seeds
    from store.database import Store

    made = make_seeds(paths, facts, added_by=SHIPPED if shipped else USER)
    if shipped:
        write_seeds(shipped, made)
    else:
        with Store.open(db) as store, store.write():
            for one in made:
                seeds.add(store, one)
    _tell(made, as_json)


@seed.command("list", short_help="List the seeds of the store.")
@options.database
@options.as_json
def list_(db: Path, as_json: bool) -> None:
    """List the seeds the store knows: the beat's own (from its first run on) and those that were added."""
    from store import seeds  # opens the store: not needed for --help
    from store.database import Store

    with Store.open(db, create=False, readonly=True) as store:
        _tell(seeds.all(store), as_json)


@seed.command("remove", short_help="Forget an added seed.")
@click.argument("seed_id", metavar="ID")
@options.database
def remove(seed_id: str, db: Path) -> None:
    """Forget the seed ID that was added by `silkwatch seed add`. Copies folded into it stay folded."""
    from crawler.seeds import SHIPPED  # opens the store: not needed for --help
    from store import seeds
    from store.database import Store
    from store.errors import UsageError

    with Store.open(db, create=False) as store, store.write():
        known = seeds.get_or_none(store, seed_id)
        if known is None:
            raise UsageError(f"no such seed: {seed_id}; `silkwatch seed list` names them all")
        if known.added_by == SHIPPED:
            raise UsageError(f"{seed_id} is shipped with the beat, the next run would bring it back")
        seeds.remove(store, seed_id)
    click.echo(f"Forgotten: {seed_id}")


def _tell(found: list[Seed], as_json: bool) -> None:
    from scheduler.terminal import isolated, json_text, plain

    if as_json:
        click.echo(json_text({"seeds": [_facts(one) for one in found]}))
        return
    for one in found:
        when = f", {plain(one.published)}" if one.published else ""
        click.echo(f"{plain(one.id)}  {isolated(one.title or '(no title)')}")
        click.echo(f"  {isolated(one.publisher) or 'unknown publisher'}{when}, {plain(one.language)}, {one.added_by}")
        click.echo(f"  {plain(one.url) or 'no address'}")
    click.echo(f"{len(found)} seed{'' if len(found) == 1 else 's'}.")


def _facts(one: Seed) -> dict[str, Any]:
    names = ("id", "url", "title", "publisher", "published", "language", "added_by", "alternate_urls")
    return {name: getattr(one, name) for name in names} | {"words": one.fingerprint.tokens}
