"""What a user may give for seeds: files, tables and folders, and what is said of what is no article."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler import seeds
from store.errors import UsageError
from tests.crawler.analysis import texts


def test_seeds_come_from_folders_tables_and_lines(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text(texts.ORIGINAL, encoding="utf-8")
    (folder / "README.md").write_text("not a seed", encoding="utf-8")
    (folder / "seeds.json").write_text(
        json.dumps({"seeds": [{"seed": "one.txt", "url": "https://port.example/1"}]}), encoding="utf-8"
    )
    row = {"url": "https://port.example/2", "text": texts.OTHER, "title": "Maps", "published": "2026-02-01T10:00:00Z"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["url", "text"])
        writer.writeheader()
        writer.writerow({"url": "https://port.example/3", "text": texts.INDEPENDENT})
    found = seeds.make_seeds([folder, tmp_path / "rows.jsonl", tmp_path / "rows.csv"])
    assert [seed.url for seed in found] == [f"https://port.example/{number}" for number in (1, 2, 3)]
    assert found[1].published == "2026-02-01"
    assert {seed.added_by for seed in found} == {seeds.USER}


def test_tables_are_read_as_spreadsheets_write_them(tmp_path: Path) -> None:
    long = texts.ORIGINAL.replace("\n", " ") * 200
    for name, mark, encoding in (("a.csv", ";", "utf-8-sig"), ("b.csv", "\t", "utf-16"), ("c.csv", ",", "utf-8")):
        row = f'URL{mark} Text\r\nhttps://port.example/{name}{mark}"{long}\u2028{name}"\r\n'
        (tmp_path / name).write_text(row, encoding=encoding, newline="")
    rows = [{"url": f"https://port.example/{n}", "text": f"{texts.OTHER}\u2028{n}"} for n in (1, 2)]
    (tmp_path / "d.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "e.jsonl").write_text(json.dumps(rows[0], ensure_ascii=False), encoding="utf-8")
    found = seeds.make_seeds([tmp_path])
    assert [seed.url.rpartition("/")[2] for seed in found] == ["a.csv", "b.csv", "c.csv", "1", "2"]


def test_a_folder_is_read_with_what_lies_below_it_and_without_what_is_hidden(tmp_path: Path) -> None:
    for name, text in (("a.txt", texts.ORIGINAL), ("b/c.txt", texts.OTHER), (".git/d.txt", texts.INDEPENDENT)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(seeds.make_seeds([tmp_path])) == 2


def test_what_cannot_be_a_seed_may_be_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(texts.ORIGINAL, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Too short.", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"\x00\xff\x01")
    told: list[str] = []
    assert len(seeds.make_seeds([tmp_path], left_out=told.append)) == 1
    assert [Path(why.partition(":")[0]).name for why in told] == ["b.txt", "c.txt"]
    with pytest.raises(UsageError, match="2 words of text"):
        seeds.make_seeds([tmp_path / "b.txt"], left_out=told.append)


def test_a_text_given_twice_is_one_seed(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(texts.ORIGINAL, encoding="utf-8")
    facts = {"seeds": [{"seed": name, "url": "https://port.example/1"} for name in ("a.txt", "b.txt")]}
    (tmp_path / "seeds.json").write_text(json.dumps(facts), encoding="utf-8")
    assert len(seeds.make_seeds([tmp_path])) == 1


def test_a_saved_page_that_is_no_article_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>Hello</p></body></html>", encoding="utf-8")
    with pytest.raises(UsageError, match=r"page\.html: "):
        seeds.make_seeds([tmp_path / "page.html"])


def test_a_text_given_twice_is_one_seed_with_the_addresses_of_both(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(texts.ORIGINAL, encoding="utf-8")
    rows = [{"url": f"https://port.example/{number}", "text": texts.ORIGINAL} for number in (1, 2)]
    (tmp_path / "b.json").write_text(json.dumps(rows), encoding="utf-8")
    (seed,) = seeds.make_seeds([tmp_path])
    assert (seed.url, seed.alternate_urls) == ("https://port.example/1", ("https://port.example/2",))


@pytest.mark.parametrize(
    ("text", "charset", "language"),
    [
        (texts.CHINESE, "gbk", "zh"),
        (texts.CHINESE, "utf-8-sig", "zh"),
        ("Министр иностранных дел Ирана встретился в Пекине с китайским коллегой и обсудил торговлю. " * 3, "cp1251", "ru"),
        ("Le ministre a été reçu à Pékin, où il a évoqué l'énergie, la coopération et les échanges. " * 3, "cp1252", "fr"),
        ("وقال الوزير إن الصين وإيران وقعتا اتفاقا للتعاون في مجال الطاقة والنقل والموانئ والمصارف. " * 3, "cp1256", "ar"),
    ],
)  # fmt: skip
def test_a_text_in_another_charset_is_read(tmp_path: Path, text: str, charset: str, language: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding=charset)
    (seed,) = seeds.make_seeds([tmp_path / "b.txt"])
    assert seed.language == language
    assert seed.fingerprint == seeds.make_seeds([tmp_path / "a.txt"])[0].fingerprint


Prepare = Callable[[Path], Path]


def _write(name: str, content: bytes) -> Prepare:
    def prepare(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return prepare


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda folder: folder / "nothing.txt", "cannot be read"),
        (lambda folder: folder / "picture.png", "expected a folder or a file ending in"),
        (lambda folder: folder, "no article found in"),
        (_write("short.txt", b"Too short a text."), "4 words of text, at least 20 are needed"),
        (_write("picture.txt", bytes(range(256)) * 8), "not UTF-8 text .* and of no charset that is known"),
        (_write("noise.txt", bytes(range(255, 127, -1)) * 9), "not UTF-8 text .* and of no charset that is known"),
        (_write("all.txt", b"Words of many articles. " * 50_000), "1,200,000 characters, more than an article has"),
        (
            _write("a.jsonl", b'{"url": "https://a.example", "text": ["a", "b"]}'),
            "'text' is a list, expected a string",
        ),
        (
            _write("a.csv", b"https://a.example/1,words\n"),
            "the first line must name the columns url and text; it is: ",
        ),
        (_write("bad.json", b"["), "bad.json: not JSON"),
        (_write("bad.json", b"[3]"), "item 1: expected an object with 'url' and 'text'"),
        (_write("bad.jsonl", b"{"), "line 1: not JSON"),
        (_write("bad.jsonl", b'{"url": "nowhere", "text": "words"}'), "line 1: 'url' is no http"),
        (_write("bad.jsonl", b'{"url": "https://a.example"}'), "line 1: 'text' is missing or empty"),
        (_write("bad.csv", b"url,text\n,words"), r"line 2: 'url' is missing or empty \(there is: url, text\)"),
    ],
)
def test_what_cannot_be_a_seed_is_told_by_name(tmp_path: Path, prepare: Prepare, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        seeds.make_seeds([prepare(tmp_path)])


def test_wrong_facts_are_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text('{"seeds": 3}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"facts\.json: expected a JSON object with a list 'seeds'"):
        seeds.make_seeds([tmp_path], tmp_path / "facts.json")
