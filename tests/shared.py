"""Where the shared real data lies, when it is there: beside the checkout. Nothing of it is part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _BESIDE if (_BESIDE / "data").is_dir() else None

needs_shared = pytest.mark.skipif(
    SHARED is None, reason="the shared real data is not beside the checkout (../shared)"
)


def shared(*parts: str) -> Path:
    """A path below the shared data; only for tests marked `needs_shared`."""
    assert SHARED is not None
    return SHARED.joinpath(*parts)
