"""A pass from the outside, with a real child that plays it: what its row says decides, not its exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from scheduler import gather as gathering
from scheduler.gather import PassFailed, Request, gather
from scheduler.report import Report
from store import runs
from store.database import Store
from store.errors import ConfigurationError, RunInProgress, StoreError, UsageError
from store.lock import RunLock
from store.models import RunOutcome
from tests.scheduler.beats import make_beat, playing


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    return make_beat(tmp_path / "beat", paper="en", gazette="fa")


def played(db: Path, beat: Path, script: str, **options: object) -> Report:
    return gather(Request(db=db, beat=beat, program=playing(script), **options), say=print)  # type: ignore[arg-type]


def test_the_row_of_the_pass_is_reported_with_its_sources(
    db: Path, beat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "count('paper', listings=1, pages=3, off_topic=3); finish('completed', '1 of 2 sources answered')"
    report = played(db, beat, script)
    assert (report.outcome, report.detail, report.exit_code) == (RunOutcome.COMPLETED, "1 of 2 sources answered", 0)
    assert {c.source_id: c.pages for c in report.counts} == {"gazette": 0, "paper": 3}
    assert report.sources["paper"].name == "The Paper"
    assert capsys.readouterr().out.strip() == f"Gathering from 2 sources; log: {db.with_suffix('.log')}"


def test_the_exit_code_of_the_child_says_nothing(db: Path, beat: Path) -> None:
    assert played(db, beat, "finish('completed', ''); sys.exit(9)").exit_code == 0
    assert played(db, beat, "finish('failed', 'none of 2 sources could be reached')").exit_code == 1


def test_the_chosen_sources_and_limits_are_passed_on(db: Path, beat: Path) -> None:
    script = "finish('completed', ' '.join([*ids, *sys.argv[1:]]))"
    options = {"source_ids": ("paper",), "cap": 3, "listings_only": True, "max_minutes": 9}
    told = "paper -a source=paper -a cap=3 -a listings_only=1 -a max_minutes=9"
    assert played(db, beat, script, **options).detail == told


def test_a_pass_that_ended_at_its_time_limit_did_its_work(db: Path, beat: Path) -> None:
    assert played(db, beat, "finish('interrupted', 'time is up')", max_minutes=1).exit_code == 0
    assert played(db, beat, "finish('interrupted', 'shut down')").exit_code == 1


def test_a_killed_child_leaves_no_run_that_seems_to_go_on(db: Path, beat: Path) -> None:
    report = played(db, beat, "print('last words', flush=True); os.kill(os.getpid(), 9)")
    assert (report.outcome, report.exit_code) == (RunOutcome.INTERRUPTED, 1)
    assert list(report.log_tail) == ["last words"]
    with Store.open(db) as store:
        assert runs.latest(store)["outcome"] == "interrupted"  # type: ignore[index]


def test_a_child_that_never_opened_a_row_fails_with_the_end_of_its_log(db: Path, beat: Path) -> None:
    played(db, beat, "finish('completed', 'the pass before')")
    program = (sys.executable, "-c", "raise SystemExit('ImportError: no module named spider')")
    with pytest.raises(PassFailed) as error:
        gather(Request(db=db, beat=beat, program=program), say=print)
    first, *tail = str(error.value).splitlines()
    assert first == f"the pass ended before it had begun (exit code 1); the log is {db.with_suffix('.log')}"
    assert tail == ["ImportError: no module named spider"]


def test_progress_is_read_from_the_store_while_the_child_works(
    db: Path, beat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setattr("scheduler.progress.PLAIN_PAUSE", 0.4)
    played(db, beat, "count('paper', listings=1, pages=5, new=2); time.sleep(5); finish('completed', '')")
    assert "sources 1/2, pages 5, new 2, duplicates 0, off-topic 0, failed 0" in seen.getvalue()


def test_a_stop_is_passed_on_and_the_pass_reports_how_far_it_came(db: Path, beat: Path) -> None:
    script = """
import signal
def stop(*_):
    finish('interrupted', 'stopped before its end'); sys.exit(0)
signal.signal(signal.SIGINT, stop)
print('ready', flush=True)
time.sleep(600)
"""
    log = db.with_suffix(".log")

    def send() -> None:
        while not (log.exists() and "ready" in log.read_text()):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    sender = threading.Thread(target=send)
    sender.start()
    report = played(db, beat, script, max_minutes=5)
    sender.join()
    assert (report.outcome, report.stopped, report.exit_code) == (RunOutcome.INTERRUPTED, True, 1)


def test_a_second_run_is_refused_while_the_first_holds_the_lock(
    db: Path, beat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "LOCK_WAIT", 0.2)
    with RunLock(db), pytest.raises(RunInProgress, match="another run is in progress"):
        played(db, beat, "finish('completed', '')")
    assert played(db, beat, "finish('completed', '')").exit_code == 0


def test_the_folder_of_the_store_is_made(tmp_path: Path, beat: Path) -> None:
    db = tmp_path / "new" / "folder" / "news.db"
    assert played(db, beat, "finish('completed', '')").exit_code == 0
    assert db.exists()


def test_a_store_that_cannot_be_made_is_told(tmp_path: Path, beat: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="its folder cannot be made"):
        played(tmp_path / "file" / "news.db", beat, "")


def test_unknown_and_missing_sources_are_told_before_anything_starts(tmp_path: Path, db: Path, beat: Path) -> None:
    with pytest.raises(UsageError, match="no such source: nowhere"):
        played(db, beat, "", source_ids=("paper", "nowhere"))
    with pytest.raises(UsageError, match="has no enabled source"):
        played(db, make_beat(tmp_path / "empty"), "")
    with pytest.raises(ConfigurationError, match="expected the folder of a beat"):
        played(db, tmp_path, "")
    assert not db.exists()
