"""The tables of search, for `store.migrations`: released, never changed."""

from __future__ import annotations

TABLES_010 = """
DROP TABLE articles_fts;
CREATE VIRTUAL TABLE articles_fts USING fts5 (title, lead, text, facts, content='', tokenize='ascii');
CREATE TABLE compound_words (word TEXT PRIMARY KEY, reversed TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX compound_words_reversed ON compound_words (reversed);
CREATE TABLE search_index (id INTEGER PRIMARY KEY CHECK (id = 1), recipe TEXT NOT NULL, below INTEGER NOT NULL);
INSERT INTO search_index (id, recipe, below) VALUES (1, '', (SELECT ifnull(max(id), 0) FROM articles));
"""
