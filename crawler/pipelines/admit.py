"""The one writer of articles: looks up what is known, decides, and saves, in one transaction a page.

Nothing is read outside the transaction that decides: two processes that meet cannot both find an article new.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from scrapy.crawler import Crawler

from crawler import admission, pacing
from crawler.failures import STOPPING
from crawler.items import PageFailed, Read
from crawler.session import Session, session
from store import candidates, feedback, runs
from store.groups import ORIGINAL
from store.models import Judgement, Reading, Rejection, Verdict, VerdictKind

_COUNTER = {
    VerdictKind.NEW: "new",
    VerdictKind.DUPLICATE: "duplicates",
    VerdictKind.REVISED: "revised",
    VerdictKind.UNCHANGED: "unchanged",
    VerdictKind.OFF_TOPIC: "off_topic",
    VerdictKind.REJECTED: "rejected",
}


def _counter(decided: Verdict) -> str:
    """The count that a decided page goes to; an original in the place of its copy leaves one more copy."""
    return "duplicates" if decided.reason == ORIGINAL else _COUNTER[decided.kind]


class Admit:
    """The last pipeline: decides each page once and keeps the reason."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        at = session(self.crawler)
        if isinstance(item, Read):
            with at.store.write():
                self._admit(at, item, at.now())
        elif isinstance(item, PageFailed) and item.code != STOPPING:
            with at.store.write():
                self._failed(at, item, at.now())
        return item

    def _admit(self, at: Session, item: Read, now: datetime) -> None:
        decided, article_id = self._decide(at, item, now)
        candidates.decide(
            at.store, item.page.candidate.id, decided, now=now, run_id=at.run_id, http_status=item.page.status,
            relevance=item.result.relevance if isinstance(item.result, Reading) else None, article_id=article_id,
            measured=item.looked,
        )  # fmt: skip
        runs.count(at.store, at.run_id, item.page.source.id, pages=1, **{_counter(decided): 1})

    def _decide(self, at: Session, item: Read, now: datetime) -> tuple[Verdict, int | None]:
        """The verdict on a page, saved, and the article it now belongs to."""
        result = item.result
        if result is None:
            missing = [at.beat.side_name(side) for side in at.beat.sides if side not in item.look]
            detail = f"nothing in the raw page names {' or '.join(missing)}"
            return Verdict(kind=VerdictKind.OFF_TOPIC, reason="look", detail=detail), None
        if isinstance(result, Rejection):
            return Verdict(kind=VerdictKind.REJECTED, reason=result.code, detail=result.detail), None
        wanted = feedback.called(at.store, item.page.candidate.url) is Judgement.RELEVANT
        keeper = admission.Keeper(store=at.store, source=item.page.source, run_id=at.run_id, now=now)
        found = admission.addresses(result.article, item.page.url, item.page.candidate.url)
        decided, article_id = keeper.admit(result, found, item.page.candidate.id, wanted=wanted)
        if article_id is not None and decided.kind in (VerdictKind.NEW, VerdictKind.REVISED):
            feedback.follow(at.store, article_id)
        return decided, article_id

    def _failed(self, at: Session, item: PageFailed, now: datetime) -> None:
        candidate = item.candidate
        if item.code == "internal":
            runs.issue(
                at.store, run_id=at.run_id, source_id=item.source.id, level="error", code="internal",
                message=item.error, url=candidate.url, now=now,
            )  # fmt: skip
        due = None if item.final else pacing.next_try(candidate.attempts + 1, now=now, retry_after=item.retry_after)
        if due is not None:
            candidates.postpone(
                at.store, candidate.id, not_before=due, error=item.error, http_status=item.status, now=now
            )
            runs.count(at.store, at.run_id, item.source.id, failed=1)
            return
        reason, detail = admission.ending(item)
        candidates.decide(
            at.store, candidate.id, Verdict(kind=VerdictKind.REJECTED, reason=reason, detail=detail), now=now,
            run_id=at.run_id, http_status=item.status,
        )  # fmt: skip
        runs.count(at.store, at.run_id, item.source.id, rejected=1)
