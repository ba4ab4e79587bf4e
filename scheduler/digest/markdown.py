"""A digest as Markdown (CommonMark). Pure. Texts from the web are escaped: neither markup nor HTML of theirs acts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.digest import words
from scheduler.digest.model import Digest, Item, Section, Story, Text
from scheduler.terminal import isolated
from store.datasette.markup import safe_url

_MARKS = re.compile(r"([\\`*_{}\[\]|~^$#!])")
_BLOCK = re.compile(r"^(\u2068?)(?:([-+=>])|(\d+)([.)]))")
"""At the beginning of a line these make lists and headings of what follows."""


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    marked = _MARKS.sub(r"\\\1", isolated(text))
    marked = marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", marked)


def render(digest: Digest) -> str:
    """The whole digest."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield f"# Silkwatch: {words.headline(digest)}"
    yield from ("", escaped(words.span(digest)))
    for line in filter(None, [words.sums(digest), *digest.notes]):
        yield from ("", escaped(line))
    for section in digest.sections:
        yield from _section(section)
    if digest.left_out:
        yield from ("", f"*{words.left_out(digest)}*")
    yield from _around(digest)
    yield from _state(digest)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"## {escaped(words.topic(section))}")
    for story in section.stories:
        yield from _story(story)


def _story(story: Story) -> Iterator[str]:
    first, *more = story.items
    yield from ("", f"### {_linked(first.text)}", "")
    yield _facts(first, first=True)
    if first.evidence:
        yield from ("", f"> {escaped(first.evidence)}")
    notes = list(_notes(first))
    if story.earlier:
        outlet = f"{escaped(story.earlier.outlet)}, {story.earlier_day}"
        notes.append(f"Goes on with {_linked(story.earlier)} ({outlet})")
    for item in more:
        notes += [f"{_linked(item.text)} – {_facts(item, first=False)}", *(f"  - {note}" for note in _notes(item))]
    if notes:
        yield ""
        yield from (note if note.startswith("  - ") else f"- {note}" for note in notes)


def _facts(item: Item, *, first: bool) -> str:
    outlet, *rest = words.facts(item)
    told = [f"**{escaped(outlet)}**" if first else escaped(outlet), *map(escaped, rest)]
    return " · ".join([*told, *filter(None, [words.relation(item, first=first)])])


def _notes(item: Item) -> Iterator[str]:
    if item.of:
        yield f"It follows {_linked(item.of)}"
    if item.copies.count:
        yield escaped(words.copies(item.copies))


def _linked(text: Text) -> str:
    url = safe_url(text.url)
    title = escaped(text.title or text.url)
    return f"[{title}]({_target(url)})" if url else title


def _target(url: str) -> str:
    """An address between brackets; what would end it is written in percents."""
    return "".join(f"%{ord(char):02X}" if char in "()<>[]\\`|" else char for char in url)


def _around(digest: Digest) -> Iterator[str]:
    if digest.recopied:
        yield from ("", "## Copied since", "")
        yield from (f"- {_linked(one.text)}: {escaped(words.copies(one.copies))}" for one in digest.recopied)
    if digest.revised:
        yield from ("", "## Changed by their publishers", "")
        for changed in digest.revised:
            former = f" (before: {escaped(changed.former_title)})" if changed.former_title else ""
            yield f"- {_linked(changed.text)} · {escaped(changed.text.outlet)}{former}"


def _state(digest: Digest) -> Iterator[str]:
    if digest.trouble:
        yield from ("", "## Not as planned", "")
        yield from (f"- {escaped(words.trouble(one, digest.zone))}" for one in digest.trouble)
    if digest.ill:
        yield from ("", f"## Ill sources ({len(digest.ill)})", "")
        for one in digest.ill[: words.ILL]:
            name, id_, why = words.sick(one, digest.zone)
            yield f"- {' '.join(filter(None, (f'**{escaped(name)}**', escaped(id_))))}: {escaped(why)}"
        if more := words.more_ill(digest):
            yield f"- … {more}"
