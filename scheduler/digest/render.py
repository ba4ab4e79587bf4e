"""A digest in the forms in which it is sent, as data, and cut to a length. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from scheduler.digest import html, markdown, text, words
from scheduler.digest.model import Digest, Section
from store.values import stamp

FORMATS: Mapping[str, str] = {"markdown": "md", "html": "html", "text": "txt"}
"""Each form with the ending of its files."""
_RENDERERS = {"markdown": markdown.render, "html": html.render, "text": text.render}


def render(digest: Digest, form: str) -> str:
    """The digest as `markdown`, `html` or `text`."""
    return _RENDERERS[form](digest)


def fitted(digest: Digest, form: str, most: int) -> str:
    """The digest in at most so many characters: as many stories as fit, the best of each topic first, and how many
    were left out. What does not fit without any story is cut."""
    if len(whole := render(digest, form)) <= most:
        return whole
    low, high = 0, digest.stories
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if len(render(_only(digest, middle), form)) <= most else (low, middle)
    told = render(_only(digest, low), form)
    return told if len(told) <= most or form == "html" else told[: most - 1] + "…"


def _only(digest: Digest, most: int) -> Digest:
    """The digest with so many stories: each topic gives its best, then its second …"""
    places = sorted((rank, number) for number, s in enumerate(digest.sections) for rank in range(len(s.stories)))
    kept = set(places[:most])
    sections = [
        Section(topic=s.topic, stories=tuple(story for rank, story in enumerate(s.stories) if (rank, number) in kept))
        for number, s in enumerate(digest.sections)
    ]
    shown = tuple(section for section in sections if section.stories)
    cut = replace(digest, sections=shown)
    return replace(cut, left_out=digest.stories - cut.stories, left_out_articles=digest.articles - cut.articles)


def document(digest: Digest) -> dict[str, Any]:
    """The digest as data: times in UTC as stored, texts as the web had them."""
    return {
        "since": stamp(digest.since),
        "until": stamp(digest.until),
        "headline": words.headline(digest),
        "articles": digest.articles,
        "stories": digest.stories,
        "copies": digest.copies,
        "topics": [_flat(asdict(section)) for section in digest.sections],
        "copied_since": [_flat(asdict(one)) for one in digest.recopied],
        "changed": [_flat(asdict(one)) for one in digest.revised],
        "passes": dict(digest.passes),
        "not_as_planned": [{**asdict(one), "due": stamp(one.due)} for one in digest.trouble],
        "ill": [{**asdict(one), "since": one.since and stamp(one.since)} for one in digest.ill],
        "notes": list(digest.notes),
    }


def _flat(value: Any) -> Any:
    """Title, address, language and outlet beside the other facts of an article, not below them."""
    if isinstance(value, dict):
        inner = value.pop("text", {})
        return {**{name: _flat(part) for name, part in value.items()}, **inner}
    return [_flat(part) for part in value] if isinstance(value, list | tuple) else value
