"""What comparing stored copies again would change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A text whose place or relation changes."""

    kind: str
    """`folded` (an article becomes a copy), `unfolded` (a copy becomes an article, or a copy of another one), `seed`
    (a text becomes a copy of a seed), `original` (a copy takes its article's place) or `relation`."""
    url: str
    title: str
    other: str
    """Address of the article or seed that it is, or was, a copy of; the id of a seed without one."""
    before: str
    """Its relation to what it was a copy of so far; empty for an article."""
    now: str
    """Its relation to `other` by today's rules; empty when that is a seed that was forgotten."""
    why: str


@dataclass(slots=True, kw_only=True)
class Moves:
    """All that comparing again would change."""

    articles: int = 0
    """Articles that were looked at."""
    copies: int = 0
    """Copies that were looked at, those of seeds among them."""
    moves: list[Move] = field(default_factory=list)

    @property
    def kinds(self) -> Counter[str]:
        return Counter(move.kind for move in self.moves)
