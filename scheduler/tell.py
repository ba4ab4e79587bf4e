"""What the daemon tells to the outside: notifications and the digest, through modules that may be left out.

`scheduler.notify.notify(event, config)` sends an `Event` and gives a line for each channel that failed;
`scheduler.digest_send.send(db, config, now=…)` sends the digest and gives one sentence. Without the first, events
stand in the daemon's log, in `turns` and in `status` only; without the second, the digest is not scheduled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from scheduler.config_keys import Config

NOTIFY, DIGEST = "scheduler.notify", "scheduler.digest_send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a person may want to be told of at once."""

    kind: str
    """A word of the configuration's `notify.on`."""
    text: str
    """One plain sentence."""
    at: datetime
    db: Path


def tell(event: Event, config: Config) -> list[str]:
    """Sends the event when the configuration wants it; what went wrong with sending, a line each."""
    if event.kind not in config.notify.on or not config.notify.to or not find_spec(NOTIFY):
        return []
    return list(import_module(NOTIFY).notify(event, config))


def has_digest() -> bool:
    return find_spec(DIGEST) is not None


def send_digest(db: Path, config: Config, now: datetime) -> str:
    """Sends the digest; what was sent where, in one sentence.

    Raises:
        SilkwatchError: a channel failed; it is tried again at the next digest.
    """
    return str(import_module(DIGEST).send(db, config, now=now))
