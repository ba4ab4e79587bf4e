"""Rows of the store become a digest: stories under their topic, copies folded, ill sources last. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from scheduler.digest.model import (
    Copies,
    Digest,
    Item,
    Recopied,
    Revised,
    Section,
    Sick,
    Story,
    Text,
    Trouble,
)
from scheduler.due import as_planned
from scheduler.health import Ill
from scheduler.report import topics_of, when
from store.digest import Found
from store.models import Label, RunOutcome
from store.text import fold
from store.values import moment

Row = Mapping[str, Any]

EVIDENCE = 320
"""Characters of an evidence sentence; pages without full stops have sentences of several thousand."""
_SENTENCE = re.compile(r".{40,}?(?:[.!?؟۔][”\"»’)]*(?=\s|$)|[。！？][”」』]*)", re.DOTALL)
_RANK = {Label.CENTRAL.value: 0, Label.SUBSTANTIAL.value: 1}


def build(found: Found, ill: Iterable[Ill], *, zone: tzinfo, notes: Sequence[str] = ()) -> Digest:
    """The digest of what was found between two marks, told in a zone."""
    return Digest(
        since=found.since.moment,
        until=found.until.moment,
        zone=zone,
        sections=_sections(_stories(found, zone)),
        recopied=_recopied(found.recopied),
        revised=tuple(_revised(row) for row in found.revised),
        passes=tuple(sorted(Counter(row["outcome"] for row in found.passes).items())),
        trouble=_troubles(found),
        ill=tuple(Sick(id=s.id, name=s.name, illness=s.illness, since=s.since, why=s.why) for s in ill),
        notes=tuple(notes),
    )


def _stories(found: Found, zone: tzinfo) -> list[Story]:
    copies: dict[int, list[Row]] = defaultdict(list)
    for row in found.copies:
        copies[row["article_id"]].append(row)
    together: dict[int, list[Row]] = defaultdict(list)
    for row in found.articles:
        together[row["story_id"]].append(row)
    return [_story(number, rows, copies, zone) for number, rows in together.items()]


def _story(number: int, rows: Sequence[Row], copies: Mapping[int, Sequence[Row]], zone: tzinfo) -> Story:
    first = rows[0]
    items = tuple(_item(row, copies.get(row["id"], ()), zone) for row in rows)
    named = {item.of.url for item in items if item.of}
    if first["founder_title"] is None or first["founder_url"] in named:
        return Story(id=number, items=items)
    return Story(id=number, items=items, earlier=_text(first, "founder_"), earlier_day=first["founder_day"])


def _item(row: Row, copies: Sequence[Row], zone: tzinfo) -> Item:
    return Item(
        id=row["id"],
        text=_text(row),
        when=when(row, zone),
        published=row["published"],
        perspective=row["perspective"],
        label=row["relevance_label"],
        evidence=_evidence(row),
        topics=tuple(topics_of(row)),
        relation=row["relation"] or "",
        of=_text(row, "of_") if row["relation"] and row["of_title"] else None,
        copies=_folded(copies, row["publisher"]),
    )


def _text(row: Row, prefix: str = "") -> Text:
    title, url, language = (row[f"{prefix}{name}"] or "" for name in ("title", "url", "language"))
    return Text(title=title, url=url, language=language, outlet=row.get(f"{prefix}publisher") or "")


def _evidence(row: Row) -> str:
    """The sentence that says most; the text's first one when that is the headline once more."""
    said = " ".join(str(row["relevance_evidence"] or "").split())
    if not said or fold(said).strip(" .") == fold(row["title"]).strip(" ."):
        said = _first_sentence(str(row["lead"] or ""))
    return said if len(said) <= EVIDENCE else said[: EVIDENCE - 1].rstrip() + "…"


def _first_sentence(lead: str) -> str:
    """Up to the first full stop that is not one of an abbreviation near the beginning; all when there is none."""
    found = _SENTENCE.match(lead)
    return found[0] if found else lead


def _folded(rows: Sequence[Row], own: str) -> Copies:
    outlets = dict.fromkeys(row["publisher"] for row in rows if row["publisher"] != own)
    return Copies(count=len(rows), outlets=tuple(outlets))


def _sections(stories: Sequence[Story]) -> tuple[Section, ...]:
    """The fullest topic first, what has none last; in a topic what concerns the beat most and is told most."""
    groups: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        groups[_topic(story)].append(story)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))
    return tuple(Section(topic=topic, stories=tuple(sorted(of, key=_rank))) for topic, of in ordered)


def _topic(story: Story) -> str:
    """What most of its articles are about first; its first article's when they do not agree."""
    first = Counter(item.topics[0] for item in story.items if item.topics)
    return max(first, key=lambda topic: first[topic]) if first else ""


def _rank(story: Story) -> tuple[int, int, int]:
    label = min(_RANK.get(item.label, len(_RANK)) for item in story.items)
    return label, -(len(story.items) + story.copies), story.items[0].id


def _recopied(rows: Sequence[Row]) -> tuple[Recopied, ...]:
    groups: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["article_id"], row["seed_id"]].append(row)
    told = [Recopied(text=_text(of[0], "of_"), copies=_folded(of, of[0]["of_publisher"])) for of in groups.values()]
    return tuple(sorted(told, key=lambda item: -item.copies.count))


def _revised(row: Row) -> Revised:
    same = fold(row["former_title"]) == fold(row["title"])
    return Revised(text=_text(row), former_title="" if same else row["former_title"])


def _troubles(found: Found) -> tuple[Trouble, ...]:
    """Turns that were not kept as planned, and passes that failed or were broken off without a turn to tell it."""
    odd = [row for row in found.turns if not as_planned(row["state"], row["detail"])]
    told = {row["run_id"] for row in odd}
    turns = [_trouble(row["task"], row["due_at"], row) for row in odd]
    runs = [row for row in found.passes if row["outcome"] != RunOutcome.COMPLETED and row["id"] not in told]
    both = turns + [_trouble(f"run {row['id']}", row["started_at"], row) for row in runs]
    return tuple(sorted(both, key=lambda one: one.due))


def _trouble(task: str, due: str, row: Row) -> Trouble:
    return Trouble(task=task, due=moment(due), state=row.get("state") or row["outcome"], detail=row["detail"])
