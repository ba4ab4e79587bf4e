"""The vocabulary is data that is checked when it is read; the shipped one is sound."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from crawler.analysis.lexicon import BOTH, COLUMNS, CONTEXT, MASK, Lexicon
from crawler.beat import Beat, default_folder
from store.errors import ConfigurationError
from tests.crawler.analysis import beat

GOOD = "iran,country,iran,anchor,en,Iran,word,cap,,,,general"


def write(folder: Path, *rows: str, columns: str = ",".join(COLUMNS)) -> Path:
    (folder / "terms.csv").write_text("\n".join((columns, *rows)) + "\n", encoding="utf-8")
    return folder


def test_a_row_becomes_a_term(tmp_path: Path) -> None:
    row = "khan,person,iran,strong,zh-Hant,哈米尼,substring,,own,1989-06-04,2026-02-28,seen"
    (term,) = Lexicon.load(write(tmp_path, row)).terms
    assert (term.base, term.own, term.since, term.until) == ("zh", True, date(1989, 6, 4), date(2026, 2, 28))
    assert term.in_office(date(2020, 1, 1))
    assert not term.in_office(date(2026, 3, 1))
    assert term.in_office(None)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("iran,country,iran,huge,en,Iran,word,,,,,", "line 2: strength must be one of"),
        ("iran,country,iran,anchor,en,Iran,guess,,,,,", "line 2: match must be one of"),
        ("iran,country,iran,anchor,en,Iran,word,low,,,,", "line 2: case must be one of"),
        ("iran,country,iran,anchor,en,,word,,,,,", "line 2: term is missing"),
        (",country,iran,anchor,en,Iran,word,,,,,", "line 2: concept is missing"),
        ("iran,country,iran,anchor,en,Iran,word,,,soon,,", "line 2: from must be a day as YYYY-MM-DD, got 'soon'"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message.replace("(", r"\(")):
        Lexicon.load(write(tmp_path, row))


def test_wrong_columns_and_empty_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="expected CSV files with terms, found none"):
        Lexicon.load(tmp_path)
    with pytest.raises(ConfigurationError, match="line 1: expected the columns concept, class"):
        Lexicon.load(write(tmp_path, GOOD, columns="concept,term"))
    (tmp_path / "terms.csv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        Lexicon.load(tmp_path)


def test_the_version_names_the_terms_and_not_their_order(tmp_path: Path) -> None:
    other = GOOD.replace("Iran,word", "Persia,word")
    one = Lexicon.load(write(tmp_path, GOOD, other)).version
    assert Lexicon.load(write(tmp_path, other, GOOD)).version == one
    assert Lexicon.load(write(tmp_path, GOOD)).version != one


def test_the_cheap_look_gets_raw_spellings_of_every_kind() -> None:
    look = beat.lexicon().look_terms(beat.weights().implied_concepts)
    assert set(look) == {"china", "iran"}
    for spelling in ("Iran", "伊朗", "ایران", "ايران", "إيران", "Иран", "이란", "イラン", "哈米尼", "خامنهای"):
        assert spelling in look["iran"], spelling
    for spelling in ("China", "中国", "中國", "چین", "چين", "الصين", "للصين", "Китай", "중국", "Huawei", "ШОС"):
        assert spelling in look["china"], spelling
    assert "Iran and China" in look["iran"]
    assert "Iran and China" in look["china"]
    assert "外交部" not in look["china"], "words a source uses for its own side prove nothing elsewhere"


def test_the_cheap_look_is_told_the_rules_of_each_spelling(tmp_path: Path) -> None:
    rows = (
        GOOD,
        GOOD.replace("en,Iran,word,cap", "ar,إيران,clitic,"),
        "iran,country,iran,anchor,es,china,word,,own,,,general",
        "sea,mask,mask,mask,en,Iran Street,word,,,,,general",
    )
    lexicon = Lexicon.load(write(tmp_path, *rows))
    rules = {str(s): (s.match, s.case, s.language) for s in lexicon.look_terms()["iran"]}
    assert rules["Iran"] == ("word", "cap", "")
    assert rules["ایران"] == rules["إيران"] == ("clitic", "", "")
    assert rules["china"] == ("word", "", "es")


def test_the_shipped_vocabulary_is_of_the_sides_of_the_beat() -> None:
    sides = set(Beat.load(default_folder()).sides)
    assert {t.side for t in beat.lexicon().terms} == sides | {BOTH, CONTEXT, MASK}
    assert set(beat.lexicon().sides) == sides


def test_every_shipped_row_says_where_it_comes_from_and_stands_once() -> None:
    files = (default_folder() / "lexicon").glob("*.csv")
    rows = [row for path in files for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    assert {row["provenance"] for row in rows} == {"seen", "general", "cldr"}
    counts = Counter((r["concept"], r["lang"], r["term"], r["match"], r["case"], r["side"]) for r in rows)
    assert [key for key, n in counts.items() if n > 1] == []


def test_office_holders_are_dated() -> None:
    dated = {t.concept for t in beat.lexicon().terms if t.kind == "person" and (t.since or t.until)}
    assert {"raisi", "rouhani", "pezeshkian", "araghchi", "qingang", "liqiang", "khamenei_ali"} <= dated


@pytest.mark.parametrize("concept", ["iran", "china", "pair", "sport", "market", "talks", "deal", "trade"])
def test_the_chief_concepts_are_known_in_the_chief_languages(concept: str) -> None:
    wanted = {"en", "zh", "fa", "ar", "ru", "tr", "fr", "de", "es", "ur", "hi", "ja", "ko", "id", "it", "pt", "uk"}
    assert wanted <= {t.base for t in beat.lexicon().by_concept[concept]}
