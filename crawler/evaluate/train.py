"""Learn the weights of relevance from labelled items, reproducibly.

    python -m crawler.evaluate.train --beat FOLDER [ITEMS.jsonl ...] [--feedback STORE] [--folds 5] [--write]

Logistic regression over the explainable features, with a penalty for leaving the expected weights (`[prior]` of
`relevance.toml`) and no weight may change its expected sign: a sports report never speaks for the beat. Items of one
event stay on one side of each fold of the cross-validation. Nothing is drawn at random, and the order of the files
does not matter: the same items give the same `relevance.toml`, byte for byte.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from crawler.analysis import language, relevance
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from crawler.evaluate import feedback
from crawler.evaluate.relevance import Item, read_items
from crawler.evaluate.report import Metrics
from store.errors import SilkwatchError

STEPS = 600
RATE = 0.5
PENALTY = 1.0
"""How many items' worth of evidence it takes to leave an expected weight by one."""
RECALL_COUNTS = 1.3
"""A missed article counts as so many false ones: it is gone, while a false one is seen and told."""


@dataclass(frozen=True, slots=True)
class Row:
    """An item measured. Texts that name one side only have no features: no weight can save or spoil them."""

    item: Item
    values: Mapping[str, float] | None


def measure(items: Iterable[Item], lexicon: Lexicon, weights: Weights) -> list[Row]:
    rows = []
    for item in items:
        spoken = language.identify(f"{item.title}\n{item.text}", item.language)
        found = relevance.evidence(
            item.title,
            item.text,
            language=spoken,
            lexicon=lexicon,
            weights=weights,
            prior_sides=item.prior_sides,
            published=item.published,
        )
        rows.append(Row(item, found.values if all(found.strengths.values()) else None))
    return rows


def fit(rows: Sequence[Row], prior: Mapping[str, float], prior_bias: float) -> tuple[float, dict[str, float]]:
    """Bias and weights by gradient descent with a fixed number of steps."""
    seen = [
        ({k: v for k, v in row.values.items() if v}, float(row.item.relevant), row.item.weight)
        for row in rows
        if row.values is not None
    ]
    weights, bias = dict(prior), prior_bias
    for _ in range(STEPS):
        slopes = {name: PENALTY * (weights[name] - prior[name]) for name in weights}
        slope = PENALTY * 0.1 * (bias - prior_bias)
        for values, truth, weight in seen:
            error = _probability(values, weights, bias) - truth
            error *= weight * (RECALL_COUNTS if truth else 1.0)
            slope += error
            for name, value in values.items():
                slopes[name] += error * value
        step = RATE / max(1.0, len(seen) / 10.0)
        bias -= step * slope
        for name, value in slopes.items():
            weights[name] = _same_sign(weights[name] - step * value, prior[name])
    return bias, weights


def _same_sign(weight: float, expected: float) -> float:
    return max(0.0, weight) if expected >= 0 else min(0.0, weight)


def _probability(values: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    total = bias + sum(weights[name] * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def cross_validate(rows: Sequence[Row], weights: Weights, folds: int) -> list[tuple[Row, bool]]:
    """Each row decided by weights learned without it and without any other item of its event."""
    decided = []
    for number in range(folds):
        rest = [r for r in rows if _fold(r.item.group, folds) != number]
        bias, learned = fit(rest, weights.prior, weights.prior_bias)
        for row in rows:
            if _fold(row.item.group, folds) == number:
                score = _probability(row.values, learned, bias) if row.values is not None else 0.0
                decided.append((row, score >= weights.substantial))
    return decided


def _fold(group: str, folds: int) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % folds


def write(path: Path, bias: float, learned: Mapping[str, float], data: Mapping[str, str]) -> None:
    """Put learned numbers into `relevance.toml` and leave everything else of the file as it is."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^bias = .*$", f"bias = {bias:.3f}", text, count=1)
    lines = "".join(f"{_key(name)} = {value:.3f}\n" for name, value in learned.items())
    text = re.sub(r"(?ms)^\[weights\]\n.*?(?=^\[)", f"[weights]\n{lines}\n", text, count=1)
    told = "".join(f'"{name}" = "{value}"\n' for name, value in data.items())
    text = re.sub(r"(?ms)^\[trained_on\]\n.*?(?=^\[|\Z)", f"[trained_on]\n{told}\n", text, count=1)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")


def _key(name: str) -> str:
    return f'"{name}"' if ":" in name else name


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--beat", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--feedback",
    "store",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Learn also from what readers said in this store; `silkwatch feedback export` keeps it for another time.",
)
@click.option("--folds", default=5, show_default=True, help="Parts of the cross-validation.")
@click.option("--write", "written", is_flag=True, help="Put the learned weights into the beat's relevance.toml.")
def main(files: tuple[Path, ...], folder: Path, store: Path | None, folds: int, written: bool) -> None:
    """Learn relevance weights from FILES of labelled items and say how well they do on items they have not seen."""
    try:
        lexicon, weights = Lexicon.load(folder / "lexicon"), Weights.load(folder / "relevance.toml")
        sets = {path.stem: read_items(path) for path in files}
        if store:
            sets["feedback"] = feedback.items(store, folder)
        rows = measure(_all(sets), lexicon, weights)
    except SilkwatchError as error:
        raise click.ClickException(str(error)) from error
    if not rows:
        raise click.UsageError(
            "name FILES of labelled items, or --feedback with a store in which readers judged pages"
        )
    decided = cross_validate(rows, weights, folds)
    for name in sets:
        _tell(f"{name}, unseen", [(r, d) for r, d in decided if r.item.id.startswith(f"{name}/")])
    _tell("all, unseen", decided)
    for row, answer in decided:
        if answer != row.item.relevant:
            click.echo(f"  {'false' if answer else 'missed'} {row.item.id} {row.item.title or row.item.text}")
    bias, learned = fit(rows, weights.prior, weights.prior_bias)
    if written:
        bodies = {path.stem: path.read_bytes() for path in files}
        if store:
            bodies["feedback"] = "".join(
                f"{line}\n" for line in feedback.exported(store, folder, texts=True)
            ).encode()
        data = {name: f"{len(sets[name])} items, sha256 {_digest(body)}" for name, body in sorted(bodies.items())}
        data["rules"] = relevance.measuring(weights, lexicon)
        write(folder / "relevance.toml", bias, learned, data)
    else:
        click.echo(f"bias = {bias:.3f}\n" + "\n".join(f"{_key(k)} = {v:.3f}" for k, v in learned.items()))


def _all(sets: Mapping[str, Sequence[Item]]) -> list[Item]:
    """The items of all sets in one order, whatever order they came in: sums of floats depend on it."""
    named = [
        replace(item, id=f"{name}/{item.id}", group=f"{name}/{item.group}")
        for name, items in sets.items()
        for item in items
    ]
    return sorted(named, key=lambda item: (item.id, item.title, item.text, item.label))


def _digest(body: bytes) -> str:
    """As `sha256sum` gives it for the file; for feedback, for what `silkwatch feedback export --texts` prints."""
    return hashlib.sha256(body).hexdigest()[:12]


def _tell(name: str, decided: Sequence[tuple[Row, bool]]) -> None:
    m = Metrics.of_decisions((row.item.relevant, answer) for row, answer in decided)
    click.echo(f"{name}: n {m.n}, precision {_shown(m.precision)}, recall {_shown(m.recall)}, F1 {_shown(m.f1)}")


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
