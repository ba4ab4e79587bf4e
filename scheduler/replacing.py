"""A file that is replaced in one step: readers see the old one or the whole new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file (UTF-8, line ends as written) that takes the place of `path` when the block ends well.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8", errors="replace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
