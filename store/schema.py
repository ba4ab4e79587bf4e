"""What the store's tables and columns mean, as data; `python -m store.schema` prints `docs/schema.md`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from store.migrations import migrations

_HEAD = """\
# The store

One SQLite file. This page is made from `store/schema.toml` and the migrations:
`python -m store.schema > docs/schema.md`. Times are text in UTC (`2026-03-02T09:30:00Z`), JSON
columns say so, 0 and 1 stand for no and yes.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what it means and what each of its columns means."""

    name: str
    about: str
    columns: dict[str, str]


def described() -> dict[str, Table]:
    """The descriptions, by table name, in the order in which a person should read them."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: Table(name, table["about"], table["columns"]) for name, table in data.items()}


def actual(db: Database) -> dict[str, list[str]]:
    """Columns by table as a database has them, without what SQLite keeps for itself and for its full-text index."""
    inner = ("sqlite_", "articles_fts_")
    names = [name for name in db.table_names() if not name.startswith(inner)]
    return {name: [column.name for column in db.table(name).columns] for name in names}


def markdown() -> str:
    """The page `docs/schema.md`."""
    db = Database(memory=True)
    try:
        migrations.apply(db)
        return "\n".join([_HEAD, *(line for table in described().values() for line in _section(db, table))])
    finally:
        db.close()


def _section(db: Database, table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.about}\n\n| column | type | meaning |\n|---|---|---|"
    keys = {key.column: f" → {key.other_table}" for key in db.table(table.name).foreign_keys}
    for column in db.table(table.name).columns:
        primary = ", key" if column.is_pk else ""
        yield f"| {column.name} | {column.type}{primary}{keys.get(column.name, '')} | {table.columns[column.name]} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(markdown())
