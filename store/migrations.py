"""How the store's tables came to be: append only. A released step is never changed; a new one is added below.

What each table and column means stands in `schema.toml`; a test fails for one that is not described there.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from store.group_tables import TABLES_009
from store.search.tables import TABLES_010

migrations = Migrations("silkwatch")
NAMES: list[str] = []
"""The steps this code knows, in order; a store with another one was made by a newer version."""


def _step(sql: str) -> Callable[[Callable[[], None]], None]:
    """Register the statements as a step; the function carries its name and reason only."""

    def register(named: Callable[[], None]) -> None:
        def run(db: Database, /) -> None:
            for statement in sql.split(";\n"):
                if statement.strip():
                    db.execute(statement)

        NAMES.append(named.__name__)
        migrations(name=named.__name__)(run)

    return register


@_step("""
CREATE TABLE sources (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, homepage TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL,
    perspective TEXT NOT NULL, publisher_group TEXT NOT NULL, role TEXT NOT NULL, state_owned INTEGER NOT NULL,
    paywall TEXT NOT NULL, timezone TEXT NOT NULL, enabled INTEGER NOT NULL, why_disabled TEXT NOT NULL,
    delay REAL NOT NULL, cap INTEGER NOT NULL, items_per_day REAL, newest_age_hours REAL, share_with_text REAL,
    in_beat INTEGER NOT NULL, first_seen TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE endpoints (
    source_id TEXT NOT NULL REFERENCES sources (id), url TEXT NOT NULL, kind TEXT, section TEXT,
    declared INTEGER NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, last_full_at TEXT, last_ok_at TEXT,
    last_failed_at TEXT, last_status INTEGER, last_error TEXT, failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT, consecutive_304 INTEGER NOT NULL DEFAULT 0, not_before TEXT, items INTEGER, newest_item TEXT,
    PRIMARY KEY (source_id, url)
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL, heartbeat_at TEXT NOT NULL, finished_at TEXT, pid INTEGER NOT NULL,
    sources INTEGER NOT NULL
);
CREATE INDEX runs_outcome ON runs (outcome);
CREATE TABLE run_sources (
    run_id INTEGER NOT NULL REFERENCES runs (id), source_id TEXT NOT NULL REFERENCES sources (id),
    listings INTEGER NOT NULL DEFAULT 0, unchanged_listings INTEGER NOT NULL DEFAULT 0,
    failed_listings INTEGER NOT NULL DEFAULT 0, links INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0, duplicates INTEGER NOT NULL DEFAULT 0, revised INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0, off_topic INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, source_id)
) WITHOUT ROWID;
CREATE INDEX run_sources_source ON run_sources (source_id, run_id);
CREATE TABLE issues (
    id INTEGER PRIMARY KEY, level TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    source_id TEXT REFERENCES sources (id), url TEXT NOT NULL DEFAULT '', run_id INTEGER REFERENCES runs (id),
    last_run_id INTEGER REFERENCES runs (id), count INTEGER NOT NULL DEFAULT 1, first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL, resolved_at TEXT
);
CREATE UNIQUE INDEX issues_open ON issues (ifnull(source_id, ''), code, url) WHERE resolved_at IS NULL;
CREATE INDEX issues_last_seen ON issues (last_seen);
CREATE INDEX issues_url ON issues (url);
""")
def m001_sources_and_runs() -> None:
    """What is watched, and what each pass did."""


@_step("""
CREATE TABLE stories (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, article_id INTEGER REFERENCES articles (id),
    articles INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, publisher TEXT NOT NULL,
    published TEXT, published_precision TEXT, published_origin TEXT, day TEXT NOT NULL, modified TEXT,
    first_seen TEXT NOT NULL, language TEXT NOT NULL, perspective TEXT NOT NULL, country TEXT NOT NULL,
    topics TEXT NOT NULL, relevance_score REAL NOT NULL, relevance_label TEXT NOT NULL,
    relevance_evidence TEXT NOT NULL, relevance_why TEXT NOT NULL, lead TEXT NOT NULL, authors TEXT NOT NULL,
    length INTEGER NOT NULL, paywalled INTEGER NOT NULL, revisions INTEGER NOT NULL DEFAULT 0,
    story_id INTEGER NOT NULL REFERENCES stories (id), source_id TEXT NOT NULL REFERENCES sources (id),
    run_id INTEGER NOT NULL REFERENCES runs (id), site TEXT NOT NULL, image TEXT, canonical_url TEXT, amp_url TEXT,
    relevance_version TEXT NOT NULL, text_digest TEXT NOT NULL, relevance_terms TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX articles_day ON articles (day);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_first_seen ON articles (first_seen);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_language ON articles (language);
CREATE INDEX articles_perspective ON articles (perspective);
CREATE INDEX articles_relevance_label ON articles (relevance_label);
CREATE INDEX articles_story ON articles (story_id);
CREATE INDEX articles_source ON articles (source_id);
CREATE INDEX articles_run ON articles (run_id);
CREATE INDEX articles_text_digest ON articles (text_digest);
CREATE TABLE topics (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, topic TEXT NOT NULL, score REAL NOT NULL,
    evidence TEXT NOT NULL, PRIMARY KEY (article_id, topic)
) WITHOUT ROWID;
CREATE INDEX topics_topic ON topics (topic, article_id);
CREATE TABLE aliases (
    url TEXT PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX aliases_article ON aliases (article_id);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    replaced_at TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs (id), title TEXT NOT NULL, modified TEXT,
    text_digest TEXT NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX revisions_article ON revisions (article_id);
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
CREATE TABLE article_prints (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, version INTEGER NOT NULL,
    tokens INTEGER NOT NULL, hashes BLOB NOT NULL
);
CREATE TABLE fingerprints (hash INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (hash, article_id))
WITHOUT ROWID;
CREATE TABLE seeds (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL,
    language TEXT NOT NULL, added_by TEXT NOT NULL, alternate_urls TEXT NOT NULL, numbers TEXT NOT NULL,
    version INTEGER NOT NULL, tokens INTEGER NOT NULL, digest TEXT NOT NULL, hashes BLOB NOT NULL,
    shingles BLOB NOT NULL
);
CREATE INDEX seeds_digest ON seeds (digest);
CREATE TABLE seed_urls (
    url TEXT NOT NULL, seed_id TEXT NOT NULL REFERENCES seeds (id) ON DELETE CASCADE, PRIMARY KEY (url, seed_id)
) WITHOUT ROWID;
CREATE INDEX seed_urls_seed ON seed_urls (seed_id);
CREATE TABLE seed_fingerprints (hash INTEGER NOT NULL, seed_id TEXT NOT NULL, PRIMARY KEY (hash, seed_id))
WITHOUT ROWID;
""")
def m002_articles() -> None:
    """What is kept, how it is found again, and what was known before the first pass."""


@_step("""
CREATE TABLE candidates (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, fetch_url TEXT NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources (id), endpoint_url TEXT NOT NULL, title TEXT,
    published TEXT, published_precision TEXT, published_origin TEXT, modified TEXT, state TEXT NOT NULL, verdict TEXT,
    reason TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', score REAL, label TEXT, evidence TEXT, why TEXT,
    terms TEXT, attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT, http_status INTEGER, last_error TEXT,
    discovered_at TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs (id), last_listed_at TEXT NOT NULL,
    fetched_at TEXT, decided_at TEXT, decided_run_id INTEGER REFERENCES runs (id),
    article_id INTEGER REFERENCES articles (id), duplicate_of INTEGER REFERENCES articles (id), seed_id TEXT
);
CREATE INDEX candidates_pending ON candidates (source_id, discovered_at) WHERE state = 'pending';
CREATE INDEX candidates_verdict ON candidates (verdict, reason);
CREATE INDEX candidates_decided_at ON candidates (decided_at);
CREATE INDEX candidates_label ON candidates (label);
CREATE INDEX candidates_source ON candidates (source_id);
CREATE INDEX candidates_article ON candidates (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX candidates_duplicate_of ON candidates (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE TABLE duplicates (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, publisher TEXT NOT NULL,
    article_id INTEGER REFERENCES articles (id), seed_id TEXT, relation TEXT NOT NULL, similarity REAL NOT NULL,
    coverage_new REAL NOT NULL, coverage_known REAL NOT NULL, why TEXT NOT NULL, published TEXT,
    published_precision TEXT, published_origin TEXT, day TEXT NOT NULL, first_seen TEXT NOT NULL,
    language TEXT NOT NULL, authors TEXT NOT NULL, length INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL REFERENCES candidates (id), source_id TEXT NOT NULL REFERENCES sources (id),
    run_id INTEGER NOT NULL REFERENCES runs (id), site TEXT NOT NULL, text_digest TEXT NOT NULL,
    passages TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX duplicates_article ON duplicates (article_id);
CREATE INDEX duplicates_seed ON duplicates (seed_id) WHERE seed_id IS NOT NULL;
CREATE INDEX duplicates_candidate ON duplicates (candidate_id);
CREATE INDEX duplicates_source ON duplicates (source_id);
CREATE INDEX duplicates_day ON duplicates (day);
CREATE INDEX duplicates_run ON duplicates (run_id);
""")
def m003_candidates_and_duplicates() -> None:
    """Every address that was found, and the copies that were folded into an article or a seed."""


@_step("""
DROP INDEX articles_language;
DROP INDEX articles_perspective;
DROP INDEX articles_publisher;
DROP INDEX articles_day;
CREATE INDEX articles_by_language ON articles (language, published, perspective, publisher, day);
CREATE INDEX articles_by_perspective ON articles (perspective, published, language, publisher, day);
CREATE INDEX articles_by_publisher ON articles (publisher, published, language, perspective, day);
CREATE INDEX articles_by_day ON articles (day, published, language, perspective, publisher);
CREATE INDEX stories_article ON stories (article_id);
""")
def m004_browsing() -> None:
    """A page of filtered articles, newest first, and its facets are read from one index each.

    With single columns SQLite read every matching row, text and all: at 400,000 articles a page of one language took
    269 ms and a facet over it 175 ms; now 0.1 and 27 ms, for 63 bytes an article and index.
    """


@_step("""
CREATE TABLE turns (
    task TEXT NOT NULL, due_at TEXT NOT NULL, state TEXT NOT NULL, recorded_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, late INTEGER NOT NULL DEFAULT 0, run_id INTEGER REFERENCES runs (id),
    rule TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', PRIMARY KEY (task, due_at)
) WITHOUT ROWID;
CREATE INDEX turns_due ON turns (due_at);
CREATE INDEX turns_run ON turns (run_id) WHERE run_id IS NOT NULL;
ALTER TABLE runs ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
""")
def m005_schedule() -> None:
    """What the schedule asked for and what came of it; which passes did the work of a daily one."""


@_step("""
CREATE INDEX articles_by_source ON articles (source_id, first_seen);
DROP INDEX articles_source;
""")
def m006_last_article() -> None:
    """When each source last gave an article is read from the index: 3 s at 400,000 articles, now 1 ms."""


@_step("""
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, judgement TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
    judged_at TEXT NOT NULL, title TEXT NOT NULL, lead TEXT NOT NULL, basis TEXT NOT NULL, language TEXT NOT NULL,
    published TEXT, source_id TEXT, article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL, rules_score REAL,
    rules_label TEXT, rules_version TEXT
);
CREATE INDEX feedback_article ON feedback (article_id) WHERE article_id IS NOT NULL;
ALTER TABLE candidates ADD COLUMN relevance_version TEXT;
ALTER TABLE candidates ADD COLUMN measured TEXT;
""")
def m007_readers_and_rules() -> None:
    """What readers said of pages, and by which rules pages were judged that leave no text."""


@_step("""
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
    articles INTEGER NOT NULL, begun_at TEXT NOT NULL, ended_at TEXT, error TEXT NOT NULL DEFAULT '',
    after_article INTEGER NOT NULL, after_copy INTEGER NOT NULL, after_revision INTEGER NOT NULL,
    last_article INTEGER NOT NULL, last_copy INTEGER NOT NULL, last_revision INTEGER NOT NULL
);
CREATE INDEX deliveries_channel ON deliveries (channel, state);
CREATE INDEX duplicates_first_seen ON duplicates (first_seen);
CREATE INDEX revisions_replaced ON revisions (replaced_at);
""")
def m008_deliveries() -> None:
    """Which channel was told what, so that each digest goes on where that channel's last one ended."""


@_step(TABLES_009)
def m009_who_had_it_first() -> None:
    """Copies can take the place of what was kept first; rewrites and translations are found and linked."""


@_step(TABLES_010)
def m010_search() -> None:
    """The forms of a word, pairs of Han characters and German compounds are found; `store.search.index` fills it."""


@_step("""
CREATE TABLE mentions (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, kind TEXT NOT NULL, value TEXT NOT NULL,
    unit TEXT NOT NULL, amount REAL, label TEXT NOT NULL, text TEXT NOT NULL, field TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (article_id, kind, value, unit)
) WITHOUT ROWID;
CREATE INDEX mentions_value ON mentions (kind, value, article_id);
""")
def m011_mentions() -> None:
    """Persons, companies, ships, sums, volumes and days that articles name, in one form for all languages."""


@_step("""
CREATE INDEX article_prints_keys ON article_prints (keys_day) WHERE keys_day > 0;
""")
def m012_recent_keys() -> None:
    """The index of what articles tell holds the last month only, however large the store grows."""
