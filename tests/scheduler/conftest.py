"""The command line in this process, and a store in a temporary folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import main
from store.database import Store
from tests.scheduler.servers import Post, Service, mail_server, web_service


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


Silkwatch = Callable[..., Said]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller's SILKWATCH_ variables are not the test's; times are told in UTC."""
    for name in list(os.environ):
        if name.startswith("SILKWATCH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SILKWATCH_TZ", "UTC")


@pytest.fixture
def silkwatch(capsys: pytest.CaptureFixture[str]) -> Silkwatch:
    """`silkwatch("explain", URL, "--db", path)` as typed on a command line."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def store(db: Path) -> Iterator[Store]:
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def post() -> Iterator[Post]:
    with mail_server() as started:
        yield started


@pytest.fixture
def service() -> Iterator[Service]:
    with web_service() as started:
        yield started
