"""Where digests and notices go: files, standard output, e-mail, and every service that Apprise knows.

`parse` reads addresses, `deliver.attempt` sends one message to one channel; both keep what is secret in an address to
themselves: channels are told by `Channel.shown`, in logs, tables and errors.
"""

from scheduler.channels.address import EXPECTED, Channel, Kind, parse, scrubbed
from scheduler.channels.message import ChannelFailed, Message

__all__ = ["EXPECTED", "Channel", "ChannelFailed", "Kind", "Message", "parse", "scrubbed"]
