"""Datasette on the store: the command line that serves it, and the metadata that goes in on its standard input.

Datasette opens the store read-only, but not as immutable: passes write to it while it is read. Immutable would let
SQLite skip locks and the write-ahead log, and show a store that was never so, or a broken one; it also makes facets
slower (2 s instead of 0.35 s at a million rows, for the counts).
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from crawler import beat
from scheduler.zone import user_zone
from store.database import Store
from store.datasette.metadata import as_json, metadata, server_arguments
from store.errors import UsageError

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def metadata_text(db: Path, host: str | None = None, *, feedback: bool = False) -> str:
    """Datasette's metadata for this store, as JSON.

    Args:
        host: where it is served; on loopback only loopback's names are answered. None leaves the names open.
        feedback: let readers judge pages; then only loopback's names are answered whatever the host.

    Raises:
        ConfigurationError: SILKWATCH_TZ names no zone, or SILKWATCH_BEAT no beat whose vocabulary can be read.
        UsageError: readers would judge from other machines.
    """
    if feedback and host not in (None, *LOOPBACK):
        raise UsageError(f"with --feedback the store is written to, and {host} is not this machine; leave one out")
    zone = user_zone()
    hosts = LOOPBACK if feedback or host in LOOPBACK else ()
    concepts = beat.search_concepts(beat.find())
    told = metadata(db.stem, timezone=str(zone) if zone else None, hosts=hosts, feedback=feedback, concepts=concepts)
    return as_json(told)


def command(db: Path, *, host: str, port: int, open_browser: bool) -> list[str]:
    """What is run; metadata is read from standard input."""
    where = ["--host", host, "--port", str(port), *(["--open"] if open_browser else [])]
    return [sys.executable, "-m", "datasette", "serve", str(db), "--metadata", "-", *where, *server_arguments()]


def serve(db: Path, *, host: str, port: int, open_browser: bool, feedback: bool = False) -> NoReturn:
    """Become Datasette on this store: signals reach it directly, and nothing is left behind when it ends.

    Raises:
        StoreError: there is no store, or it was made by another version.
        UsageError: the port or host cannot be used, or not with `feedback`.
        ConfigurationError: SILKWATCH_TZ names no zone.
    """
    with Store.open(db, create=False, readonly=True):
        pass  # says in plain words what is wrong with it, which Datasette would not
    text = metadata_text(db, host, feedback=feedback)
    _check_address(host, port)
    with tempfile.TemporaryFile() as handed_over:  # has no name: nothing to tidy up
        handed_over.write(text.encode())
        handed_over.seek(0)
        os.dup2(handed_over.fileno(), 0)
    arguments = command(db, host=host, port=port, open_browser=open_browser)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(arguments[0], arguments)


def has_screen(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a web browser can be opened beside the terminal; on a server it would be one in the terminal."""
    return platform in ("darwin", "win32") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _check_address(host: str, port: int) -> None:
    """Binding is tried first: what Datasette says of a busy port is a traceback's last line among its log."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} on {host} is in use; name another one with --port") from error
        raise UsageError(f"cannot serve on {host} port {port}: {error}") from error
