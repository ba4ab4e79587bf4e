"""What a digest says, in the order in which it says it.

Texts are as the web had them: renderers make them harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A headline with the address where it stands."""

    title: str
    url: str
    language: str
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Copies of one text, folded."""

    count: int = 0
    outlets: tuple[str, ...] = ()
    """Each once, the first that had it first; without the outlet of the text itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article."""

    id: int
    text: Text
    when: str
    """When it was published, in the reader's zone."""
    published: str | None
    """As stored."""
    perspective: str
    label: str
    evidence: str
    """One sentence of the article."""
    topics: tuple[str, ...]
    relation: str = ""
    """What it is to the text it follows: `updated`, `rewritten`, `translated`; empty when it follows none."""
    of: Text | None = None
    """What it follows, when that is not in the same story of this digest."""
    copies: Copies = Copies()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles of one event, the first one first."""

    id: int
    items: tuple[Item, ...]
    earlier: Text | None = None
    """The article that founded it, when that was told before."""
    earlier_day: str = ""

    @property
    def copies(self) -> int:
        return sum(item.copies.count for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stories of one topic; the topic is empty for those that have none."""

    topic: str
    stories: tuple[Story, ...]

    @property
    def articles(self) -> int:
        return sum(len(story.items) for story in self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recopied:
    """An article or seed from before that was copied since."""

    text: Text
    copies: Copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """An article from before whose text was changed by its publisher."""

    text: Text
    former_title: str
    """Empty when the headline stayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sick:
    """A source that somebody should look at."""

    id: str
    name: str
    illness: str
    since: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A turn of the schedule that was not kept as planned, or a pass that did not complete."""

    task: str
    """`daily`, `tick:…`, `digest` …, or `run 7`."""
    due: datetime
    """When it was to be done; of a pass, when it began."""
    state: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is new between two moments."""

    since: datetime
    until: datetime
    zone: tzinfo
    """In which times are told."""
    sections: tuple[Section, ...] = ()
    recopied: tuple[Recopied, ...] = ()
    revised: tuple[Revised, ...] = ()
    passes: tuple[tuple[str, int], ...] = ()
    """Outcome and number of the passes that ended in this time."""
    trouble: tuple[Trouble, ...] = ()
    ill: tuple[Sick, ...] = ()
    left_out: int = 0
    """Stories that were left out to make it fit."""
    left_out_articles: int = 0
    notes: tuple[str, ...] = ()
    """What the reader should know of this digest itself, a plain sentence each."""

    @property
    def articles(self) -> int:
        return sum(section.articles for section in self.sections)

    @property
    def stories(self) -> int:
        return sum(len(section.stories) for section in self.sections)

    @property
    def copies(self) -> int:
        """Copies of the articles in it, and of earlier ones."""
        folded = sum(story.copies for section in self.sections for story in section.stories)
        return folded + sum(item.copies.count for item in self.recopied)

    @property
    def something(self) -> bool:
        """Whether there is something to tell: news, or a pass that was not made as planned. Ill sources alone are
        none: they would make every day's digest a repetition of the one before."""
        missed = any(one.task.startswith(("daily", "tick", "run")) for one in self.trouble)
        return bool(self.sections or self.recopied or self.revised or missed)
