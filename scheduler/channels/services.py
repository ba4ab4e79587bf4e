"""Every service that Apprise knows, as a channel. The only importer of Apprise."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType
from apprise.plugins import NotifyBase

from scheduler.channels.address import Channel
from scheduler.channels.message import ChannelFailed, Message

ROOM = 0.85
"""Share of what a service takes that is filled: converting to its own markup makes a text longer."""
_MENTION = re.compile(r"(?<![\w/.])@(?=\w)")
"""A headline with `@everyone` must not call everyone of a chat room: a space without width comes in between."""
ROOMY = 20_000
"""Characters from which a service is one for long messages, which may be HTML."""


def knows(channel: Channel) -> bool:
    """Whether Apprise has a service for the address, and the address all that the service needs."""
    with _listening():
        return _service(channel) is not None


def send(channel: Channel, message: Message) -> None:
    """Hands the message to the service, as long as it takes it and in the markup that it likes.

    Raises:
        ChannelFailed: no service takes the address, or the service did not take the message.
    """
    with _listening() as said:
        service = _service(channel)
        if service is None:
            raise ChannelFailed("no service of Apprise takes this address")
        form = _form(service)
        most = int(service.body_maxlen * ROOM) - len(message.subject)
        sender = Apprise(asset=service.asset)
        sender.add(service)
        taken = sender.notify(
            body=_MENTION.sub("@\u200b", message.form(form, most)).strip("\n"),
            title=f"Silkwatch: {message.subject}",
            notify_type=NotifyType.WARNING if message.urgent else NotifyType.INFO,
            body_format=NotifyFormat(form),
        )
    if not taken:
        raise ChannelFailed("; ".join(dict.fromkeys(said)) or "the service did not take it")


def _service(channel: Channel) -> NotifyBase | None:
    """No picture of Apprise is put in: the reader's program would fetch it from a stranger."""
    asset = AppriseAsset(
        app_id="Silkwatch", app_desc="Silkwatch", app_url="", image_url_mask="", image_url_logo="", async_mode=False
    )
    made = Apprise.instantiate(channel.target, asset=asset, suppress_exceptions=True)
    return made if isinstance(made, NotifyBase) else None


def _form(service: NotifyBase) -> str:
    liked: Any = service.notify_format  # one format in Apprise 1.9, several in 2
    first = liked[0] if isinstance(liked, tuple) else liked
    if first == NotifyFormat.MARKDOWN or (first == NotifyFormat.HTML and service.body_maxlen >= ROOMY):
        return str(first.value)
    return "text"


class _Ear(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What Apprise logs meanwhile: only its log says why something failed. It may hold tokens, so it goes nowhere."""
    said: list[str] = []
    logger, ear = logging.getLogger("apprise"), _Ear(said)
    before = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # what its hundred other services import
            yield said
    finally:
        logger.propagate = before
        logger.removeHandler(ear)
