"""Times are stored in UTC and shown where the reader is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from scheduler.zone import shown, user_zone
from store.errors import ConfigurationError

EVENING = datetime(2026, 3, 12, 21, 27, tzinfo=UTC)


@pytest.fixture
def machine_in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Tehran", "2026-03-13 00:57 +0330"),
        ("Asia/Shanghai", "2026-03-13 05:27 CST"),
        ("UTC", "2026-03-12 21:27 UTC"),
    ],
)
def test_the_zone_of_the_environment_is_shown(zone: str, expected: str) -> None:
    assert shown(EVENING, user_zone({"SILKWATCH_TZ": zone})) == expected


@pytest.mark.usefixtures("machine_in_tokyo")
def test_without_it_the_machine_s_own_zone_is_shown() -> None:
    assert shown(EVENING, user_zone({})) == "2026-03-13 06:27 JST"


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Asia"])
def test_an_unknown_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"SILKWATCH_TZ: .* is not a known time zone"):
        user_zone({"SILKWATCH_TZ": name})
