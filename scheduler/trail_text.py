"""A trail in plain sentences. Pure: what `store.trail` gives in, lines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from scheduler.explain import Explanation, Matched
from scheduler.terminal import isolated, plain
from scheduler.zone import shown
from store.articles import day_of
from store.models import CandidateState, Precision, VerdictKind
from store.text import fold, fold_with_map
from store.values import moment, published_of

MARK, UNMARK = "\ue000", "\ue001"
"""Around what is highlighted. No text from outside can hold them: `plain` replaces private-use characters."""

Row = Mapping[str, Any]


def lines(found: Explanation, zone: tzinfo | None) -> list[str]:
    """The whole trail, a heading and its sentences at a time; highlights stand between MARK and UNMARK."""
    if not found.known:
        return list(_unknown(found))
    trail = found.trail
    told = [plain(found.url)]
    parts = {
        "Found": _found(trail, zone),
        "Fetched": _fetched(trail, zone),
        "Read": _read(trail, zone),
        "Judged": [*_judged(trail, found.matched), *_called(trail, zone)],
        "Compared": _compared(trail),
        "Verdict": _verdict(trail, zone),
        "Since then": _since(trail, zone),
        "Noted": _noted(trail, zone),
    }
    for heading, sentences in parts.items():
        if said := [sentence for sentence in sentences if sentence]:
            told += ["", heading, *(f"  {sentence}" for sentence in said)]
    return told


def _unknown(found: Explanation) -> Iterator[str]:
    yield f"{plain(found.url)} is not known: no listing has named it, and no article claims it."
    if found.near:
        yield from ("", "Known addresses like it:", *(f"  {plain(url)}" for url in found.near))


def _at(stored: str | None, zone: tzinfo | None) -> str:
    return shown(moment(stored), zone) if stored else "an unknown time"


def _run(row: Row | None) -> str:
    return f" (run {row['id']})" if row else ""


def _found(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    candidate, source = trail["candidate"], trail["source"]
    if not candidate:
        yield "No listing has named this address."
        return
    if candidate["url"] != trail["url"]:
        yield f"This address leads to the article found as {plain(candidate['url'])}."
    who = f"{isolated(source['name'])} ({source['id']})" if source else candidate["source_id"]
    first, run = _at(candidate["discovered_at"], zone), _run(trail["found_in"])
    yield f"Listed by {who} at {plain(candidate['endpoint_url'])}, first seen there on {first}{run}."
    if candidate["last_listed_at"] != candidate["discovered_at"]:
        yield f"Last seen there on {_at(candidate['last_listed_at'], zone)}."
    if candidate["title"]:
        yield f"The listing called it “{isolated(candidate['title'])}”."
    if candidate["fetch_url"] != candidate["url"]:
        yield f"The address asked for is {plain(candidate['fetch_url'])}."


def _fetched(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    candidate = trail["candidate"]
    if not candidate:
        return
    if candidate["attempts"]:
        times = "once" if candidate["attempts"] == 1 else f"{candidate['attempts']} times"
        why = f", the last time because {plain(candidate['last_error'])}" if candidate["last_error"] else ""
        yield f"Fetching failed {times}{why}."
    pending = candidate["state"] == CandidateState.PENDING
    if candidate["fetched_at"] and not pending:
        status = f"; the server answered {candidate['http_status']}" if candidate["http_status"] else ""
        yield f"Fetched on {_at(candidate['fetched_at'], zone)}{status}."
    elif pending:
        due = f" not before {_at(candidate['not_before'], zone)}" if candidate["not_before"] else " in the next pass"
        yield f"Waits to be fetched{due}."
    else:
        yield "No page was received."


def _read(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    read = trail["article"] or trail["duplicate"]
    if not read:
        return
    yield f"Title: {isolated(read['title'])}"
    yield _dated(read, trail["source"], zone)
    authors = ", ".join(isolated(author) for author in read["authors"] or ())
    yield f"By {authors}." if authors else ""
    walled = " behind a paywall" if read.get("paywalled") else ""
    yield f"{read['length']:,} characters of text in {plain(read['language'])}{walled}."


def _dated(read: Row, source: Row | None, zone: tzinfo | None) -> str:
    published = published_of(dict(read))
    if published is None:
        return "No publication date was found."
    if published.precision is Precision.DAY:
        day = day_of(published, source["timezone"] if source else "UTC", published.value)
        return f"Published on {day} (a day without a time, from {published.origin})."
    return f"Published on {shown(published.value, zone)} (from {published.origin})."


def _judged(trail: Row, matched: Sequence[Matched]) -> Iterator[str]:
    article, candidate = trail["article"], trail["candidate"] or {}
    score = article["relevance_score"] if article else candidate.get("score")
    if score is None:
        return
    label = article["relevance_label"] if article else candidate["label"]
    rules = article["relevance_version"] if article else candidate.get("relevance_version")
    version = f", by rules {plain(rules)}" if rules else ""
    yield f"Relevance {score:.2f}: {label.replace('_', ' ')}{version}."
    yield plain((article["relevance_why"] if article else candidate["why"]) or "")
    for side, words in _by_side(matched).items():
        yield f"{side}: {', '.join(words)}"
    if evidence := isolated((article["relevance_evidence"] if article else candidate["evidence"]) or ""):
        yield f"Evidence: “{highlighted(evidence, [match.wording for match in matched])}”"
    for topic in article["topic_evidence"] if article else ():
        yield f"Topic {plain(topic['topic'])} ({topic['score']:.2f}): “{isolated(topic['evidence'])}”"


def _called(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    if said := trail["feedback"]:
        note = f": “{isolated(said['note'])}”" if said["note"] else ""
        rules = f"; by the rules it is {said['rules_label'].replace('_', ' ')}" if said["rules_label"] else ""
        yield f"A reader calls it {said['judgement']}{note} ({_at(said['judged_at'], zone)}){rules}."


def _by_side(matched: Iterable[Matched]) -> dict[str, list[str]]:
    """Matched wordings by side, each with how often it stands there."""
    told: dict[str, list[str]] = {}
    for match in matched:
        side = plain(match.side or "context").replace("_", " ").capitalize()
        told.setdefault(side, []).append(isolated(match.wording) + (f" ×{match.times}" if match.times > 1 else ""))
    return told


def highlighted(sentence: str, wordings: Iterable[str]) -> str:
    """The sentence with each wording between MARK and UNMARK, found in any spelling that folds to the same."""
    folded = fold_with_map(sentence)
    spans = sorted(
        folded.span(match.start(), match.end())
        for word in dict.fromkeys(fold(word) for word in wordings)
        if word
        for match in re.finditer(_starting(word), folded.text)
    )
    told, at = [], 0
    for start, end in _joined(spans):
        told += [sentence[at:start], MARK, sentence[start:end], UNMARK]
        at = end
    return "".join([*told, sentence[at:]])


def _starting(word: str) -> str:
    """A pattern for a folded word: not within another one where the script writes words apart and has no clitics.

    `oil` is not in `turmoil`, but بكين is in وبكين and 伊朗 in 对伊朗.
    """
    apart = word[0].isdecimal() or word[0].upper() != word[0].lower()
    return (r"(?<!\w)" if apart else "") + re.escape(word)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _compared(trail: Row) -> Iterator[str]:
    duplicate, known = trail["duplicate"], trail["copy_of"]
    if known:
        yield f"Nearest: {_named(known)}, {plain(known['url'])}"
    if duplicate:
        yield (
            f"It is {plain(duplicate['relation']).replace('_', ' ')} with similarity {duplicate['similarity']:.2f}: "
            f"{duplicate['coverage_new']:.0%} of this text stands there, {duplicate['coverage_known']:.0%} of that "
            "one here."
        )
        yield plain(duplicate["why"])
        yield _first(duplicate)
    if near := trail["near"]:
        relation = plain(near["relation"]).replace("_", " ")
        yield f"Nearest ({relation}): {_named(near)}, {plain(near['url'])}"
        yield plain(near["why"])
    if trail["seed"]:
        yield f"It is the seed {plain(trail['seed']['id'])}, known before the first pass."


def _named(article: Row) -> str:
    return f"“{isolated(article['title'])}” ({isolated(article['publisher'])})"


def _first(duplicate: Row) -> str:
    """Who had it first: how long after the article, and whom the text credits."""
    lag, credit = duplicate["lag"], duplicate["credit"]
    late = "" if lag is None else f"It came out {span(abs(lag))} {'later' if lag >= 0 else 'earlier'}."
    return f"{late} It credits {plain(credit)}." if credit else late


def span(seconds: int) -> str:
    """A length of time in the two largest units that it has."""
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


_VERDICTS = {
    VerdictKind.NEW: "Kept as new",
    VerdictKind.DUPLICATE: "Folded into what was known",
    VerdictKind.REVISED: "Kept as a new version of its article",
    VerdictKind.UNCHANGED: "Found as it was known",
    VerdictKind.OFF_TOPIC: "Not kept: off the beat",
    VerdictKind.REJECTED: "Not kept: no article",
}


def _verdict(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    candidate = trail["candidate"]
    if not candidate:
        return
    if not candidate["verdict"]:
        yield "Not decided yet."
        return
    code = f" [{plain(candidate['reason'])}]" if candidate["reason"] else ""
    when = f"on {_at(candidate['decided_at'], zone)}{_run(trail['decided_in'])}"
    yield f"{_VERDICTS[VerdictKind(candidate['verdict'])]}{code}, {when}."
    yield plain(candidate["detail"])


def _since(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    article = trail["article"]
    if not article:
        return
    for version in article["earlier_versions"]:
        yield f"Its text was replaced on {_at(version['replaced_at'], zone)} (run {version['run_id']})."
    for copy in article["copies"]:
        relation = plain(copy["relation"]).replace("_", " ")
        yield f"Copy ({relation}, {copy['similarity']:.2f}) by {isolated(copy['publisher'])}: {plain(copy['url'])}"
    for link in article["links"]:
        relation = plain(link["relation"]).replace("_", " ")
        yield f"Linked ({relation}, {link['confidence']:.2f} sure) with {_named(link)}: {plain(link['url'])}"
    for url in article["also_at"]:
        yield f"Also at {plain(url)}"
    if (story := article["story"]) and story["articles"] > 1:
        yield f"One of {story['articles']} articles of the story “{isolated(story['title'])}”."


def _noted(trail: Row, zone: tzinfo | None) -> Iterator[str]:
    for issue in trail["issues"]:
        yield f"{_at(issue['last_seen'], zone)}: {plain(issue['message'])} [{plain(issue['code'])}]"
