"""Listings become candidates, and candidates become requests.

A candidate is written before it is fetched, in one transaction with the listing's validators: a pass that is killed
at any moment either knows the links or will be given them again. What an earlier pass left pending is asked for here
too, whether or not the listing still names it.
"""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from crawler import pacing, urls
from crawler.discovery import Listing
from crawler.failures import RESTING, STOPPING
from crawler.items import ListingFailed, ListingRead
from crawler.session import Session, session
from store import candidates, runs
from store import sources as source_rows
from store.models import Candidate, CandidateState, Link, Source


class Intake:
    """The first pipeline: records what listings say and sends the spider for the articles."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asked: dict[str, set[int]] = {}
        """Candidate ids asked for in this pass, by source: none is asked twice, and the cap holds."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def session(self) -> Session:
        return session(self.crawler)

    def process_item(self, item: Any) -> Any:
        if isinstance(item, ListingRead):
            self._listing_read(item)
        elif isinstance(item, ListingFailed) and item.code != STOPPING:
            self._listing_failed(item)
        return item

    def _listing_read(self, item: ListingRead) -> None:
        at, now = self.session, self.session.now()
        links = found_links(item.listing) if item.listing else []
        with at.store.write():
            known = candidates.record_links(
                at.store, item.source.id, item.endpoint.url, links, run_id=at.run_id, now=now
            )
            source_rows.listing_ok(
                at.store, item.source.id, item.url, etag=item.etag, last_modified=item.last_modified,
                unchanged=item.listing is None, items=len(links), newest=newest(links), now=now,
            )  # fmt: skip
            runs.count(
                at.store, at.run_id, item.source.id, listings=1, links=len(links),
                unchanged_listings=int(item.listing is None),
            )  # fmt: skip
            self._note(item, now)
        rechecks = [c for c in known if c.state is CandidateState.DECIDED]
        self._ask(item.source, rechecks)
        self._ask_pending(item.source)

    def _note(self, item: ListingRead, now: Any) -> None:
        if item.listing is None:
            return
        notes = [("listing_note", note) for note in item.listing.notes]
        if item.listing.problem:
            notes.append((item.listing.problem.code, item.listing.problem.detail))
        for code, text in notes:
            runs.issue(
                self.session.store, run_id=self.session.run_id, source_id=item.source.id, level="warning",
                code=code, message=f"{item.source.name}: {text}", url=item.url, now=now,
            )  # fmt: skip

    def _listing_failed(self, item: ListingFailed) -> None:
        at, now = self.session, self.session.now()
        if item.code == RESTING:
            with at.store.write():
                runs.count(at.store, at.run_id, item.source.id, failed_listings=1)
                runs.source_error(at.store, at.run_id, item.source.id, item.error)
            self._ask_pending(item.source)
            return
        with at.store.write():
            state = source_rows.endpoint_state(at.store, item.source.id, item.url)
            due = pacing.listing_due(state.failures + 1, now=now, retry_after=item.retry_after)
            source_rows.listing_failed(
                at.store, item.source.id, item.url, error=item.error, status=item.status, not_before=due, now=now
            )
            runs.count(at.store, at.run_id, item.source.id, failed_listings=1)
            runs.source_error(at.store, at.run_id, item.source.id, item.error)
            runs.issue(
                at.store, run_id=at.run_id, source_id=item.source.id, level="error", code=item.code,
                message=f"{item.source.name}: {item.error}", url=item.url, now=now,
            )  # fmt: skip
        if not item.unreachable:
            self._ask_pending(item.source)

    def _ask_pending(self, source: Source) -> None:
        """The source's due candidates, newest first, up to its cap for a pass."""
        room = self.session.cap_of(source) - len(self.asked.get(source.id, ()))
        if room > 0:
            due = candidates.pending(
                self.session.store, source.id, now=self.session.now(), limit=room + len(self.asked.get(source.id, ()))
            )
            self._ask(source, due)

    def _ask(self, source: Source, due: list[Candidate]) -> None:
        if self.session.listings_only:
            return
        asked, cap = self.asked.setdefault(source.id, set()), self.session.cap_of(source)
        spider: Any = self.crawler.spider
        for candidate in due:
            if candidate.id not in asked and len(asked) < cap:
                asked.add(candidate.id)
                self.crawler.engine.crawl(spider.article_request(candidate, source))


def found_links(listing: Listing) -> list[tuple[str, Link]]:
    """The listing's links by canonical URL, each once, in the listing's order."""
    found: dict[str, Link] = {}
    for link in listing.links:
        if (url := urls.canonical(link.url)) and not urls.looks_like_front_page(url):
            found.setdefault(url, link)
    return list(found.items())


def newest(links: list[tuple[str, Link]]) -> Any:
    """The newest time that the listing gives, or None."""
    return max((link.published.value for _, link in links if link.published), default=None)
