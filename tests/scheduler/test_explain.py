"""`silkwatch explain`: the trail of an address in plain sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store import articles, candidates, duplicates, runs, seeds
from store.database import Store
from store.models import Comparison, Label, Reading, Relation, TermMatch, Verdict, VerdictKind
from tests.scheduler.conftest import Silkwatch
from tests.store.make import FEED, HOUR, NOW, begin, keep, listed, reading, relevance, seed, source

ONE, TWO, AMP = "https://paper.example/one", "https://paper.example/two", "https://paper.example/other-one"


def decide(store: Store, run_id: int, candidate: int, kind: VerdictKind, reason: str = "", **fields: object) -> None:
    detail = str(fields.pop("detail", ""))
    article_id, seed_id = fields.get("duplicate_of"), fields.get("seed_id")
    verdict = Verdict(kind=kind, reason=reason, detail=detail, article_id=article_id, seed_id=seed_id)  # type: ignore[arg-type]
    kept = {name: fields[name] for name in ("relevance", "article_id", "http_status") if name in fields}
    with store.write():
        candidates.decide(store, candidate, verdict, now=NOW + HOUR, run_id=run_id, **kept)  # type: ignore[arg-type]


def judged(read: Reading, *wordings: str, term: str = "") -> Reading:
    """The reading with these wordings of its text matched; the first is a term of a side, the others are context."""
    matches = [
        TermMatch(
            concept=word.lower(), side="" if number else "iran", strength="strong", term=term or word, language="en",
            field="text", start=read.article.text.index(word), end=read.article.text.index(word) + len(word),
        )
        for number, word in enumerate(wordings)
    ]  # fmt: skip
    return replace(read, relevance=relevance(matches=tuple(matches)))


@pytest.fixture
def run_id(store: Store) -> int:
    return begin(store)


@pytest.fixture
def kept(store: Store, run_id: int) -> int:
    """An article that was found, read and kept, and is known at a second address."""
    (candidate,) = listed(store, run_id, ONE)
    number = keep(store, run_id, judged(reading(ONE), "Iran", "oil"))
    decide(store, run_id, candidate, VerdictKind.NEW, relevance=relevance(), article_id=number, http_status=200)
    with store.write():
        articles.alias(store, AMP, number)
    return number


def test_a_readers_word_stands_beside_what_the_rules_say(
    silkwatch: Silkwatch, db: Path, store: Store, kept: int
) -> None:
    silkwatch("feedback", AMP, "irrelevant", "--note", "a list", "--db", db)
    told = sections(silkwatch("explain", ONE, "--db", db).out)["Judged"]
    assert told[0].startswith("Relevance 0.90: off topic, by rules 1.")
    assert told[-1].startswith("A reader calls it irrelevant: “a list” (")
    assert told[-1].endswith("; by the rules it is central.")
    assert silkwatch("explain", ONE, "--db", db, "--json").json()["feedback"]["judgement"] == "irrelevant"


def sections(out: str) -> dict[str, list[str]]:
    """The sentences of each heading."""
    found: dict[str, list[str]] = {}
    for line in out.splitlines()[1:]:
        if line and not line.startswith(" "):
            found[line] = []
        elif line:
            found[list(found)[-1]].append(line.strip())
    return found


@pytest.mark.usefixtures("kept")
def test_a_kept_article_is_told_from_the_listing_to_the_verdict(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("explain", "http://www.paper.example/one?utm_source=x", "--db", db)
    assert said.code == 0
    told = sections(said.out)
    assert list(told) == ["Found", "Fetched", "Read", "Judged", "Verdict", "Since then"]
    assert told["Found"] == [
        f"Listed by The Paper (paper) at {FEED}, first seen there on 2026-03-02 09:30 UTC (run 1).",
        "The address asked for is https://paper.example/one?utm_source=rss.",
    ]
    assert told["Fetched"] == ["Fetched on 2026-03-02 10:30 UTC; the server answered 200."]
    assert told["Read"] == [
        "Title: Iran sells oil",
        "Published on 2026-03-01 12:00 UTC (from meta).",
        "24 characters of text in en.",
    ]
    assert told["Judged"] == [
        "Relevance 0.90: central, by rules 1.",
        "It names both.",
        "Iran: Iran",
        "Context: oil",
        "Evidence: “*Iran* sells *oil*.”",
        "Topic energy (0.80): “sells oil”",
    ]
    assert told["Verdict"] == ["Kept as new, on 2026-03-02 10:30 UTC (run 1)."]
    assert told["Since then"] == [f"Also at {AMP}"]


@pytest.mark.usefixtures("kept")
def test_another_address_of_an_article_leads_to_it(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("explain", AMP, "--db", db)
    assert said.code == 0
    assert f"This address leads to the article found as {ONE}." in said.out


@pytest.mark.usefixtures("kept")
def test_times_are_told_in_the_reader_s_zone(silkwatch: Silkwatch, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILKWATCH_TZ", "Asia/Shanghai")
    assert "Fetched on 2026-03-02 18:30 CST" in silkwatch("explain", ONE, "--db", db).out


@pytest.mark.usefixtures("kept")
def test_the_document_holds_the_whole_trail(silkwatch: Silkwatch, db: Path) -> None:
    told = silkwatch("explain", ONE, "--db", db, "--json").json()
    assert told["known"] is True
    assert told["candidate"]["verdict"] == "new"
    assert told["article"]["relevance_terms"][0]["term"] == "Iran"


def test_a_copy_names_what_it_copies_and_how_close_it_is(
    silkwatch: Silkwatch, store: Store, run_id: int, kept: int, db: Path
) -> None:
    (candidate,) = listed(store, run_id, TWO)
    near = Comparison(
        relation=Relation.TRUNCATED, similarity=0.913, coverage_a=0.99, coverage_b=0.4, why="It ends early."
    )
    with store.write():
        duplicates.insert(
            store, reading(TWO), article_id=kept, seed_id=None, comparison=near, candidate_id=candidate,
            source=source(), run_id=run_id, now=NOW,
        )  # fmt: skip
    decide(store, run_id, candidate, VerdictKind.DUPLICATE, "truncated", duplicate_of=kept, detail="A cut of it.")
    told = sections(silkwatch("explain", TWO, "--db", db).out)
    assert told["Compared"] == [
        f"Nearest: “Iran sells oil” (The Paper), {ONE}",
        "It is truncated with similarity 0.91: 99% of this text stands there, 40% of that one here.",
        "It ends early.",
    ]
    assert told["Verdict"] == [
        "Folded into what was known [truncated], on 2026-03-02 10:30 UTC (run 1).", "A cut of it.",
    ]  # fmt: skip
    since = sections(silkwatch("explain", ONE, "--db", db).out)["Since then"]
    assert f"Copy (truncated, 0.91) by The Paper: {TWO}" in since


def test_a_copy_of_a_seed_names_the_seed(silkwatch: Silkwatch, store: Store, run_id: int, db: Path) -> None:
    (candidate,) = listed(store, run_id, TWO)
    with store.write():
        seeds.add(store, seed("known-1", title="An old agreement"))
    decide(store, run_id, candidate, VerdictKind.DUPLICATE, "near", seed_id="known-1")
    assert (
        "Nearest: “An old agreement” (Paper), https://old.example/known-1"
        in silkwatch("explain", TWO, "--db", db).out
    )
    said = silkwatch("explain", "https://old.example/known-1", "--db", db)
    assert "It is the seed known-1, known before the first pass." in said.out
    assert said.code == 0


def test_a_page_off_the_beat_tells_its_score_its_terms_and_its_reason(
    silkwatch: Silkwatch, store: Store, run_id: int, db: Path
) -> None:
    (candidate,) = listed(store, run_id, TWO)
    low = relevance(score=0.21, label=Label.NEAR_MISS, evidence="Iran sells oil.")
    decide(
        store, run_id, candidate, VerdictKind.OFF_TOPIC, "relevance", detail="China is named in a list only.",
        relevance=low, http_status=200,
    )  # fmt: skip
    told = sections(silkwatch("explain", TWO, "--db", db).out)
    assert told["Judged"][0] == "Relevance 0.21: near miss, by rules 1."
    assert told["Judged"][-1] == "Evidence: “*Iran* sells *oil*.”"
    assert told["Verdict"] == [
        "Not kept: off the beat [relevance], on 2026-03-02 10:30 UTC (run 1).", "China is named in a list only.",
    ]  # fmt: skip


def test_a_page_that_waits_tells_why_and_until_when(
    silkwatch: Silkwatch, store: Store, run_id: int, db: Path
) -> None:
    (candidate,) = listed(store, run_id, TWO)
    told = sections(silkwatch("explain", TWO, "--db", db).out)
    assert told["Fetched"] == ["Waits to be fetched in the next pass."]
    assert told["Verdict"] == ["Not decided yet."]
    with store.write():
        candidates.postpone(
            store, candidate, not_before=NOW + HOUR, error="the server answered 503", http_status=503, now=NOW
        )
    told = sections(silkwatch("explain", TWO, "--db", db).out)
    assert told["Fetched"] == [
        "Fetching failed once, the last time because the server answered 503.",
        "Waits to be fetched not before 2026-03-02 10:30 UTC.",
    ]


def test_a_page_that_was_never_received_says_so(silkwatch: Silkwatch, store: Store, run_id: int, db: Path) -> None:
    (candidate,) = listed(store, run_id, TWO)
    decide(store, run_id, candidate, VerdictKind.REJECTED, "robots", detail="robots.txt forbids it")
    told = sections(silkwatch("explain", TWO, "--db", db).out)
    assert told["Fetched"] == ["No page was received."]
    assert told["Verdict"][0].startswith("Not kept: no article [robots]")


def test_a_revised_article_tells_its_earlier_versions_and_what_was_noted(
    silkwatch: Silkwatch, store: Store, run_id: int, kept: int, db: Path
) -> None:
    with store.write():
        articles.revise(store, kept, reading(ONE, "New title"), run_id=run_id, now=NOW + HOUR)
        runs.issue(
            store,
            run_id=run_id,
            source_id="paper",
            level="warning",
            code="slow",
            message="took 30 s",
            url=ONE,
            now=NOW,
        )
    told = sections(silkwatch("explain", ONE, "--db", db).out)
    assert "Its text was replaced on 2026-03-02 10:30 UTC (run 1)." in told["Since then"]
    assert told["Noted"] == ["2026-03-02 09:30 UTC: took 30 s [slow]"]


def test_a_hostile_title_stays_harmless(silkwatch: Silkwatch, store: Store, run_id: int, db: Path) -> None:
    listed(store, run_id, ONE)
    keep(store, run_id, reading(ONE, title="\x1b]0;owned\x07 \u202eevil \ue000", authors=("\x9b31m",)))
    said = silkwatch("explain", ONE, "--db", db)
    assert not set(said.out) & set("\x1b\x07\x9b\u202e\ue000")


@pytest.mark.usefixtures("kept")
def test_an_unknown_address_names_known_ones_like_it(silkwatch: Silkwatch, db: Path) -> None:
    said = silkwatch("explain", "https://paper.example/one1", "--db", db)
    assert said.code == 1
    assert said.out.splitlines() == [
        "https://paper.example/one1 is not known: no listing has named it, and no article claims it.",
        "",
        "Known addresses like it:",
        f"  {ONE}",
    ]
    told = silkwatch("explain", "https://paper.example/one1", "--db", db, "--json")
    assert told.code == 1
    assert told.json() == {
        "asked": "https://paper.example/one1", "url": "https://paper.example/one1", "known": False, "near": [ONE],
    }  # fmt: skip


@pytest.mark.usefixtures("kept")
def test_an_address_of_an_unknown_host_has_nothing_near_it(silkwatch: Silkwatch, db: Path) -> None:
    assert silkwatch("explain", "https://elsewhere.example/one", "--db", db, "--json").json()["near"] == []


@pytest.mark.parametrize("wrong", ["ftp://paper.example/one", "not an address", "javascript:alert(1)", ""])
@pytest.mark.usefixtures("store")
def test_what_is_no_address_is_refused_in_one_line(silkwatch: Silkwatch, db: Path, wrong: str) -> None:
    said = silkwatch("explain", wrong, "--db", db)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("silkwatch: ") and len(said.err.splitlines()) == 1


def test_a_spelling_is_told_once_with_how_often_and_not_within_a_longer_one(
    silkwatch: Silkwatch, store: Store, run_id: int, db: Path
) -> None:
    read = judged(reading(ONE, text="Iranian oil. Iranian gas."), "Iranian", "oil")
    (first, oil) = read.relevance.matches
    matches = (first, replace(first, end=4), replace(first, start=13, end=20, term="İran"), oil, oil)
    keep(store, run_id, replace(read, relevance=relevance(matches=matches)))
    told = sections(silkwatch("explain", ONE, "--db", db).out)["Judged"]
    assert told[2:4] == ["Iran: Iranian ×2", "Context: oil"]


def test_a_wording_is_found_as_the_article_inflects_it(
    silkwatch: Silkwatch, store: Store, run_id: int, db: Path
) -> None:
    text = "Россия и Китай покупают нефть Ирана."
    read = judged(reading(ONE, text=text), "Ирана", term="Иран")
    keep(store, run_id, replace(read, relevance=replace(read.relevance, evidence=text)))
    assert "покупают нефть *Ирана*." in silkwatch("explain", ONE, "--db", db).out
