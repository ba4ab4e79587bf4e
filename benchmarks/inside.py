"""The product's own steps for a page, called in one process and in their order: look, worker, writer."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self, cast

from benchmarks.pages import Page, PageSet
from benchmarks.probes import Probes
from crawler import reading, urls
from crawler import session as sessions
from crawler.analysis.lexicon import Lexicon
from crawler.beat import Beat, default_folder
from crawler.extraction.look import Look
from crawler.items import Page as Fetched
from crawler.items import Read
from crawler.pipelines.admit import Admit
from crawler.worker import PageInput
from store import candidates, runs
from store import sources as source_rows
from store.database import Store
from store.models import Candidate, Endpoint, EndpointKind, Link, Source

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
LOOK, HAND_OVER, READING, STORE = "look at the raw page", "hand-over to a worker", "other reading", "store"
ENDPOINT = Endpoint(kind=EndpointKind.FEED, url="http://paper-01.example/rss.xml")
SOURCE = Source(
    id="paper", name="Paper", homepage="http://paper-01.example/", country="DE", language="en", perspective="unknown",
    endpoints=(ENDPOINT,),
)  # fmt: skip


class Inside:
    """A store, the shipped beat's vocabulary and the pages as candidates; a context manager."""

    def __init__(self, db: Path, pages: PageSet) -> None:
        self.beat = Beat.load(default_folder())
        self.store = Store.open(db)
        self.look = Look(Lexicon.load(self.beat.folder / "lexicon").look_terms())
        with self.store.write():
            source_rows.sync(self.store, [SOURCE], NOW)
            sessions.sync_seeds(self.store, self.beat)
            run_id = runs.start(self.store, kind="news", source_ids=[SOURCE.id], now=NOW, pid=1)
            found = [(cast(str, urls.canonical(p.url)), Link(url=p.url, title=p.title)) for p in pages.pages]
            self.known = {
                c.fetch_url: c
                for c in candidates.record_links(self.store, SOURCE.id, ENDPOINT.url, found, run_id=run_id, now=NOW)
            }
        self.session = sessions.Session(
            store=self.store,
            beat=self.beat,
            sources={SOURCE.id: SOURCE},
            run_id=run_id,
            lock=None,
            cap=None,
            listings_only=False,
        )
        self.admit = Admit(cast(Any, SimpleNamespace()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def warm_up(self, page: Page) -> None:
        """What a worker loads with its first page (vocabulary, statistics) is start-up, not a page's cost."""
        reading.read(self.beat.folder, self._work(page, self.known[page.url]))

    def process(self, page: Page, probes: Probes) -> None:
        """Look at a page, read it, decide it, keep it."""
        candidate = self.known[page.url]
        self.look.sides(page.body, "utf-8")
        work = self._work(page, candidate)
        with probes.stage(HAND_OVER):
            work = pickle.loads(pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
        with probes.stage(READING):
            result = reading.read(self.beat.folder, work)
        with probes.stage(HAND_OVER):
            result = pickle.loads(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        fetched = Fetched(candidate=candidate, source=SOURCE, url=page.url, body=page.body, status=200)
        with probes.stage(STORE), self.store.write():
            self.admit._admit(self.session, Read(page=fetched, result=result), NOW)

    def _work(self, page: Page, candidate: Candidate) -> PageInput:
        return PageInput(
            body=page.body, url=page.url, charset=None, content_type=page.document.content_type, source=SOURCE,
            link=Link(url=page.url, title=candidate.title), prior_sides=frozenset(), now=NOW,
        )  # fmt: skip
