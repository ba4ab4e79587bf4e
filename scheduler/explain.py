"""What became of one address: looked up by any of its spellings; when it is unknown, the known ones most like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from crawler import urls
from scheduler import exits
from store import articles, candidates
from store.database import Store
from store.errors import UsageError
from store.text import fold, fold_with_map
from store.trail import trail

SUGGESTED = 5
"""Near addresses that are named when the one asked for is unknown."""
_COMPARED = 3000
"""Known addresses of a host that are compared with an unknown one: about 0.2 s."""
_WORTH_NAMING = 0.5
"""Likeness of two paths (0 to 1) from which one is named as perhaps meant."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A wording of the article that stands for a side of the beat; context has an empty side."""

    side: str
    wording: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The trail of a canonical URL."""

    asked: str
    url: str
    trail: Mapping[str, Any]
    """See `store.trail.trail`."""
    matched: Sequence[Matched] = ()
    """The terms that were found, as the article writes them where its text is kept."""
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
    return Explanation(asked=asked, url=url, trail=found.trail, matched=_matched(store, found.trail))


def _matched(store: Store, found: Mapping[str, Any]) -> list[Matched]:
    """What was matched, sides before context, headline before text; a spelling is told once, with how often."""
    article = found["article"]
    if not article:
        candidate = found["candidate"] or {}
        kept = [candidate.get("evidence") or "", candidate.get("title") or ""]
        spelled = {
            (match["side"], fold(match["term"])): _as_written(match["term"], kept)
            for match in reversed(candidate.get("terms") or ())
        }
        return [Matched(side, term) for (side, _), term in reversed(spelled.items())]
    title, text = articles.texts(store, [article["id"]])[article["id"]]
    fields = {"title": title, "text": text}
    found_at = {(m["side"], m["field"], m["start"], m["end"]) for m in article["relevance_terms"] or ()}
    counts: dict[tuple[str, str], int] = {}
    reached = ("", "", 0)
    for side, field, start, end in sorted(found_at, key=_reading_order):
        if (side, field) == reached[:2] and end <= reached[2]:
            continue  # within a longer wording of the same side: Chines in Chinese
        reached = (side, field, end)
        key = (side, fields.get(field, "")[start:end])
        counts[key] = counts.get(key, 0) + 1
    return [Matched(side, wording, times) for (side, wording), times in counts.items()]


def _as_written(term: str, texts: Sequence[str]) -> str:
    """A term of the vocabulary as one of these texts spells it (İran found Iran too), or as it is."""
    wanted = fold(term)
    for text in texts:
        found = fold_with_map(text)
        if (start := found.text.find(wanted)) >= 0:
            begin, end = found.span(start, start + len(wanted))
            return text[begin:end]
    return term


def _reading_order(span: tuple[str, str, int, int]) -> tuple[bool, str, bool, int, int]:
    side, field, start, end = span
    return not side, side, field != "title", start, -end


def _near(store: Store, url: str) -> list[str]:
    """Known addresses of the same host, the ones with the most similar paths first."""
    parts = urlsplit(url)
    start = f"{parts.scheme}://{parts.netloc}/"
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(url[len(start) :])
    ranked = []
    for other in candidates.on_host(store, start, _COMPARED):
        matcher.set_seq1(other[len(start) :])
        if matcher.real_quick_ratio() >= _WORTH_NAMING and matcher.quick_ratio() >= _WORTH_NAMING:
            ranked.append((-matcher.ratio(), other))
    return [other for likeness, other in sorted(ranked)[:SUGGESTED] if -likeness >= _WORTH_NAMING]
