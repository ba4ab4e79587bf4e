"""Notices of what went wrong, sent at once, and once: a channel that does not take one is told in the log and as an
issue. What happened stands in `turns` and `status` anyway, and a late alarm would be a false one."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from scheduler.channels import Channel, Message, parse
from scheduler.channels.deliver import attempt
from scheduler.config_keys import Config
from scheduler.digest.markdown import escaped
from scheduler.digest_send import note
from scheduler.tell import Event
from scheduler.terminal import plain
from scheduler.zone import shown
from store.database import Store
from store.errors import SilkwatchError

TITLES = {
    "failed": "a pass or the digest failed",
    "missed": "a turn was missed",
    "hung": "a pass hung and was ended",
    "ill": "a source is ill",
    "maintenance": "maintenance or a backup failed",
}


def notify(event: Event, config: Config) -> list[str]:
    """Sends the event to every channel of the configuration; a line for each one that did not take it.

    Raises:
        UsageError: the configuration names no valid channel.
    """
    local = event.at.astimezone(config.shown_zone)
    message = _message(event, shown(local, config.shown_zone))
    folder = event.db.absolute().parent
    done = [(one, attempt(one, message, folder=folder, now=local)) for one in parse(config.notify.to)]
    return [f"{one.shown} did not take the notice: {error}" for one, error in done if error] + _kept(event, done)


def _message(event: Event, when: str) -> Message:
    title = TITLES[event.kind]

    def form(name: str, most: int) -> str:
        return _written(name, f"{event.kind}: {plain(event.text)}", when)[:most]

    return Message(subject=title, form=form, id=f"{when} {event.kind} {event.text}", adds=True, urgent=True)


def _written(form: str, text: str, when: str) -> str:
    """One line; what it quotes of sources and files is harmless in each form."""
    if form == "html":
        return f"<p><b>{escape(text)}</b><br>{escape(when)}</p>\n"
    return f"**{escaped(text)}**\n\n{escaped(when)}\n" if form == "markdown" else f"{when}  {text}\n"


def _kept(event: Event, done: Sequence[tuple[Channel, str]]) -> list[str]:
    """Keeps an issue for each channel that failed; what kept it from being kept, a line."""
    try:
        with Store.open(event.db, create=False) as store, store.write():
            for channel, error in done:
                note(store, channel, error, event.at)
    except SilkwatchError as error:  # a store that cannot be written may be what the notice tells of
        return [f"that is not recorded: {error}"]
    return []
