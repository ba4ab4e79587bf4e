"""What readers said, as labelled items: to be measured, learned from, written to a file and read from one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler import urls
from crawler.beat import Beat
from crawler.evaluate.relevance import Item
from store import feedback
from store.database import Store
from store.errors import UsageError
from store.feedback import Recorded
from store.models import Judgement
from store.values import moment_or_none

_EXPECTED = "expected an object with url, title, lead or text, language, and label 0, 1 or 2"


def items(db: Path, beat_folder: Path) -> list[Item]:
    """What readers said, sorted by address. A page counts with its whole text while that is kept, else with its lead.

    Raises:
        StoreError: there is no store.
        ConfigurationError: the beat is not valid.
    """
    beat = Beat.load(beat_folder)
    with Store.open(db, create=False, readonly=True) as store:
        rows = feedback.all(store)
    return [_item(row, beat) for row in sorted(rows, key=lambda row: str(row["url"]))]


def _item(row: dict[str, Any], beat: Beat) -> Item:
    source = next((s for s in beat.sources if s.id == row["source_id"]), None)
    return Item(
        id=row["url"], language=row["language"], title=row["title"], text=row["text"] or row["lead"],
        label=int(row["judgement"] == Judgement.RELEVANT), reason=f"called {row['judgement']}",
        group=f"story {row['story_id']}" if row["story_id"] else row["url"],
        prior_sides=beat.prior_sides(source, row["endpoint_url"]) if source else frozenset(),
        published=moment_or_none(row["published"]),
    )  # fmt: skip


def exported(db: Path, beat_folder: Path, *, texts: bool = False) -> Iterator[str]:
    """What readers said as JSON lines that evaluation, training and `imported` read; `texts` gives them whole."""
    with Store.open(db, create=False, readonly=True) as store:
        rows = {row["url"]: row for row in feedback.all(store)}
    for item in items(db, beat_folder):
        row = rows[item.id]
        body = {"text": item.text} if texts else {"lead": row["lead"]}
        facts = {"id": item.id, "url": item.id, "language": item.language, "title": item.title, **body}
        said = {"label": item.label, "reason": row["note"], "published": row["published"]}
        yield json.dumps({**facts, **said, "prior_sides": sorted(item.prior_sides)}, ensure_ascii=False)


def imported(store: Store, path: Path, *, now: datetime) -> list[Recorded]:
    """Keep the judgements of a file, all of them or, when a line is wrong, none.

    Raises:
        UsageError: naming the first line that is no judgement.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    pages = [_page(line, f"{path}: line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    with store.write():
        return [feedback.add(store, page, said, note=note, now=now) for page, said, note in pages]


def _page(line: str, where: str) -> tuple[dict[str, str | None], Judgement, str]:
    try:
        row = json.loads(line)
        url, label = urls.canonical(str(row["url"])), row["label"]
        facts = {name: str(row.get(name) or "") for name in ("title", "language")}
        body, note, published = (
            str(row.get("text") or row.get("lead") or ""),
            str(row.get("reason") or ""),
            row.get("published"),
        )
        day = moment_or_none(published)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{where}: {_EXPECTED}: {error!r}") from error
    if url is None or label not in (0, 1, 2) or not (facts["title"] or body):
        raise UsageError(f"{where}: {_EXPECTED}")
    page = {"url": url, "lead": body, "published": published if day else None, **facts}
    return page, Judgement.RELEVANT if label else Judgement.IRRELEVANT, note
