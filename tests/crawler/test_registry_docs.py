"""docs/sources.md tells every key, no other, and its example works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.registry import load_sources
from crawler.registry.keys import EXPECTED, TABLES, leaves

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"


def keys() -> list[str]:
    tables = [name for name in TABLES if name]
    return [*tables, *(f"{x.table}.{x.name}" if x.table else x.name for x in leaves().values())]


def test_every_key_says_what_is_expected_of_it() -> None:
    assert sorted(EXPECTED) == sorted(keys())


@pytest.mark.parametrize("key", keys())
def test_every_key_is_documented(key: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert any(f"`{form}`" in text for form in (key, f"[{key}]", f"[[{key}]]")), f"{key} is not told in {DOCS.name}"


def test_the_docs_tell_no_key_that_is_not_there() -> None:
    rows = re.findall(r"^\| `([a-z_.]+)` \|", DOCS.read_text(encoding="utf-8").split("## The beat")[0], re.MULTILINE)
    assert set(rows) <= set(keys())


def test_the_docs_defaults_are_the_defaults() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for key in ("policy.delay", "policy.cap", "policy.paywall", "hints.timezone", "hints.calendar", "role"):
        table, _, name = key.rpartition(".")
        shape = TABLES[table]
        default = shape.__dataclass_fields__[name].default
        assert re.search(rf"^\| `{re.escape(key)}` \| [^|]* \| `{re.escape(str(default))}` \|", text, re.MULTILINE), (
            key
        )


def test_the_docs_example_is_a_valid_source(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "scmp.toml").write_text(example[1], encoding="utf-8")
    assert load_sources(tmp_path, sides=["china"], perspectives=["independent"])[0].id == "scmp"
