"""Files and standard output as channels."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from scheduler.channels.address import Channel
from scheduler.channels.message import ChannelFailed, Message
from scheduler.digest import FORMATS
from scheduler.replacing import replacing
from scheduler.terminal import hang_up

UNLIMITED = sys.maxsize
_BY_ENDING = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}
_NOTICES = "notices.txt"


def to_stdout(message: Message) -> None:
    """Writes the message; it counts as sent when the other side has taken all of it."""
    try:
        sys.stdout.write(message.form("text" if message.adds else message.preferred, UNLIMITED))
        sys.stdout.flush()
    except BrokenPipeError as error:
        hang_up()
        raise ChannelFailed("whoever read standard output stopped reading") from error


def to_file(channel: Channel, message: Message, folder: Path) -> None:
    """Replaces the file in one step, or adds a line to it.

    Args:
        folder: what relative paths begin at.
    """
    path = _path(channel, folder)
    form = "text" if message.adds else _BY_ENDING.get(path.suffix.lower(), message.preferred)
    text = message.form(form, UNLIMITED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if message.adds:
            _add(path, text)
        else:
            _put(path, text)
    except OSError as error:
        raise ChannelFailed(f"{path} cannot be written: {error.strerror or error}") from error


def to_folder(channel: Channel, message: Message, folder: Path, now: datetime) -> None:
    """Makes a new file in the folder, named by the time (in its own zone); none that is there is touched."""
    place = _path(channel, folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if message.adds:
            _add(place / _NOTICES, message.form("text", UNLIMITED))
            return
        _put_new(place, f"{message.name}-{now:%Y-%m-%d-%H%M}", FORMATS[message.preferred], message)
    except OSError as error:
        raise ChannelFailed(f"{place}: no file can be made there: {error.strerror or error}") from error


def _path(channel: Channel, folder: Path) -> Path:
    return folder / Path(channel.target).expanduser()


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", errors="replace") as file:
        file.write(text)


def _put(path: Path, text: str) -> None:
    with replacing(path) as file:
        file.write(text)


def _put_new(place: Path, name: str, ending: str, message: Message) -> None:
    whole = place / f".{name}.{os.getpid()}.new"
    try:
        _put(whole, message.form(message.preferred, UNLIMITED))
        for number in range(1, 1000):
            path = place / (f"{name}.{ending}" if number == 1 else f"{name}-{number}.{ending}")
            try:
                os.link(whole, path)  # fails when it is there: nobody's file is replaced
                return
            except FileExistsError:
                continue
        raise ChannelFailed(f"{place} has too many files named {name}")
    finally:
        whole.unlink(missing_ok=True)
