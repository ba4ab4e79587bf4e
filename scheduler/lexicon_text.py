"""What is wrong with a vocabulary, and what a new term would match, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from crawler.evaluate.of_lexicon import Finding, Match, Trial
from scheduler.terminal import counted, isolated, plain

LEVELS = ("error", "warning", "note")
SHOWN = 10
"""Warnings of one kind that are listed without --all."""


def findings_document(findings: Sequence[Finding]) -> dict[str, Any]:
    counts = Counter(found.level for found in findings)
    return {"counts": {level: counts[level] for level in LEVELS}, "findings": [asdict(found) for found in findings]}


def finding_lines(findings: Sequence[Finding], *, whole: bool) -> Iterator[str]:
    """By level and kind; every error, some warnings, notes as a number only (all of them when `whole`)."""
    for level in LEVELS:
        kinds = Counter(found.code for found in findings if found.level == level)
        for code, times in sorted(kinds.items()):
            same = [found for found in findings if (found.level, found.code) == (level, code)]
            most = times if whole or level == "error" else SHOWN if level == "warning" else 0
            yield f"{level} {code}: {times:,}"
            yield from (f"  {_line(found)}" for found in same[:most])
            if 0 < most < times:
                yield f"  … and {times - most:,} more (--all)"
    counts = Counter(found.level for found in findings)
    yield ", ".join(counted(counts[level], level) for level in LEVELS) + "."


def _line(found: Finding) -> str:
    term = f"{isolated(found.term)} ({plain(found.language)}, {plain(found.concept)}): " if found.term else ""
    return f"{plain(found.where)}: {term}{plain(found.message)}"


def trial_document(found: Trial) -> dict[str, Any]:
    term = found.term
    return {
        "term": {
            "concept": term.concept, "class": term.kind, "side": term.side, "strength": term.strength,
            "language": term.language, "term": term.text, "match": term.match, "case": term.case,
        },
        "read": dict(found.read),
        "places": dict(found.places),
        "known": dict(found.known),
        "matches": [asdict(match) | {"changes": match.changes} for match in found.matches],
    }  # fmt: skip


def trial_lines(found: Trial, limit: int) -> Iterator[str]:
    term = found.term
    case = f", case {term.case}" if term.case else ""
    yield f"{isolated(term.text)}: {term.side}, {term.strength}, {plain(term.language)}, match {term.match}{case}"
    read = f"{found.read['article']:,} articles and {found.read['page']:,} headlines of pages that were not kept"
    if not found.matches:
        yield f"It stands in none of {read}."
        return
    texts = Counter(match.kind for match in found.matches)
    languages = ", ".join(f"{plain(name)} {times:,}" for name, times in found.places.most_common())
    yield f"Of {read} it stands in {texts['article']:,} and {texts['page']:,}; places by language: {languages}."
    if found.known:
        names = ", ".join(f"{plain(name)} {times:,}" for name, times in found.known.most_common(8))
        yield f"Today's vocabulary finds at these places: {names}."
    moves = Counter((m.kind, m.before, m.now) for m in found.matches if m.changes)
    yield "No verdict would change." if not moves else "Verdicts that would change:"
    for (kind, before, now), times in moves.most_common():
        what = "articles" if kind == "article" else "headlines of pages (alone)"
        yield f"  {times:>6,} {what}: {_words(before)} → {_words(now)}"
    for match in found.matches[:limit]:
        yield from _match_lines(match)
    if more := len(found.matches[limit:]):
        yield f"\n… and {more:,} more texts (--limit {len(found.matches)} shows all)."


def _match_lines(match: Match) -> Iterator[str]:
    yield ""
    now = (
        f" → {match.score_now:.2f} {_words(match.now)}"
        if match.changes or match.score_now != match.score_before
        else ""
    )
    yield f"{match.score_before:.2f} {_words(match.before)}{now}: {isolated(match.title or '(no title)')}"
    yield f"  {plain(match.url)}"
    yield f"  … {isolated(match.around)} …"


def _words(label: str) -> str:
    return label.replace("_", " ")
