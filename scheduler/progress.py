"""How a pass is going, while it goes: one live line on a terminal, a plain line now and then elsewhere.

Everything is written to standard error, so that standard output holds the report alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, TextIO

from store.models import SourceCounts

PLAIN_PAUSE = 10.0
"""Seconds between two plain lines at the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The sums of a pass at one moment."""

    sources: int
    answered: int
    """Sources whose listing was asked and has answered or failed."""
    pages: int
    new: int
    duplicates: int
    off_topic: int
    failed: int
    seconds: float
    stopping: bool = False

    def line(self) -> str:
        text = (
            f"{clock(self.seconds)}  sources {self.answered}/{self.sources}, pages {self.pages}, new {self.new}, "
            f"duplicates {self.duplicates}, off-topic {self.off_topic}, failed {self.failed}"
        )
        return f"{text}; finishing the pages in hand, again to stop at once" if self.stopping else text


def state(counts: Sequence[SourceCounts], *, sources: int, seconds: float, stopping: bool = False) -> State:
    return State(
        sources=max(sources, len(counts)),
        answered=sum(1 for c in counts if c.listings or c.failed_listings),
        pages=sum(c.pages for c in counts),
        new=sum(c.new for c in counts),
        duplicates=sum(c.duplicates for c in counts),
        off_topic=sum(c.off_topic for c in counts),
        failed=sum(c.failed for c in counts),
        seconds=seconds,
        stopping=stopping,
    )


def clock(seconds: float) -> str:
    """`1:05`, or `2:03:00` from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Progress(Protocol):
    def show(self, now: State) -> None: ...


class PlainProgress:
    """For logs, pipes and cron: a line when something changed, never two within `PLAIN_PAUSE` seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = PLAIN_PAUSE
        self._said: State | None = None

    def show(self, now: State) -> None:
        if now.seconds < self._next:
            return
        self._next = now.seconds + PLAIN_PAUSE
        told = replace(now, seconds=0.0)
        if told != self._said:
            print(now.line(), file=self._stream, flush=True)
            self._said = told


@contextmanager
def progress(stream: TextIO | None = None) -> Iterator[Progress]:
    """The progress that fits `stream` (standard error by default)."""
    target = stream or sys.stderr
    if not target.isatty():
        yield PlainProgress(target)
        return
    from rich.console import Console  # only a terminal needs it
    from rich.live import Live
    from rich.spinner import Spinner
    from rich.text import Text

    class LiveProgress:
        def show(self, now: State) -> None:
            spinner.update(text=Text(now.line(), no_wrap=True, overflow="ellipsis"))

    spinner = Spinner("dots", text="starting")
    with Live(spinner, console=Console(file=target), transient=True, refresh_per_second=8):
        yield LiveProgress()
