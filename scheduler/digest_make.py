"""The digest of a store between two marks: reads the store, and leaves what is said to `scheduler.digest`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from scheduler import health
from scheduler.digest import Digest, build
from store import digest as marks
from store import sources
from store.database import Store
from store.digest import Mark


def between(store: Store, since: Mark, until: Mark, zone: tzinfo, *, notes: Sequence[str] = ()) -> Digest:
    """What was kept after one mark and up to another, with the sources that are ill at the second one."""
    ill = health.ill(sources.health(store), until.moment)
    return build(marks.between(store, since, until), ill, zone=zone, notes=notes)


def since(store: Store, when: datetime, now: datetime, zone: tzinfo) -> Digest:
    """What was kept since a time."""
    return between(store, marks.at(store, when), marks.newest(store, now), zone)
