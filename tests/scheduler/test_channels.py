"""Channels over real sockets and files: what arrives, what is told when it does not, and what is never told."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels import Kind, Message, parse
from scheduler.channels.address import scrubbed
from scheduler.channels.deliver import attempt, check
from scheduler.config_keys import Config, Digest
from scheduler.digest_send import configured
from store.errors import UsageError
from tests.scheduler.servers import Post, Service

NOW = datetime(2026, 3, 6, 7, 30, tzinfo=UTC)
FORMS = {"markdown": "# News\n\n* one\n", "html": "<p>News: توافق</p>\n", "text": "News: توافق 伊朗\n"}


def message(**fields: object) -> Message:
    given = {"subject": "3 new articles", "form": lambda form, most: FORMS[form][:most], "id": "1", **fields}
    return Message(**given)  # type: ignore[arg-type]  # a table of fields


def sent(address: str, folder: Path = Path(), **fields: object) -> str:
    (channel,) = parse([address])
    return attempt(channel, message(**fields), folder=folder, now=NOW)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kind", "shown"),
    [
        ("stdout", Kind.STDOUT, "stdout"),
        ("-", Kind.STDOUT, "stdout"),
        ("file:news.html", Kind.FILE, "file:news.html"),
        ("file:/var/news/", Kind.FOLDER, "file:/var/news/"),
        ("file:///var/news.md", Kind.FILE, "file:/var/news.md"),
        ("FILE:x", Kind.FILE, "file:x"),
        ("mailto:me@example.org", Kind.MAIL, "mailto:me@example.org"),
        ("smtp://u:s3cret@mail.example:587?to=me@example.org&from=a@b.c", Kind.MAIL, "smtp://mail.example:587?to=me@example.org"),
        ("smtps://mail.example?to=me%2Btag@example.org", Kind.MAIL, "smtps://mail.example?to=me+tag@example.org"),
        ("json://u:s3cret@127.0.0.1:8080/hook", Kind.SERVICE, "json://127.0.0.1:8080/…"),
        ("mailto://user:s3cret@mail.example", Kind.SERVICE, "mailto:///…"),
        ("tgram://123456789:s3cretTOKEN/chat", Kind.SERVICE, "tgram:///…"),
    ],
)  # fmt: skip
def test_what_kind_an_address_is_and_how_it_is_told(address: str, kind: Kind, shown: str) -> None:
    (channel,) = parse([address])
    assert channel.kind is kind
    assert channel.shown == shown or (shown.endswith("…") and channel.shown.startswith(shown))
    assert "s3cret" not in repr(channel) + channel.shown


def test_a_mail_to_several_people_is_a_channel_for_each_and_none_is_there_twice() -> None:
    found = parse(["mailto:a@b.c,d@e.f", "mailto:a@b.c", "smtp://h?to=a@b.c,g@h.i", "stdout", "-"])
    assert [channel.shown for channel in found] == [
        "mailto:a@b.c", "mailto:d@e.f", "smtp://h?to=a@b.c", "smtp://h?to=g@h.i", "stdout",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("digest", "shown"),
    [
        (Digest(), ["file:digests/"]),
        (Digest(folder="/var/news/"), ["file:/var/news/"]),
        (Digest(folder=""), ["file:./"]),
        (Digest(to=("stdout", "file:x"), folder="y"), ["stdout", "file:x"]),
    ],
)
def test_without_channels_the_digest_goes_to_the_folder(digest: Digest, shown: list[str]) -> None:
    assert [channel.shown for channel in configured(Config(digest=digest))] == shown


def test_a_service_keeps_its_identity_when_its_password_changes_and_two_of_them_differ() -> None:
    one, two, other = parse(["json://u:old-password@h/a", "json://u:new-password@h/b", "json://u:x@h/c"])
    (changed,) = parse(["json://u:new-password@h/a"])
    assert one.shown == changed.shown
    assert len({one.shown, two.shown, other.shown}) == 3


@pytest.mark.parametrize(
    "address",
    ["", "news.md", "file:", "mailto:", "mailto:me", "mailto:me@", "smtp://host", "smtp://?to=a@b.c", "smtp:host",
     "smtp://host:99999?to=a@b.c", "smtp://host?to=a@b.c&from=x", "://x", "slack:", "slack://", "s3cret-token",
     "json://h:s3cret/x", "mailto:a@b.c\nBcc:x@y.z", "stdout:x"],
)  # fmt: skip
def test_what_is_no_channel_is_refused_without_telling_what_may_be_secret(address: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse([address])
    assert "s3cret" not in str(refused.value)
    assert "expected" in str(refused.value)


@given(st.text(max_size=60), st.sampled_from(["", "file:", "mailto:", "smtp://", "json://", "tgram://", "x://"]))
def test_any_text_is_a_channel_or_wrong_usage(text: str, scheme: str) -> None:
    try:
        found = parse([scheme + text])
    except UsageError:
        return
    assert all(channel.shown and "\n" not in channel.shown for channel in found)


@pytest.mark.parametrize(
    ("address", "error", "told"),
    [
        ("tgram://123456789:abcdefTOKEN/chatroom", "POST https://api/bot123456789:abcdefTOKEN/x failed", "POST https://api/bot…:…/x failed"),
        ("json://user:p%40ssword@host.example/secret-hook?+key=hidden1", "no route to host.example/secret-hook as user p@ssword hidden1",
         "no route to host.example/… as user … …"),
        ("smtp://user1@x.org:passw0rd@mail.example?to=me@example.org", "mail.example refused passw0rd of me@example.org",
         "mail.example refused … of me@example.org"),
        ("file:/etc/passwd/x", "/etc/passwd/x: not a folder", "/etc/passwd/x: not a folder"),
        ("stdout", "a\x1b[31m\nb", "a␛[31m b"),
    ],
)  # fmt: skip
def test_errors_are_told_without_the_secrets_of_the_address(address: str, error: str, told: str) -> None:
    (channel,) = parse([address])
    assert scrubbed(error, channel) == told


def test_a_service_that_apprise_does_not_know_is_refused_by_its_masked_name() -> None:
    with pytest.raises(UsageError, match=r"no service of Apprise takes nonsense:///…[0-9a-f]{8}: expected"):
        check(parse(["nonsense://s3cret-token/x"]))
    check(parse(["json://127.0.0.1:1/x", "file:x", "mailto:a@b.c"]))


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_in_the_form_of_its_ending(tmp_path: Path) -> None:
    for name, form in (("a.html", "html"), ("a.htm", "html"), ("a.md", "markdown"), ("a.txt", "text"), ("a", "text")):
        assert sent(f"file:{name}", tmp_path, preferred="text") == ""
        assert (tmp_path / name).read_text() == FORMS[form]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a.htm", "a.html", "a.md", "a.txt"]


def test_a_notice_is_added_as_a_line(tmp_path: Path) -> None:
    for _ in range(2):
        assert sent("file:alerts.html", tmp_path, adds=True) == ""
        assert sent("file:alerts/", tmp_path, adds=True) == ""
    assert (tmp_path / "alerts.html").read_text() == FORMS["text"] * 2
    assert (tmp_path / "alerts" / "notices.txt").read_text() == FORMS["text"] * 2


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken.md").mkdir()
    assert "taken.md cannot be written: Is a directory" in sent("file:taken.md", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.md"]


# --- mail -----------------------------------------------------------------------------------------------------------


def test_a_mail_has_both_forms_and_says_that_a_machine_wrote_it(post: Post) -> None:
    assert sent(f"smtp://127.0.0.1:{post.port}?to=me@example.org&from=news@example.org") == ""
    (mail,) = post.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "me@example.org",
        "news@example.org",
        "Silkwatch: 3 new articles",
    )
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Importance"] is None
    assert mail.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in mail.iter_parts())
    assert (text, html) == (FORMS["text"], FORMS["html"])


def test_the_same_message_has_the_same_id_and_another_person_another(post: Post) -> None:
    for to, id_ in (("a@b.c", "1"), ("a@b.c", "1"), ("a@b.c", "2"), ("d@e.f", "1")):
        assert sent(f"smtp://127.0.0.1:{post.port}?to={to}", id=id_, urgent=True) == ""
    first, again, later, other = (mail["Message-ID"] for mail in post.mails)
    assert first == again and len({first, later, other}) == 3
    assert post.mails[0]["Importance"] == "high"


def test_mailto_goes_through_the_server_of_the_environment(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILKWATCH_SMTP", f"smtp://user:s3cret-pass@127.0.0.1:{post.port}?from=news@example.org")
    assert sent("mailto:me@example.org") == ""
    assert post.logins == [("user", "s3cret-pass")]
    assert post.mails[0]["From"] == "news@example.org"
    monkeypatch.setenv("SILKWATCH_SMTP", "127.0.0.1")
    assert sent("mailto:me@example.org").startswith("SILKWATCH_SMTP: expected smtp://")


def test_what_a_mail_server_says_is_told_without_the_password(post: Post) -> None:
    server = f"127.0.0.1:{post.port}"
    assert (
        sent(f"smtp://{server}?to=nobody@example.org") == "127.0.0.1 refused the recipient: 550 5.1.1 no such person"
    )
    wrong = sent(f"smtp://user:wrong-pass@{server}?to=me@example.org")
    assert wrong.startswith("127.0.0.1 answered 535") and "wrong-pass" not in wrong
    post.refuse = "452 4.2.2 mailbox full"
    assert sent(f"smtp://{server}?to=me@example.org") == "127.0.0.1 answered 452 4.2.2 mailbox full"
    gone = closed_port()
    assert f"127.0.0.1:{gone}: " in sent(f"smtp://127.0.0.1:{gone}?to=me@example.org")
    assert post.mails == []


# --- services -------------------------------------------------------------------------------------------------------


def test_a_service_takes_the_message_and_no_picture_of_a_stranger(service: Service) -> None:
    assert sent(f"json://127.0.0.1:{service.port}/hook") == ""
    (taken,) = service.taken
    assert taken["title"] == "Silkwatch: 3 new articles"
    assert taken["message"].strip() == FORMS["text"].strip()
    assert taken["type"] == "info" and "apprise" not in str(taken).lower().replace("apprise_version", "")
    assert sent(f"json://127.0.0.1:{service.port}/hook", urgent=True) == ""
    assert service.taken[1]["type"] == "warning"


def test_a_service_gets_no_more_than_it_takes(service: Service) -> None:
    asked: list[int] = []

    def form(name: str, most: int) -> str:
        asked.append(most)
        return "x" * most

    assert sent(f"json://127.0.0.1:{service.port}/hook", form=form) == ""
    assert 20_000 < asked[0] < 32_768
    assert len(service.taken[0]["message"]) == asked[0]


def test_a_headline_calls_nobody_of_a_chat_room(service: Service) -> None:
    text = "@everyone <@123> (@here) https://paper.example/@desk me@example.org"
    assert sent(f"json://127.0.0.1:{service.port}/hook", form=lambda form, most: text) == ""
    assert service.taken[0]["message"] == (
        "@\u200beveryone <@\u200b123> (@\u200bhere) https://paper.example/@desk me@example.org"
    )


def test_a_service_that_refuses_says_why_without_its_token_and_without_a_word_on_the_terminal(
    service: Service, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    service.status = 500
    error = sent(f"json://user:s3cret@127.0.0.1:{service.port}/hook-s3cret")
    assert "500" in error and "s3cret" not in error
    gone = sent(f"json://127.0.0.1:{closed_port()}/hook-s3cret")
    assert gone and "s3cret" not in gone
    assert capfd.readouterr() == ("", "") and caplog.records == []


def test_whatever_goes_wrong_in_a_channel_is_a_sentence(tmp_path: Path) -> None:
    def broken(name: str, most: int) -> str:
        raise ZeroDivisionError("of all things")

    assert sent("file:x.md", tmp_path, form=broken) == "ZeroDivisionError: of all things"
