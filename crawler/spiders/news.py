"""The daily spider: every due source in one process, so that politeness per host holds over all of them.

It asks listings and article pages and says what came of each; what to fetch, keep or retry is decided by the
pipelines. It never touches the store.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any, Self

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawler.beat import Beat, find
from crawler.discovery import Listing, discover
from crawler.failures import describe, retry_after
from crawler.items import ListingFailed, ListingRead, Page, PageFailed
from crawler.session import session, setting, told_plainly
from store.errors import UsageError
from store.models import Candidate, Endpoint, EndpointKind, Source

LISTING_PRIORITY = 100
GONE = frozenset({404, 410})


class NewsSpider(scrapy.Spider):
    """`scrapy crawl news [-a source=ID,ID] [-a cap=N] [-a listings_only=1] [-a max_minutes=N]`"""

    name = "news"

    def __init__(
        self, beat: Beat, source: str = "", cap: str = "", listings_only: str = "", max_minutes: str = "", **_: Any
    ) -> None:
        super().__init__()
        self.beat = beat
        self.sources = {s.id: s for s in chosen_sources(beat, source)}
        self.cap = _number("cap", cap)
        self.listings_only = listings_only not in ("", "0", "false", "no")
        self.max_minutes = _number("max_minutes", max_minutes)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        with told_plainly():
            beat = Beat.load(find(setting(crawler.settings, "SILKWATCH_BEAT") or None))
            spider = cls(beat, *args, **kwargs)
        spider._set_crawler(crawler)
        if contact := setting(crawler.settings, "SILKWATCH_CONTACT"):
            agent = f"{crawler.settings['USER_AGENT'].removesuffix(')')}; contact: {contact})"
            crawler.settings.set("USER_AGENT", agent, "spider")
        if spider.max_minutes:
            crawler.settings.set("CLOSESPIDER_TIMEOUT", spider.max_minutes * 60, "spider")
        return spider

    def now(self) -> datetime:
        """The clock of the pass."""
        return session(self.crawler).now()

    # --- listings -----------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        for source in self.sources.values():
            for endpoint in source.endpoints:
                yield self.listing_request(source, endpoint, endpoint.url, endpoint.fallback_urls)

    def listing_request(
        self, source: Source, endpoint: Endpoint, url: str, fallbacks: tuple[str, ...] = (), depth: int = 0
    ) -> scrapy.Request:
        """A request for a listing; `fallbacks` are tried in turn when it fails, `depth` counts sitemap indexes."""
        what = {"source": source, "endpoint": endpoint, "fallbacks": fallbacks, "depth": depth}
        return scrapy.Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            priority=LISTING_PRIORITY,
            cb_kwargs=what,
            meta={"source": source, "cookiejar": source.id, "listing": url, "asked": url},
        )

    def parse_listing(
        self, response: Response, source: Source, endpoint: Endpoint, fallbacks: tuple[str, ...], depth: int
    ) -> Iterator[Any]:
        url = response.meta["listing"]
        etag, modified = _header(response, "ETag"), _header(response, "Last-Modified")
        read = ListingRead(
            source=source, endpoint=endpoint, url=url, listing=None, status=response.status, etag=etag,
            last_modified=modified,
        )  # fmt: skip
        if response.status == 304:
            yield read
            return
        if response.status != 200:
            error, wait = f"the server answered {response.status}", retry_after(response, self.now())
            yield from self._listing_error(source, endpoint, url, fallbacks, depth, f"http_{response.status}", error,
                                           status=response.status, wait=wait)  # fmt: skip
            return
        listing = self._discover(response, source, endpoint)
        if listing.problem and not listing.links and not listing.more and listing.problem.code != "empty":
            yield from self._listing_error(source, endpoint, url, fallbacks, depth, listing.problem.code,
                                           listing.problem.detail, status=200)  # fmt: skip
            return
        if listing.more:
            # Many indexes never change while the sitemaps they name do: "not modified" would hide those.
            etag = modified = None
        yield ListingRead(
            source=source, endpoint=endpoint, url=url, listing=listing, etag=etag, last_modified=modified
        )
        if depth < 2:
            for child in listing.more[: self.settings.getint("SILKWATCH_CHILD_SITEMAPS")]:
                yield self.listing_request(source, endpoint, child, depth=depth + 1)

    def _discover(self, response: Response, source: Source, endpoint: Endpoint) -> Listing:
        kind = EndpointKind.SITEMAP if response.cb_kwargs["depth"] else endpoint.kind
        now = self.now()
        days = self.settings.getfloat("SILKWATCH_SITEMAP_DAYS")
        return discover(
            kind, response.body, url=response.url, content_type=_header(response, "Content-Type") or "",
            now=now, hints=source.hints, allow=endpoint.allow, deny=endpoint.deny,
            since=now - timedelta(days=days) if kind is EndpointKind.SITEMAP and days else None,
        )  # fmt: skip

    def listing_failed(self, failure: Failure) -> Iterator[Any]:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        problem, what = describe(failure.value), request.cb_kwargs
        yield from self._listing_error(
            what["source"], what["endpoint"], request.meta["listing"], what["fallbacks"], what["depth"], problem.code,
            problem.text, unreachable=problem.unreachable,
        )  # fmt: skip

    def _listing_error(
        self, source: Source, endpoint: Endpoint, url: str, fallbacks: tuple[str, ...], depth: int, code: str,
        error: str, *, status: int | None = None, wait: float | None = None, unreachable: bool = False,
    ) -> Iterator[Any]:  # fmt: skip
        yield ListingFailed(
            source=source, endpoint=endpoint, url=url, code=code, error=error, status=status, retry_after=wait,
            unreachable=unreachable,
        )  # fmt: skip
        if fallbacks:
            yield self.listing_request(source, endpoint, fallbacks[0], fallbacks[1:], depth)

    # --- articles -----------------------------------------------------------------------------------------------

    def article_request(self, candidate: Candidate, source: Source) -> scrapy.Request:
        return scrapy.Request(
            candidate.fetch_url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"candidate": candidate, "source": source},
            meta={"source": source, "cookiejar": source.id, "asked": candidate.fetch_url},
        )

    def parse_article(self, response: Response, candidate: Candidate, source: Source) -> Iterator[Any]:
        if response.status != 200:
            yield PageFailed(
                candidate=candidate, source=source, code=f"http_{response.status}", status=response.status,
                error=f"the server answered {response.status}", final=response.status in GONE,
                retry_after=retry_after(response, self.now()),
            )  # fmt: skip
            return
        charset = response._headers_encoding() if isinstance(response, TextResponse) else None
        yield Page(
            candidate=candidate, source=source, url=response.url, body=response.body, status=200, charset=charset,
            content_type=_header(response, "Content-Type") or "",
        )  # fmt: skip

    def article_failed(self, failure: Failure) -> Iterator[Any]:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        problem, what = describe(failure.value), request.cb_kwargs
        yield PageFailed(
            candidate=what["candidate"], source=what["source"], code=problem.code, error=problem.text,
            final=problem.final,
        )  # fmt: skip


def chosen_sources(beat: Beat, wanted: str) -> list[Source]:
    """The sources of `-a source=ID,ID`, or every enabled one.

    Raises:
        UsageError: an id that the beat does not have.
    """
    if not wanted:
        return [s for s in beat.sources if s.policy.enabled]
    known = {s.id: s for s in beat.sources}
    ids = [i.strip() for i in wanted.split(",") if i.strip()]
    if unknown := [i for i in ids if i not in known]:
        raise UsageError(f"no such source in {beat.folder}: {', '.join(unknown)}")
    return [known[i] for i in dict.fromkeys(ids)]


def _number(name: str, text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not int(text):
        raise UsageError(f"-a {name}={text}: expected a whole number above 0")
    return int(text)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
