"""What every evaluation answers with: precision, recall, F1, by language and kind, and each mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Precision, recall and F1 of n items, 0 to 1; None where undefined (nothing decided positive, say)."""

    n: int
    precision: float | None
    recall: float | None
    f1: float | None
    positive_share: float | None = None
    """Share of the items that were decided positive, 0 to 1; None where nothing is decided (extraction)."""

    @classmethod
    def of_decisions(cls, decisions: Iterable[tuple[bool, bool]]) -> Metrics:
        """From (expected, decided) pairs, counted over all items (micro average)."""
        pairs = list(decisions)
        hits = sum(expected and decided for expected, decided in pairs)
        decided_positive = sum(decided for _, decided in pairs)
        truly_positive = sum(expected for expected, _ in pairs)
        return cls(
            n=len(pairs),
            precision=_ratio(hits, decided_positive),
            recall=_ratio(hits, truly_positive),
            f1=_ratio(2 * hits, decided_positive + truly_positive),
            positive_share=_ratio(decided_positive, len(pairs)),
        )

    @classmethod
    def mean(cls, scores: Iterable[tuple[float, float, float]]) -> Metrics:
        """From (precision, recall, F1) of each item: their means (macro average)."""
        rows = list(scores)
        return cls(
            n=len(rows),
            precision=_ratio(sum(row[0] for row in rows), len(rows)),
            recall=_ratio(sum(row[1] for row in rows), len(rows)),
            f1=_ratio(sum(row[2] for row in rows), len(rows)),
        )

    def to_json(self, *, with_share: bool = False) -> dict[str, float | int | None]:
        """The published keys: n, precision, recall, f1 and, for a kind, positive_share; to 4 places."""
        values: dict[str, float | int | None] = {
            "n": self.n,
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "f1": _rounded(self.f1),
        }
        if with_share:
            values["positive_share"] = _rounded(self.positive_share)
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One labelled item and what the product decided about it."""

    id: str
    expected: bool
    decided: bool
    language: str
    kind: str
    """The label's own kind: a reason, a relation; items without one are not counted by kind."""
    detail: str = ""
    """One plain sentence of why, shown when the decision is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An item the product got wrong, with both answers in words."""

    id: str
    language: str
    kind: str
    expected: str
    got: str
    detail: str = ""

    def to_json(self) -> dict[str, str]:
        return {
            "id": self.id,
            "language": self.language,
            "kind": self.kind,
            "expected": self.expected,
            "got": self.got,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one evaluation. `groups` are further cuts that one evaluation names for itself."""

    overall: Metrics
    by_language: Mapping[str, Metrics]
    by_kind: Mapping[str, Metrics]
    errors: Sequence[Mistake] = ()
    groups: Mapping[str, Metrics] = field(default_factory=dict)

    @classmethod
    def of_outcomes(
        cls,
        outcomes: Sequence[Outcome],
        *,
        positive: str = "positive",
        negative: str = "negative",
        groups: Mapping[str, Metrics] | None = None,
    ) -> Report:
        """Count yes-or-no decisions; `positive` and `negative` name the two answers among the mistakes."""
        words = {True: positive, False: negative}
        mistakes = [
            Mistake(
                id=o.id,
                language=o.language,
                kind=o.kind,
                expected=words[o.expected],
                got=words[o.decided],
                detail=o.detail,
            )
            for o in outcomes
            if o.expected != o.decided
        ]
        return cls(
            overall=_decided(outcomes),
            by_language=_cut(outcomes, lambda o: o.language),
            by_kind=_cut(outcomes, lambda o: o.kind),
            errors=mistakes,
            groups=groups or {},
        )

    def to_json(self, *, errors: bool = False) -> dict[str, Any]:
        """As `silkwatch evaluate --json` prints it; `groups` and `errors` only when there are any to show."""
        value: dict[str, Any] = {
            "overall": self.overall.to_json(),
            "by_language": {name: m.to_json() for name, m in self.by_language.items()},
            "by_kind": {name: m.to_json(with_share=True) for name, m in self.by_kind.items()},
        }
        if self.groups:
            value["groups"] = {name: m.to_json(with_share=True) for name, m in self.groups.items()}
        if errors:
            value["errors"] = [mistake.to_json() for mistake in self.errors]
        return value

    def to_text(self, *, errors: bool = False) -> str:
        """For a terminal: one aligned table, then, on request, each mistake on a line of its own."""
        rows = [("overall", self.overall)]
        rows += [(f"group {name}", m) for name, m in self.groups.items()]
        rows += [(f"language {name}", m) for name, m in self.by_language.items()]
        rows += [(f"kind {name}", m) for name, m in self.by_kind.items()]
        width = max(len(name) for name, _ in rows)
        lines = [f"{'':{width}}  {'n':>6} {'precision':>9} {'recall':>7} {'F1':>7} {'decided positive':>17}"]
        lines += [_line(name, m, width) for name, m in rows]
        if errors:
            lines.append("")
            lines.append(f"{len(self.errors)} wrong")
            lines += [_mistake_line(mistake) for mistake in self.errors]
        return "\n".join(lines)


def _cut(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Metrics]:
    """Metrics by `key`, largest group first; items with an empty key are left out."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if key(outcome):
            groups.setdefault(key(outcome), []).append(outcome)
    return {name: _decided(group) for name, group in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))}


def _decided(outcomes: Iterable[Outcome]) -> Metrics:
    return Metrics.of_decisions((o.expected, o.decided) for o in outcomes)


def _line(name: str, metrics: Metrics, width: int) -> str:
    cells = (_cell(metrics.precision, 9), _cell(metrics.recall, 7), _cell(metrics.f1, 7))
    return f"{name:{width}}  {metrics.n:>6} {' '.join(cells)} {_cell(metrics.positive_share, 17)}"


def _mistake_line(mistake: Mistake) -> str:
    where = f"{mistake.id} [{mistake.language}{', ' + mistake.kind if mistake.kind else ''}]"
    return f"{where}: {mistake.expected} expected, {mistake.got} decided. {mistake.detail}".rstrip()


def _cell(value: float | None, width: int) -> str:
    return f"{'–' if value is None else format(value, '.3f'):>{width}}"


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
