"""Plain tables for a terminal and for a document."""

from __future__ import annotations

from collections.abc import Sequence

Cell = str | int | float | None


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A Markdown table; numbers stand to the right, None is a dash."""
    cells = [list(head), *([_text(c) for c in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    right = [i > 0 and any(isinstance(row[i], int | float) for row in rows) for i in range(len(head))]
    rule = "|".join("-" * (w + 1) + ":" if r else "-" * (w + 2) for w, r in zip(widths, right, strict=True))
    lines = [
        "| " + " | ".join(_padded(c, w, r) for c, w, r in zip(row, widths, right, strict=True)) + " |"
        for row in cells
    ]
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _text(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _padded(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)
