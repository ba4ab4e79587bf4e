"""The language of a text is read off its script, its letters, its small words or statistics, in that order."""

from __future__ import annotations

import json

import pytest

from crawler.analysis.language import identify
from tests.shared import needs_shared, shared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王毅同伊朗外长通电话", "zh"),
        ("中国はイランとの協力を続けると述べた", "ja"),
        ("중국과 이란이 협력을 약속했다", "ko"),
        ("وزير الخارجية الصيني يصل إلى طهران", "ar"),
        ("إيران تتأهل إلى نصف النهائي بفوزها على الصين", "ar"),
        ("ایران و چین سند همکاری را امضا کردند", "fa"),
        ("خبرگزاري فارس: وزير خارجه در پكن با همتاي خود ديدار كرد", "fa"),
        ("ایران اور چین کے درمیان معاہدہ ہے", "ur"),
        ("Китай наращивает импорт иранской нефти, сообщили вчера", "ru"),
        ("Китай наростив закупівлі нафти в Ірані", "uk"),
        ("Қытай мен Иран келісімге қол қойды", "kk"),
        ("ईरान और चीन के बीच समझौता", "hi"),
        ("ইরান ও চীনের চুক্তি", "bn"),
        ("சீனா ஈரான் ஒப்பந்தம்", "ta"),
        ("Η Κίνα και το Ιράν", "el"),
        ("Çin ile İran arasında anlaşma imzalandı", "tr"),
        ("Iran and China signed an agreement on Saturday in Tehran, the ministry said", "en"),
        ("L'Iran et la Chine signent un accord stratégique de vingt-cinq ans", "fr"),
        ("Der Iran und China wollen am Samstag ein Abkommen schließen", "de"),
        ("Irán y China firmaron un acuerdo el sábado en Teherán", "es"),
        ("China akan menjaga perdagangan dengan Iran yang terkena sanksi", "id"),
        ("12 / 2024 — 100 %", "und"),
        ("", "und"),
    ],
)
def test_a_sentence_is_enough(text: str, expected: str) -> None:
    assert identify(text) == expected


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("Iran accord", "fr", "fr"),
        ("Iran accord", "fr-CA", "fr"),
        ("習近平主席会談", "ja", "ja"),
        ("Sporazum s Iranom", "hr", "hr"),
        ("Beijing pertahankan kepentingan Sino-Iran", "id", "id"),
        ("中国和伊朗签署协议", "en", "zh"),
        ("Iran and China signed an agreement in Tehran on Saturday, and it is for the next 25 years", "fr", "en"),
        ("Iran and China signed an agreement in Tehran on Saturday, and it is for the next 25 years", "mul", "en"),
    ],
)
def test_what_the_page_says_settles_short_texts_only(text: str, hint: str, expected: str) -> None:
    assert identify(text, hint) == expected


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    text = "The ministry said on Monday that the agreement is for the trade of oil. " * 10
    assert identify(text + "Китай " * 100_000) == "en"


@needs_shared
def test_labelled_items_are_in_the_language_they_say() -> None:
    rows = [json.loads(line) for line in shared("data/relevance/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    right = sum(identify(f"{r['title']}\n{r['lead']}") == r["language"] for r in rows)
    assert right / len(rows) >= 0.98
