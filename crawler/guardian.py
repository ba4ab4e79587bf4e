"""A process does not outlive the one that started it: a killed parent leaves nothing behind that holds the lock.

On Linux the kernel ends us with the parent; elsewhere a watcher notices that the parent has changed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 1.0


def end_with_parent(parent: int | None = None) -> None:
    """Tie this process to its parent.

    Args:
        parent: the parent's process id, when it is known; a parent that is gone already ends this process at once.
    """
    expected = parent or os.getppid()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != expected:  # it died before we could ask
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.platform != "linux":
        threading.Thread(target=_poll, args=(expected,), daemon=True, name="parent-watch").start()


def _poll(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
