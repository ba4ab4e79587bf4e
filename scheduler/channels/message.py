"""What is sent, and the error of a channel that could not take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.errors import SilkwatchError

Form = Callable[[str, int], str]
"""The message as `markdown`, `html` or `text`, in at most so many characters."""


class ChannelFailed(SilkwatchError):
    """A channel did not take a message; the cause in one sentence, which may still hold what is secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A digest or a notice, in whatever form a channel takes."""

    subject: str
    """One line without texts from the web."""
    form: Form
    id: str
    """Equal for two sendings of the same thing: the Message-ID of a mail is made of it."""
    preferred: str = "markdown"
    """The form of files without a telling ending, and of standard output."""
    name: str = "digest"
    """How the names of its files begin: `digest-2026-03-05-0730.md` …"""
    adds: bool = False
    """True for notices: a file gets a line more, instead of being replaced."""
    urgent: bool = False
