"""A desk for end-to-end tests: a beat of one's own, a fake web, real passes in child processes, a real store."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler import beat
from tests.site import Site

ROOT = Path(__file__).resolve().parents[1]
SOURCE = """
id = "{id}"
name = "{name}"
homepage = "http://{host}"
country = "DE"
language = "en"
perspective = "{perspective}"

[policy]
delay = {delay}
cap = {cap}

[[endpoints]]
kind = "{kind}"
url = "{url}"
"""

PAGE_SECONDS = "300"
"""The first page of a worker waits for its vocabulary and libraries, which may take long on a busy machine."""


@dataclass
class Desk:
    """Where a pass runs; `site` answers for every host name."""

    folder: Path
    site: Site
    environment: dict[str, str] = field(default_factory=dict)
    make_beat: Callable[[Path], Path] = beat.create
    """How the beat comes into its folder; as it is, without sources."""

    def __post_init__(self) -> None:
        self.make_beat(self.beat)

    @property
    def beat(self) -> Path:
        return self.folder / "beat"

    @property
    def db(self) -> Path:
        return self.folder / "news.db"

    def source(
        self, id: str, *, url: str | None = None, kind: str = "feed", delay: float = 0, cap: int = 50,
        perspective: str = "western", extra: str = "",
    ) -> None:  # fmt: skip
        host = f"{id}.example"
        text = SOURCE.format(
            id=id, name=id.title(), host=host, delay=delay, cap=cap, kind=kind, perspective=perspective,
            url=url or f"http://{host}/rss.xml",
        )  # fmt: skip
        (self.beat / "sources" / f"{id}.toml").write_text(text + extra, "utf-8")

    def env(self) -> dict[str, str]:
        names = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")
        clean = {k: v for k, v in os.environ.items() if k.lower() not in names and not k.startswith("SILKWATCH_")}
        ours = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "SILKWATCH_DB": str(self.db),
                "SILKWATCH_BEAT": str(self.beat), "PYTHONWARNINGS": "default",
                "SILKWATCH_PAGE_SECONDS": PAGE_SECONDS}  # fmt: skip
        return {**clean, **self.site.proxy_environment(), **ours, **self.environment}

    def crawl(self, *arguments: str, settings: Mapping[str, Any] | None = None) -> subprocess.CompletedProcess[str]:
        """One pass with `scrapy crawl news`, waited for."""
        return subprocess.run(
            self.command(*arguments, settings=settings), env=self.env(), cwd=self.folder, text=True, timeout=400,
            capture_output=True, check=False,
        )  # fmt: skip

    def command(self, *arguments: str, settings: Mapping[str, Any] | None = None) -> list[str]:
        options = [part for a in arguments for part in ("-a", a)]
        options += [part for k, v in (settings or {}).items() for part in ("-s", f"{k}={v}")]
        return [sys.executable, "-m", "scrapy", "crawl", "news", *options]

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """What the store holds, read by SQL as any reader would."""
        with sqlite3.connect(self.db) as connection:
            connection.row_factory = sqlite3.Row
            found = [dict(row) for row in connection.execute(sql, parameters)]
        connection.close()
        return found

    def verdicts(self) -> dict[str, str]:
        """Path of each candidate and what became of it."""
        rows = self.rows("SELECT url, state, verdict FROM candidates")
        return {r["url"].split(".example", 1)[1]: r["verdict"] or r["state"] for r in rows}
