"""What a verdict needs to know of a page: its spellings and nearest neighbours. Reads the store only."""

from __future__ import annotations

from crawler import urls
from crawler.analysis import compare
from crawler.items import Page, PageFailed
from store import articles, fingerprints, seeds
from store.database import Store
from store.models import Article, Near, Reading

NEAREST = 3
"""Neighbours that are compared in full, the best by shared fingerprints; each comparison takes 2 to 3 ms."""


def spellings(article: Article, page: Page) -> list[str]:
    """The canonical addresses that a page goes by: its own, where it was redirected to, and what it calls itself."""
    claimed = [page.candidate.url, article.url, urls.canonical(page.url)]
    claimed += [urls.trustworthy_canonical(page.url, url) for url in (article.canonical_url, article.amp_url) if url]
    return list(dict.fromkeys(url for url in claimed if url))


def near(store: Store, reading: Reading) -> list[Near]:
    """The stored articles and seeds that share most text with a new one, each compared with it."""
    assert reading.fingerprint is not None
    new = compare.side_of(reading.article)
    found = []
    for shared in fingerprints.candidates_for(store, reading.fingerprint, limit=NEAREST):
        if shared.article_id is not None:
            found.append(_near_article(store, new, shared.article_id))
        elif shared.seed_id is not None:
            found.append(_near_seed(store, new, shared.seed_id))
    return found


def _near_article(store: Store, new: compare.Side, article_id: int) -> Near:
    row = articles.get(store, article_id)
    known = compare.side_of_row(row)
    return Near(
        comparison=compare.compare(new, known), article_id=article_id, url=known.url, site=known.site,
        published=known.published,
    )  # fmt: skip


def _near_seed(store: Store, new: compare.Side, seed_id: str) -> Near:
    seed = seeds.get(store, seed_id)
    return Near(
        comparison=compare.compare_with_seed(new, seed), seed_id=seed_id, url=seed.url, site=urls.site(seed.url)
    )


def ending(item: PageFailed) -> tuple[str, str]:
    """Reason code and plain sentence for a page that is not asked for again."""
    if item.final and item.code in ("http_404", "http_410"):
        return "gone", f"the page does not exist any more: {item.error}"
    if item.final:
        return item.code, item.error
    return "unreachable", f"given up after {item.candidate.attempts + 1} passes: {item.error}"
