"""Listings are asked "only if changed" with the validators of the last answer, and in full now and then.

Some servers never change their ETag though their feed does: after so many "not modified" in a row, or so many hours,
the validators are left out once. A listing that failed again and again, or that asked us to wait, rests.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.failures import RESTING, Refused
from crawler.session import Session, session
from store import sources as source_rows


class ConditionalListings:
    """Sets If-None-Match and If-Modified-Since on requests whose meta names a `listing`."""

    def __init__(self, at_work: Session, *, full_hours: float, full_after: int) -> None:
        self.session, self.full_after = at_work, full_after
        self.full_age = timedelta(hours=full_hours)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        return cls(
            session(crawler),
            full_hours=settings.getfloat("SILKWATCH_FULL_FETCH_HOURS"),
            full_after=settings.getint("SILKWATCH_FULL_FETCH_AFTER"),
        )

    def process_request(self, request: Request) -> None:
        if "listing" not in request.meta or "redirect_times" in request.meta:
            return
        source = request.meta["source"]
        state = source_rows.endpoint_state(self.session.store, source.id, request.meta["listing"])
        if state.not_before and state.not_before > self.session.now():
            until = f"{state.not_before:%Y-%m-%d %H:%M} UTC"
            text = f"resting until {until} after {state.failures} failures: {state.last_error}"
            raise Refused(RESTING, text, final=False)
        full_at = state.last_full_at
        if full_at is None or self.session.now() - full_at > self.full_age:
            return
        if state.consecutive_304 >= self.full_after:
            return
        if state.etag:
            request.headers.setdefault("If-None-Match", state.etag)
        if state.last_modified:
            request.headers.setdefault("If-Modified-Since", state.last_modified)
