"""What every answer carries, who may ask, and which columns a list shows: a wrapper around Datasette.

The pages have no script at all, so that none can be smuggled in; nothing is loaded from another host, and a page that
is left by a link tells the outlet nothing. A server on loopback answers only to its own names: otherwise any web page
could read the store through a name of its own that leads to 127.0.0.1.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from store.datasette.metadata import listed_columns

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: list[tuple[bytes, bytes]] = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
NARROWED = "silkwatch.narrowed"
"""In the scope of a request whose columns we chose."""
_CHOSEN_BY_READER = frozenset({"_col", "_nocol", "_format", "_shape"})
_LEADS_ELSEWHERE = ("_filter_column", "_sort_by_desc")
"""Arguments of the filter form: Datasette answers with a redirect, where our columns would look like the reader's."""


def wrap(app: App, *, hosts: Iterable[str] = (), table_of: Callable[[str], str | None] = lambda _: None) -> App:
    """Datasette's application with all of it.

    Args:
        hosts: names it may be asked by (without port); none allows every name.
        table_of: the table whose list is at a path, None when there is another page.
    """
    allowed = frozenset(host.lower() for host in hosts)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif allowed and _host(scope) not in allowed:
            await _refuse(send)
        else:
            await app(_narrowed(scope, table_of(scope["path"])), receive, _with_headers(send))

    return answer


def _host(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    if given.startswith("["):
        return str(given[1:].partition("]")[0])
    return str(given.partition(":")[0])


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": b"This server does not answer to that host name.\n"})


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return sending


def _narrowed(scope: Scope, table: str | None) -> Scope:
    """The request with the table's listed columns asked for, unless the reader chose some."""
    columns = listed_columns(table) if table else []
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if not columns or any(name in _CHOSEN_BY_READER or name.startswith(_LEADS_ELSEWHERE) for name, _ in asked):
        return scope
    query = urlencode([*asked, *(("_col", column) for column in columns)])
    return {**scope, "query_string": query.encode("latin-1"), NARROWED: True}
