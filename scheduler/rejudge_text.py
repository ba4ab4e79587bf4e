"""What judging again would change, and has changed, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler.rejudge import Change, Done, Plan, Refetch
from scheduler.terminal import isolated, plain
from scheduler.zone import user_zone
from store.values import stamp


def start_of(day: datetime | None) -> str:
    """The stored time at which a day begins in the reader's zone; empty without a day."""
    return "" if day is None else stamp(day.replace(tzinfo=user_zone()).astimezone(UTC))


def document(plan: Plan, done: Done | None) -> dict[str, Any]:
    """The plan and what came of it, for `--json`; `done` is null when nothing was to be done."""
    return {
        "version": plan.version,
        "articles": dict(plan.articles),
        "pages": dict(plan.pages),
        "changes": [asdict(change) for change in plan.changes],
        "done": None if done is None else asdict(done),
    }


def plan_lines(plan: Plan, refetch: Refetch, limit: int) -> Iterator[str]:
    """What would change: sums, then each label that does, at most `limit`."""
    yield f"Rules {plan.version}"
    if plan.empty:
        yield "Everything was judged by these rules already."
        return
    yield from _articles(plan)
    yield from _pages(plan, refetch)
    yield from _changes(plan.changes, limit)


def _articles(plan: Plan) -> Iterator[str]:
    count = plan.articles
    if not count:
        yield "Articles: all were judged by these rules."
        return
    yield f"Articles: {count.total():,} were judged by other rules."
    yield f"  {count['same'] + count['score']:>7,} keep their label ({count['score']:,} with another score)"
    for (before, now), times in _moves(plan.changes, "article"):
        kept = " (kept, left out of lists)" if now in ("off topic", "near miss") else ""
        yield f"  {times:>7,} {before} → {now}{kept}"
    if readers := sum(change.reader is not None for change in plan.changes if change.kind == "article"):
        yield f"  {readers:>7,} of them keep the label that a reader gave"


def _pages(plan: Plan, refetch: Refetch) -> Iterator[str]:
    count = plan.pages
    if not count:
        yield "Off-topic pages: all were judged by these rules."
        return
    yield f"Off-topic pages: {count.total():,} were judged by other rules and left no text."
    weighed = {
        "stay off topic by what was measured of them": count["same"] + count["score"] + count["label"],
        "now concern the beat by what was measured of them: they wait for a new fetch": count["relevant"],
    }
    for what, times in weighed.items():
        if times:
            yield f"  {times:>7,} {what}"
    if needed := count["likely"] + count["unlikely"]:
        yield f"  {needed:>7,} were judged by another vocabulary: only their text could tell. {_fate(count, refetch)}"


def _fate(count: Counter[str], refetch: Refetch) -> str:
    if refetch is Refetch.ALL:
        return "They wait for a new fetch."
    likely = f"{count['likely']:,} likely to concern the beat"
    if refetch is Refetch.LIKELY:
        return f"{likely} wait for a new fetch, the others stay as they are."
    return f"They stay as they are ({likely}; see --refetch)."


def _moves(changes: Sequence[Change], kind: str) -> list[tuple[tuple[str, str], int]]:
    moves = Counter((_words(c.label_before), _words(c.label_now)) for c in changes if c.kind == kind)
    return moves.most_common()


def _words(label: str) -> str:
    return label.replace("_", " ")


def _changes(changes: Sequence[Change], limit: int) -> Iterator[str]:
    for change in changes[:limit]:
        yield ""
        before, now = f"{change.score_before:.2f} {_words(change.label_before)}", _words(change.label_now)
        said = f", but a reader calls it {change.reader}" if change.reader else ""
        yield f"{before} → {change.score_now:.2f} {now}{said}: {isolated(change.title or '(no title)')}"
        yield f"  {plain(change.url)}"
        if change.why_before != change.why_now:
            yield f"  was: {plain(change.why_before)}"
        yield f"  is:  {plain(change.why_now)}"
    if more := len(changes[limit:]):
        yield f"\n… and {more:,} more labels (--limit {len(changes)} lists all)."


def done_lines(plan: Plan, done: Done | None) -> Iterator[str]:
    """What was done."""
    if plan.empty:
        return
    yield ""
    if done is None:
        yield "Nothing was changed."
        return
    yield (
        f"Done: {done.articles:,} articles and {done.pages:,} pages carry these rules; "
        f"{done.fetched_again:,} pages wait for a new fetch."
    )
    if done.left:
        yield f"{done.left:,} rows had changed meanwhile; the next time looks at them."
