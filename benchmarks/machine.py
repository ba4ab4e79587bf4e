"""The machine in one line, without names: what figures need to be read with."""

from __future__ import annotations

import os
import platform


def machine() -> str:
    """Cores, system, Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}."
