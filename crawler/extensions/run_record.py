"""The run's row: its heartbeat, its outcome, and every unexpected error as an issue row."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler import outcome
from crawler.session import session
from store import runs
from store import sources as source_rows

logger = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 5.0


class RunRecord:
    """Opens with the spider, closes the row with what the counts amount to."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.errors = 0
        self.beat: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        self = cls(crawler)
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.spider_error, signals.spider_error)
        crawler.signals.connect(self.item_error, signals.item_error)
        crawler.signals.connect(self.closed, signals.spider_closed)
        return self

    def opened(self) -> None:
        self.beat = create_looping_call(self.heartbeat)
        self.beat.start(HEARTBEAT_SECONDS, now=False)

    def heartbeat(self) -> None:
        at = session(self.crawler)
        with at.store.write():
            runs.heartbeat(at.store, at.run_id, now=at.now())

    def spider_error(self, failure: Failure, response: Any) -> None:
        self._internal(failure, getattr(response, "url", ""))

    def item_error(self, failure: Failure, item: Any) -> None:
        page = getattr(item, "page", item)
        self._internal(failure, getattr(page, "url", ""))

    def _internal(self, failure: Failure, url: str) -> None:
        """An error in our own code: it costs one page or listing, and must be seen."""
        self.errors += 1
        at = session(self.crawler)
        with at.store.write():
            runs.issue(
                at.store, run_id=at.run_id, source_id=None, level="error", code="internal",
                message=f"{type(failure.value).__name__}: {failure.value}"[:500], url=url, now=at.now(),
            )  # fmt: skip

    def closed(self, reason: str) -> None:
        if self.beat is not None and self.beat.running:
            self.beat.stop()
        at, now = session(self.crawler), session(self.crawler).now()
        with at.store.write():
            counts = runs.counts(at.store, at.run_id)
            for row in counts:
                self._expectations(row, now)
            verdict, detail = outcome.judge(counts, close_reason=reason, spider_errors=self.errors)
            runs.finish(at.store, at.run_id, verdict, now=now, detail=detail)
        logger.info("Run %s %s: %s", at.run_id, verdict.value, detail)
        at.close()

    def _expectations(self, row: Any, now: Any) -> None:
        at = session(self.crawler)
        source = at.sources.get(row.source_id)
        if source is None:
            return
        newest = source_rows.newest_listed(at.store, source.id)
        for code, message in outcome.misses(source, row, newest=newest, now=now):
            runs.issue(
                at.store, run_id=at.run_id, source_id=source.id, level="warning", code=code, message=message, now=now
            )
