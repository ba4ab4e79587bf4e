"""A store with the index of as many articles as wanted, made inside SQLite in sorted order (a million in minutes).

The hashes are composed as real ones lie: 20 to 120 an article (70 on average, a text of 600 words); five of each are
its site's boilerplate (a thousand sites, large ones first); one in eight is a phrase that others use too (200,000
phrases, the most common in most articles, by Zipf's law); one in eight is shared with up to four articles on the
same event; the rest are its own.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter

from store import fingerprints
from store.database import Store
from store.models import Fingerprint

BITS = 48
SITES, PHRASES, EVENT = 1000, 200_000, 5
_SPREAD = 11_400_714_819
_LEAST, _SPAN = 20, 101
_BOILERPLATE = 5

_ROWS = f"""
INSERT OR IGNORE INTO fingerprints (hash, article_id)
SELECT CASE
    WHEN k < {_BOILERPLATE} THEN
        ((1 + CAST(pow({SITES}.0, (id * 7919 % 1000) / 1000.0) AS INTEGER) * 8 + k) * {_SPREAD}) % (1 << {BITS})
    WHEN abs(random() % 1000) < 125 THEN
        ((100000 + CAST(pow({PHRASES}.0, abs(random() % 1000000) / 1e6) AS INTEGER)) * {_SPREAD}) % (1 << {BITS})
    WHEN abs(random() % 1000) < 143 THEN
        ((1000000 + id / {EVENT} * 16 + abs(random() % 16)) * {_SPREAD}) % (1 << {BITS})
    ELSE abs(random()) % (1 << {BITS})
END AS hash, id
FROM ids JOIN places ON k < {_LEAST} + id * 104729 % {_SPAN}
ORDER BY hash, id
"""
"""Products stay below 2**63: above it SQLite would go on in floating point."""
_PRINTS = f"""
INSERT INTO article_prints (article_id, version, tokens, hashes)
SELECT id, 1, 9 * count, randomblob(8 * count) FROM (SELECT id, {_LEAST} + id * 104729 % {_SPAN} AS count FROM ids)
"""
_NUMBERS = """
INSERT INTO {table} WITH RECURSIVE n (x) AS (SELECT {first} UNION ALL SELECT x + 1 FROM n LIMIT ?) SELECT x FROM n
"""


def build(path: Path, articles: int, *, first: int = 1) -> None:
    """Make a store whose index holds so many articles, numbered from `first`; nothing else of them is there."""
    with Store.open(path):
        pass  # the tables are the product's own
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # A store that is thrown away needs no journal; the product's own settings come back when it opens it.
        for setting in ("journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("CREATE TEMP TABLE ids (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE places (k INTEGER PRIMARY KEY)")
        connection.execute(_NUMBERS.format(table="ids", first=first), [articles])
        connection.execute(_NUMBERS.format(table="places", first=0), [_LEAST + _SPAN])
        connection.execute(_ROWS)
        connection.execute(_PRINTS)
        connection.execute("ANALYZE")


def fresh(number: int, rng: random.Random) -> Fingerprint:
    """A fingerprint as a new article has it, composed like those of the index."""
    count = rng.randint(_LEAST, _LEAST + _SPAN - 1)
    site = int(SITES ** rng.random())
    shared = [(1 + site * 8 + k) * _SPREAD for k in range(_BOILERPLATE)]
    phrases = [(100_000 + int(PHRASES ** rng.random())) * _SPREAD for _ in range(count // 8)]
    own = [rng.getrandbits(BITS) for _ in range(count - len(shared) - len(phrases))]
    hashes = tuple(value % (1 << BITS) for value in [*shared, *phrases, *own])
    return Fingerprint(version=1, hashes=hashes, tokens=9 * count, digest=f"{number:064x}")


def insert(path: Path, prints: dict[int, Fingerprint], *, together: int = 20) -> list[float]:
    """Put articles into the index by the product's own function, so many a transaction; seconds of each."""
    taken = []
    with Store.open(path) as store:
        store.connection.execute("PRAGMA foreign_keys = OFF")  # there are no articles to these fingerprints
        waiting = list(prints.items())
        for at in range(0, len(waiting), together):
            begun = perf_counter()
            with store.write():
                for article_id, one in waiting[at : at + together]:
                    fingerprints.add(store, article_id, one)
            taken.append((perf_counter() - begun) / len(waiting[at : at + together]))
    return taken
