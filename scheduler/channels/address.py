"""The address of a channel: what kind it is, and how it is told without what is secret in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from scheduler.terminal import plain
from store.errors import UsageError

EXPECTED = (
    "file:PATH, file:FOLDER/, stdout, mailto:NAME@HOST, smtp://HOST?to=NAME@HOST, or an address of Apprise such as "
    "ntfy://TOPIC"
)
_MAIL = re.compile(r"[^\s@,<>()\"]+@[^\s@,<>()\"]+")
_WITH_HOST = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
"""Services of Apprise whose address begins with a host; of the others the first part may be a token."""
_SECRET = 5
"""Parts of an address that are shorter than this are no secrets, and words in error messages."""


class Kind(StrEnum):
    FILE = "file"
    """Replaced by each digest; notices are added to it."""
    FOLDER = "folder"
    """Each digest is a new file in it."""
    STDOUT = "stdout"
    MAIL = "mail"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where messages go. `shown` is its name in logs, tables and errors, and its identity in the store."""

    kind: Kind
    shown: str
    target: str = field(default="", repr=False)
    """A path, an address of Apprise, or the recipient of a mail."""
    server: str = field(default="", repr=False)
    """Of a mail, the server's address; empty: the one of the environment, or this machine's."""


def parse(addresses: Iterable[str]) -> list[Channel]:
    """The channels of these addresses, each once; a mail to several people is a channel for each of them.

    Raises:
        UsageError: one is no address of a channel; the message does not hold what may be secret in it.
    """
    found = [channel for address in addresses for channel in _channels(address.strip())]
    return list({channel.shown: channel for channel in found}.values())


def _channels(address: str) -> list[Channel]:
    scheme, _, rest = address.partition(":")
    scheme = scheme.lower()
    if address == "-" or (scheme == "stdout" and not rest):
        return [Channel(kind=Kind.STDOUT, shown="stdout")]
    if scheme == "file" and rest:
        return [_file(rest)]
    if scheme == "mailto" and not rest.startswith("//"):
        return [
            Channel(kind=Kind.MAIL, shown=plain(f"mailto:{to}"), target=to)
            for to in _recipients(rest.partition("?")[0])
        ]
    if scheme in ("smtp", "smtps") and rest.startswith("//"):
        return _through_server(address, scheme)
    if rest.startswith("//") and rest.strip("/") and re.fullmatch(r"[a-z][a-z0-9+]*", scheme):
        return [Channel(kind=Kind.SERVICE, shown=_masked(address, scheme), target=address)]
    raise UsageError(f"expected {EXPECTED}, got an address that begins with {_beginning(address, scheme)}")


def _beginning(address: str, scheme: str) -> str:
    """The word before the colon; of a text without one, a single letter, for it may be a token."""
    return repr(plain(scheme)[:20]) if ":" in address else repr(plain(address)[:1])


def _file(rest: str) -> Channel:
    """`file:alerts.txt`, `file:/var/log/x.txt` and `file:///var/log/x.txt`; a slash at the end makes a folder."""
    path = rest[2:] if rest.startswith("///") else rest
    return Channel(kind=Kind.FOLDER if path.endswith("/") else Kind.FILE, shown=f"file:{plain(path)}", target=path)


def _recipients(text: str) -> list[str]:
    found = [unquote(part).strip() for part in text.split(",") if part.strip()]
    if not found or not all(_MAIL.fullmatch(one) for one in found):
        raise UsageError("expected mailto:NAME@HOST, or smtp://HOST?to=NAME@HOST, with valid e-mail addresses")
    return found


def _through_server(address: str, scheme: str) -> list[Channel]:
    parts = split(address)
    query = dict(parse_qsl(parts.query))
    if not parts.hostname or not query.get("to"):
        raise UsageError(f"expected {scheme}://[USER:PASSWORD@]HOST[:PORT]?to=NAME@HOST")
    if sender := query.get("from"):
        _recipients(sender)
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    return [
        Channel(kind=Kind.MAIL, shown=plain(f"{scheme}://{host}?to={to}"), target=to, server=address)
        for to in _recipients(query["to"])
    ]


def split(address: str) -> SplitResult:
    """The parts of an address.

    Raises:
        UsageError: it has a host or a port that cannot be; what it has is not told.
    """
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError as error:
        raise UsageError("expected an address with a valid host and port") from error
    return parts


def _masked(address: str, scheme: str) -> str:
    """Scheme, host where it is one, and eight figures that tell two addresses of a service apart.

    The figures are of the address without its password: it may be changed, and the channel stays the same.
    """
    bare = re.sub(r"(//[^/@:]*):[^/@]*@", r"\1@", address)
    mark = sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    host = ""
    if scheme in _WITH_HOST:
        parts = split(address)
        host = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    return plain(f"{scheme}://{host}/…{mark}")


def scrubbed(text: str, channel: Channel) -> str:
    """A message of an error on one line, without any part of the channel's address that may be secret."""
    for secret in sorted(_secrets(channel), key=len, reverse=True):
        text = text.replace(secret, "…")
    return plain(text)


def _secrets(channel: Channel) -> set[str]:
    address = channel.server or channel.target
    if channel.kind not in (Kind.MAIL, Kind.SERVICE) or "://" not in address:
        return set()
    rest = address.partition("://")[2]
    parts = re.split(r"[/?&=#@:,]", rest)
    known = {channel.target} if channel.kind is Kind.MAIL else set()
    if channel.kind is Kind.MAIL or address.partition("://")[0].lower() in _WITH_HOST:
        known |= {split(address).hostname or "", str(split(address).port)}
    raw = {address, rest, *parts} - known - set(channel.target.split("@") if channel.kind is Kind.MAIL else ())
    return {form for part in raw for form in (part, unquote(part)) if len(form) >= _SECRET}
