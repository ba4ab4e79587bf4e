"""The edit generator does in every script what its names say, and the benchmark counts what is found and decided."""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import edits
from benchmarks.edits_corpus import read
from benchmarks.edits_make import KINDS, Expected, Stock, cut, edited_words, paragraphs, pieces, series, tokens
from crawler.analysis.compare import Side, compare
from store.models import DUPLICATE_RELATIONS
from tests.crawler.analysis import texts
from tests.shared import needs_shared, shared

LONG = "\n".join((texts.ORIGINAL, texts.INDEPENDENT, texts.OTHER))
STOCK = Stock("en", tokens(texts.UPDATE), [texts.REWRITE, texts.BRIEF, texts.OTHER])
CHINESE = Stock("zh", tokens(texts.CHINESE), [texts.CHINESE] * 3)
PERSIAN = Stock("fa", tokens(texts.PERSIAN), [texts.PERSIAN] * 3)


@given(st.text())
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor's 14,000 guests", ["The", "mayor's", "14", "000", "guests"]),
        ("伊朗外长5月访华", ["伊", "朗", "外", "长", "5", "月", "访", "华"]),
        ("گفت‌وگوی تازه", ["گفت‌وگوی", "تازه"]),
    ],
)
def test_tokens_are_words_or_single_characters(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("stock", "text"), [(STOCK, LONG), (CHINESE, texts.CHINESE), (PERSIAN, texts.PERSIAN)], ids=["en", "zh", "fa"]
)
@pytest.mark.parametrize("name", KINDS)
def test_a_seed_repeats_every_edit_in_every_script(name: str, stock: Stock, text: str) -> None:
    one, other = (KINDS[name].edit(text, random.Random(5), stock) for _ in range(2))
    assert one == other
    assert one.strip()


@pytest.mark.parametrize("name", [n for n, kind in KINDS.items() if kind.expected is Expected.COPY])
def test_copies_are_copies_to_the_comparison(name: str) -> None:
    edited = KINDS[name].edit(LONG, random.Random(4), STOCK)
    new, known = (Side(title="", text=text, site=site, language="en") for text, site in ((edited, "a"), (LONG, "b")))
    assert compare(new, known).relation in DUPLICATE_RELATIONS


def test_a_text_without_lines_has_paragraphs_of_three_sentences() -> None:
    assert paragraphs("One is. Two is! Three is? Four is.") == ["One is. Two is! Three is?", "Four is."]
    assert paragraphs("甲来了。乙来了。丙来了。丁走了。") == ["甲来了。乙来了。丙来了。", "丁走了。"]


def test_a_cut_keeps_the_beginning_of_any_script() -> None:
    assert cut(0.5)(texts.CHINESE, random.Random(1), CHINESE).startswith(texts.CHINESE[:20])
    half = tokens(cut(0.5)(LONG, random.Random(1), STOCK))
    assert 0.45 < len(half) / len(tokens(LONG)) < 0.55


def test_about_the_share_of_tokens_is_edited() -> None:
    before, after = pieces(LONG)[1::2], set(pieces(edited_words(0.2)(LONG, random.Random(2), STOCK))[1::2])
    assert 0.05 < sum(word not in after for word in before) / len(before) < 0.3


def test_a_series_changes_numbers_and_keeps_years_and_words() -> None:
    text = "In 2024 it sold 5, 6 and 700 units; in 2025 it sold 8, 9 and 1000."
    changed = series(text, random.Random(3), STOCK)
    assert changed != text
    assert "2024" in changed
    assert "2025" in changed
    assert [w for w in tokens(changed) if w.isalpha()] == [w for w in tokens(text) if w.isalpha()]
    assert series("It sold 5 in 2024.", random.Random(3), STOCK) == "It sold 5 in 2024."


def corpus(folder: Path) -> Path:
    """Forty small articles, each with words of its own."""
    rng = random.Random(9)
    rows = []
    for number in range(40):
        words = [rng.choice(tokens(LONG)) for _ in range(90)]
        parts = [f"Report {number}{at} says " + " ".join(words[at : at + 30]) + "." for at in (0, 30, 60)]
        rows.append({"id": number, "title": f"Report {number}", "paragraphs": parts, "language": "en-GB"})
    with gzip.open(folder / "rows.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def test_found_and_decided_are_counted_by_kind_and_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = argparse.Namespace(corpus=[corpus(tmp_path)], language=None, sample=5, seed=1, json=False)
    told = edits.run(given)
    assert told["articles"] == {"en": 40}
    kinds = told["kinds"]
    assert isinstance(kinds, dict)
    assert kinds["dateline"]["en"]["texts"] == 5
    assert kinds["dateline"]["en"]["found"] == kinds["dateline"]["en"]["decided"] == 1.0
    assert sum(kinds["cut to 50 %"]["en"]["relations"].values()) == 5
    assert "| dateline " in capsys.readouterr().out


def test_a_corpus_of_texts_is_read_once_each_and_what_is_no_corpus_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(LONG, "utf-8")
    (document,) = read(tmp_path)
    assert (document.id, document.language) == ("a", "en")
    with pytest.raises(RuntimeError, match="no article of 300 characters"):
        read(tmp_path / "nothing")
    with pytest.raises(RuntimeError, match="no language with 15 articles"):
        edits.run(argparse.Namespace(corpus=[tmp_path], language=None, sample=5, seed=1, json=True))


@needs_shared
def test_copies_of_real_articles_are_found_and_decided() -> None:
    """A gate: measured were 0.99 of all copies, and no other news taken for one."""
    chosen = [shared("data", "corpus", "fars.jsonl.gz")]
    told = edits.run(argparse.Namespace(corpus=chosen, language="fa", sample=20, seed=3, json=True))
    kinds = told["kinds"]
    assert isinstance(kinds, dict)
    by_kind = {name: kinds[name]["fa"] for name in KINDS if "fa" in kinds[name]}
    copies = [one for name, one in by_kind.items() if KINDS[name].expected is Expected.COPY]
    assert sum(one["found"] for one in copies) / len(copies) >= 0.98
    assert sum(one["decided"] for one in copies) / len(copies) >= 0.97
    assert min(one["decided"] for one in copies) >= 0.8
    assert by_kind["background used again"]["decided"] == 1.0
