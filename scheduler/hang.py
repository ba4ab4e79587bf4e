"""A pass that says nothing any more. Pure: signs of life and seconds go in."""

from __future__ import annotations

from dataclasses import dataclass

from store.errors import SilkwatchError


class Hung(SilkwatchError):
    """The pass has been silent for too long; it is ended."""


@dataclass(slots=True)
class Watchdog:
    """Measures silence by the watcher's own clock: the stamps of a pass only have to change."""

    limit: float
    """Seconds of silence that are allowed."""
    _sign: str | None = None
    _since: float = 0.0

    def look(self, sign: str | None, seconds: float) -> None:
        """Takes note of the last sign of life (None: none so far) at so many seconds after the start.

        Raises:
            Hung: it has not changed for longer than the limit.
        """
        if sign != self._sign:
            self._sign, self._since = sign, seconds
        elif seconds - self._since > self.limit:
            raise Hung(f"no sign of life for {seconds - self._since:.0f} seconds")
