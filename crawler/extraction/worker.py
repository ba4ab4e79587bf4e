"""What runs in a worker process of the pool: it takes a call, answers it, and waits for the next."""

from __future__ import annotations

import contextlib
import pickle
import resource
import signal
from multiprocessing.connection import Connection
from typing import Any

from crawler import collector
from crawler.guardian import end_with_parent
from store.errors import SilkwatchError

READY, DONE, FAILED, OUT_OF_MEMORY = b"R", b"D", b"F", b"M"
"""First byte of what a worker sends; after DONE and FAILED follow the pickled result or exception."""


def serve(pipe: Connection, memory_mb: int, parent: int) -> None:
    """Answer calls until the pipe is closed.

    Args:
        memory_mb: address space this process may have; what asks for more gets a MemoryError.
        parent: process id that this process does not outlive, however it ends.
    """
    end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides when we end
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(READY)
        pipe.send_bytes(_answer(pipe.recv_bytes()))
        collector.settle()  # the first call has loaded what reading needs
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _answer(call: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(call)
        return DONE + pickle.dumps(function(*arguments), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - whatever a page raises is the page's answer
        return FAILED + _pickled(error)


def _pickled(error: Exception) -> bytes:
    """An exception that survives the way to the other process; one that does not is told in words."""
    try:
        raw = pickle.dumps(error, pickle.HIGHEST_PROTOCOL)
        pickle.loads(raw)
    except Exception:  # noqa: BLE001 - any class may fail to pickle in its own way
        return pickle.dumps(SilkwatchError(f"{type(error).__name__}: {error}"))
    return raw


def answered(message: bytes) -> tuple[bytes, Any]:
    """The kind of a worker's message and what it carries."""
    kind, rest = message[:1], message[1:]
    try:
        return kind, pickle.loads(rest) if rest else None
    except Exception as error:  # noqa: BLE001 - a result that cannot be read is an error of its page alone
        return FAILED, SilkwatchError(f"the answer cannot be read: {type(error).__name__}: {error}")
