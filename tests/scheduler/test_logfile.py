"""The child's log beside the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import logfile
from scheduler.logfile import LogFile, path_for
from store.errors import StoreError


def test_the_log_lies_beside_the_store(tmp_path: Path) -> None:
    assert path_for(tmp_path / "news.db") == tmp_path / "news.log"


def test_the_tail_holds_the_last_lines_of_this_pass_only(tmp_path: Path) -> None:
    path = tmp_path / "news.log"
    path.write_text("from the pass before\n")
    log = LogFile.begin(path)
    with path.open("ab") as file:
        file.write(b"".join(b"line %d\n" % n for n in range(20)) + b"broken \xff byte\n\n")
    assert log.tail(3) == ["line 18", "line 19", "broken \ufffd byte"]
    assert "from the pass before" not in log.tail(1000)


def test_a_grown_log_moves_aside_and_the_oldest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logfile, "LIMIT", 4)
    path = tmp_path / "news.log"
    for number in range(6):
        LogFile.begin(path)
        path.write_text(f"pass {number}\n")
    kept = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert kept == {
        "news.log": "pass 5\n", "news.log.1": "pass 4\n", "news.log.2": "pass 3\n", "news.log.3": "pass 2\n",
    }  # fmt: skip


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"the log cannot be written"):
        LogFile.begin(tmp_path / "file" / "news.log")
