"""The log of the crawling child: a file beside the store, rotated before a pass when it has grown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from store.errors import StoreError

LIMIT = 5_000_000
"""Bytes after which the next pass starts a new file."""
KEEP = 3
"""Older files kept, as `<name>.1` (the newest) to `<name>.3`."""
_TAIL_BYTES = 65_536


def path_for(db: Path) -> Path:
    """`data/silkwatch.log` for `data/silkwatch.db`."""
    return db.with_suffix(".log")


@dataclass(frozen=True, slots=True)
class LogFile:
    """The log as one pass sees it: `start` is the size in bytes when the pass began."""

    path: Path
    start: int

    @classmethod
    def begin(cls, path: Path) -> LogFile:
        """Rotates when needed. Raises StoreError when the folder cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LIMIT:
                _rotate(path)
            path.touch()
            return cls(path, path.stat().st_size)
        except OSError as error:
            raise StoreError(f"{path}: the log cannot be written ({error.strerror or error})") from error

    def tail(self, lines: int = 15) -> list[str]:
        """The last lines this pass wrote, undecodable bytes replaced."""
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            file.seek(max(self.start, size - _TAIL_BYTES))
            text = file.read().decode("utf-8", errors="replace")
        return [line for line in text.splitlines() if line.strip()][-lines:]


def _rotate(path: Path) -> None:
    for number in range(KEEP, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)
