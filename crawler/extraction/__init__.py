"""Page → `Article` or `Rejection`; the only importer of trafilatura. Pages are read in worker processes."""
