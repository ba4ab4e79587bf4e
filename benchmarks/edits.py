"""How often copies of real articles are found, and what is decided on them, by kind of edit and language.

CORPUS is a folder of texts or a file of JSON lines with `text`, `body` or `paragraphs`; several may be given. Every
article goes into a store; a sample of each language is edited (edits_make.py), and each edited text is looked up and
compared as a pass does it: as from another site a day later, updates and series as from the article's own site.

*found* is the share whose article is among the neighbours that a pass compares; *decided* the share on which the
right thing is then decided: a copy folded into its article; an update or a spun text linked to it, or folded; a
series or other news over used background not folded.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.edits_corpus import Document, read
from benchmarks.edits_make import KINDS, Expected, Kind, Stock, paragraphs, tokens
from benchmarks.machine import machine
from benchmarks.table import Cell, table
from crawler.analysis.compare import Side, compare
from crawler.analysis.fingerprint import fingerprint
from crawler.analysis.stories import FOLLOWS
from crawler.grouping import NEAREST
from store import articles, fingerprints, runs
from store import sources as source_rows
from store.database import Store
from store.models import DUPLICATE_RELATIONS, Article, Label, Reading, Relation, Relevance, Source

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source(
    id="corpus", name="Corpus", homepage="https://own.example/", country="", language="mul", perspective="unknown"
)
FEWEST = 15
"""Articles that a language needs to have a column: fewer say nothing."""
WORDS = 20_000


@dataclass(slots=True)
class Tally:
    """What became of the edited texts of one kind and language."""

    texts: int = 0
    found: int = 0
    decided: int = 0
    relations: Counter[str] = field(default_factory=Counter)

    def shares(self) -> dict[str, object]:
        return {
            "texts": self.texts,
            "found": round(self.found / self.texts, 4),
            "decided": round(self.decided / self.texts, 4),
            "relations": dict(self.relations.most_common()),
        }


Result = Mapping[tuple[str, str], Tally]
"""By kind of edit and language."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", nargs="*", type=Path, help="folders of texts, .jsonl or .jsonl.gz files")
    parser.add_argument("--language", help="of all of them; without it as the rows say, else identified")
    parser.add_argument("--sample", type=int, default=150, help="articles edited, of each language (default 150)")
    parser.add_argument("--seed", type=int, default=1, help="of the random generator (default 1)")


def run(given: argparse.Namespace) -> dict[str, object]:
    """Measures, prints the tables (unless --json) and returns what --json prints."""
    corpora = given.corpus or shipped()
    documents = [d for path in corpora for d in read(path, language=given.language)]
    by_language = languages(documents)
    if not by_language:
        raise RuntimeError(f"no language with {FEWEST} articles or more")
    found = measure(by_language, sample=given.sample, seed=given.seed)
    if not given.json:
        print(report(by_language, found))
    return {
        "machine": machine(),
        "articles": {language: len(some) for language, some in by_language.items()},
        "kinds": {
            kind: {language: found[kind, language].shares() for language in by_language if (kind, language) in found}
            for kind in KINDS
        },
    }


def shipped() -> list[Path]:
    """The corpora beside the checkout, for a run without arguments."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    names = ("corpus/tehrantimes.jsonl.gz", "corpus/fars.jsonl.gz", "extraction/gold.jsonl")
    found = [folder / name for name in names if (folder / name).is_file()]
    if not found:
        raise RuntimeError("name a corpus: a folder of texts or a file of JSON lines")
    return found


def languages(documents: Sequence[Document]) -> dict[str, list[Document]]:
    """The articles by language, the language with most first; languages with hardly any left out."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        found[document.language].append(document)
    return {
        language: some for language, some in sorted(found.items(), key=lambda i: -len(i[1])) if len(some) >= FEWEST
    }


def measure(by_language: Mapping[str, Sequence[Document]], *, sample: int, seed: int) -> Result:
    """Edit a sample of each language's articles, look the edited texts up and compare them."""
    found: dict[tuple[str, str], Tally] = defaultdict(Tally)
    with Desk([d for some in by_language.values() for d in some]) as desk:
        for language, some in by_language.items():
            rng = random.Random(f"{seed} {language}")
            chosen = rng.sample(list(some), min(sample, len(some)))
            stock = stock_of(language, some, rng)
            for kind, document, text in edited(chosen, stock, rng):
                desk.judge(KINDS[kind], document, text, found[kind, language])
    return found


def stock_of(language: str, some: Sequence[Document], rng: random.Random) -> Stock:
    """Words and paragraphs of a language's articles."""
    words: list[str] = []
    for document in rng.sample(list(some), len(some)):
        words += tokens(document.text)
        if len(words) >= WORDS:
            break
    parts = [part for document in some for part in paragraphs(document.text)[1:3] if len(part) >= 60]
    return Stock(language, words, parts or [some[0].text])


def edited(chosen: Sequence[Document], stock: Stock, rng: random.Random) -> Iterator[tuple[str, Document, str]]:
    """Each article under each kind of edit; an edit that leaves a text as it is (no number in it) is none."""
    for document in chosen:
        for name, kind in KINDS.items():
            text = kind.edit(document.text, rng, stock)
            if text.split() != document.text.split():
                yield name, document, text


class Desk:
    """A store with the corpus in it; a context manager."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="silkwatch-bench-")
        self._store = Store.open(Path(self._folder.name) / "edits.db")
        with self._store.write():
            source_rows.sync(self._store, [SOURCE], NOW)
            run_id = runs.start(self._store, kind="news", source_ids=[SOURCE.id], now=NOW, pid=1)
            self._ids = {id(d): self._insert(d, number, run_id) for number, d in enumerate(documents)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()
        self._folder.cleanup()

    def _insert(self, document: Document, number: int, run_id: int) -> int:
        article = Article(
            url=f"https://own.example/{number}", source_id=SOURCE.id, title=document.title, text=document.text,
            language=document.language, site="own.example",
        )  # fmt: skip
        reading = Reading(
            article=article,
            relevance=Relevance(score=1.0, label=Label.CENTRAL),
            fingerprint=fingerprint(document.text),
        )
        return articles.insert(self._store, reading, source=SOURCE, story_id=None, run_id=run_id, now=NOW)

    def judge(self, kind: Kind, document: Document, text: str, tally: Tally) -> None:
        """Look an edited text up, compare it with its article, and count what came of it."""
        near = fingerprints.candidates_for(self._store, fingerprint(text), limit=NEAREST)
        found = any(shared.article_id == self._ids[id(document)] for shared in near)
        relation = compared(kind, document, text)
        tally.texts += 1
        tally.found += found
        tally.decided += _is_right(kind.expected, relation if found else Relation.UNRELATED)
        tally.relations[relation.value] += 1


def compared(kind: Kind, document: Document, text: str) -> Relation:
    """What an edited text is to its article, by the product's own comparison."""
    site = "own.example" if kind.same_site else "other.example"
    # A copy keeps no headline that could be relied upon; a site's next issue of a series keeps its own.
    title = document.title if kind.expected is Expected.APART else ""
    new = Side(title=title, text=text, site=site, published=NOW + DAY, language=document.language)
    known = Side(
        title=document.title, text=document.text, site="own.example", published=NOW, language=document.language
    )  # fmt: skip
    return compare(new, known).relation


def _is_right(expected: Expected, relation: Relation) -> bool:
    if expected is Expected.COPY:
        return relation in DUPLICATE_RELATIONS
    if expected is Expected.LINKED:
        return relation in FOLLOWS or relation in DUPLICATE_RELATIONS
    return relation not in DUPLICATE_RELATIONS


def report(by_language: Mapping[str, Sequence[Document]], found: Result) -> str:
    """Two tables, found and decided: a row for each kind and a column for each language."""
    head = ("edit", "to be", *by_language)
    count = ", ".join(f"{len(some)} {language}" for language, some in by_language.items())
    tables = {"found": "found", "decided": "decided as it should be"}
    parts = [f"{count} articles. {machine()}"]
    for what, title in tables.items():
        rows: list[tuple[Cell, ...]] = [
            (name, kind.expected.value, *(_share(found.get((name, language)), what) for language in by_language))
            for name, kind in KINDS.items()
        ]
        parts.append(f"{title}\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def _share(tally: Tally | None, what: str) -> str | None:
    return f"{getattr(tally, what) / tally.texts:.3f}" if tally else None
