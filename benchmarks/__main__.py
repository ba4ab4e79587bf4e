"""`python -m benchmarks [BENCHMARK] [--json]`; without a name every benchmark runs, with its defaults.

Each benchmark is one file with `add_arguments(parser)` and `run(arguments)`, which prints a table unless --json is
given and returns what --json prints.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from typing import Any

BENCHMARKS = {
    "crawl": "a whole crawl against other programs",
    "stages": "the share of each stage of a page",
    "nothing-new": "a pass over feeds that have not changed",
    "search": "search among 10,000 and 100,000 articles",
    "index": "the index of fingerprints at ten thousand to ten million articles",
    "copies": "what telling copies costs beside extracting the text",
    "edits": "how often copies of real articles are found, by kind of edit and language",
}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure Silkwatch; without a name every benchmark runs. Needs Linux.",
    )
    names = top.add_subparsers(dest="benchmark", metavar="BENCHMARK")
    for name, what in BENCHMARKS.items():
        module = _module(name)
        one = names.add_parser(
            name, help=what, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        one.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
        module.add_arguments(one)
    return top


def main() -> None:
    given = parser().parse_args()
    chosen = [given] if given.benchmark else [parser().parse_args([name]) for name in BENCHMARKS]
    try:
        for one in chosen:
            found = _module(one.benchmark).run(one)
            print(json.dumps(found, ensure_ascii=False, indent=1) if one.json else "")
    except RuntimeError as error:
        sys.exit(f"benchmarks: {error}")


def _module(name: str) -> Any:
    return import_module(f"benchmarks.{name.replace('-', '_')}")


if __name__ == "__main__":
    main()
