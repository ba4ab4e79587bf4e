"""robots.txt as RFC 9309 has it: what it forbids is not asked; while it cannot be read, nothing of the host is asked.

Scrapy's own middleware takes an unreadable robots.txt for a permission.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import Problem, Refused, describe


class PoliteRobots(RobotsTxtMiddleware):
    """Obeys robots.txt; a host whose robots.txt fails (5xx, no answer) is left alone in this pass."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unreadable: dict[str, Problem] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        if request.meta.get("dont_obey_robotstxt"):
            return
        parser = await self.robot_parser(request)
        netloc = _netloc(request)
        if problem := self._unreadable.get(netloc):
            text = f"{netloc}: {problem.text}" if problem.unreachable else f"{netloc}: no robots.txt, {problem.text}"
            raise Refused(problem.code, text, unreachable=problem.unreachable, final=problem.final)
        try:
            self.process_request_2(parser, request)
        except IgnoreRequest as refusal:
            raise Refused("robots", f"forbidden by the robots.txt of {netloc}") from refusal

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._unreadable[netloc] = Problem(f"http_{response.status}", f"the server answered {response.status}")
        if response.status >= 400:
            # Of a 4xx (no robots.txt here) the body is an error page, not rules.
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreadable[netloc] = describe(exc)
        super()._robots_error(exc, netloc)


def _netloc(request: Request) -> str:
    return urlparse_cached(request).netloc
