"""How the store is read in Datasette: metadata, a plugin, templates and one style sheet.

Everything that is Datasette's stays Datasette's (tables, facets, JSON, CSV, SQL); this adds what a reader of news
needs: a front page, a page that reads well, the product's own search, a feed. How to start it: `docs/browsing.md`.
"""
