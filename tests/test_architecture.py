"""The rules of the house, read from the files: who may import whom, how long a file may be, what it may name."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("crawler", "scheduler", "store")
MAX_LINES = 300

SHARED_NOUNS = ("store.models", "store.errors", "store.text")
PURE = (
    "crawler.analysis",
    "crawler.discovery",
    "crawler.urls",
    "crawler.verdict",
    "scheduler.due",
    "scheduler.health",
    "scheduler.digest",
    "scheduler.channels.address",
)
CRAWLER_FRONT_DOORS = (
    "crawler.registry",
    "crawler.beat",
    "crawler.urls",
    "crawler.seeds",
    "crawler.evaluate",
    "crawler.rejudge",
)
SCRAPY_PARTS = ("crawler.spiders", "crawler.pipelines", "crawler.middlewares", "crawler.extensions")

ONLY_IN = {
    "trafilatura": ("crawler.extraction",),
    "sqlite_utils": ("store",),
    "sqlite3": ("store",),
    "apscheduler": ("scheduler.daemon", "scheduler.due"),
    "apprise": ("scheduler.channels.services",),
    "opencc": ("store.text",),
    "datasette": ("store.datasette",),
    "scrapy": ("crawler",),
    "twisted": ("crawler",),
    "click": ("scheduler", "crawler.evaluate"),
    "rich": ("scheduler",),
}
"""Libraries that have one home; a name here is a module or package of ours."""

NO_IO = frozenset(
    {"http", "requests", "scrapy", "socket", "sqlite3", "sqlite_utils", "subprocess", "twisted", "urllib3"}
)
CLOCK = frozenset({"now", "utcnow", "today", "time", "monotonic", "perf_counter", "time_ns"})


def within(module: str, *homes: str) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions; `from a import b` counts as a.b and as a."""
    package = module_name(path) if path.name == "__init__.py" else module_name(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


FILES = {module_name(path): path for path in python_files(*OURS)}
IMPORTS = {module: frozenset(imports(path)) for module, path in FILES.items()}


def offenders(module_in: tuple[str, ...], forbidden: tuple[str, ...], allowed: tuple[str, ...] = ()) -> list[str]:
    """`module imports name` for every module below `module_in` that imports what it may not."""
    return [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        if within(module, *module_in)
        for name in sorted(names)
        if within(name, *forbidden) and not within(name, *allowed) and not any(within(a, name) for a in allowed)
    ]


def test_the_store_imports_the_standard_library_and_sqlite_utils_its_pages_what_datasette_brings() -> None:
    known = sys.stdlib_module_names | {"store", "sqlite_utils", "opencc"}
    browsing = {"datasette", "markupsafe"}
    wrong = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        if within(module, "store")
        for name in sorted(names)
        if name.partition(".")[0] not in (known | browsing if within(module, "store.datasette") else known)
    ]
    assert wrong == []


def test_the_shared_nouns_know_only_each_other() -> None:
    assert offenders(SHARED_NOUNS, OURS, allowed=SHARED_NOUNS) == []


def test_the_crawler_does_not_know_the_scheduler() -> None:
    assert offenders(("crawler",), ("scheduler", "apscheduler")) == []


def test_the_scheduler_enters_the_crawler_by_its_front_doors() -> None:
    assert offenders(("scheduler",), ("crawler", "scrapy", "twisted", "trafilatura"), CRAWLER_FRONT_DOORS) == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_in_its_home(library: str) -> None:
    homes = ONLY_IN[library]
    strangers = [module for module, names in IMPORTS.items() if any(within(name, library) for name in names)]
    assert [module for module in strangers if not within(module, *homes)] == []


def test_only_the_store_speaks_sql() -> None:
    statement = re.compile(r"(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s", re.DOTALL)
    spoken = [
        f"{module}:{node.lineno}"
        for module, path in FILES.items()
        if not within(module, "store")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and statement.search(node.value)
    ]
    assert spoken == []


def test_the_store_does_not_know_its_pages() -> None:
    rooms = tuple(module for module in FILES if within(module, "store") and not within(module, "store.datasette"))
    own = [
        f"{module} imports {name}" for module in rooms for name in IMPORTS[module] if within(name, "store.datasette")
    ]
    assert own == []


def test_spiders_and_discovery_share_nouns_with_the_store_and_nothing_else() -> None:
    assert offenders(("crawler.spiders", "crawler.discovery"), ("store",), SHARED_NOUNS) == []


@pytest.mark.parametrize("part", SCRAPY_PARTS[1:])
def test_pipelines_middlewares_and_extensions_know_neither_spiders_nor_each_other(part: str) -> None:
    others = tuple(other for other in SCRAPY_PARTS if other != part)
    assert offenders((part,), others) == []


@pytest.mark.parametrize("module", [m for m in FILES if within(m, *PURE)])
def test_the_pure_core_does_no_input_or_output(module: str) -> None:
    assert sorted(name for name in IMPORTS[module] if name.partition(".")[0] in NO_IO) == []


@pytest.mark.parametrize("module", [m for m in FILES if within(m, *PURE)])
def test_the_pure_core_reads_no_clock(module: str) -> None:
    calls = [
        node.func for node in ast.walk(ast.parse(FILES[module].read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    asked = [
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and call.attr in CLOCK and not call_on_self(call)
    ]
    assert asked == []


def call_on_self(call: ast.Attribute) -> bool:
    """`moment.time()` of a datetime value is no clock; `time.time()` and `datetime.now()` are."""
    return not (isinstance(call.value, ast.Name) and call.value.id in {"time", "datetime", "date", "dt"})


@pytest.mark.parametrize("path", python_files(*OURS, "tests", "benchmarks"), ids=module_name)
def test_no_file_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


def test_the_beat_is_named_in_data_only() -> None:
    named = [
        f"{module}:{number}"
        for module, path in FILES.items()
        for number, line in enumerate(code_only(path).splitlines(), 1)
        if re.search(r"[\"'](iran|china)[\"']", line, re.IGNORECASE)
    ]
    assert named == []


def code_only(path: Path) -> str:
    """The file without comments and docstrings, its string constants as written."""
    return ast.unparse(without_docstrings(ast.parse(path.read_text("utf-8"))))


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]  # every node with a body takes one
    return tree


REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.", "python" + "hosted", "npm" + r"js\.", r"--(extra-)?index-" + "url"))
)
MACHINE_PATH = re.compile(r"(?<![\w./:*~-])/(work|tmp|root|home)/")


def text_files() -> list[Path]:
    top = [path for path in ROOT.iterdir() if path.is_file() and path.suffix in {".md", ".toml", ".lock", ".cfg"}]
    below = [
        path
        for folder in (*OURS, "tests", "docs", "benchmarks", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".toml", ""} and path.is_file()
    ]
    return sorted([*top, ROOT / "Makefile", *below])


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATH], ids=["registries", "machine paths"])
def test_nothing_names_a_registry_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    named = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in text_files()
        for match in pattern.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert named == []
