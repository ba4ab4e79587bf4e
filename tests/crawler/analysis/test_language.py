"""The language of a text is read off its script, its letters, its small words or statistics, in that order."""

from __future__ import annotations

import json
import subprocess
import sys

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
        ("چینی صدر کی ایرانی صدر کو مبارکباد", "ur"),
        ("Иран и Китай подписали соглашение на 25 лет", "ru"),
        ("Primul tren de marfă din China a ajuns în Iran", "ro"),
        ("Povratak u modu kredita: građani su se vratili u banke, kaže guverner, što je i bilo za očekivati", "hr"),
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


ARTICLES = {
    "en": "The ministry said on Monday that the agreement with Iran is for the trade of oil and will be signed in May.",
    "de": "Das Ministerium sagte am Montag, dass das Abkommen mit dem Iran im Mai in der Stadt unterzeichnet wird.",
    "fr": "Le ministère a dit lundi que l'accord avec l'Iran sur le pétrole est prêt et qu'il sera signé dans une ville.",
    "es": "El ministerio dijo el lunes que el acuerdo con Irán se firmará en mayo y que los dos países no lo harán por su cuenta.",
    "it": "Il ministero ha detto che il patto con l'Iran è pronto e che sarà firmato nella città di Roma a maggio.",
    "tr": "Bakanlık pazartesi günü İran ile petrol anlaşmasının mayısta imzalanacağını söyledi.",
    "id": "Kementerian mengatakan pada hari Senin bahwa perjanjian dengan Iran itu akan ditandatangani dan tidak ditunda.",
    "ru": "Министерство сообщило в понедельник, что соглашение с Ираном о поставках нефти будет подписано в мае.",
    "fa": "وزارت خارجه روز دوشنبه اعلام کرد که این توافق با ایران در ماه آینده امضا می‌شود.",
    "ar": "قالت الوزارة يوم الاثنين إن الاتفاق مع إيران سيوقع في الشهر المقبل.",
    "ur": "وزارت نے پیر کو کہا کہ ایران کے ساتھ معاہدے پر مئی میں دستخط ہوں گے۔",
    "hi": "मंत्रालय ने सोमवार को कहा कि ईरान के साथ समझौते पर मई में हस्ताक्षर होंगे और यह तेल के लिए है।",
    "zh": "外交部周一表示,中国与伊朗的协议将于五月签署。",
    "ja": "外務省は月曜日、イランとの協定に5月に署名すると述べた。",
    "ko": "외교부는 월요일 이란과의 협정을 5월에 체결한다고 밝혔다.",
}


def test_the_language_of_an_article_is_found_without_loading_statistics() -> None:
    """They cost half a second and tens of megabytes in each process: for thin and rare texts only."""
    script = (
        "import json, sys\n"
        "from crawler.analysis.language import identify\n"
        "texts = json.load(sys.stdin)\n"
        "print(json.dumps({name: identify(text) for name, text in texts.items()}))\n"
        "assert 'numpy' not in sys.modules and 'py3langid' not in sys.modules\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(ARTICLES), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == {name: name for name in ARTICLES}


@needs_shared
def test_labelled_items_are_in_the_language_they_say() -> None:
    rows = [json.loads(line) for line in shared("data/relevance/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    right = sum(identify(f"{r['title']}\n{r['lead']}") == r["language"] for r in rows)
    assert right / len(rows) >= 0.98
