"""A mail server and a web service on loopback, as channels meet them."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword


class Post:
    """A mail server that keeps what it is given; `refuse` is what it answers instead.

    `taken` is set when it has a mail; while `hold` is not set it does not say so to whoever sent it.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = ""
        self.logins: list[tuple[str, str]] = []
        self.port = 0
        self.encrypted = False
        self.taken, self.hold = threading.Event(), threading.Event()
        self.hold.set()

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "nobody@" in address:
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.refuse:
            return self.refuse
        mail = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.taken.set()
        while not self.hold.is_set():
            await asyncio.sleep(0.02)
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"s3cret-pass", handled=False)


class AnyPort(Controller):
    """Takes a port that is free; the controller itself must be told one."""

    def _trigger_server(self) -> None:
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(host: str = "127.0.0.1", **security: ssl.SSLContext) -> Iterator[Post]:
    """A mail server on loopback; `ssl_context` encrypts from the first byte, `tls_context` offers STARTTLS."""
    post = Post()
    controller = AnyPort(
        post, hostname=host, port=0, authenticator=post.authenticate, auth_require_tls=False, **security
    )
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


class Service:
    """A web service that takes JSON; `status` is what it answers."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.status = 200
        self.port = 0


@contextmanager
def web_service() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if service.status == 200:
                service.taken.append(json.loads(body))
            self.send_response(service.status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Not on the terminal of the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
