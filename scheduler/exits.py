"""The exit codes every command keeps to, and which error leads to which."""

from __future__ import annotations

from store.errors import RunInProgress, SilkwatchError, UsageError

OK = 0
"""The work was done; what failed inside it (a source, a page) is reported."""
FAILED = 1
"""The work could not be done: no source reachable, the store not readable or writable, nothing known of a URL."""
USAGE = 2
"""Wrong options, files or configuration; nothing was changed."""
BUSY = 75
"""Another run holds the lock (EX_TEMPFAIL of sysexits.h: try again later)."""


def code_for(error: SilkwatchError) -> int:
    if isinstance(error, RunInProgress):
        return BUSY
    return USAGE if isinstance(error, UsageError) else FAILED
