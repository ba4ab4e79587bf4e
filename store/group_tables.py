"""Tables of copies that change places, links between articles, and what articles tell: step 9 of the store."""

from __future__ import annotations

TABLES_009 = """
CREATE TABLE copy_urls (
    url TEXT PRIMARY KEY, duplicate_id INTEGER NOT NULL REFERENCES duplicates (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX copy_urls_duplicate ON copy_urls (duplicate_id);
CREATE TABLE moved (
    noun TEXT NOT NULL, id INTEGER NOT NULL, now_id INTEGER NOT NULL, moved_at TEXT NOT NULL, PRIMARY KEY (noun, id)
) WITHOUT ROWID;
CREATE INDEX moved_now ON moved (noun, now_id);
CREATE TABLE links (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, relation TEXT NOT NULL,
    confidence REAL NOT NULL, why TEXT NOT NULL, found_at TEXT NOT NULL, PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX links_other ON links (other_id);
CREATE TABLE story_keys (
    key INTEGER NOT NULL, day INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (key, day, article_id)
) WITHOUT ROWID;
ALTER TABLE articles ADD COLUMN credit TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN changed_at TEXT;
ALTER TABLE duplicates ADD COLUMN credit TEXT NOT NULL DEFAULT '';
ALTER TABLE duplicates ADD COLUMN lag INTEGER;
ALTER TABLE duplicates ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE article_prints ADD COLUMN more BLOB NOT NULL DEFAULT x'';
ALTER TABLE article_prints ADD COLUMN keys BLOB NOT NULL DEFAULT x'';
ALTER TABLE article_prints ADD COLUMN keys_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE aliases ADD COLUMN article_key TEXT;
CREATE INDEX aliases_key ON aliases (article_key) WHERE article_key IS NOT NULL;
ALTER TABLE candidates ADD COLUMN near_id INTEGER REFERENCES articles (id);
ALTER TABLE candidates ADD COLUMN near_relation TEXT;
ALTER TABLE candidates ADD COLUMN near_why TEXT;
CREATE INDEX candidates_near ON candidates (near_id) WHERE near_id IS NOT NULL;
"""
