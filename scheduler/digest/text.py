"""A digest as plain text: for terminals, mails and messengers. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.digest import words
from scheduler.digest.model import Digest, Item, Section, Story, Text
from scheduler.terminal import isolated, plain
from store.datasette.markup import safe_url

_MARKS = frozenset('"“”„«»「」')


def render(digest: Digest) -> str:
    """The whole digest; every text from the web on one line, without anything that a terminal would obey."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield f"Silkwatch: {words.headline(digest)}"
    yield words.span(digest)
    yield from filter(None, [words.sums(digest), *digest.notes])
    for section in digest.sections:
        yield from _section(section)
    if digest.left_out:
        yield from ("", words.left_out(digest))
    yield from _around(digest)
    yield from _state(digest)


def _section(section: Section) -> Iterator[str]:
    title = plain(words.topic(section))
    yield from ("", title.upper(), "-" * len(title))
    for story in section.stories:
        yield ""
        yield from _story(story)


def _story(story: Story) -> Iterator[str]:
    first, *more = story.items
    yield from _item(first, "", first=True)
    if story.earlier:
        where = f"{isolated(story.earlier.outlet)}, {story.earlier_day}"
        yield f"  Goes on with: {isolated(story.earlier.title)} ({where})"
    for item in more:
        yield from _item(item, "  - ", first=False)


def _item(item: Item, lead: str, *, first: bool) -> Iterator[str]:
    indent = " " * (len(lead) or 2)
    yield f"{lead}{isolated(item.text.title)}"
    told = [*words.facts(item), words.relation(item, first=first)]
    yield indent + " · ".join(isolated(part) for part in told if part)
    if first and item.evidence:
        yield f"{indent}{_quoted(item.evidence)}"
    if item.of:
        yield f"{indent}It follows: {_of(item.of)}"
    if item.copies.count:
        yield indent + isolated(words.copies(item.copies))
    yield indent + _address(item.text)


def _quoted(sentence: str) -> str:
    """In quotation marks, unless it has its own."""
    said = isolated(sentence)
    return said if _MARKS.intersection(said) else f"“{said}”"


def _of(text: Text) -> str:
    return f"{isolated(text.title)} {_address(text)}"


def _address(text: Text) -> str:
    return plain(text.url) if safe_url(text.url) else f"(no safe address: {plain(text.url)[:60]})"


def _around(digest: Digest) -> Iterator[str]:
    if digest.recopied:
        yield from ("", "Copied since:")
        for item in digest.recopied:
            yield f"  {isolated(item.text.title)}: {isolated(words.copies(item.copies))}"
    if digest.revised:
        yield from ("", "Changed by their publishers:")
        for changed in digest.revised:
            former = f" (before: {isolated(changed.former_title)})" if changed.former_title else ""
            yield f"  {isolated(changed.text.title)} · {isolated(changed.text.outlet)}{former}"


def _state(digest: Digest) -> Iterator[str]:
    if digest.trouble:
        yield from ("", "Not as planned:")
        yield from (f"  {plain(words.trouble(one, digest.zone))}" for one in digest.trouble)
    if digest.ill:
        yield from ("", f"Ill sources ({len(digest.ill)}):")
        for one in digest.ill[: words.ILL]:
            name, id_, why = words.sick(one, digest.zone)
            yield f"  {' '.join(filter(None, (isolated(name), plain(id_))))}: {plain(why)}"
        if more := words.more_ill(digest):
            yield f"  … {more}"
