"""The sentences of a digest that all its forms share. Pure; texts from the web are not made harmless here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from scheduler.digest.model import Copies, Digest, Item, Section, Sick, Trouble
from scheduler.terminal import counted
from scheduler.zone import shown
from store.datasette.markup import language_name, words

OUTLETS = 8
"""Outlets that are named; of more, how many there are."""
ILL = 20
"""Ill sources that are named, the worst first; data has all."""
_RELATIONS = {"updated": "update", "rewritten": "rewrite", "translated": "translation"}


def headline(digest: Digest) -> str:
    """The subject of a message: what is in it, in a few words."""
    if not digest.articles + digest.left_out_articles:
        return "Nothing new" if not digest.something else "No new articles"
    articles, stories = digest.articles + digest.left_out_articles, digest.stories + digest.left_out
    told = counted(articles, "new article")
    return told if stories == articles else f"{told} in {counted(stories, 'story', 'stories')}"


def span(digest: Digest) -> str:
    """From when to when."""
    return f"{shown(digest.since, digest.zone)} – {shown(digest.until, digest.zone)}"


def sums(digest: Digest) -> str:
    """What lies beside the articles, in one line; empty when there is nothing."""
    parts = []
    if digest.copies:
        parts.append(f"{counted(digest.copies, 'copy', 'copies')} folded")
    if digest.revised:
        parts.append(f"{counted(len(digest.revised), 'earlier article')} changed")
    if digest.passes:
        told = ", ".join(f"{number} {outcome}" for outcome, number in digest.passes)
        parts.append(f"passes: {told}")
    return " · ".join(parts)


def left_out(digest: Digest) -> str:
    return (
        f"{counted(digest.left_out, 'more story', 'more stories')} did not fit here; `silkwatch browse` shows all."
        if digest.left_out
        else ""
    )


def topic(section: Section) -> str:
    title = words(section.topic)
    return title[:1].upper() + title[1:] if title else "Other"


def facts(item: Item) -> tuple[str, str, str]:
    """Outlet, time and language."""
    return item.text.outlet, item.when, language_name(item.text.language)


def relation(item: Item, *, first: bool) -> str:
    """What the article is to what it follows: `translation`, `update`, …; of one that follows none, nothing."""
    named = _RELATIONS.get(item.relation, "")
    return named if item.of or not first or not named else f"{named} of an earlier article"


def copies(folded: Copies) -> str:
    """`3 copies at Agency, Daily`."""
    if not folded.count:
        return ""
    many = counted(folded.count, "copy", "copies")
    return f"{many} at {named(folded.outlets)}" if folded.outlets else f"{many} at the same outlet"


def named(outlets: Sequence[str]) -> str:
    more = len(outlets) - OUTLETS
    return ", ".join(outlets[:OUTLETS]) + (f" and {more} more" if more > 0 else "")


def trouble(one: Trouble, zone: tzinfo) -> str:
    told = f"{shown(one.due, zone)}  {one.task}: {one.state}"
    return f"{told}; {one.detail}" if one.detail else told


def sick(one: Sick, zone: tzinfo) -> tuple[str, str, str]:
    """Name, id where it is another word, and what is wrong since when. The name may run in another direction."""
    id_ = "" if one.name == one.id else f"({one.id})"
    return one.name, id_, f"{one.illness} {since(one.since, zone)}: {one.why}"


def more_ill(digest: Digest) -> str:
    """What is told of the ill sources that are not named; empty when all are."""
    more = len(digest.ill) - ILL
    return f"and {more} more; `silkwatch status` names them" if more > 0 else ""


def since(moment: datetime | None, zone: tzinfo) -> str:
    return f"since {shown(moment, zone)}" if moment else "since an unknown time"
