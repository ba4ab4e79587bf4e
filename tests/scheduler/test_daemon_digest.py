"""The daemon's digests and notices, through the real process, on real channels, with the clock of a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.due import DailyAt, TurnState
from store import turns
from store.database import Store
from tests.scheduler.beats import make_beat
from tests.scheduler.daemons import DONE, Watch
from tests.scheduler.servers import Post, Service

CALM = "[maintenance]\nenabled = false\n[backup]\nenabled = false\n"
TRIAL = '[clock]\nspeed = 20000\nstart = "2026-03-25T12:00:00Z"\n'
KEEP = """
from store import articles
from tests.store.make import reading, source
with store.write():
    for number in (1, 2):
        read = reading(f"https://paper.example/{run_id}-{number}", f"Headline {run_id}-{number}")
        articles.insert(store, read, source=source(), story_id=None, run_id=run_id, now=clock.now(store.path))
"""
"""Two new articles in each pass."""


@pytest.fixture
def watch(db: Path, tmp_path: Path) -> Iterator[Watch]:
    made = Watch(db=db, beat=make_beat(tmp_path / "beat", paper="en"))
    yield made
    made.end()


def told(texts: list[str]) -> list[list[str]]:
    return [sorted(set(re.findall(r"Headline \d+-\d+", text))) for text in texts]


def test_each_day_s_news_are_sent_once_to_every_channel(watch: Watch, post: Post, service: Service) -> None:
    to = f'["smtp://127.0.0.1:{post.port}?to=me@example.org", "json://127.0.0.1:{service.port}/x", "file:news/"]'
    watch.configure(f'timezone = "UTC"\n{CALM}{TRIAL}[digest]\nformat = "text"\nto = {to}\n')
    process = watch.start(KEEP + DONE)
    watch.until(lambda: [t["state"] for t in watch.turns("digest")].count("done") >= 3, seconds=120)
    assert watch.stop(process) == 0
    days = [t for t in watch.turns("digest") if t["state"] == "done"]
    assert days[0]["due_at"] == "2026-03-26T07:30:00Z"
    assert re.search(
        r"new articles to smtp://127.0.0.1:\d+\?to=me@example.org, json://127.0.0.1:\d+/…", days[0]["detail"]
    )
    files = sorted((watch.db.parent / "news").iterdir())
    mails = [next(mail.iter_parts()).get_content() for mail in post.mails]
    from_service = [taken["message"] for taken in service.taken]
    for texts in ([path.read_text() for path in files], mails, from_service):
        names = [name for text in told(texts) for name in text]
        assert len(names) == len(set(names)), "told twice"
        assert names[:2] == ["Headline 1-1", "Headline 1-2"] and len(names) >= 6


def test_a_server_that_is_down_one_day_gets_both_days_the_next_and_the_other_channel_nothing_twice(
    watch: Watch, post: Post
) -> None:
    post.refuse = "451 4.3.0 not today"
    to = f'["smtp://127.0.0.1:{post.port}?to=me@example.org", "file:news/"]'
    alerts = '[notify]\nto = ["file:alerts.txt"]\n'
    watch.configure(f'timezone = "UTC"\n{CALM}{TRIAL}{alerts}[digest]\nformat = "text"\nto = {to}\n')
    process = watch.start(KEEP + DONE)
    watch.until(lambda: [t["state"] for t in watch.turns("digest")].count("failed") >= 1, seconds=120)
    post.refuse = ""
    watch.until(lambda: [t["state"] for t in watch.turns("digest")].count("done") >= 1, seconds=120)
    assert watch.stop(process) == 0
    failed = watch.turns("digest")[0]
    assert failed["state"] == "failed"
    assert "not sent to smtp://127.0.0.1" in failed["detail"] and "451 4.3.0 not today" in failed["detail"]
    assert "failed: digest: " in (watch.db.parent / "alerts.txt").read_text()
    first = told([path.read_text() for path in sorted((watch.db.parent / "news").iterdir())])[0]
    assert "Headline 1-1" in first
    mail = told([next(post.mails[0].iter_parts()).get_content()])[0]
    assert set(first) < set(mail), "the first mail brings what the first day's file had, and more"
    assert [i["resolved_at"] is None for i in watch.rows("SELECT * FROM issues WHERE code = 'channel'")] == [False]


def test_a_quiet_day_sends_nothing_unless_asked(watch: Watch) -> None:
    watch.configure(f'timezone = "UTC"\n{CALM}{TRIAL}')
    process = watch.start()
    watch.until(lambda: [t["detail"] for t in watch.turns("digest")].count("nothing new") >= 1, seconds=120)
    assert watch.stop(process) == 0
    assert not (watch.db.parent / "digests").exists()
    watch.configure(f'timezone = "UTC"\n{CALM}{TRIAL}[digest]\nwhen_empty = true\n')
    process = watch.start()
    watch.until(lambda: (watch.db.parent / "digests").exists(), seconds=120)
    assert watch.stop(process) == 0
    assert "Nothing new" in next((watch.db.parent / "digests").iterdir()).read_text()


def test_a_failed_pass_and_a_missed_day_are_told_at_once_and_by_the_digest(watch: Watch, service: Service) -> None:
    now = datetime.now(UTC)
    due = (now - timedelta(hours=3)).replace(second=0, microsecond=0)
    at = f'[daily]\nat = "{due:%H:%M}"\n[digest]\nat = "{due:%H:%M}"\nto = ["file:news.txt"]\n'
    watch.configure(f'timezone = "UTC"\n{at}{CALM}[notify]\nto = ["json://127.0.0.1:{service.port}/x"]\n')
    with Store.open(watch.db) as store, store.write():
        for task in ("daily", "digest"):
            rule = str(DailyAt(due.time(), ZoneInfo("UTC")))
            turns.record(store, task, now - timedelta(hours=40), TurnState.BEGUN, now=now, rule=rule)
    assert watch.once("finish('failed', 'no source could be reached')") == 1
    said = [taken["message"] for taken in service.taken]
    assert any("daily of " in text and "nobody was there" in text for text in said)
    assert any("was missed; it is made up now, 3.0 hours late" in text for text in said)
    assert any("no source could be reached" in text for text in said)
    digest = (watch.db.parent / "news.txt").read_text()
    assert digest.startswith("Silkwatch: No new articles\n")
    assert "daily: missed; nobody was there" in digest
    assert "daily: failed; " in digest and "passes: 1 failed" in digest


def test_a_channel_that_cannot_be_is_refused_at_the_start_and_its_secret_kept(watch: Watch) -> None:
    watch.configure('[notify]\nto = ["nonsense://s3cret-token/x"]\n')
    assert watch.once() == 2
    assert "no service of Apprise takes nonsense:///…" in watch.said() and "s3cret" not in watch.said()
    watch.configure('[digest]\nto = "smtp://me:s3cret-pass@mail.example?to=a@b.c"\n')
    assert watch.once() == 2
    assert "digest.to: expected a list of channels, each file:PATH" in watch.said() and "s3cret" not in watch.said()
