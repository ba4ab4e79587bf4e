"""E-mail as a channel: one message with a text and an HTML part to one person, over SMTP."""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from hashlib import sha256
from urllib.parse import parse_qsl, unquote

from scheduler.channels.address import Channel, split
from scheduler.channels.message import ChannelFailed, Message
from store.errors import UsageError

VARIABLE = "SILKWATCH_SMTP"
"""The server through which `mailto:` addresses are reached."""
TIMEOUT = 30.0
MOST = 400_000
"""Characters of a part: larger mails are refused or cut by many servers."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    host: str
    port: int
    tls: bool
    """True for `smtps`: encrypted from the first byte. Otherwise STARTTLS is used where it is offered."""
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


def send(channel: Channel, message: Message, environ: Mapping[str, str] = os.environ) -> None:
    """Hands the message to the server.

    Raises:
        ChannelFailed: the server cannot be reached, refused it, or would be told a password without encryption.
    """
    server = _server(channel.server or environ.get(VARIABLE, "") or "smtp://localhost")
    mail = _mail(channel, message, server)
    try:
        with _connected(server) as connection:
            connection.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        code, why = next(iter(error.recipients.values()))
        raise ChannelFailed(f"{server.host} refused the recipient: {code} {_said(why)}") from error
    except smtplib.SMTPResponseException as error:
        raise ChannelFailed(f"{server.host} answered {error.smtp_code} {_said(error.smtp_error)}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise ChannelFailed(f"{server.host}:{server.port}: {error}") from error


def _server(address: str) -> Server:
    parts = split(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise UsageError(f"{VARIABLE}: expected smtp://[USER:PASSWORD@]HOST[:PORT], or smtps://…")
    tls, user = parts.scheme == "smtps", unquote(parts.username or "")
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587 if user else 25),
        tls=tls,
        user=user,
        password=unquote(parts.password or ""),
        sender=dict(parse_qsl(parts.query)).get("from", ""),
    )


def _connected(server: Server) -> smtplib.SMTP:
    """A connection that is ready to send, encrypted unless the server is this machine or offers nothing."""
    if server.tls:
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        _greet(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _greet(connection: smtplib.SMTP, server: Server) -> None:
    connection.ehlo_or_helo_if_needed()
    local, secret = server.host in _LOOPBACK, server.tls
    if not server.tls and not local and connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
        secret = True
    if server.user:
        if not (secret or local):
            raise ChannelFailed(f"{server.host} offers no encryption: it is not told a password")
        connection.login(server.user, server.password)


def _mail(channel: Channel, message: Message, server: Server) -> EmailMessage:
    host = socket.gethostname() or "localhost"
    mail = EmailMessage()
    mail["Subject"] = f"Silkwatch: {message.subject}"
    mail["From"] = server.sender or (server.user if "@" in server.user else f"silkwatch@{host}")
    mail["To"] = channel.target
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = f"<{sha256(f'{channel.shown} {message.id}'.encode()).hexdigest()[:32]}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.urgent:
        mail["Importance"] = "high"
    mail.set_content(message.form("text", MOST), charset="utf-8", cte="base64")
    mail.add_alternative(message.form("html", MOST), subtype="html", charset="utf-8", cte="base64")
    return mail


def _said(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
