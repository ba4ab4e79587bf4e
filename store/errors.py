"""The one error tree of the house. Each message names its subject and its cause, so that it can be shown as it is."""

from __future__ import annotations


class SilkwatchError(Exception):
    """Anything Silkwatch itself reports; other libraries' errors are wrapped in one of these at the border."""


class UsageError(SilkwatchError):
    """A wrong option, path or file given by the user (exit code 2)."""


class ConfigurationError(UsageError):
    """A beat, source or setting that is not valid; the message names file, key and what was expected."""


class StoreError(SilkwatchError):
    """The store cannot be opened, read, migrated or written (exit code 1)."""


class RunInProgress(SilkwatchError):
    """Another run holds the lock (exit code 75)."""
