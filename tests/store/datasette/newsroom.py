"""A store with news of today and yesterday in five languages, hostile ones among them; the store's own work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from store import articles, candidates, duplicates, runs, sources
from store.database import Store
from store.models import (
    Comparison,
    DateOrigin,
    Label,
    Mention,
    MentionKind,
    Precision,
    Published,
    Relation,
    RunOutcome,
    Source,
    TermMatch,
    Topic,
    Verdict,
    VerdictKind,
)
from tests.store.make import link, reading, relevance, source

NOW = datetime.now(UTC).replace(microsecond=0)
"""The pages tell of today, so the store is of today; each test reads the day only through them."""

HOSTILE_TITLE = "<script>alert('x')</script><img src=x onerror=alert(1)> \u202e\"><b>bold</b> & {{ 7*7 }}"
HOSTILE_URL = "javascript:alert(document.cookie)"
PERSIAN_TITLE = "توافق\u200cنامه ۲۵ ساله ایران و چین امضا شد"
CHINESE_TITLE = "伊朗石油出口中国创新高"
ARABIC_TITLE = "الصين وإيران توقعان اتفاقية للطاقة"
RUSSIAN_TITLE = "Иран и Китай подписали соглашение"

PAPER = source("paper", perspective="western", country="GB")
AGENCY = source("agency", perspective="state-iran", language="fa")
DAILY = source("daily", perspective="state-china", language="zh", country="CN")

SUM = Mention(
    kind=MentionKind.MONEY, value="400000000000", unit="USD", label="400 billion USD", text="4000亿美元", field="text",
    start=9, end=15, times=2,
)  # fmt: skip


def named(written: str) -> Mention:
    """Wang Yi, as an article writes him."""
    facts: dict[str, Any] = {"value": "wangyi", "label": "Wang Yi", "field": "text", "start": 0, "end": len(written)}
    return Mention(kind=MentionKind.PERSON, text=written, **facts)


ARTICLES: tuple[dict[str, Any], ...] = (
    {
        "url": "https://paper.example/oil",
        "title": "Iran sells oil to China under a 25-year plan",
        "text": "Iran sells oil to China.\n\nThe plan was signed in Tehran. "
        + "It tells of pipelines and ports. " * 20,
        "source": PAPER,
        "topics": (Topic("energy", 0.9, "sells oil"), Topic("trade", 0.5, "plan")),
        "terms": ("iran", "Iran"),
    },
    {
        "url": "https://agency.example/fa/1",
        "title": PERSIAN_TITLE,
        "text": "وزیران خارجه ایران و چین روز شنبه سند همکاری را امضا کردند.\nاین توافق\u200cنامه درباره انرژی است.",
        "source": AGENCY,
        "language": "fa",
        "topics": (Topic("diplomacy", 0.8, "سند همکاری"),),
        "terms": ("iran", "ایران"),
        "mentions": (named("وانگ یی"),),
    },
    {
        "url": "https://daily.example/zh/1",
        "title": CHINESE_TITLE,
        "text": "据报道，伊朗对华石油出口创下新高。\n中国外交部发言人表示，双方合作正常。",
        "source": DAILY,
        "language": "zh",
        "topics": (Topic("energy", 0.9, "石油"),),
        "terms": ("iran", "伊朗"),
        "mentions": (named("王毅"), SUM),
    },
    {
        "url": "https://agency.example/ar/1",
        "title": ARABIC_TITLE,
        "text": "وقعت الصين وإيران اتفاقية جديدة في مجال الطاقة.",
        "source": AGENCY,
        "language": "ar",
        "topics": (Topic("energy", 0.7, "الطاقة"),),
    },
    {
        "url": "https://daily.example/ru/1",
        "title": RUSSIAN_TITLE,
        "text": "Министры Ирана и Китая подписали соглашение о транзите.",
        "source": DAILY,
        "language": "ru",
        "topics": (),
        "age": timedelta(days=1),
    },
    {
        "url": HOSTILE_URL,
        "title": HOSTILE_TITLE,
        "text": "<script>document.title='owned'</script>\n<iframe src=https://evil.example/></iframe> Iran, China.",
        "source": PAPER,
        "language": 'en" onmouseover="alert(1)',
        "topics": (Topic("<i>trade</i>", 0.5, "x"),),
        "evidence": "<svg onload=alert(2)> Iran and China",
    },
)


def build(path: Path) -> dict[str, int]:
    """Make the store at `path`; returns article ids by URL."""
    with Store.open(path) as store:
        run_id = _begin(store)
        ids = {str(given["url"]): _keep(store, run_id, **given) for given in ARTICLES}
        _copies(store, run_id, ids["https://paper.example/oil"])
        _others(store, run_id, ids["https://paper.example/oil"])
        with store.write():
            runs.finish(store, run_id, RunOutcome.COMPLETED, now=NOW, detail="")
    return ids


def _begin(store: Store) -> int:
    all_sources = (PAPER, AGENCY, DAILY)
    with store.write():
        sources.sync(store, all_sources, NOW - timedelta(days=3))
        return runs.start(store, kind="news", source_ids=[s.id for s in all_sources], now=NOW, pid=1)


def _published(age: timedelta) -> Published:
    return Published(NOW - age, Precision.MINUTE, DateOrigin.META)


def _keep(
    store: Store, run_id: int, *, url: str, title: str, text: str, source: Source, topics: tuple[Topic, ...],
    language: str = "en", age: timedelta = timedelta(), terms: tuple[str, str] | None = None, evidence: str = "",
    mentions: tuple[Mention, ...] = (),
) -> int:  # fmt: skip
    read = reading(url, title, text, source_id=source.id, language=language, topics=topics, published=_published(age))
    matches: tuple[TermMatch, ...] = ()
    if terms:
        side, term = terms
        start = text.index(term)
        found = {"concept": side, "side": side, "strength": "anchor", "term": term, "language": language}
        matches = (TermMatch(**found, field="text", start=start, end=start + len(term)),)
    judged = relevance(evidence=evidence or text.partition("\n")[0], matches=matches)
    read = replace(read, relevance=judged, mentions=mentions)
    with store.write():
        return articles.insert(store, read, source=source, story_id=None, run_id=run_id, now=NOW - age)


def _candidate(store: Store, run_id: int, url: str) -> int:
    return candidates.record_links(
        store, "agency", "https://agency.example/rss.xml", [link(url, title="A page")], run_id=run_id, now=NOW
    )[0].id


def _copies(store: Store, run_id: int, article_id: int) -> None:
    copy = reading(
        "https://agency.example/copy",
        "Iran sells oil to China, says paper",
        "Iran sells oil to China.",
        published=_published(timedelta()),
    )
    same = Comparison(relation=Relation.NEAR, similarity=0.93, coverage_a=1.0, coverage_b=0.9, why="Same words.")
    with store.write():
        number = _candidate(store, run_id, copy.article.url)
        duplicates.insert(
            store, copy, article_id=article_id, seed_id=None, comparison=same, candidate_id=number, source=AGENCY,
            run_id=run_id, now=NOW,
        )  # fmt: skip
        verdict = Verdict(kind=VerdictKind.DUPLICATE, reason="near", article_id=article_id)
        candidates.decide(store, number, verdict, now=NOW, run_id=run_id, article_id=article_id)


def _others(store: Store, run_id: int, article_id: int) -> None:
    """A revision, a near miss, a rejection, and a source that fails."""
    known = ARTICLES[0]
    corrected = {"topics": known["topics"], "published": _published(timedelta())}
    newer = reading(known["url"], known["title"], known["text"] + "\nCorrected.", **corrected)
    with store.write():
        articles.revise(store, article_id, newer, run_id=run_id, now=NOW)
        near = relevance(score=0.4, label=Label.NEAR_MISS)
        miss = Verdict(kind=VerdictKind.OFF_TOPIC, reason="near_miss", detail="Almost.")
        number = _candidate(store, run_id, "https://agency.example/near")
        candidates.decide(store, number, miss, now=NOW, run_id=run_id, relevance=near)
        refused = Verdict(kind=VerdictKind.REJECTED, reason="front_page", detail="It is a front page.")
        number = _candidate(store, run_id, "https://agency.example/front")
        candidates.decide(store, number, refused, now=NOW, run_id=run_id)
        sources.listing_failed(
            store,
            "daily",
            "https://daily.example/rss.xml",
            error="<b>HTTP 503</b>",
            status=503,
            not_before=None,
            now=NOW,
        )
