"""What went wrong with a request, in a code for the store and in plain words for people."""

from __future__ import annotations

import email.utils
from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy import exceptions as scrapy_errors
from scrapy.http import Response
from twisted.internet import error as tx
from twisted.web.client import ResponseFailed

RESTING = "resting"
"""Code of a listing that is not asked in this pass because its pause is not over."""


STOPPING = "stopping"
"""Code of a request that was still waiting for its turn when the pass was asked to stop: nobody's failure."""


class Refused(scrapy_errors.IgnoreRequest):
    """A request that Silkwatch itself does not make. `code` goes to the store."""

    def __init__(self, code: str, text: str, *, unreachable: bool = False, final: bool = True) -> None:
        super().__init__(text)
        self.code, self.unreachable, self.final = code, unreachable, final


@dataclass(frozen=True, slots=True)
class Problem:
    """A failed request: `unreachable` when no server answered, `final` when asking again makes no sense."""

    code: str
    text: str
    unreachable: bool = False
    final: bool = False


_KINDS: tuple[tuple[tuple[type[BaseException], ...], str, str, bool], ...] = (
    ((scrapy_errors.CannotResolveHostError, tx.DNSLookupError), "dns", "the host name could not be resolved", True),
    ((scrapy_errors.DownloadConnectionRefusedError, tx.ConnectionRefusedError), "refused",
     "the server refused the connection", True),
    ((scrapy_errors.DownloadTimeoutError, tx.TimeoutError, tx.TCPTimedOutError), "timeout",
     "no answer within the time limit", True),
    ((scrapy_errors.DownloadCancelledError,), "too_large", "the answer is larger than the limit", False),
    ((scrapy_errors.ResponseDataLossError,), "cut_short", "the connection broke in the middle of the answer", False),
    ((tx.ConnectError, tx.ConnectionLost, tx.ConnectionDone, OSError), "connection", "the connection failed", True),
)  # fmt: skip


def describe(error: BaseException | None) -> Problem:
    """The problem behind an exception that Scrapy or Twisted raised for a request."""
    if error is None:
        return Problem("download", "the request failed without a reason")
    if isinstance(error, Refused):
        return Problem(error.code, str(error), error.unreachable, error.final)
    cause = _cause(error)
    if _is_certificate_error(cause):
        return Problem("tls", f"the server's certificate was not accepted ({cause})", unreachable=True)
    for kinds, code, text, unreachable in _KINDS:
        if isinstance(error, kinds) or isinstance(cause, kinds):
            return Problem(code, text, unreachable)
    if isinstance(error, scrapy_errors.IgnoreRequest):
        return Problem("redirects", str(error) or "the request was dropped")
    return Problem("download", f"{type(cause).__name__}: {cause}"[:300], unreachable=True)


def _cause(error: BaseException) -> BaseException:
    """The innermost reason: Scrapy and Twisted wrap what happened on the wire."""
    for _ in range(6):
        if isinstance(error, ResponseFailed) and error.reasons:
            error = error.reasons[-1].value
        elif error.__cause__ is not None:
            error = error.__cause__
        else:
            break
    return error


def _is_certificate_error(error: BaseException) -> bool:
    return "certificate" in str(error).lower() or type(error).__name__ in ("VerificationError", "CertificateError")


def retry_after(response: Response, now: datetime) -> float | None:
    """Seconds the server asks to wait (`Retry-After` as seconds or as a date), or None."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        date = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max((date - now).total_seconds(), 0.0)
