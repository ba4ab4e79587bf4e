"""Articles admitted to a real store as a pass admits them, without the pages: stories, edits of them, and a desk."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler import admission, urls
from crawler.analysis import credit, retellings
from crawler.analysis.fingerprint import fingerprint
from store import candidates, runs, sources
from store.database import Store
from store.models import (
    Article,
    DateOrigin,
    Label,
    Link,
    Precision,
    Published,
    Reading,
    Relevance,
    Role,
    Source,
    Verdict,
    VerdictKind,
)

MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOSTS = {"irna": "irna.ir"}
"""Sites that are real agencies', because their credit lines are known."""
_WORDS = [
    "harbour", "minister", "grain", "signed", "visited", "port", "envoy", "bridge", "railway", "cargo", "talks",
    "quarter", "season", "village", "river", "engineer", "contract", "storm", "fishermen", "council", "budget",
    "tunnel", "deputy", "airline", "winter", "museum", "teacher", "valley", "orchard", "factory", "steel",
    "cotton", "customs", "delegation", "island", "captain", "border", "school", "festival", "doctor", "market",
    "planner", "survey", "lighthouse", "canal", "shepherd", "glacier", "archive", "theatre", "printer",
    "mosaic", "quarry", "vineyard", "reservoir", "turbine", "ferry", "observatory", "workshop", "bakery",
    "pavilion", "meadow", "lantern", "compass", "saddle", "copper", "marble", "timber", "saffron", "walnut",
]  # fmt: skip


def story(number: int) -> str:
    """An article of eight sentences in three paragraphs, another one for each number."""
    rng = random.Random(number)
    sentences = [" ".join(rng.choices(_WORDS, k=rng.randint(11, 16))).capitalize() + "." for _ in range(8)]
    return "\n".join(" ".join(sentences[begin:end]) for begin, end in ((0, 3), (3, 6), (6, 8)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as it comes to a desk."""

    path: str
    text: str
    site: str = "one"
    published: datetime | None = MONDAY
    precision: Precision = Precision.MINUTE
    title: str = "A headline"
    language: str = "en"
    canonical: str | None = None
    """What the page calls its own address."""
    asked: str | None = None
    """The address that was asked, when it led to the page by a redirect."""

    @property
    def url(self) -> str:
        return f"https://{HOSTS.get(self.site, f'{self.site}.example')}/{self.path}"


def reading(item: Item) -> Reading:
    when = item.published
    published = Published(when, item.precision, DateOrigin.META) if when else None
    article = Article(
        url=item.url, source_id=item.site, title=item.title, text=item.text, site=urls.site(item.url),
        published=published, language=item.language, canonical_url=item.canonical,
    )  # fmt: skip
    return Reading(
        article=article, relevance=Relevance(score=0.9, label=Label.CENTRAL), fingerprint=fingerprint(item.text),
        keys=retellings.keys(item.text, item.language), credit=credit.credited(item.text),
    )  # fmt: skip


class Newsroom:
    """A store with a few sources, and the writer that admits what comes."""

    def __init__(self, path: Path, *, roles: dict[str, Role] | None = None) -> None:
        self.store = Store.open(path)
        self.now = MONDAY + timedelta(days=3)
        names = ("one", "two", "three", "four", *HOSTS)
        self.sources = {
            name: Source(
                id=name, name=name.title(), homepage=f"https://{name}.example/", country="IR", language="en",
                perspective="western", role=(roles or {}).get(name, Role.PUBLISHER),
            )
            for name in names
        }  # fmt: skip
        with self.store.write():
            sources.sync(self.store, list(self.sources.values()), self.now)
        self.next_pass()

    def next_pass(self) -> None:
        with self.store.write():
            self.run_id = runs.start(self.store, kind="news", source_ids=list(self.sources), now=self.now, pid=1)

    def admit(self, item: Item) -> Verdict:
        """One article, decided and kept in one transaction."""
        source, found, asked = self.sources[item.site], reading(item), item.asked or item.url
        with self.store.write():
            candidates.record_links(
                self.store, source.id, source.homepage, [(asked, Link(url=asked))], run_id=self.run_id, now=self.now,
            )  # fmt: skip
            candidate = candidates.find(self.store, asked)
            assert candidate is not None
            keeper = admission.Keeper(store=self.store, source=source, run_id=self.run_id, now=self.now)
            addresses = admission.addresses(found.article, item.url, asked)
            decided, article_id = keeper.admit(found, addresses, candidate.id)
            candidates.decide(
                self.store, candidate.id, decided, now=self.now, run_id=self.run_id, article_id=article_id
            )
        return decided

    def groups(self) -> dict[str, frozenset[str]]:
        """Addresses of the articles, each with those of its copies."""
        return groups(self.store)

    def close(self) -> None:
        self.store.close()


def groups(store: Store) -> dict[str, frozenset[str]]:
    """Addresses of a store's articles, each with those of its copies."""
    rows = store.rows("SELECT a.url, d.url AS copy FROM articles a LEFT JOIN duplicates d ON d.article_id = a.id")
    return {
        url: frozenset(row["copy"] for row in rows if row["url"] == url and row["copy"])
        for url in {row["url"] for row in rows}
    }


def faults(store: Store) -> list[str]:
    """What does not fit together: rows without their partners, addresses that lead astray, indexes that lie."""
    found = [f"foreign key: {row}" for row in store.execute("PRAGMA foreign_key_check").fetchall()]
    checks = {
        "an article without its alias": "SELECT url FROM articles a WHERE NOT EXISTS "
        "(SELECT 1 FROM aliases WHERE url = a.url AND article_id = a.id)",
        "an address of a copy and of an article": "SELECT url FROM aliases WHERE url IN (SELECT url FROM duplicates)",
        "a page kept twice": "SELECT url FROM articles WHERE url IN (SELECT url FROM duplicates)",
        "a candidate that tells something else": "SELECT c.url FROM candidates c "
        "LEFT JOIN articles a ON a.id = c.article_id LEFT JOIN duplicates d ON d.url = c.url "
        "WHERE c.verdict = 'new' AND (a.id IS NULL OR d.article_id = a.id) "
        "OR c.verdict = 'duplicate' AND (d.id IS NULL OR d.article_id IS NOT c.duplicate_of)",
        "a story with a wrong count": "SELECT s.id FROM stories s WHERE articles != "
        "(SELECT count(*) FROM articles WHERE story_id = s.id)",
        "a story founded by a stranger": "SELECT s.id FROM stories s LEFT JOIN articles a ON a.id = s.article_id "
        "WHERE s.articles AND (a.story_id IS NULL OR a.story_id != s.id)",
        "a hash of nobody": "SELECT article_id FROM fingerprints WHERE article_id NOT IN (SELECT id FROM articles)",
        "a key of nobody": "SELECT article_id FROM story_keys WHERE article_id NOT IN (SELECT id FROM articles)",
        "a number that leads nowhere": "SELECT id FROM moved WHERE noun = 'article' AND now_id AND "
        "(now_id NOT IN (SELECT id FROM articles) OR id IN (SELECT id FROM articles))",
    }
    for name, sql in checks.items():
        found += [f"{name}: {row[0]}" for row in store.execute(sql).fetchall()]
    return found


def admit_all(room: Newsroom, items: Sequence[Item], passes: int = 1) -> None:
    """Admit the items in their order, in so many passes."""
    for number, item in enumerate(items):
        if number and number % max(1, len(items) // passes) == 0:
            room.next_pass()
        decided = room.admit(item)
        assert decided.kind in (VerdictKind.NEW, VerdictKind.DUPLICATE), decided
