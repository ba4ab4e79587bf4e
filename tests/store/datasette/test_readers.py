"""A reader judges on the page: only where it was asked for, only from the page itself, and at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from store.database import Store
from store.datasette import readers
from tests.store.datasette import newsroom
from tests.store.datasette.server import Server, serving

LAUNCH = (
    "import sys; from pathlib import Path; from scheduler import browse; "
    "browse.serve(Path(sys.argv[1]), host='127.0.0.1', port=0, open_browser=False, feedback=True)"
)
OIL = "https://paper.example/oil"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readers") / "silkwatch.db"
    newsroom.build(path)
    return path


@pytest.fixture(scope="module")
def judging(db: Path) -> Iterator[Server]:
    with serving(db, sys.executable, "-c", LAUNCH, str(db)) as started:
        yield started


class Reader:
    """A web browser: keeps cookies, reads the form of a page and sends it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def page(self, path: str) -> str:
        with self.opener.open(self.server.url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def token(self, path: str) -> str:
        found = re.search(r'name="csrftoken" value="([^"]+)"', self.page(path))
        assert found, "the page has a form"
        return found[1]

    def send(self, *, headers: dict[str, str] | None = None, **fields: str) -> tuple[int, str, str]:
        """Status, body and final address of a POST."""
        request = Request(self.server.url + readers.PATH, urlencode(fields).encode(), headers or {})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), answer.url
        except HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.url or ""


def value(db: Path, sql: str) -> object:
    with Store.open(db, readonly=True) as store:
        return store.value(sql)


def labelled(db: Path) -> object:
    return value(db, f"SELECT relevance_label FROM articles WHERE url = '{OIL}'")


def test_the_form_of_an_article_is_heard_and_shown_again(judging: Server, db: Path) -> None:
    reader, rules = Reader(judging), labelled(db)
    token = reader.token("/silkwatch/articles/1")
    status, page, url = reader.send(csrftoken=token, url=OIL, judgement="irrelevant", note="<b>a list</b>")
    assert (status, url) == (200, f"{judging.url}/silkwatch/articles/1")
    assert "A reader calls it <strong>irrelevant</strong>" in page and "&lt;b&gt;a list&lt;/b&gt;" in page
    assert labelled(db) == "off_topic"
    assert "Iran sells oil to China under" not in reader.page("/"), "lists of news leave it out"
    assert "Iran sells oil to China under" not in reader.page("/-/new.atom")
    assert "Iran sells oil to China under" in reader.page("/silkwatch/articles"), "the table does not"
    reader.send(csrftoken=token, url=OIL, judgement="none")
    assert labelled(db) == rules
    assert "A reader calls it" not in reader.page("/silkwatch/articles/1")


def test_a_page_that_was_not_kept_can_be_called_back(judging: Server, db: Path) -> None:
    number = value(db, "SELECT min(id) FROM candidates WHERE verdict = 'off_topic'")
    address = value(db, f"SELECT url FROM candidates WHERE id = {number}")
    reader = Reader(judging)
    token = reader.token(f"/silkwatch/candidates/{number}")
    status, page, url = reader.send(csrftoken=token, url=str(address), judgement="relevant")
    assert (status, url) == (200, f"{judging.url}/silkwatch/candidates/{number}") and "A reader calls it" in page
    assert value(db, f"SELECT state FROM candidates WHERE id = {number}") == "pending"


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"csrftoken": ""}, {}, 403),
        ({"csrftoken": "guessed"}, {}, 403),
        ({"csrftoken": "TOKEN"}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({"csrftoken": "TOKEN", "judgement": "perhaps"}, {}, 400),
        ({"csrftoken": "TOKEN", "url": "https://elsewhere.example/"}, {}, 404),
        ({"csrftoken": "TOKEN"}, {"Host": "evil.example"}, 421),
    ],
)
def test_what_does_not_come_from_the_page_changes_nothing(
    judging: Server, db: Path, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    reader, before = Reader(judging), value(db, "SELECT count(*) FROM feedback")
    token = reader.token("/silkwatch/articles/1")
    given = {"url": OIL, "judgement": "irrelevant"} | {k: token if v == "TOKEN" else v for k, v in fields.items()}
    assert reader.send(headers=headers, **given)[0] == status
    assert value(db, "SELECT count(*) FROM feedback") == before


def test_another_page_without_cookies_is_refused(judging: Server, db: Path) -> None:
    before = value(db, "SELECT count(*) FROM feedback")
    for token in ("", Reader(judging).token("/silkwatch/articles/1")):
        assert Reader(judging).send(csrftoken=token, url=OIL, judgement="irrelevant")[0] == 403
    assert value(db, "SELECT count(*) FROM feedback") == before
    assert judging.get(readers.PATH).status == 405


def test_by_default_nobody_judges(server: Server) -> None:
    assert "<form action=" not in server.get("/silkwatch/articles/1").body.partition('class="because"')[2]
    assert Reader(server).send(url=OIL, judgement="irrelevant")[0] == 404


@pytest.mark.parametrize(
    ("config", "on"),
    [
        ({"feedback": True, "hosts": ["127.0.0.1", "localhost"]}, True),
        ({"feedback": True}, False),
        ({"feedback": True, "hosts": ["127.0.0.1", "news.example"]}, False),
        ({"hosts": ["127.0.0.1"]}, False),
    ],
)
def test_it_takes_the_option_and_loopback(config: dict[str, object], on: bool) -> None:
    assert readers.enabled(config) is on
