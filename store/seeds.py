"""The seed corpus: articles that were known before the first pass, by facts and fingerprints, without their texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from store.database import Store
from store.models import Fingerprint, Seed
from store.values import clean, pack, to_json, unpack

SHIPPED = "shipped"


def sync(store: Store, seeds: Sequence[Seed]) -> None:
    """Let the store know a beat's seeds: new and changed ones are written, shipped ones that vanished are removed.

    Seeds that a user added stay, unless `seeds` has one with the same id.
    """
    shipped = {row["id"] for row in store.rows("SELECT id FROM seeds WHERE added_by = ?", [SHIPPED])}
    for seed_id in sorted(shipped - {seed.id for seed in seeds}):
        remove(store, seed_id)
    for seed in seeds:
        if get_or_none(store, seed.id) != seed:
            add(store, seed)


def add(store: Store, seed: Seed) -> None:
    """Write a seed; one with the same id is replaced."""
    remove(store, seed.id)
    store.insert("seeds", _columns(seed))
    hashes = [(value, seed.id) for value in sorted(set(seed.fingerprint.hashes))]
    store.change_many("INSERT INTO seed_fingerprints (hash, seed_id) VALUES (?, ?)", hashes)
    urls = dict.fromkeys(url for url in (seed.url, *seed.alternate_urls) if url)
    store.change_many("INSERT INTO seed_urls (url, seed_id) VALUES (?, ?)", [(clean(url), seed.id) for url in urls])


def remove(store: Store, seed_id: str) -> bool:
    """Forget a seed; copies that were folded into it keep pointing to its id. Returns whether it was there."""
    # From the seed's own hashes, since the index is ordered by hash.
    blob = store.value("SELECT hashes FROM seeds WHERE id = ?", [seed_id])
    if blob is None:
        return False
    rows = [(value, seed_id) for value in set(unpack(blob))]
    store.change_many("DELETE FROM seed_fingerprints WHERE hash = ? AND seed_id = ?", rows)
    store.change("DELETE FROM seeds WHERE id = ?", [seed_id])  # its addresses go with it
    return True


def all(store: Store) -> list[Seed]:
    """Every seed, by id."""
    return [_seed(row) for row in store.rows("SELECT * FROM seeds ORDER BY id")]


def get(store: Store, seed_id: str) -> Seed:
    """One seed.

    Raises:
        StoreError: there is no such seed.
    """
    seed = get_or_none(store, seed_id)
    if seed is None:
        raise store.missing("seed", seed_id)
    return seed


def get_or_none(store: Store, seed_id: str) -> Seed | None:
    """One seed, or None."""
    row = store.row("SELECT * FROM seeds WHERE id = ?", [seed_id])
    return None if row is None else _seed(row)


def by_url(store: Store, urls: Sequence[str]) -> Seed | None:
    """The seed at the first of these canonical addresses that is one's (seeds' addresses must be canonical too)."""
    for url in urls:
        seed_id = store.value("SELECT min(seed_id) FROM seed_urls WHERE url = ?", [url])
        if seed_id is not None:
            return get(store, seed_id)
    return None


def _columns(seed: Seed) -> dict[str, Any]:
    return {
        "id": seed.id,
        "url": clean(seed.url),
        "title": clean(seed.title),
        "publisher": clean(seed.publisher),
        "published": seed.published,
        "language": seed.language,
        "added_by": seed.added_by,
        "alternate_urls": to_json(seed.alternate_urls),
        "numbers": to_json(seed.numbers),
        "version": seed.fingerprint.version,
        "tokens": seed.fingerprint.tokens,
        "digest": seed.fingerprint.digest,
        "hashes": pack(seed.fingerprint.hashes),
        "shingles": pack(seed.shingles),
    }


def _seed(row: dict[str, Any]) -> Seed:
    fingerprint = Fingerprint(
        version=row["version"], hashes=unpack(row["hashes"]), tokens=row["tokens"], digest=row["digest"]
    )
    facts = {name: row[name] for name in ("id", "url", "title", "publisher", "published", "language", "added_by")}
    return Seed(
        fingerprint=fingerprint,
        shingles=unpack(row["shingles"]),
        numbers=tuple(json.loads(row["numbers"])),
        alternate_urls=tuple(json.loads(row["alternate_urls"])),
        **facts,
    )
