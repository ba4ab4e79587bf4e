"""When a pass is taken for hung, and what is recorded of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.gather import PassFailed, Request, gather
from scheduler.hang import Hung, Watchdog
from store import runs
from store.database import Store
from store.models import RunOutcome
from tests.scheduler.beats import make_beat, playing


def test_silence_is_measured_from_the_last_change() -> None:
    dog = Watchdog(limit=10)
    for sign, seconds in ((None, 1), (None, 9), ("a", 11), ("a", 20), ("b", 21), ("b", 31)):
        dog.look(sign, seconds)
    with pytest.raises(Hung, match="no sign of life for 11 seconds"):
        dog.look("b", 32)


def test_a_pass_that_never_begins_is_hung_as_well() -> None:
    dog = Watchdog(limit=10)
    dog.look(None, 5)
    with pytest.raises(Hung):
        dog.look(None, 11)


def test_a_hung_pass_is_ended_and_its_row_closed(db: Path, tmp_path: Path) -> None:
    beat = make_beat(tmp_path / "beat", paper="en")
    request = Request(db=db, beat=beat, program=playing("time.sleep(600)"), silent_minutes=0.15)
    report = gather(request, say=print)
    assert (report.outcome, report.exit_code) == (RunOutcome.INTERRUPTED, 1)
    assert report.detail.startswith("the pass hung (no sign of life for ")
    with Store.open(db) as store:
        assert [(i["code"], i["level"], i["run_id"]) for i in runs.open_issues(store)] == [("hung", "error", 1)]


def test_a_program_that_says_nothing_at_all_is_ended(db: Path, tmp_path: Path) -> None:
    program = (*playing("")[:2], "import time; time.sleep(600)")
    request = Request(db=db, beat=make_beat(tmp_path / "beat", paper="en"), program=program, silent_minutes=0.02)
    with pytest.raises(PassFailed, match="the pass hung"):
        gather(request, say=print)


@pytest.mark.parametrize(
    ("options", "whole"),
    [
        ({}, 1),
        ({"max_minutes": 5}, 1),
        ({"source_ids": ("paper",)}, 0),
        ({"cap": 3}, 0),
        ({"listings_only": True}, 0),
    ],
    ids=str,
)
def test_only_a_pass_over_everything_does_the_work_of_a_daily_one(
    db: Path, tmp_path: Path, options: dict[str, object], whole: int
) -> None:
    beat = make_beat(tmp_path / "beat", paper="en")
    gather(Request(db=db, beat=beat, program=playing("finish('completed', '')"), **options), say=print)  # type: ignore[arg-type]
    with Store.open(db) as store:
        assert runs.latest(store)["whole"] == whole  # type: ignore[index]
