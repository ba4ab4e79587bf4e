"""Within a pass only what may pass by itself is tried again; the rest waits for a later pass with growing pauses."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from crawler.failures import Refused, describe, retry_after
from crawler.session import session

_TRANSIENT = frozenset({"timeout", "connection", "cut_short", "refused", "download"})


class TransientRetry(RetryMiddleware):
    """Scrapy's retry, which heeds Retry-After and leaves dead names, bad certificates and refusals alone."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if response.status in self.retry_http_codes:
            wait = retry_after(response, session(self.crawler).now()) or 0.0
            if wait > self.crawler.settings.getfloat("SILKWATCH_RETRY_AFTER_MAX") or response.status == 429:
                # 429 asks for less traffic: trying again at once is the one thing it forbids.
                return response
        return super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        if isinstance(exception, Refused) or describe(exception).code not in _TRANSIENT:
            return None
        return self._retry(request, exception)
