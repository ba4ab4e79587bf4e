"""What an article names has one id in all languages, with its place in the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.analysis import mentions
from crawler.analysis.names import COLUMNS, KINDS, Names
from crawler.beat import default_folder
from store.errors import ConfigurationError
from store.models import Mention, MentionKind
from tests.crawler.analysis import beat

NAMES = Names.load(default_folder() / "names.csv", beat.lexicon())


def found(title: str, text: str = "", language: str = "en") -> dict[str, Mention]:
    named = mentions.find(title, text, language=language, names=NAMES, published=date(2021, 4, 2))
    return {mention.value: mention for mention in named}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Wang Yi meets Zarif over Sinopec deal"),
        ("fa", "دیدار وانگ یی و ظریف درباره سینوپک"),
        ("zh", "王毅會見扎里夫,談中石化合同"),
        ("ar", "وانغ يي يلتقي محمد جواد ظريف بشأن سينوبك"),
        ("ru", "Ван И и Зариф обсудили контракт Sinopec"),
        ("tr", "Wang Yi ile Zarif Sinopec anlaşmasını görüştü"),
    ],
)
def test_one_person_and_one_company_in_every_language(language: str, title: str) -> None:
    assert set(found(title, language=language)) == {"wangyi", "zarif", "sinopec"}


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Mojtaba Khamenei speaks", "khamenei_mojtaba"),
        ("Premier Li Qiang speaks", "liqiang"),
        ("Former premier Li Keqiang", "likeqiang"),
        ("Tanker Sanchi burns off Shanghai", "sanchi"),
        ("Meng Wanzhou returns", "mengwanzhou"),
    ],
)
def test_the_longest_name_counts(title: str, value: str) -> None:
    assert list(found(title)) == [value]


def test_a_title_of_office_names_nobody() -> None:
    assert found("Chinese President arrives") == {}


def test_a_mention_tells_where_it_stands_first_and_how_often_it_is_named() -> None:
    text = "Mr Wang Yi said «$400 billion».\nWang Yi left on 27 March; Wang Yi will return."
    named = found("Visit of Wang Yi", text)
    wang, money, day = named["wangyi"], named["400000000000"], named["2021-03-27"]
    assert (wang.field, "Visit of Wang Yi"[wang.start : wang.end], wang.times) == ("title", "Wang Yi", 4)
    assert (text[money.start : money.end], money.text, money.amount) == ("$400 billion", "$400 billion", 4e11)
    assert (money.kind, money.unit, money.label) == (MentionKind.MONEY, "USD", "400 billion USD")
    assert (text[day.start : day.end], day.amount) == ("27 March", None)


def test_an_article_full_of_sums_keeps_the_first() -> None:
    text = " ".join(f"It costs ${n}." for n in range(1, 500))
    assert len(found("", text)) == mentions.MOST


@settings(max_examples=50)
@given(st.text(max_size=80), st.sampled_from(["en", "fa", "zh", "ar", "ru"]))
def test_offsets_hold_for_any_text(before: str, language: str) -> None:
    text = f"{before}\nWang Yi, 25 млн евро, 2021年3月27日"
    for mention in mentions.find("", text, language=language, names=NAMES):
        assert text[mention.start : mention.end] == mention.text


def write(folder: Path, *rows: str) -> Path:
    path = folder / "names.csv"
    path.write_text("\n".join((",".join(COLUMNS), *rows)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,planet,X,wangyi,,", "line 2: kind must be one of person, company, vessel, got 'planet'"),
        ("x,person,X,nobody,,", "line 2: the vocabulary has no concept 'nobody'"),
        ("x,person,X,wangyi,Wang Xi,", "line 2: the concepts 'wangyi' have no wang xi"),
        ("x,person,,wangyi,,", "line 2: expected an id, a name, and concepts or words"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Names.load(write(tmp_path, row), beat.lexicon())


def test_an_id_stands_for_one_name(tmp_path: Path) -> None:
    path = write(tmp_path, "x,person,X,wangyi,,", "x,person,Y,xi,,")
    with pytest.raises(ConfigurationError, match="line 3: id 'x' is there already"):
        Names.load(path, beat.lexicon())


def test_a_beat_without_names_names_nobody(tmp_path: Path) -> None:
    names = Names.load(tmp_path / "names.csv", beat.lexicon())
    assert mentions.find("Wang Yi", "", language="en", names=names) == ()


def test_every_kind_of_name_is_shipped_and_known_to_the_store() -> None:
    assert {name.kind for name in NAMES.by_id.values()} == set(KINDS)
    assert set(KINDS) < {kind.value for kind in MentionKind}
