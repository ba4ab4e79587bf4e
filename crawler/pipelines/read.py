"""Pages are read in worker processes, after a cheap look at the raw bytes that stops most of them.

The reactor never waits for a page: it hands the bytes over and goes on fetching.
"""

from __future__ import annotations

import asyncio
import logging
from functools import cached_property
from typing import Any, Self

from scrapy.crawler import Crawler

from crawler import collector
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import measuring
from crawler.analysis.relevance_weights import Weights
from crawler.beat import Beat
from crawler.extraction.look import Look
from crawler.extraction.pool import PageTimeout, Pool, WorkerDied
from crawler.items import Page, PageFailed, Read
from crawler.session import session, setting
from crawler.worker import PageInput, read
from store import feedback
from store.models import Judgement, Link, Measured, Reading, Rejection

logger = logging.getLogger(__name__)

_OFF = frozenset({"", "0", "false", "no", "off"})


class _Glance:
    """The cheap look and the rules it stands for, made for the first page: a pass without new pages needs neither."""

    def __init__(self, beat: Beat) -> None:
        """
        Raises:
            ConfigurationError: the beat's vocabulary or weights are not valid.
        """
        self._weights = Weights.load(beat.folder / "relevance.toml")
        self._lexicon = Lexicon.load(beat.folder / "lexicon")

    @cached_property
    def look(self) -> Look:
        return Look(self._lexicon.look_terms(self._weights.implied_concepts))

    @cached_property
    def rules(self) -> str:
        return measuring(self._weights, self._lexicon)


class Reader:
    """Looks, then extracts and analyses in a pool of processes."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.glance: _Glance | None = None
        self.pool: Pool | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        beat, settings = session(self.crawler).beat, self.crawler.settings
        if setting(settings, "SILKWATCH_LOOK").lower() not in _OFF:
            self.glance = _Glance(beat)
        self.pool = Pool(
            workers=int(setting(settings, "SILKWATCH_WORKERS")),
            timeout=float(setting(settings, "SILKWATCH_PAGE_SECONDS")),
            memory_mb=int(setting(settings, "SILKWATCH_WORKER_MB")),
        )
        collector.settle()

    def close_spider(self) -> None:
        if self.pool:
            self.pool.close()

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Page):
            return item
        try:
            return await self._read(item)
        except Exception as error:
            logger.exception("reading %s failed", item.url)
            return PageFailed(
                candidate=item.candidate, source=item.source, code="internal", status=item.status,
                error=f"reading the page failed: {type(error).__name__}: {error}"[:300],
            )  # fmt: skip

    async def _read(self, page: Page) -> Read:
        at = session(self.crawler)
        priors = at.beat.prior_sides(page.source, page.candidate.endpoint_url)
        wanted = feedback.called(at.store, page.candidate.url) is Judgement.RELEVANT
        if self.glance is not None and not wanted:
            seen = self.glance.look.sides(page.body, page.charset)
            if not seen.union(priors).issuperset(at.beat.sides):
                looked = Measured(
                    rules=self.glance.rules, strengths={side: float(side in seen) for side in at.beat.sides}
                )
                return Read(page=page, result=None, look=seen, looked=looked)
        work = PageInput(
            body=page.body, url=page.url, charset=page.charset, content_type=page.content_type, source=page.source,
            link=_link(page), prior_sides=priors, now=at.now(), wanted=wanted,
        )  # fmt: skip
        return Read(page=page, result=await self._in_worker(work))

    async def _in_worker(self, work: PageInput) -> Reading | Rejection:
        assert self.pool is not None, "the pool opens with the spider"
        folder = session(self.crawler).beat.folder
        try:
            result: Reading | Rejection = await asyncio.wrap_future(self.pool.submit(read, folder, work))
        except PageTimeout as error:
            return Rejection("too_slow", f"reading the page was given up: {error}")
        except WorkerDied as error:
            return Rejection("worker_died", f"reading the page ended its process: {error}")
        return result


def _link(page: Page) -> Link:
    known = page.candidate
    return Link(url=known.fetch_url, title=known.title, published=known.published, modified=known.modified)
