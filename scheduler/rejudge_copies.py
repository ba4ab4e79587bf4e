"""What comparing stored copies again would change, and has changed, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from crawler.rejudge.moves import Move, Moves
from scheduler.terminal import isolated, plain

_KINDS = {
    "folded": "articles are copies of earlier ones",
    "unfolded": "copies are none of the article or seed they were folded into",
    "seed": "texts are copies of a seed",
    "original": "copies take their article's place",
    "relation": "copies are related otherwise",
}


def document(found: Moves, done: int | None) -> dict[str, Any]:
    """What would change, for `--json`; `done` is the number of groups that changed, null when none was to."""
    kinds = found.kinds
    return {
        "articles": found.articles,
        "copies": found.copies,
        **{kind: kinds[kind] for kind in _KINDS},
        "changes": [asdict(move) for move in found.moves],
        "done": done,
    }


def plan_lines(found: Moves, limit: int) -> Iterator[str]:
    """Sums, then each change, at most `limit`."""
    yield f"Compared: {found.articles:,} articles with {found.copies:,} copies."
    if not found.moves:
        yield "Today's rules say the same of all of them."
        return
    for kind, what in _KINDS.items():
        if times := found.kinds[kind]:
            yield f"  {times:>7,} {what}"
    for move in found.moves[:limit]:
        yield from ("", *_lines(move))
    if more := len(found.moves[limit:]):
        yield f"\n… and {more:,} more changes (--limit {len(found.moves)} lists all)."


def _lines(move: Move) -> Iterator[str]:
    relations = " → ".join(relation.replace("_", " ") for relation in (move.before, move.now) if relation)
    yield f"{move.kind} ({relations}): {isolated(move.title or '(no title)')}"
    yield f"  {plain(move.url)}"
    yield f"  and {plain(move.other)}"
    yield f"  {plain(move.why)}"


def done_line(done: int | None) -> str:
    """What was done."""
    return "\nNothing was changed." if not done else f"\nDone: {done:,} groups changed."
