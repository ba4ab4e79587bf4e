"""One run at a time: a lock file beside the store, held with flock.

The kernel lets go of the lock when its last holder dies, however it dies, so a dead holder never blocks. The file's
text tells people who holds it; whether it is held is asked of the kernel alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from store.errors import RunInProgress, StoreError
from store.values import moment, stamp

_POLL_SECONDS = 0.02
_LOOKING_SECONDS = 0.1
"""`held` takes the lock for a moment to see whether it can: whoever acquires waits that moment out."""


class RunLock:
    """The lock of the store at `path` (the file is `<path>.lock`); also a context manager that acquires at once."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + ".lock")
        self._fd: int | None = None

    @property
    def fd(self) -> int:
        """The held file descriptor; a child that inherits it (`pass_fds`) keeps the lock when this process dies.

        Raises:
            StoreError: the lock is not held.
        """
        if self._fd is None:
            raise StoreError(f"{self.path} is not held by this process")
        return self._fd

    def acquire(self, wait: float = 0) -> None:
        """Take the lock and write the holder's facts into the file.

        Args:
            wait: seconds to wait for a run that is just ending.

        Raises:
            RunInProgress: another run holds it; the message has its process id and for how long.
            StoreError: the file cannot be made, or this object holds the lock already.
        """
        if self._fd is not None:
            raise StoreError(f"{self.path} is already held here")
        try:
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be made: {error.strerror}") from error
        if not _locked_within(fd, max(wait, _LOOKING_SECONDS)):
            os.close(fd)
            raise RunInProgress(f"another run is in progress: {_told(self.holder())} ({self.path})")
        self._fd = fd
        facts = {"pid": os.getpid(), "since": stamp(datetime.now(UTC))}
        os.ftruncate(fd, 0)
        os.pwrite(fd, json.dumps(facts).encode() + b"\n", 0)

    def release(self) -> None:
        """Let go; does nothing when the lock is not held. A child that inherited it goes on holding it."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def holder(self) -> dict[str, Any]:
        """What the last holder wrote (`pid`, `since`), holding or not; empty when nothing can be read."""
        try:
            facts = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def held(self) -> bool:
        """Whether anyone holds the lock now. Taking it is the only sure test; this is for showing."""
        try:
            fd = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not _locked_within(fd, 0)
        finally:
            os.close(fd)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _locked_within(fd: int, wait: float) -> bool:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_SECONDS)


def _told(holder: dict[str, Any]) -> str:
    """Who holds it and for how long: a duration is the same in every zone."""
    if not holder:
        return "its holder has not said who it is"
    try:
        minutes = int((datetime.now(UTC) - moment(holder["since"])).total_seconds() // 60)
    except (KeyError, TypeError, ValueError):
        return f"process {holder.get('pid', '?')}, since an unknown time"
    hours, rest = divmod(max(0, minutes), 60)
    return f"process {holder.get('pid', '?')}, for {f'{hours} h ' if hours else ''}{rest} min"
