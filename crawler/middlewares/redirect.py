"""Redirects. A listing's validators travel along: they came from the end of the chain."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response


class Redirects(RedirectMiddleware):
    """Scrapy's redirects without a referrer: listings are no links that a person followed."""

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Nothing to look up: no referrer is ever sent."""
