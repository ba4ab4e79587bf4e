"""Is the article behind a paywall? What the page says of itself and carries the marks of, and its source's policy."""

from __future__ import annotations

import re
from typing import Any

from crawler.extraction.metadata import Metadata
from store.models import Paywall

_MARKS = re.compile(
    r"""<[a-z]+\s[^>]{0,400}?(?:class|id)\s*=\s*["'][^"'>]*(?:paywall|subscriber-only|premium-content|piano-|meteredcontent)""",
    re.IGNORECASE,
)
_TIERS = ("article:content_tier", "content_tier", "og:content_tier", "article:tier", "cxenseparse:pageclass")
_CLOSED = re.compile(r"locked|metered|premium|paid|subscri", re.IGNORECASE)
_CUT = 1500
"""Characters below which a page with a paywall's marks is taken to be cut off by it."""


def is_paywalled(page: Metadata, html: str, text: str, policy: Paywall) -> bool:
    """Whether readers without a subscription get less than the article.

    The page's own word decides when it gives one (`isAccessibleForFree`, a content tier). Otherwise marks of a
    paywall and a short text do, or the source's policy of a hard paywall.
    """
    claims = [_is_free(node.get("isAccessibleForFree")) for node in (page.article, *page.nodes)]
    if False in claims:
        return True
    tier = page.first(*_TIERS)
    if _CLOSED.search(tier):
        return True
    if True in claims or tier:
        return False
    if policy is Paywall.HARD:
        return True
    return len(text) < _CUT and bool(_MARKS.search(html))


def _is_free(value: Any) -> bool | None:
    match str(value).strip().lower():
        case "true" | "yes" | "1":
            return True
        case "false" | "no" | "0":
            return False
        case _:
            return None
