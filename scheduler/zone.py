"""Stored times are UTC; people read them in their own zone: SILKWATCH_TZ, else TZ, else the machine's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from store.errors import ConfigurationError

VARIABLE = "SILKWATCH_TZ"


def user_zone(environ: Mapping[str, str] = os.environ) -> tzinfo | None:
    """The zone named in SILKWATCH_TZ; None stands for the machine's own (which heeds TZ).

    Raises ConfigurationError for a name the time zone database does not have.
    """
    name = environ.get(VARIABLE, "").strip()
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError; odd names give the others
        message = f"{VARIABLE}: “{name}” is not a known time zone; expected a name such as Asia/Tehran"
        raise ConfigurationError(message) from error


def shown(when: datetime, zone: tzinfo | None) -> str:
    """`2026-03-12 21:27 CET`: to the minute, with the zone's own abbreviation."""
    local = when.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M} {local.tzname() or ''}".rstrip()
