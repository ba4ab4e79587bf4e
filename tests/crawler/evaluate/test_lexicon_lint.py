"""The vocabulary is data that people maintain: what can be wrong with it is found and told with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler import beat
from crawler.analysis.lexicon import COLUMNS
from crawler.beat import Beat
from crawler.evaluate.lexicon_lint import Finding, lint, silent

TODAY = date(2026, 11, 24)
SIDES = ("china", "iran")
HEAD = ",".join(COLUMNS)
ORIGINS = """
[general]
about = "General vocabulary."
date = 2026-11-01
[offices]
about = "Public announcements."
date = 2026-11-01
"""
IRAN = "iran,country,iran,anchor,en,Iran,word,cap,,,,general"
CHINA = "china,country,china,anchor,en,China,word,cap,,,,general"


def folder(at: Path, *rows: str, origins: str = ORIGINS) -> Path:
    (at / "terms.csv").write_text("\n".join((HEAD, IRAN, CHINA, *rows)) + "\n", "utf-8")
    (at / "provenance.toml").write_text(origins, "utf-8")
    return at


def found(at: Path, *rows: str, origins: str = ORIGINS) -> list[Finding]:
    return lint(folder(at, *rows, origins=origins), SIDES, today=TODAY)


def test_a_sound_vocabulary_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, "raisi,person,iran,strong,en,Raisi,word,cap,,2021-08-03,,general") == []


@pytest.mark.parametrize(
    ("row", "level", "code", "told"),
    [
        ("iran,country,iran,huge,en,Persia,word,cap,,,,general", "error", "malformed", "strength must be one of"),
        ("x,country,india,anchor,en,India,word,cap,,,,general", "error", "side", "'india' is no side of the beat"),
        ("iran,country,iran,anchor,en,Persia,word,cap,,,,", "error", "provenance", "where is it from?"),
        ("iran,country,iran,anchor,en,Persia,word,cap,,,,heard", "error", "provenance", "'heard' is not declared"),
        ("iran,country,iran,anchor,en,IRAN,word,cap,,,,general", "error", "duplicate", "terms.csv:2 has it"),
        ("sino,country,iran,anchor,en,China,word,cap,,,,general", "error", "ambiguous", "stands for china too"),
        ("az,state,context,weak,en,Eastern China Republic,word,cap,,,,general", "error", "ambiguous", "mask should"),
        ("iri,country,iran,anchor,en,IRI,word,,,,,general", "error", "short", "3 letters in any case"),
        ("iri,country,iran,anchor,ru,ИРИ,word,,,,,general", "error", "short", "3 letters in any case"),
        ("old,country,iran,strong,en,Iran,word,cap,,,,general", "warning", "twofold", "is a term of iran too"),
        ("zarif,person,iran,strong,en,Zarif,word,cap,,,,general", "warning", "undated", "when was the office held"),
        (
            "z,person,iran,strong,en,Zarif,word,cap,,,2025-03-02,general",
            "note",
            "expired",
            "out of office since 2025",
        ),
        ("z,person,iran,anchor,en,Zarif,word,cap,,,2020-03-02,general", "warning", "expired", "still an anchor"),
        (
            "z,person,iran,strong,en,Z. Arif,word,cap,,2020-03-02,2019-01-01,general",
            "error",
            "office",
            "before it begins",
        ),
        ("m,mask,mask,mask,en,odd socks,word,,,,,general", "note", "idle", "it masks nothing"),
    ],
)
def test_each_fault_is_told_with_its_place(tmp_path: Path, row: str, level: str, code: str, told: str) -> None:
    findings = [f for f in found(tmp_path, row) if f.code == code]
    assert [(f.level, f.where) for f in findings] == [(level, "terms.csv:4")]
    assert told in findings[0].message


@pytest.mark.parametrize(
    "row",
    [
        "iri,country,iran,anchor,en,IRI,word,exact,,,,general",
        "china,country,china,anchor,fa,چین,suffix,,,,,general",
        "china,country,china,anchor,zh,中国,substring,,,,,general",
        "own,self,iran,weak,en,our country,word,,,,,general",
        "m,mask,mask,mask,en,South China Sea,word,,,,,general",
        "m,mask,mask,mask,en,Indochina,word,,,,,general",
        "iran_war,aside,iran,aside,en,Iran,word,,,,,general",
    ],
)
def test_what_is_meant_so_is_no_fault(tmp_path: Path, row: str) -> None:
    assert [f for f in found(tmp_path, row) if f.level != "note"] == []
    assert [f.code for f in found(tmp_path, row)] == []


def test_a_mask_answers_an_ambiguous_name(tmp_path: Path) -> None:
    name = "tw,state,context,weak,en,Eastern China Republic,word,cap,,,,general"
    mask = "m,mask,mask,mask,en,Eastern China,word,cap,,,,general"
    assert [f.code for f in found(tmp_path, name)] == ["ambiguous"]
    assert found(tmp_path, name, mask) == []


def test_a_traditional_spelling_beside_a_simplified_one_is_no_duplicate(tmp_path: Path) -> None:
    simple = "iran,country,iran,anchor,zh,革命卫队,substring,,,,,general"
    assert found(tmp_path, simple, "iran,country,iran,anchor,zh-Hant,革命衛隊,substring,,,,,general") == []
    same = found(tmp_path, simple, "iran,country,iran,anchor,zh,革命衛隊,substring,,,,,general")
    assert [f.code for f in same] == ["duplicate"]


@pytest.mark.parametrize(
    ("origins", "code"),
    [("", "provenance"), ("[general", "provenance"), ("[general]\nabout = 'x'\n", "provenance")],
)
def test_origins_must_be_told_with_a_date(tmp_path: Path, origins: str, code: str) -> None:
    assert code in {f.code for f in found(tmp_path, origins=origins) if f.level == "error"}


def test_offices_that_nobody_looked_at_for_half_a_year_are_told(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, origins=ORIGINS.replace("date = 2026-11-01\n[off", "date = 2026-11-01\n[off", 1).replace(
        'announcements."\ndate = 2026-11-01', 'announcements."\ndate = 2026-01-01'
    ))  # fmt: skip
    assert (finding.level, finding.code) == ("warning", "offices")


def test_terms_that_never_fire_are_told_when_enough_was_read(tmp_path: Path) -> None:
    rows = (
        "iran,country,iran,anchor,en,Persia,word,cap,,,,general",
        "iran,country,iran,anchor,de,Persien,word,cap,,,,general",
        "iran,country,iran,strong,en,Teherán,word,cap,,,,general",
        "iran,country,iran,strong,en,Isfahán,word,cap,,,,general",
        "iran,country,iran,strong,es,Isfahán,word,cap,,,,general",
    )
    at = folder(tmp_path, *rows)
    english = [("Rain in Iran", "It rained in Iran and China for the whole of the weekend, they said.", "en")] * 100
    spanish = [("Lluvia en Teherán", "Llovió en Teherán e Isfahán durante todo el fin de semana, dijeron.", "es")]
    findings = {(f.term, f.code) for f in silent(at, [*english, *spanish])}
    assert findings == {("Persia", "silent"), ("Teherán", "alien")}
    assert silent(at, english[:99]) == [], "too few texts say nothing"


def test_the_shipped_vocabulary_has_no_errors() -> None:
    home = beat.default_folder()
    findings = lint(home / "lexicon", tuple(Beat.load(home).sides), today=TODAY)
    assert [f for f in findings if f.level == "error"] == []
