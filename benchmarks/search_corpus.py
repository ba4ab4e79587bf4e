"""A made-up newspaper library in seven languages: words by Zipf's law, the beat's own words in nearly every text."""

from __future__ import annotations

import random
import sqlite3
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from store.database import Store
from store.search import compounds, index
from store.search.shadow import Shadow, shadow
from store.values import stamp

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ARTICLES_A_DAY = 1500
POOL = 12_000
"""Different texts; a larger library holds them again under other headlines."""
_VOCABULARY = 60_000
"""Words of a language. The share of the n-th is as 1/n."""
_BATCH = 10_000


@dataclass(frozen=True)
class Language:
    """How the words of a language look, and what it calls the things of the beat."""

    tag: str
    share: float
    letters: str
    syllables: tuple[int, int]
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    """The two words that nearly every text holds, in some of their forms."""
    topics: tuple[str, ...]
    """Words that one text in three, in nine, in 27 holds, and so on."""
    joint: str = " "

    @cached_property
    def words(self) -> list[str]:
        chance = random.Random(self.tag)
        made: dict[str, None] = {}
        while len(made) < _VOCABULARY:
            made[self._word(chance)] = None
        return list(made)

    @cached_property
    def shares(self) -> list[float]:
        return list(accumulate(1 / (number + 1) for number in range(_VOCABULARY)))

    def _word(self, chance: random.Random) -> str:
        return "".join(chance.choice(self.letters) for _ in range(chance.randint(*self.syllables)))

    def pick(self, chance: random.Random) -> str:
        return self.words[bisect(self.shares, chance.random() * self.shares[-1])]


_HAN = "".join(map(chr, range(0x4E00, 0x5600)))
LANGUAGES = (
    Language("en", 0.33, "abcdefghilmnoprstuw", (2, 9), (("Iran", "Iranian", "Iran's"), ("China", "Chinese")),
             ("oil", "sanctions", "tanker", "refinery", "corridor", "uranium", "teapot")),
    Language("fa", 0.25, "ابپتجدرزسشفقکگلمنوهی", (2, 7), (("ایران", "ایرانی", "ایرانی‌ها"), ("چین", "چینی")),
             ("نفت", "تحریم‌ها", "نفتکش", "پالایشگاه", "کریدور", "اورانیوم", "توافق‌نامه")),
    Language("zh", 0.2, _HAN, (1, 3), (("伊朗",), ("中国", "中方")),
             ("石油", "制裁", "油轮", "炼厂", "走廊", "浓缩铀", "茶壶炼厂"), joint=""),
    Language("ar", 0.09, "ابتجدرزسشعفقكلمنوهي", (3, 7), (("إيران", "وإيران"), ("الصين", "للصين", "وبكين")),
             ("نفط", "العقوبات", "ناقلة", "مصفاة", "ممر", "يورانيوم", "ميناء")),
    Language("ru", 0.07, "абвгдезиклмнопрстуя", (3, 9), (("Иран", "Ирана", "Ираном"), ("Китай", "Китаю", "Китая")),
             ("нефть", "санкций", "танкер", "переговоры", "коридор", "уран", "порт")),
    Language("de", 0.03, "abdefghiklmnoprstuwäöü", (3, 11), (("Iran", "Irans", "Iranpolitik"), ("China", "Chinas")),
             ("Öl", "Sanktionen", "Tanker", "Ölembargo", "Korridor", "Uran", "Politik")),
    Language("tr", 0.03, "abcçdefgğıiklmnoöprsştuüyz", (3, 9), (("İran", "İran'ın"), ("Çin", "Çin'e")),
             ("petrol", "yaptırımlar", "tanker", "rafineri", "koridor", "uranyum", "liman")),
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One made-up article with what the index holds of it."""

    language: str
    title: str
    text: str
    shadow: Shadow


def pool(count: int) -> list[Text]:
    """Different texts of about 2,500 characters (1,000 in Chinese)."""
    chance = random.Random(20260301)
    shares = [language.share for language in LANGUAGES]
    return [_text(chance, language) for language in chance.choices(LANGUAGES, shares, k=count)]


def _text(chance: random.Random, language: Language) -> Text:
    title = language.joint.join(_said(chance, language, chance.randint(5, 12), often=0.12))
    sentences = [
        language.joint.join(_said(chance, language, chance.randint(8, 30), often=0.03))
        for _ in range(chance.randint(8, 34))
    ]
    stop = "。" if language.tag == "zh" else ". "
    text = stop.join(sentences) + stop.strip()
    made = shadow(
        title, text, language=language.tag, source_id="library", site="library.example",
        compounding=language.tag in compounds.LANGUAGES,
    )  # fmt: skip
    return Text(language.tag, title, text, made)


def _said(chance: random.Random, language: Language, length: int, *, often: float) -> list[str]:
    """Words of a sentence; each word of the beat takes a place by chance, the rarer topics less often."""
    words = [language.pick(chance) for _ in range(length)]
    for rank, forms in enumerate((*language.sides, *((topic,) for topic in language.topics))):
        share = often if rank < 2 else often / 3 ** (rank - 1)
        for place in range(length):
            if chance.random() < share:
                words[place] = chance.choice(forms)
    return words


def build(path: Path, count: int) -> None:
    """A store of so many articles at `path`."""
    texts = pool(min(count, POOL))
    with Store.open(path) as store:
        _people(store)
        store.execute("PRAGMA synchronous = OFF")
        _index_setting(store, "hashsize", 256 << 20)  # fewer pieces of the index to merge
        for first in range(1, count + 1, _BATCH):
            with store.write():
                _batch(store, texts, range(first, min(first + _BATCH, count + 1)), count)
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with store.write():
            store.change("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        _index_setting(store, "hashsize", 1 << 20)
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _index_setting(store: Store, name: str, value: int) -> None:
    with store.write():
        store.change("INSERT INTO articles_fts (articles_fts, rank) VALUES (?, ?)", [name, value])


def _people(store: Store) -> None:
    """The source, run and story that rows of articles name."""
    with store.write():
        for table, key in (("sources", "library"), ("runs", 1), ("stories", 1)):
            columns = store.execute(f"PRAGMA table_info({table})").fetchall()
            needed = {name: 0 for _, name, _, required, default, _ in columns if required and default is None}
            store.insert(table, needed | {"id": key})


def _batch(store: Store, texts: list[Text], ids: range, count: int) -> None:
    chosen = [(number, texts[number * 7919 % len(texts)]) for number in ids]
    rows = list(_rows(chosen, count))
    names = ", ".join(rows[0])
    marks = ", ".join("?" * len(rows[0]))
    store.change_many(f"INSERT INTO articles ({names}) VALUES ({marks})", [list(row.values()) for row in rows])
    index.insert_shadows(store, [(number, text.shadow) for number, text in chosen])


def _rows(chosen: list[tuple[int, Text]], count: int) -> Iterator[dict[str, object]]:
    for number, text in chosen:
        published = stamp(NOW - timedelta(days=(count - number) / ARTICLES_A_DAY))
        yield {
            "id": number, "url": f"https://library.example/{number}", "title": text.title, "publisher": "Library",
            "published": published, "published_precision": "minute", "published_origin": "meta",
            "day": published[:10], "first_seen": published, "language": text.language, "perspective": "wire",
            "country": "XX", "topics": "[]", "relevance_score": 1.0, "relevance_label": "central",
            "relevance_evidence": "", "relevance_why": "", "lead": text.text[:280], "authors": "[]",
            "length": len(text.text), "paywalled": 0, "story_id": 1, "source_id": "library", "run_id": 1,
            "site": "library.example", "relevance_version": "1", "text_digest": "", "relevance_terms": "[]",
            "text": text.text,
        }  # fmt: skip


def index_bytes(path: Path) -> tuple[int, int]:
    """Bytes of the full-text index, and of the whole file."""
    with sqlite3.connect(path) as connection:
        size = connection.execute("SELECT sum(length(block)) FROM articles_fts_data").fetchone()[0]
        size += connection.execute("SELECT ifnull(sum(length(word) * 4), 0) FROM compound_words").fetchone()[0]
    connection.close()
    return int(size), path.stat().st_size
