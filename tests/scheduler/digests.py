"""Rows as the store gives them to a digest, with everything filled in that a test does not care about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.digest import Digest, build
from scheduler.health import Ill, Illness
from store.digest import Found, Mark

NOW = datetime(2026, 3, 6, 6, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> \u202e*b* [a](javascript:x) `c` # {{ 7*7 }}"


def row(number: int, **fields: Any) -> dict[str, Any]:
    """An article of its own story."""
    given: dict[str, Any] = {
        "id": number, "url": f"https://paper.example/{number}", "title": f"Headline {number}",
        "publisher": "The Paper", "source_id": "paper", "published": "2026-03-05T20:15:00Z",
        "published_precision": "minute", "day": "2026-03-05", "first_seen": "2026-03-06T05:00:00Z", "language": "en",
        "perspective": "western", "topics": '["energy"]', "relevance_score": 0.8, "relevance_label": "central",
        "relevance_evidence": f"The sentence of {number} that says most.", "lead": "The lead.", "story_id": number,
        "paywalled": 0, "relation": None,
    }  # fmt: skip
    for part in ("of", "founder"):
        given |= {f"{part}_{name}": None for name in ("title", "url", "language", "publisher", "day")}
    return given | fields


def copy(number: int, of: int | None, publisher: str = "The Agency", **fields: Any) -> dict[str, Any]:
    given = {"id": number, "article_id": of, "seed_id": None, "url": f"https://copy.example/{number}", "title": "A copy",
             "publisher": publisher, "relation": "near", "language": "en"}  # fmt: skip
    return given | fields


def found(*articles: dict[str, Any], **rows: Any) -> Found:
    empty: dict[str, Any] = {"copies": [], "recopied": [], "revised": [], "passes": [], "turns": []}
    return Found(since=Mark(moment=NOW - DAY), until=Mark(moment=NOW), articles=list(articles), **(empty | rows))


def sick(**fields: Any) -> Ill:
    given = {"id": "daily", "name": "The Daily", "illness": Illness.DOWN, "since": NOW - 2 * DAY,
             "why": "no listing answers, 3 times in a row: HTTP 503", "advice": "look"}  # fmt: skip
    return Ill(**(given | fields))


def digest(*articles: dict[str, Any], ill: tuple[Ill, ...] = (), notes: tuple[str, ...] = (), **rows: Any) -> Digest:
    return build(found(*articles, **rows), ill, zone=UTC, notes=notes)


def full() -> Digest:
    """A day with everything: a story in three languages, one that goes on, copies, a hostile page, trouble."""
    visit = {"story_id": 1, "topics": '["diplomacy", "energy"]'}
    return digest(
        row(1, title="Foreign minister arrives in Beijing for talks on the 25-year plan", **visit),
        row(2, title="وزیر خارجه ایران برای گفت‌وگو درباره برنامه ۲۵ ساله وارد پکن شد", language="fa",
            publisher="خبرگزاری نمونه", relation="translated", **visit),
        row(3, title="伊朗外交部长抵达北京举行会谈", language="zh", publisher="The Daily", published_precision="day",
            relation="rewritten", **visit),
        row(4, title="ایران و چین درباره خط لوله گاز توافق کردند", language="fa", publisher="خبرگزاری نمونه",
            relevance_evidence="به گفته سخنگوی وزارت نفت، دو طرف درباره ساخت خط لوله‌ای ۱۲۰۰ کیلومتری توافق کردند."),
        row(5, title="China's refiners took record volumes of Iranian crude", relation="updated", story_id=90,
            founder_title="Refiners buy more crude", founder_url="https://paper.example/90", founder_language="en",
            founder_publisher="The Paper", founder_day="2026-03-02"),
        row(6, title=HOSTILE, url="javascript:alert(1)", topics='["<i>trade</i>"]', relevance_label="substantial",
            relevance_evidence="<svg onload=alert(2)> & more"),
        row(7, title="Иран и Китай подписали соглашение о транзите", language="ru", topics="[]", published=None),
        copies=[copy(1, 1), copy(2, 1, "The Daily"), copy(3, 1), copy(4, 5, "The Paper")],
        recopied=[copy(5, 80, of_title="An older story", of_url="https://paper.example/80", of_language="en",
                       of_publisher="The Paper")],
        revised=[{"id": 81, "url": "https://paper.example/81", "title": "Forty barrels", "publisher": "The Paper",
                  "language": "en", "former_title": "Fourteen barrels", "revision": 1}],
        passes=[run(1, "completed"), run(2, "interrupted", "killed before its end")],
        turns=[turn("daily", "missed", "nobody was there; the turn of 2026-03-06 06:00 UTC does its work")],
        ill=(sick(),),
        notes=("The first digest: it reaches back 7 days.",),
    )  # fmt: skip


def turn(task: str, state: str, detail: str = "", **fields: Any) -> dict[str, Any]:
    given = {
        "task": task,
        "due_at": "2026-03-05T06:00:00Z",
        "state": state,
        "detail": detail,
        "late": 0,
        "tries": 0,
        "run_id": None,
    }
    return given | fields


def run(number: int, outcome: str, detail: str = "") -> dict[str, Any]:
    return {"id": number, "outcome": outcome, "detail": detail, "started_at": "2026-03-05T06:00:01Z",
            "finished_at": "2026-03-05T06:20:00Z"}  # fmt: skip
