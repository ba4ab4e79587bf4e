"""A beat's vocabulary checked and tried: the door by which the command line comes in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crawler.analysis import language
from crawler.beat import Beat
from crawler.evaluate.lexicon_lint import Finding, Text, lint, silent
from crawler.evaluate.lexicon_trial import Match, Trial, new_term, trial
from crawler.rejudge.rules import Rules
from store import rejudging
from store.database import Store
from store.errors import UsageError

__all__ = ["Finding", "Match", "Trial", "attempt", "check"]


def check(beat_folder: Path, *, corpus: Path | None, db: Path | None, today: date) -> list[Finding]:
    """What is wrong with the vocabulary; with a corpus or a store also which terms never fire.

    Raises:
        UsageError: the corpus is not readable as JSON lines.
        StoreError: the store cannot be opened.
        ConfigurationError: the beat is not valid.
    """
    folder = beat_folder / "lexicon"
    findings = lint(folder, tuple(Beat.load(beat_folder).sides), today=today)
    if (corpus or db) and not any(found.code == "malformed" for found in findings):
        texts = [*(_corpus(corpus) if corpus else ()), *(_stored(db) if db else ())]
        findings += silent(folder, texts)
    return findings


def _corpus(path: Path) -> Iterator[Text]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    yield from (_text(line, f"{path}: line {number}") for number, line in enumerate(lines, 1) if line.strip())


def _text(line: str, where: str) -> Text:
    try:
        row = json.loads(line)
        return row.get("title") or "", row.get("text") or row.get("lead") or "", row.get("language") or ""
    except (ValueError, AttributeError) as error:
        raise UsageError(f"{where}: expected an object with title, text or lead, and language: {error}") from error


def _stored(path: Path) -> Iterator[Text]:
    with Store.open(path, create=False, readonly=True) as store:
        for piece in rejudging.articles(store, version=None):
            yield from ((row["title"], row["text"], row["language"]) for row in piece)


def attempt(
    beat_folder: Path, db: Path, text: str, *, side: str, spoken: str | None, match: str | None, strength: str,
    case: str | None, since: str = "",
) -> Trial:  # fmt: skip
    """What a new term would have matched in a store.

    Raises:
        UsageError: it can be no term.
        StoreError: there is no store.
        ConfigurationError: the beat is not valid.
    """
    rules = Rules.load(beat_folder)
    told = spoken or language.identify(text)
    term = new_term(
        text, side=side, spoken=told, lexicon=rules.lexicon, match=match, strength=strength, case=case
    )  # fmt: skip
    with Store.open(db, create=False, readonly=True) as store:
        return trial(store, rules, term, since=since)
