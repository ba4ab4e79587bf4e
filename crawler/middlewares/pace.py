"""One request at a time per host with the delay of the source that asks, and no second try on a host that is down.

Scrapy keeps a slot per host. A redirect would keep the slot of the host it came from: here every request, also a
redirected one, goes to the slot of the host it is sent to, so that neither two sources nor a redirect can double a
host's load.
"""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import Refused, describe
from store.models import Source

_DOWN = frozenset({"dns", "refused", "timeout"})
TRIES = 2
"""Unreachable answers in a row after which a host is left alone for the rest of the pass."""


class Pace:
    """Assigns slots and delays; remembers the hosts that do not answer."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.failures: dict[str, int] = {}
        self.why: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        if self.failures.get(host, 0) >= TRIES:
            raise Refused("host_down", f"{host} does not answer: {self.why[host]}", unreachable=True, final=False)
        request.meta["download_slot"] = host
        if source := request.meta.get("source"):
            self._pace_host(host, source)

    def _pace_host(self, host: str, source: Source) -> None:
        """The longest delay of the sources that ask a host holds for it."""
        downloader = self.crawler.engine.downloader
        known = downloader.per_slot_settings.setdefault(host, {"delay": source.policy.delay})
        known["delay"] = max(known["delay"], source.policy.delay)
        if slot := downloader.slots.get(host):
            slot.delay = known["delay"]

    def process_response(self, request: Request, response: object) -> object:
        self.failures.pop(urlparse_cached(request).hostname or "", None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        problem = describe(exception)
        if problem.code in _DOWN and not isinstance(exception, Refused):
            host = urlparse_cached(request).hostname or ""
            # A name that does not resolve will not resolve a second later; a refused connection might.
            self.failures[host] = TRIES if problem.code == "dns" else self.failures.get(host, 0) + 1
            self.why[host] = problem.text
