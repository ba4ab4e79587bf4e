"""Tells people of what went wrong, through the channels of the configuration."""

from __future__ import annotations

from pathlib import Path

from scheduler.config_keys import Config


def tell(event: str, text: str, db: Path, config: Config) -> list[str]:
    """Sends a notification when the configuration wants this event; what went wrong with sending, a line each."""
    return []
