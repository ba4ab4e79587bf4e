"""Scrapy's log without a line a page: the database tells what became of each."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class QuietFormat(LogFormatter):
    """Pages, items and expected failures at DEBUG; what nobody expected stays an error."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult:
        return {**super().crawled(request, response, spider), "level": logging.DEBUG}

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        return {"level": logging.DEBUG, "msg": "Handled %(what)s", "args": {"what": type(item).__name__}}

    def download_error(
        self, failure: Failure, request: Request, spider: Spider, errmsg: str | None = None
    ) -> LogFormatterResult:
        return {**super().download_error(failure, request, spider, errmsg), "level": logging.INFO}
