"""The clock of a store: the machine's, except in a trial.

A trial's clock stands in a small file beside the store (`<store>.clock`), written by the daemon when its
configuration has a `[clock]`. Everything that dates what it stores asks here, so that a week of days that pass in
minutes is told as a week. Without the file this is the machine's clock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.errors import StoreError
from store.values import moment


@dataclass(frozen=True, slots=True)
class Clock:
    """Shows `shown` when the machine shows `real`, and from there on runs `speed` times as fast."""

    real: datetime
    shown: datetime
    speed: float = 1.0

    def at(self, real: datetime) -> datetime:
        """What it shows when the machine shows `real`."""
        return self.shown + (real - self.real) * self.speed

    def real_at(self, shown: datetime) -> datetime:
        """What the machine shows when it shows `shown`."""
        return self.real + (shown - self.shown) / self.speed

    def from_now(self, speed: float, *, real: datetime) -> Clock:
        """The same clock at another speed from now on."""
        return Clock(real=real, shown=self.at(real), speed=speed)


def now(db: Path) -> datetime:
    """The time by the store's clock, in UTC and whole seconds.

    Raises:
        StoreError: the clock's file is not one of ours.
    """
    real = datetime.now(UTC)
    clock = read(db)
    return (clock.at(real) if clock else real).replace(microsecond=0)


def path_for(db: Path) -> Path:
    return db.with_name(db.name + ".clock")


def read(db: Path) -> Clock | None:
    """The clock of a trial, or None for the machine's."""
    path = path_for(db)
    try:
        facts = json.loads(path.read_text("utf-8"))
        return Clock(real=moment(facts["real"]), shown=moment(facts["shown"]), speed=float(facts["speed"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is not a clock of Silkwatch ({error}); remove it to use the machine's") from error


def write(db: Path, clock: Clock | None) -> None:
    """Set the clock of a trial, or go back to the machine's. Readers see the old one or the new one, never half."""
    path = path_for(db)
    if clock is None:
        path.unlink(missing_ok=True)
        return
    facts = {"real": clock.real.isoformat(), "shown": clock.shown.isoformat(), "speed": clock.speed}
    half = path.with_name(path.name + ".new")
    half.write_text(json.dumps(facts) + "\n", "utf-8")
    half.replace(path)
