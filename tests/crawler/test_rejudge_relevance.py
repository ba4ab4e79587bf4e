"""Judging again: what would change is said first, then done; killed or repeated, nothing is lost or done twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler import beat
from crawler.rejudge import Refetch, Rules, apply, plan
from store import candidates, feedback, runs, sources
from store.database import Store
from store.errors import StoreError
from store.models import Article, Judgement, Measured, Reading, Verdict, VerdictKind
from tests.crawler.analysis.beat import loaded
from tests.store import make

PAIR = ("Iran and China sign a railway agreement", "The ministers of Iran and China met in Tehran. Trade will grow.")
WEAK = ("Oil prices climb", "Brent rose. Iran, China, Russia and India were named in a market report on crude.")
TOWN = ("Town council repairs bridge", "The steel of the bridge came from Iran.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return beat.create(tmp_path / "beat")


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db") as opened:
        with opened.write():
            sources.sync(opened, [make.source()], make.NOW)
            runs.start(opened, kind="news", source_ids=["paper"], now=make.NOW, pid=1)
        yield opened


def article(store: Store, rules: Rules, name: str, title: str, text: str) -> int:
    """An article as a pass would have kept it by these rules."""
    read = Article(url=f"https://paper.example/{name}", source_id="paper", title=title, text=text, language="en")
    return make.keep(store, 1, Reading(article=read, relevance=judged(rules, title, text)))


def page(store: Store, rules: Rules, name: str, title: str, text: str, *, looked: Measured | None = None) -> str:
    """An off-topic page as a pass would have left it."""
    url = f"https://paper.example/{name}"
    (number,) = make.listed(store, 1, url)
    verdict = Verdict(kind=VerdictKind.OFF_TOPIC, reason="look" if looked else "off_topic", detail="")
    with store.write():
        candidates.decide(
            store, number, verdict, now=make.NOW, run_id=1, measured=looked,
            relevance=None if looked else judged(rules, title, text),
        )  # fmt: skip
        store.update("candidates", {"id": number}, {"title": title})
    return url


def judged(rules: Rules, title: str, text: str) -> Any:
    row = {"title": title, "text": text, "language": "en", "published": None, "source_id": "paper"}
    return rules.article(row | {"endpoint_url": None, "perspective": "western"})


def thresholds(folder: Path, **values: float) -> Rules:
    """The beat with other thresholds."""
    path = folder / "relevance.toml"
    text = path.read_text("utf-8")
    for name, value in values.items():
        text, times = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text, count=1)
        assert times == 1
    path.write_text(text, "utf-8")
    return loaded(folder)


def word(folder: Path, row: str) -> Rules:
    """The beat with one more term."""
    with (folder / "lexicon" / "companies.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    return Rules.load(folder)


def labels(store: Store) -> dict[str, str]:
    rows = store.rows("SELECT url, relevance_label FROM articles")
    return {row["url"].rsplit("/", 1)[1]: row["relevance_label"] for row in rows}


def state(store: Store, url: str) -> tuple[str, str | None]:
    row = store.row("SELECT state, verdict FROM candidates WHERE url = ?", [url])
    assert row is not None
    return row["state"], row["verdict"]


def test_what_today_s_rules_judged_is_not_judged_again(store: Store, folder: Path) -> None:
    rules = loaded(folder)
    article(store, rules, "pair", *PAIR)
    page(store, rules, "town", *TOWN)
    assert plan(store, rules).empty
    every = plan(store, rules, every=True)
    assert (dict(every.articles), dict(every.pages), every.changes) == ({"same": 1}, {"same": 1}, [])


def test_a_plan_says_what_changes_and_why_and_changes_nothing(store: Store, folder: Path) -> None:
    before = loaded(folder)
    article(store, before, "pair", *PAIR)
    now = thresholds(folder, central=1.0, substantial=1.0, near_miss=0.5)
    found = plan(store, now)
    (change,) = found.changes
    assert (change.label_before, change.label_now) == ("central", "near_miss")
    assert change.score_before == change.score_now > 0.85
    assert change.url == "https://paper.example/pair" and change.title == PAIR[0] and change.why_now
    assert labels(store) == {"pair": "central"}


def test_who_comes_to_the_beat_or_leaves_it_is_told_first(store: Store, folder: Path) -> None:
    before = thresholds(folder, bias=12.0)
    article(store, before, "pair", *PAIR)
    article(store, before, "market", *WEAK)
    page(store, before, "town", *TOWN)
    now = thresholds(folder, bias=-0.3, central=1.0, substantial=0.5)
    found = plan(store, now).changes
    assert [(c.url.rsplit("/", 1)[1], c.label_now) for c in found] == [
        ("market", "off_topic"),
        ("pair", "substantial"),
    ]


def test_an_article_that_no_longer_concerns_the_beat_is_kept_with_its_new_label(store: Store, folder: Path) -> None:
    article(store, loaded(folder), "pair", *PAIR)
    now = thresholds(folder, central=1.0, substantial=1.0, near_miss=0.5)
    done = apply(store, now, plan(store, now))
    assert (done.articles, done.left) == (1, 0)
    assert labels(store) == {"pair": "near_miss"}
    assert store.value("SELECT relevance_version FROM articles") == now.version
    assert plan(store, now).empty, "the second time there is nothing to do"


def test_scores_and_reasons_follow_without_a_change_of_label(store: Store, folder: Path) -> None:
    article(store, loaded(folder), "pair", *PAIR)
    now = thresholds(folder, bias=-0.6)
    found = plan(store, now)
    assert dict(found.articles) == {"score": 1} and found.changes == []
    apply(store, now, found)
    assert store.value("SELECT relevance_score FROM articles") == judged(now, *PAIR).score


def test_an_article_of_which_newer_rules_say_the_same_carries_their_version(store: Store, folder: Path) -> None:
    number = article(store, loaded(folder), "pair", *PAIR)
    with store.write():
        feedback.record(store, "https://paper.example/pair", Judgement.IRRELEVANT, now=make.NOW)
    now = word(folder, "qwertz,company,china,strong,en,Qwertz,word,cap,,,,general")
    found = plan(store, now)
    assert dict(found.articles) == {"same": 1} and list(found.unchanged) == [number]
    assert apply(store, now, found).articles == 1
    assert store.value("SELECT relevance_version FROM articles") == now.version
    assert store.value("SELECT rules_version FROM feedback") == now.version
    assert labels(store) == {"pair": "off_topic"} and plan(store, now).empty


def test_what_was_a_near_miss_is_likely_whatever_its_headline(store: Store, folder: Path) -> None:
    before = thresholds(folder, near_miss=0.0)
    page(store, before, "market", "A headline of nothing", WEAK[1])
    store.connection.execute("UPDATE candidates SET label = 'near_miss'")
    page(store, before, "named", "Iran and China sign an agreement", "")
    now = word(folder, "qwertz,company,china,strong,en,Qwertz,word,cap,,,,general")
    assert dict(plan(store, now).pages) == {"likely": 2}


def test_an_off_topic_page_is_weighed_by_what_was_measured_of_it(store: Store, folder: Path) -> None:
    before = loaded(folder)
    market, town = page(store, before, "market", *WEAK), page(store, before, "town", *TOWN)
    now = thresholds(folder, bias=12.0)
    found = plan(store, now)
    assert dict(found.pages) == {"relevant": 1, "same": 1}
    done = apply(store, now, found)
    assert (done.pages, done.fetched_again) == (1, 1)
    assert state(store, market) == ("pending", None), "its text is needed, so it waits for a new fetch"
    assert state(store, town) == ("decided", "off_topic"), "no weight makes a text of one side concern both"
    assert plan(store, now).empty


@pytest.mark.parametrize(("refetch", "waiting"), [("none", []), ("likely", ["steel"]), ("all", ["steel", "town"])])
def test_another_vocabulary_needs_the_text_which_is_fetched_on_request(
    store: Store, folder: Path, refetch: str, waiting: list[str]
) -> None:
    before = loaded(folder)
    looked = Measured(rules=before.measuring, strengths={"iran": 1.0, "china": 0.0})
    page(store, before, "steel", "Zhongxing Qwertz builds a bridge", "", looked=looked)
    page(store, before, "town", *TOWN)
    now = word(folder, "qwertz,company,china,strong,en,Qwertz,word,cap,,,,general")
    found = plan(store, now)
    assert dict(found.pages) == {"likely": 1, "unlikely": 1}
    done = apply(store, now, found, refetch=Refetch(refetch))
    pending = candidates.pending(store, "paper", now=make.NOW)
    assert sorted(c.url.rsplit("/", 1)[1] for c in pending) == waiting
    assert done.fetched_again == len(waiting)


def test_a_look_by_today_s_vocabulary_is_not_looked_at_again_for_other_weights(store: Store, folder: Path) -> None:
    before = loaded(folder)
    looked = Measured(rules=before.measuring, strengths={"iran": 1.0, "china": 0.0})
    page(store, before, "steel", "A bridge", "", looked=looked)
    assert plan(store, thresholds(folder, bias=1.0)).empty


def test_a_reader_s_word_goes_before_the_new_rules(store: Store, folder: Path) -> None:
    article(store, loaded(folder), "pair", *PAIR)
    url = "https://paper.example/pair"
    with store.write():
        feedback.record(store, url, Judgement.RELEVANT, now=make.NOW)
    now = thresholds(folder, central=1.0, substantial=1.0, near_miss=0.5)
    found = plan(store, now)
    assert found.changes[0].reader == "relevant"
    apply(store, now, found)
    assert labels(store) == {"pair": "substantial"}
    assert store.value("SELECT rules_label FROM feedback") == "near_miss"
    with store.write():
        feedback.remove(store, url)
    assert labels(store) == {"pair": "near_miss"}, "without it, the newest rules say"


def test_a_page_called_irrelevant_is_not_fetched_again(store: Store, folder: Path) -> None:
    market = page(store, loaded(folder), "market", *WEAK)
    with store.write():
        feedback.record(store, market, Judgement.IRRELEVANT, now=make.NOW)
    now = thresholds(folder, bias=12.0)
    apply(store, now, plan(store, now))
    assert state(store, market) == ("decided", "off_topic")
    assert plan(store, now).empty


def test_what_changed_since_the_plan_is_left_to_the_next_time(store: Store, folder: Path) -> None:
    number = article(store, loaded(folder), "pair", *PAIR)
    now = thresholds(folder, central=1.0)
    found = plan(store, now)
    with store.write():
        store.update("articles", {"id": number}, {"relevance_version": now.version})
    assert apply(store, now, found).articles == 0


def test_since_leaves_older_rows_alone(store: Store, folder: Path) -> None:
    before = loaded(folder)
    article(store, before, "pair", *PAIR)
    page(store, before, "town", *TOWN)
    now = thresholds(folder, central=1.0)
    assert plan(store, now, since="2026-03-03T00:00:00Z").empty
    assert not plan(store, now, since="2026-03-02T00:00:00Z").empty


def test_cut_short_it_goes_on_from_there(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.rejudging.PIECE", 2)
    for number in range(5):
        article(store, loaded(folder), f"pair{number}", f"{PAIR[0]} of {number} miles", PAIR[1])
    now = thresholds(folder, central=1.0, substantial=1.0)
    pieces = 0

    def stop_after_one(rows: int) -> None:
        nonlocal pieces
        pieces += 1
        raise StoreError("stopped")

    with pytest.raises(StoreError):
        apply(store, now, plan(store, now), tell=stop_after_one)
    assert sorted(labels(store).values()) == ["central"] * 3 + ["near_miss"] * 2
    found = plan(store, now)
    assert found.articles.total() == 3
    assert apply(store, now, found).articles == 3
    assert set(labels(store).values()) == {"near_miss"}
