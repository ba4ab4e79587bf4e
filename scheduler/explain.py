"""What became of one address: looked up by any of its spellings; when it is unknown, the known ones most like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from crawler import urls
from scheduler import exits
from store import articles
from store.database import Store
from store.errors import UsageError
from store.trail import trail

SUGGESTED = 5
"""Near addresses that are named when the one asked for is unknown."""
_COMPARED = 3000
"""Known addresses of a host that are compared with an unknown one: about 0.2 s."""
_WORTH_NAMING = 0.5
"""Likeness of two paths (0 to 1) from which one is named as perhaps meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The trail of a canonical URL."""

    asked: str
    url: str
    trail: Mapping[str, Any]
    """See `store.trail.trail`."""
    wordings: Sequence[str] = ()
    """The matched terms as the article writes them."""
    near: Sequence[str] = ()
    """Known addresses like this one, when it is unknown."""

    @property
    def known(self) -> bool:
        return any(self.trail[part] for part in ("candidate", "article", "duplicate", "seed"))

    @property
    def exit_code(self) -> int:
        return exits.OK if self.known else exits.FAILED

    def document(self) -> dict[str, Any]:
        """What `silkwatch explain --json` prints: the trail as stored, or what is near."""
        if self.known:
            return {"asked": self.asked, "known": True, **self.trail}
        return {"asked": self.asked, "url": self.url, "known": False, "near": list(self.near)}


def explain(store: Store, asked: str) -> Explanation:
    """Everything the store knows of an address.

    Raises:
        UsageError: it is no http(s) address.
    """
    url = urls.canonical(asked.strip())
    if url is None:
        raise UsageError(f"“{asked}” is not the address of a page; expected http(s)://host/path")
    found = Explanation(asked=asked, url=url, trail=trail(store, url))
    if not found.known:
        return Explanation(asked=asked, url=url, trail=found.trail, near=_near(store, url))
    return Explanation(asked=asked, url=url, trail=found.trail, wordings=_wordings(store, found.trail))


def _wordings(store: Store, found: Mapping[str, Any]) -> list[str]:
    """The matched terms, and how the article spells and inflects them where its text is kept."""
    article = found["article"]
    if not article:
        return [match["term"] for match in (found["candidate"] or {}).get("terms") or ()]
    title, text = articles.texts(store, [article["id"]])[article["id"]]
    fields = {"title": title, "text": text}
    matches = article["relevance_terms"] or ()
    spelled = [fields.get(match["field"], "")[match["start"] : match["end"]] for match in matches]
    return [*dict.fromkeys([*spelled, *(match["term"] for match in matches)])]


def _near(store: Store, url: str) -> list[str]:
    """Known addresses of the same host, the ones with the most similar paths first."""
    parts = urlsplit(url)
    start = f"{parts.scheme}://{parts.netloc}/"
    sql = "SELECT url FROM candidates WHERE url >= ? AND url < ? ORDER BY id DESC LIMIT ?"
    known = [row["url"] for row in store.rows(sql, [start, f"{start[:-1]}0", _COMPARED])]
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(url[len(start) :])
    ranked = []
    for other in known:
        matcher.set_seq1(other[len(start) :])
        if matcher.real_quick_ratio() >= _WORTH_NAMING and matcher.quick_ratio() >= _WORTH_NAMING:
            ranked.append((-matcher.ratio(), other))
    return [other for likeness, other in sorted(ranked)[:SUGGESTED] if -likeness >= _WORTH_NAMING]
