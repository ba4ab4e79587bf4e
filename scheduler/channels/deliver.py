"""One message to one channel; what went wrong is a sentence, never an exception that keeps other channels waiting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from scheduler.channels import files
from scheduler.channels.address import EXPECTED, Channel, Kind, scrubbed
from scheduler.channels.message import Message
from store.errors import SilkwatchError, UsageError


def attempt(channel: Channel, message: Message, *, folder: Path, now: datetime) -> str:
    """Sends; the error in one sentence without anything secret, empty when the channel took the message.

    Args:
        folder: what relative paths of files begin at.
        now: in the zone in which the names of files tell the time.
    """
    try:
        _send(channel, message, folder, now)
    except SilkwatchError as error:
        return scrubbed(str(error), channel) or "it failed"
    except Exception as error:  # noqa: BLE001  # whatever a service's code does, the other channels get theirs
        return scrubbed(f"{type(error).__name__}: {error}", channel)
    return ""


def check(channels: Iterable[Channel]) -> None:
    """Looks whether there is something that can send to each channel. Sends nothing.

    Raises:
        UsageError: naming those for which there is nothing.
    """
    services = [channel for channel in channels if channel.kind is Kind.SERVICE]
    if not services:
        return
    from scheduler.channels.services import knows  # Apprise takes 0.4 s to load with its services

    if unknown := [channel.shown for channel in services if not knows(channel)]:
        raise UsageError(f"no service of Apprise takes {', '.join(unknown)}: expected {EXPECTED}")


def _send(channel: Channel, message: Message, folder: Path, now: datetime) -> None:
    match channel.kind:
        case Kind.STDOUT:
            files.to_stdout(message)
        case Kind.FILE:
            files.to_file(channel, message, folder)
        case Kind.FOLDER:
            files.to_folder(channel, message, folder, now)
        case Kind.MAIL:
            from scheduler.channels import mail  # only who mails pays for ssl

            mail.send(channel, message)
        case Kind.SERVICE:
            from scheduler.channels import services  # Apprise takes 0.2 s to load

            services.send(channel, message)
