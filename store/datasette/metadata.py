"""Datasette's metadata for a store: `store/schema.toml` says what things mean, `browsing.toml` how they show.

`silkwatch browse --print-metadata` prints it for starting Datasette by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from store.schema import described
from store.search.vocabulary import Concepts

HERE = Path(__file__).parent
PLUGIN = "silkwatch"
"""Name of the plugin, and of its part of the metadata."""

SETTINGS: Mapping[str, str] = {
    "suggest_facets": "off",  # the price of a table page: 1.2 s at 100 thousand rows
    "default_cache_ttl": "0",  # the store is live: a page that is asked for again is read again
    "default_facet_size": "12",
    "facet_time_limit_ms": "800",
    "sql_time_limit_ms": "5000",
    "allow_download": "off",
}
"""Datasette's settings that browsing is made for."""


@lru_cache(maxsize=1)
def browsing() -> dict[str, Any]:
    """`browsing.toml`: tables and queries."""
    return tomllib.loads((HERE / "browsing.toml").read_text("utf-8"))


def listed_columns(table: str) -> list[str]:
    """The columns that a list of the table shows; empty for all of them."""
    return list(browsing()["tables"].get(table, {}).get("columns", ()))


def metadata(
    database: str,
    *,
    timezone: str | None = None,
    hosts: Sequence[str] = (),
    feedback: bool = False,
    concepts: Concepts | None = None,
) -> dict[str, Any]:
    """Datasette's metadata for a store.

    Args:
        database: what Datasette calls it: the file's name without its ending.
        timezone: IANA name of the reader's zone; None stands for the machine's.
        hosts: names the server may be asked by; none allows every name.
        feedback: let readers judge pages, when the hosts are names of loopback (see `readers`).
        concepts: terms of the same thing in many languages: with them a search can be expanded.
    """
    plugin = {
        "timezone": timezone,
        "hosts": list(hosts) or None,
        "feedback": feedback or None,
        # One text: Datasette walks through other values whenever it is asked for the configuration.
        "concepts": json.dumps(concepts, ensure_ascii=False, separators=(",", ":")) if concepts else None,
    }
    tables = {name: _table(name, about.about, about.columns) for name, about in described().items()}
    queries = {name: _query(query) for name, query in browsing()["queries"].items()}
    return {
        "title": "Silkwatch",
        "databases": {
            database: {
                "title": "The store",
                "description": "Everything that was found, kept and judged, as tables. Read only.",
                "tables": tables,
                "queries": queries,
            }
        },
        "plugins": {PLUGIN: {key: value for key, value in plugin.items() if value is not None}},
    }


def _table(name: str, about: str, columns: dict[str, str]) -> dict[str, Any]:
    shown = browsing()["tables"].get(name, {"title": name})
    kept = {key: shown[key] for key in ("title", "sort_desc", "size", "facets", "hidden") if key in shown}
    label = {"label_column": shown["label"]} if "label" in shown else {}
    return {**kept, **label, "description": about, "columns": columns}


def _query(query: dict[str, str]) -> dict[str, Any]:
    return {**query, "sql": query["sql"].strip(), "hide_sql": True}


def as_json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def server_arguments() -> list[str]:
    """The part of Datasette's command line that is the same for every store, metadata apart."""
    folders = ["--plugins-dir", str(HERE / "plugins"), "--template-dir", str(HERE / "templates")]
    return [*folders, *(part for name, value in SETTINGS.items() for part in ("--setting", name, value))]
