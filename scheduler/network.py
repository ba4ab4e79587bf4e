"""Whether the web can be reached from here, and what time it says it is."""

from __future__ import annotations

import email.utils
import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

SECONDS = 6.0
"""How long one server may take to answer."""
_AGENT = "Silkwatch/0.1 (news monitor)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one server answered."""

    host: str
    reached: bool
    told: str
    date: datetime | None = None
    """The server's clock, when it told."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: where it leads to is none of our business here."""

    def redirect_request(self, *_: Any) -> None:
        return None


def probe(address: str) -> Probe:
    """Asks for the head of an address, through the proxy of the environment; any HTTP answer counts."""
    host = address
    try:
        host = urlsplit(address).netloc or address
        request = urllib.request.Request(address, method="HEAD", headers={"User-Agent": _AGENT})
        with urllib.request.build_opener(_StayHere).open(request, timeout=SECONDS) as answer:
            return _answered(host, answer.status, answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return _answered(host, error.code, error.headers)
    except urllib.error.URLError as error:
        return Probe(host=host, reached=False, told=f"{host}: {error.reason}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Probe(host=host, reached=False, told=f"{host}: {error or type(error).__name__}")


def proxies() -> dict[str, str]:
    """The proxies that the environment names, without user and password."""
    return {scheme: _without_secret(url) for scheme, url in sorted(urllib.request.getproxies().items())}


def _answered(host: str, status: int, headers: Message) -> Probe:
    date = headers.get("Date")
    return Probe(host=host, reached=True, told=f"{host} answered {status}", date=_date(date) if date else None)


def _date(text: str) -> datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _without_secret(url: str) -> str:
    """`http://me:secret@proxy:3128` as `http://proxy:3128`; a list of exceptions stays as it is."""
    return url if "@" not in url else f"{url.partition('://')[0]}://{url.rpartition('@')[2]}"
