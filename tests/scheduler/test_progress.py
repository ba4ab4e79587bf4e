"""What is told while a pass runs."""

from __future__ import annotations

import io

import pytest

from scheduler.progress import PlainProgress, State, clock, progress, state
from store.models import SourceCounts

COUNTS = [
    SourceCounts(source_id="irna", listings=2, pages=7, new=3, off_topic=3, failed=1),
    SourceCounts(source_id="scmp", failed_listings=1, error="no answer"),
    SourceCounts(source_id="rt", listings=1, unchanged_listings=1, duplicates=2),
    SourceCounts(source_id="waiting"),
]


def test_the_state_sums_the_sources() -> None:
    assert state(COUNTS, sources=5, seconds=61.7).line() == (
        "1:01  sources 3/5, pages 7, new 3, duplicates 2, off-topic 3, failed 1"
    )


def test_a_stopping_pass_says_how_to_end_it_at_once() -> None:
    assert "again to stop at once" in state(COUNTS, sources=5, seconds=1, stopping=True).line()


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (600, "10:00"), (7384, "2:03:04")])
def test_durations_read_as_clocks(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def at(seconds: float, pages: int) -> State:
    return state([SourceCounts(source_id="irna", listings=1, pages=pages)], sources=1, seconds=seconds)


def test_plain_lines_come_at_most_every_ten_seconds_and_only_when_something_changed() -> None:
    stream = io.StringIO()
    told = PlainProgress(stream)
    for seconds, pages in [(0.5, 0), (5, 1), (10, 2), (10.5, 3), (19, 4), (20.5, 2), (31, 5)]:
        told.show(at(seconds, pages))
    assert [line.split(",")[0] + line.split(",")[1] for line in stream.getvalue().splitlines()] == [
        "0:10  sources 1/1 pages 2",
        "0:31  sources 1/1 pages 5",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_live_line_that_leaves_nothing_behind() -> None:
    terminal = Terminal()
    with progress(terminal) as told:
        told.show(at(1, pages=42))
    assert "pages 42" in terminal.getvalue()
    assert terminal.getvalue().count("\n") <= 1


def test_a_pipe_gets_plain_lines_without_escape_sequences() -> None:
    pipe = io.StringIO()
    with progress(pipe) as told:
        told.show(at(11, pages=42))
    assert pipe.getvalue().startswith("0:11  sources 1/1, pages 42")
    assert "\x1b" not in pipe.getvalue()
