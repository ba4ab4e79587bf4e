"""A pass that is asked to stop finishes what is on the wire and lets go of what waits.

Scrapy counts requests that wait for their host's delay as in flight, and would ask every one of them before it ends:
two minutes for sixty pages of one host. Here they are given back; they stay pending in the store for the next pass.
"""

from __future__ import annotations

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from crawler.failures import STOPPING, Refused

LOOK_SECONDS = 0.5


class PromptStop:
    """Looks now and then whether the engine is closing; Scrapy has no signal for the beginning of the end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.look: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        self = cls(crawler)
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.closed, signals.spider_closed)
        return self

    def opened(self) -> None:
        self.look = create_looping_call(self.let_go)
        self.look.start(LOOK_SECONDS, now=False)

    def closed(self) -> None:
        if self.look is not None and self.look.running:
            self.look.stop()

    def let_go(self) -> None:
        """Give back every request that waits in a host's slot, once the spider is closing."""
        engine = self.crawler.engine
        if engine._slot is None or engine._slot.closing is None:
            return
        for slot in list(engine.downloader.slots.values()):
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(Refused(STOPPING, "the pass was asked to stop", final=False))
