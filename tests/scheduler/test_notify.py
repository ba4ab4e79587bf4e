"""Notices over real channels: what arrives, where, and what is kept of a channel that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.config_keys import EVENTS, Config, Notify
from scheduler.notify import TITLES
from scheduler.tell import Event, tell
from store.database import Store
from tests.scheduler.servers import mail_server, web_service
from tests.store.make import NOW


def event(db: Path, kind: str = "missed", text: str = "daily of 2026-03-02 06:00 UTC: nobody was there") -> Event:
    return Event(kind=kind, text=text, at=NOW, db=db)


def config(*to: str, on: tuple[str, ...] = EVENTS) -> Config:
    return Config(timezone="UTC", notify=Notify(to=to, on=on))


def test_every_event_that_can_be_asked_for_has_a_title() -> None:
    assert sorted(TITLES) == sorted(EVENTS)


def test_a_file_gets_a_line_for_each_notice(store: Store, db: Path) -> None:
    for kind in ("missed", "failed"):
        assert tell(event(db, kind), config("file:alerts.txt")) == []
    assert (db.parent / "alerts.txt").read_text().splitlines() == [
        "2026-03-02 09:30 UTC  missed: daily of 2026-03-02 06:00 UTC: nobody was there",
        "2026-03-02 09:30 UTC  failed: daily of 2026-03-02 06:00 UTC: nobody was there",
    ]


def test_what_was_not_asked_for_is_not_sent(store: Store, db: Path) -> None:
    assert tell(event(db, "ill"), config("file:alerts.txt", on=("failed",))) == []
    assert tell(event(db), config()) == []
    assert not (db.parent / "alerts.txt").exists()


def test_mail_and_services_get_it_as_something_urgent(store: Store, db: Path) -> None:
    with mail_server() as post, web_service() as service:
        to = (f"smtp://127.0.0.1:{post.port}?to=me@example.org", f"json://127.0.0.1:{service.port}/hook")
        hostile = "<b>The Paper</b> & \x1b[31mSons is down"
        assert tell(event(db, "ill", hostile), config(*to)) == []
    (mail,) = post.mails
    assert (mail["Subject"], mail["Importance"]) == ("Silkwatch: a source is ill", "high")
    text, html = (part.get_content() for part in mail.iter_parts())
    assert text == "2026-03-02 09:30 UTC  ill: <b>The Paper</b> & ␛[31mSons is down\n"
    assert "<b>ill: &lt;b&gt;The Paper&lt;/b&gt; &amp; ␛[31mSons is down</b>" in html
    assert service.taken[0]["type"] == "warning"
    assert "is down" in service.taken[0]["message"]


def test_a_channel_that_fails_is_told_and_kept_as_an_issue_until_it_works_again(store: Store, db: Path) -> None:
    (db.parent / "alerts.txt").mkdir()
    both = config("file:alerts.txt", "file:good.txt")
    for _ in range(2):
        (line,) = tell(event(db), both)
        assert line.startswith("file:alerts.txt did not take the notice: ")
    (issue,) = store.rows("SELECT * FROM issues")
    assert (issue["code"], issue["url"], issue["count"]) == ("channel", "file:alerts.txt", 2)
    assert len((db.parent / "good.txt").read_text().splitlines()) == 2
    (db.parent / "alerts.txt").rmdir()
    assert tell(event(db), both) == []
    assert store.value("SELECT resolved_at FROM issues") is not None


@pytest.mark.parametrize("content", [None, b"no database, but long enough to be taken for one" * 9])
def test_a_store_that_cannot_be_written_does_not_keep_the_notice(tmp_path: Path, content: bytes | None) -> None:
    db = tmp_path / "news.db"
    if content:
        db.write_bytes(content)
    (line,) = tell(event(db), config("file:alerts.txt"))
    assert line.startswith("that is not recorded: ")
    assert "nobody was there" in (tmp_path / "alerts.txt").read_text()
