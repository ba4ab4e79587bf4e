"""A small beat of our own, and a child program that plays a pass by writing what a spider would write."""

from __future__ import annotations

import sys
from pathlib import Path

BEAT = """
name = "test"
title = "A test"

[[sides]]
id = "here"
name = "Here"

[[sides]]
id = "there"
name = "There"

[[perspectives]]
id = "western"
title = "Western"
"""
SOURCE = """
id = "{id}"
name = "The {name}"
homepage = "https://{id}.example"
country = "DE"
language = "{language}"
perspective = "western"

[[endpoints]]
kind = "feed"
url = "https://{id}.example/rss.xml"
"""
PASS = """
import os, sys, time
from pathlib import Path
from crawler.beat import Beat
from store import clock, runs, sources
from store.database import Store
from store.models import RunOutcome

now = clock.now(Path(os.environ["SILKWATCH_DB"]))
beat = Beat.load(Path(os.environ["SILKWATCH_BEAT"]))
asked = dict(part.split("=", 1) for part in sys.argv[1:] if "=" in part).get("source", "")
ids = asked.split(",") if asked else [s.id for s in beat.sources if s.policy.enabled]
store = Store.open(Path(os.environ["SILKWATCH_DB"]))
with store.write():
    sources.sync(store, beat.sources, now)
    run_id = runs.start(store, kind="news", source_ids=ids, now=now, pid=os.getpid())

def count(source_id, **deltas):
    with store.write():
        runs.count(store, run_id, source_id, **deltas)

def finish(outcome, detail):
    with store.write():
        runs.finish(store, run_id, RunOutcome(outcome), now=clock.now(store.path), detail=detail)
"""


def make_beat(folder: Path, **languages: str) -> Path:
    """A beat in `folder` with one source for each name, in that language."""
    (folder / "sources").mkdir(parents=True)
    (folder / "beat.toml").write_text(BEAT, "utf-8")
    for part in ("lexicon", "seeds"):
        (folder / part).mkdir()
    for part in ("relevance.toml", "topics.toml"):
        (folder / part).touch()
    for id_, language in languages.items():
        text = SOURCE.format(id=id_, name=id_.title(), language=language)
        (folder / "sources" / f"{id_}.toml").write_text(text, "utf-8")
    return folder


def playing(script: str) -> tuple[str, ...]:
    """A program that opens a run's row and then does what `script` says (`count`, `finish`, `run_id`, `ids`)."""
    return (sys.executable, "-c", PASS + script)
