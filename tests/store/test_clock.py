"""A store's clock: the machine's, or a trial's that runs fast and slow without a jump."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import clock
from store.clock import Clock
from store.errors import StoreError

REAL = datetime(2026, 11, 24, 2, tzinfo=UTC)
SHOWN = datetime(2026, 3, 1, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_without_a_file_it_is_the_machine_s(tmp_path: Path) -> None:
    assert clock.read(tmp_path / "news.db") is None
    assert abs(clock.now(tmp_path / "news.db") - datetime.now(UTC)) < 2 * SECOND


def test_a_trial_is_told_to_every_process_until_it_ends(tmp_path: Path) -> None:
    db = tmp_path / "news.db"
    given = Clock(real=REAL, shown=SHOWN, speed=3600)
    clock.write(db, given)
    assert clock.read(db) == given
    assert clock.now(db) > SHOWN
    clock.write(db, None)
    clock.write(db, None)
    assert clock.read(db) is None


@given(speed=st.floats(1, 1e5), later=st.integers(0, 10**6), then=st.floats(1, 1e5))
def test_another_speed_is_no_jump_and_the_way_back_is_exact(speed: float, later: int, then: float) -> None:
    first, at = Clock(real=REAL, shown=SHOWN, speed=speed), REAL + later * SECOND
    second = first.from_now(then, real=at)
    assert second.at(at) == first.at(at)
    assert abs(second.real_at(second.at(at + SECOND)) - at - SECOND) < timedelta(milliseconds=1)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"real": 1}', '{"real": "x", "shown": "y", "speed": 1}'])
def test_a_file_that_is_no_clock_is_told(tmp_path: Path, text: str) -> None:
    db = tmp_path / "news.db"
    clock.path_for(db).write_text(text)
    with pytest.raises(StoreError, match="is not a clock of Silkwatch"):
        clock.now(db)
