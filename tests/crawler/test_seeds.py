"""The seed corpus: made from files, kept without its texts, recognised in what becomes of them."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import seeds
from crawler.analysis.compare import Side, compare_with_seed
from crawler.analysis.fingerprint import fingerprint
from crawler.seed_text import clean, headline
from store.errors import ConfigurationError
from store.models import DUPLICATE_RELATIONS, Relation, Seed
from tests.crawler.analysis import texts
from tests.crawler.analysis.edits import EDITS
from tests.shared import needs_shared, shared

LONG = texts.ORIGINAL + "\n" + texts.INDEPENDENT + "\n" + texts.OTHER
SHIPPED = Path(seeds.__file__).parent / "beats" / "iran_china" / "seeds"


def made(tmp_path: Path, text: str = LONG, **facts: str) -> Seed:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "facts.json").write_text(json.dumps({"seeds": [{"seed": "a.txt", **facts}]}), encoding="utf-8")
    (seed,) = seeds.make_seeds([tmp_path / "a.txt"], tmp_path / "facts.json")
    return seed


def elsewhere(text: str) -> Side:
    return Side(title="", text=text, url="https://copy.example/x", site="copy.example", language="en")


def test_facts_go_before_what_the_text_shows(tmp_path: Path) -> None:
    seed = made(
        tmp_path, url="http://www.Port.example/a?utm_source=rss", publisher="Port Gazette (copying others)",
        published="2026-03-01 or 02", title="Terminal opens", language="en-GB",
    )  # fmt: skip
    assert seed.url == "https://port.example/a"
    assert (seed.publisher, seed.published, seed.title, seed.language) == (
        "Port Gazette",
        "2026-03-01",
        "Terminal opens",
        "en",
    )
    assert seed.id == f"port-example-{seed.fingerprint.digest[:8]}"
    assert "400" in seed.numbers


@pytest.mark.parametrize(
    ("first_line", "url", "title"),
    [
        ("Terminal opens in Marlow", "", "Terminal opens in Marlow"),
        ("Terminal opens in Marlow", "https://port.example/marlow-terminal-opens-today", "Terminal opens in Marlow"),
        ("A look at the quay", "https://port.example/marlow-terminal-opens-today", "Marlow terminal opens today"),
        ("A look at the quay", "https://port.example/article-12", "A look at the quay"),
    ],
)
def test_the_headline_is_the_first_line_or_what_the_address_spells(
    tmp_path: Path, first_line: str, url: str, title: str
) -> None:
    assert made(tmp_path, f"{first_line}\n{LONG}", url=url).title == title


def test_a_saved_page_is_read_as_a_pass_reads_it(tmp_path: Path) -> None:
    body = "".join(f"<p>{part}</p>" for part in LONG.split("\n"))
    page = (
        "<html lang=en><head><title>Terminal opens in Marlow</title><link rel=canonical href='https://port.example/1'>"
        "<meta property='article:published_time' content='2026-03-01T10:00:00Z'></head>"
        f"<body><article><h1>Terminal opens in Marlow</h1>{body}</article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (seed,) = seeds.make_seeds([tmp_path / "page.html"])
    assert (seed.url, seed.title, seed.published) == (
        "https://port.example/1",
        "Terminal opens in Marlow",
        "2026-03-01",
    )
    assert compare_with_seed(elsewhere(LONG), seed).relation in DUPLICATE_RELATIONS


def test_written_seeds_are_read_back_as_shipped(tmp_path: Path) -> None:
    seed = made(tmp_path)
    written = seeds.write_seeds(tmp_path / "beat", [seed])
    assert [path.name for path in written] == [f"{seed.id}.json"]
    (loaded,) = seeds.load_seeds(tmp_path / "beat")
    assert loaded.added_by == seeds.SHIPPED
    assert loaded.fingerprint == seed.fingerprint
    assert loaded.shingles == seed.shingles
    assert seeds.load_seeds(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a seed file"),
        ("[]", "key 'format': expected 1"),
        ('{"format": 2}', "key 'format': expected 1"),
        ('{"format": 1}', "not a complete seed"),
    ],
)
def test_a_broken_seed_file_is_told_by_name(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        seeds.load_seeds(tmp_path)


@pytest.mark.parametrize("name", sorted(set(EDITS) - {"20 % of words changed"}))
def test_a_seed_is_recognised_after_edits(tmp_path: Path, name: str) -> None:
    seed = made(tmp_path, url="https://port.example/1")
    edited = EDITS[name](LONG, random.Random(3), texts.OTHER.split())
    found = compare_with_seed(elsewhere(edited), seed)
    assert found.relation in DUPLICATE_RELATIONS, (found.relation, found.why)
    assert found.passages == ()


@pytest.mark.parametrize("text", [texts.REWRITE, texts.PERSIAN, texts.CHINESE, "", "Marlow"])
def test_other_texts_are_not_the_seed(tmp_path: Path, text: str) -> None:
    assert compare_with_seed(elsewhere(text), made(tmp_path, texts.ORIGINAL)).relation is Relation.UNRELATED


def test_a_seed_with_other_numbers_is_a_series(tmp_path: Path) -> None:
    seed = made(tmp_path, texts.RATES_MONDAY)
    assert compare_with_seed(elsewhere(texts.RATES_TUESDAY), seed).relation is Relation.SERIES


def test_weeks_later_its_own_site_takes_a_subject_up_again_and_another_site_copies(tmp_path: Path) -> None:
    seed = made(tmp_path, url="https://port.example/1", published="2026-01-01")
    text = LONG.replace("400", "300").replace("85", "90").replace("2027", "2028")
    later = Side(title="", text=text, site="port.example", published=datetime(2026, 2, 1, tzinfo=UTC), language="en")
    assert compare_with_seed(later, seed).relation is Relation.SERIES
    assert compare_with_seed(replace(later, site="copy.example"), seed).relation is Relation.NEAR


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (" date 2024-07-04 The mayor spoke.", "The mayor spoke."),
        ("West AsiaChinaIranWorld News\n\nThe mayor spoke.", "The mayor spoke."),
        ("He left. Flags are shown in this file picture. (credit: AGENCY/NAME)\nShe came.", "He left.\nShe came."),
        (
            "Headline of it\n\nThe mayor / Getty Images\nOctober 12, 2020\n\nThe mayor spoke.",
            "Headline of it\nThe mayor spoke.",
        ),
        ("The McDonald family (photo on page 3) moved.", "The McDonald family (photo on page 3) moved."),
        ("", ""),
    ],
)
def test_what_is_glued_to_a_text_is_taken_off(given: str, expected: str) -> None:
    assert clean(given) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Terminal opens in Marlow\nThe mayor spoke.", "Terminal opens in Marlow"),
        ("The mayor spoke.\nShe left.", ""),
        ("Only one line of words", ""),
        ("", ""),
    ],
)
def test_a_headline_is_a_first_line_that_is_no_sentence(text: str, expected: str) -> None:
    assert headline(text) == expected


def test_the_shipped_seeds_hold_facts_and_no_text() -> None:
    shipped = seeds.load_seeds(SHIPPED)
    assert len(shipped) == 5
    assert {seed.publisher for seed in shipped} == {
        "jpost.com", "scmp.com", "freebeacon.com", "libertarianhub.com", "islamicinvitationturkey.com",
    }  # fmt: skip
    for path in SHIPPED.glob("*.json"):
        value = json.loads(path.read_text(encoding="utf-8"))
        assert all(len(str(value[key]).split()) <= 16 for key in ("title", "url", "publisher", "published", "id"))
        facts = {"format", "id", "url", "title", "publisher", "published", "language", "numbers", "alternate_urls"}
        assert set(value) == facts | {"fingerprint", "shingles"}


def test_a_sketch_does_not_tell_the_next_word(tmp_path: Path) -> None:
    """Whoever guesses four words of a seed and tries each word as the next is left with many that fit."""
    seed = made(tmp_path)
    known = frozenset(seed.shingles)
    bits = max(known).bit_length()
    assert len(known) / 2**bits > 0.05


@needs_shared
def test_the_shipped_seeds_are_what_the_command_makes_of_the_texts() -> None:
    assert [seed.id for seed in seeds.load_seeds(SHIPPED)] == sorted(
        seed.id for seed in seeds.make_seeds([shared("seeds")], added_by=seeds.SHIPPED)
    )


@needs_shared
@pytest.mark.parametrize(
    "name", ["as given", "first four paragraphs", *sorted(set(EDITS) - {"20 % of words changed"})]
)
def test_the_five_articles_are_recognised_in_copies_cuts_and_republications(name: str) -> None:
    rng = random.Random(11)
    shipped = seeds.load_seeds(SHIPPED)
    for path in sorted(shared("seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if name == "first four paragraphs":
            text = "\n".join(text.replace("\n\n", "\n").split("\n")[:6]) + "\nREAD MORE\nNo Comments Yet"
        elif name in EDITS:
            text = EDITS[name](text, rng, texts.OTHER.split())
        relations = [compare_with_seed(elsewhere(text), seed).relation for seed in shipped]
        assert sum(relation in DUPLICATE_RELATIONS for relation in relations) == 1, (path.name, relations)
        owner = next(seed for seed, found in zip(shipped, relations, strict=True) if found in DUPLICATE_RELATIONS)
        assert len(set(fingerprint(text).hashes) & set(owner.fingerprint.hashes)) >= 2
