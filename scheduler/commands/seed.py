"""`silkwatch seed`: articles that were known beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler import options

if TYPE_CHECKING:
    from store.database import Store
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

    A PATH is a text or HTML file, a CSV, JSON or JSON-lines file with the columns url and text (title, publisher,
    published and language when there), or a folder with such files. What cannot be a seed is named and left out.
    Adding the same article again replaces its seed. Articles that are stored already and are one of the seeds, or
    copies of one, stay until `silkwatch rejudge duplicates`.
    """
    from crawler.seeds import SHIPPED, USER, make_seeds, write_seeds  # reads texts: not needed for --help
    from store import seeds
    from store.database import Store

    made = make_seeds(paths, facts, added_by=SHIPPED if shipped else USER, left_out=_left_out)
    if shipped:
        write_seeds(shipped, made)
    else:
        with Store.open(db) as store, store.write():
            made = _unknown(store, made)
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


@seed.command("remove", short_help="Forget added seeds.")
@click.argument("seed_ids", metavar="[ID]...", nargs=-1)
@options.database
@click.option("--all", "every", is_flag=True, help="Forget all that were added, instead of naming them.")
def remove(seed_ids: tuple[str, ...], db: Path, every: bool) -> None:
    """Forget each seed ID that was added by `silkwatch seed add`.

    Copies that were folded into it stay folded until `silkwatch rejudge duplicates` makes articles of them.
    """
    from store import seeds  # opens the store: not needed for --help
    from store.database import Store

    with Store.open(db, create=False) as store, store.write():
        for one in _added(store, seed_ids, every=every):
            seeds.remove(store, one)
            click.echo(f"Forgotten: {one}")


def _added(store: Store, seed_ids: tuple[str, ...], *, every: bool) -> list[str]:
    """The seeds to forget.

    Raises:
        UsageError: none is named, there is no such seed, or it is the beat's own.
    """
    from crawler.seeds import SHIPPED
    from store import seeds
    from store.errors import UsageError

    known = {one.id: one for one in seeds.all(store)}
    if every == bool(seed_ids):
        raise UsageError("name the seeds to forget, or say --all; `silkwatch seed list` names them all")
    for one in seed_ids:
        if one not in known:
            raise UsageError(f"no such seed: {one}; `silkwatch seed list` names them all")
        if known[one].added_by == SHIPPED:
            raise UsageError(f"{one} is shipped with the beat, the next run would bring it back")
    return list(dict.fromkeys(seed_ids)) or [one for one in known if known[one].added_by != SHIPPED]


def _unknown(store: Store, made: list[Seed]) -> list[Seed]:
    """Those of which the store has no seed of another id with the same text; the others are told."""
    from store import seeds

    known = {one.fingerprint.digest: one.id for one in seeds.all(store)}
    for one in made:
        if known.get(one.fingerprint.digest, one.id) != one.id:
            _left_out(f"{one.id}: its text is the seed {known[one.fingerprint.digest]} already")
    return [one for one in made if known.get(one.fingerprint.digest, one.id) == one.id]


def _left_out(why: str) -> None:
    from scheduler.terminal import plain

    click.echo(f"left out: {plain(why)}", err=True)


def _tell(found: list[Seed], as_json: bool) -> None:
    from scheduler.terminal import counted, isolated, json_text, plain

    if as_json:
        click.echo(json_text({"seeds": [_facts(one) for one in found]}))
        return
    for one in found:
        when = f", {plain(one.published)}" if one.published else ""
        click.echo(f"{plain(one.id)}  {isolated(one.title or '(no title)')}")
        click.echo(f"  {isolated(one.publisher) or 'unknown publisher'}{when}, {plain(one.language)}, {one.added_by}")
        click.echo(f"  {plain(one.url) or 'no address'}")
    click.echo(f"{counted(len(found), 'seed')}.")


def _facts(one: Seed) -> dict[str, Any]:
    names = ("id", "url", "title", "publisher", "published", "language", "added_by", "alternate_urls")
    return {name: getattr(one, name) for name in names} | {"words": one.fingerprint.tokens}
