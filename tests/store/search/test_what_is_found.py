"""What a typed word finds, language by language, and what it does not."""

from __future__ import annotations

import pytest

from store.database import Store
from tests.store.make import found, keep, reading

FOUND = [
    ("zh", "伊朗外长访问中国。", "伊朗", "two characters"),
    ("zh", "伊朗外长访问中国。", "中国 外长", "two words"),
    ("zh", "伊朗外長訪問中國。", "访问中国", "traditional in the text"),
    ("zh", "伊朗外长访问中国。", "訪問", "traditional typed"),
    ("zh", "购买伊朗石油的炼厂", "油", "one character"),
    ("zh", "5G技术进入伊朗", "5G技术", "a word and characters"),
    ("zh", "签署 ２５ 年协议", "25", "full-width digits"),
    ("fa", "رئیس جمهور ایران به چین رفت", "ايران چين", "Arabic letters typed"),
    ("fa", "وزير ايران در چين", "ایران چین", "Arabic letters in the text"),
    ("fa", "متن توافق\u200cنامه ایران", "توافق\u200cنامه", "ZWNJ both times"),
    ("fa", "متن توافق\u200cنامه ایران", "توافقنامه", "ZWNJ in the text"),
    ("fa", "متن توافق\u200cنامه ایران", "توافق نامه", "ZWNJ in the text, a space typed"),
    ("fa", "متن توافق\u200cنامه ایران", "نامه", "a part of a ZWNJ word"),
    ("fa", "متن توافق نامه ایران", "توافق\u200cنامه", "ZWNJ typed, a space in the text"),
    ("fa", "متن توافقنامه ایران", "توافق\u200cنامه", "ZWNJ typed"),
    ("fa", "متن توافق\u200cنامه ایران", '"توافق\u200cنامه ایران"', "a phrase with ZWNJ"),
    ("fa", "شرکت‌های چینی‌ها", "چین", "Persian endings with ZWNJ"),
    ("fa", "ایرانیان و ایرانی", "ایران", "Persian endings"),
    ("fa", "رفع تحریم", "تحریم‌ها", "a plural typed"),
    ("fa", "سند ۲۵ ساله", "25 ساله", "Persian digits"),
    ("ar", "بين طهران وبكين", "بكين", "and-"),
    ("ar", "زيارة للصين", "الصين", "for-the-"),
    ("ar", "زيارة للصين", "صين", "for-the-, no article typed"),
    ("ar", "اللقاء بالصين", "الصين", "in-the-"),
    ("ar", "الوفد الصيني والإيراني", "إيراني", "and-the-"),
    ("ar", "الوفد الصيني والإيراني", "الإيراني", "and-the-, article typed"),
    ("ar", "الوفد الصيني والإيراني", "إيران", "an adjective of a country"),
    ("ar", "التعاون مع إيران", "ایران", "Persian letters typed"),
    ("ar", "التعاون مع إِيرَان", "إيران", "harakat"),
    ("ar", "رفع العقوبات", "عقوبات", "the article"),
    ("ar", "ناقلات النفط", "ناقلة", "a feminine plural"),
    ("de", "Die Iranpolitik. Jede Politik ist anders.", "Iran", "the beginning of a compound"),
    ("de", "Die Iranpolitik. Der Iran ist fern.", "Politik", "the end of a compound"),
    ("de", "Das Ölembargo wirkt.", "Embargo", "the end of a compound after two letters"),
    ("de", "Das Ölembargo. Ein Embargo.", "Öl", "two letters at the beginning"),
    ("de", "Neue Sanktionen", "Sanktion", "a German plural"),
    ("de", "beide Länder", "Land", "an umlaut"),
    ("ru", "Нефть из Ирана", "Иран", "genitive"),
    ("ru", "Переговоры с Ираном", "Иран", "instrumental"),
    ("ru", "Переговоры с Ираном", "Ирану", "two cases"),
    ("ru", "Китаю нужна нефть", "Китай", "dative"),
    ("ru", "без санкций", "санкции", "genitive plural"),
    ("ru", "Ещё одно соглашение", "еще", "yo"),
    ("uk", "Переговори з Іраном", "Іран", "Ukrainian instrumental"),
    ("tr", "İran'ın petrolü", "İran", "Turkish suffix after an apostrophe"),
    ("tr", "İran'ın petrolü", "petrol", "Turkish accusative"),
    ("tr", "İran'ın petrolü", "İran'dan", "a suffix typed"),
    ("tr", "ÇİN ile anlaşma", "çin", "dotted capital I"),
    ("tr", "ÇİN ile anlaşma", "cin", "without the cedilla"),
    ("en", "New sanctions on tankers", "sanction tanker", "plurals"),
    ("en", "A new refinery", "refineries", "a plural typed"),
    ("en", "China's ports", "China", "a genitive"),
    ("en", "Iran-China ties", "iran china", "a hyphen"),
    ("en", "Iran and China sign an oil deal", '"oil deal"', "a phrase"),
    ("en", "Iran and China sign an oil deal", "“oil deal”", "typographic quotes"),
    ("en", "Iran and China sign an oil deal", "sig* -nuclear", "a prefix and an exclusion"),
    ("en", "Iran and China sign an oil deal", "gas OR oil china", "one of two, and another"),
    ("en", "Iran and China sign an oil deal", "Iran AND China", "AND is no word"),
    ("fr", "Les sanctions iraniennes", "sanction iranien", "French plural and feminine"),
    ("fr", "L'Iran et la Chine", "iran", "French elision"),
    ("es", "Las sanciones de Teherán", "sanción teheran", "Spanish plural, an accent"),
    ("it", "nuove sanzioni", "sanzione", "Italian plural"),
    ("pt", "novas sanções", "sanção", "Portuguese plural"),
    ("hi", "ईरान और चीन", "चीन", "Hindi"),
    ("hi", "ईरानी तेल", "ईरान", "Hindi adjective"),
    ("ur", "ایران پر پابندیوں کا اثر", "پابندی", "Urdu plural"),
    ("ja", "イランと中国", "イラン", "kana"),
    ("ko", "이란과 중국의 석유", "중국", "Korean particles"),
    ("ko", "한중관계", "관계", "a Korean compound"),
    ("he", "איראן וסין", "סין", "Hebrew and-"),
    ("id", "minyaknya dari Iran", "minyak", "Indonesian suffix"),
]  # fmt: skip

NOT_FOUND = [
    ("zh", "朗伊", "伊朗", "the other way round"),
    ("zh", "中国。伊朗", "国伊", "across a full stop"),
    ("en", "Iran and China sign an oil deal", '"deal oil"', "a phrase the other way round"),
    ("en", "New sanctions", '"sanction"', "a form, when a word is quoted"),
    ("en", "Mr Porter of Portugal", "port", "words that begin alike"),
    ("en", "the university", "universe", "words of one root"),
    ("en", "Evening news", "new", "a word that looks a plural"),
    ("en", "Turmoil", "oil", "the end of another word"),
    ("de", "Portugal und der Port", '"Port" -Port', "what is wanted and excluded"),
    ("de", "Portugals Banken", "Port", "no compound: the rest is no word"),
    ("de", "Der Export. Ex-Kanzler.", "Port", "no compound: the rest is two letters"),
    ("ru", "газета", "газ", "a Russian word that begins alike"),
    ("ar", "لبنان", "بنك", "another word"),
    ("ar", "في كندا", "ندى", "a root after one letter"),
    ("fa", "ایران ایر", "ایرا", "a part of a word"),
    ("fa", "می\u200cشود گفت نامه", '"نامه می"', "a phrase over the parts of ZWNJ words"),
    ("hi", "तीन", "तन", "vowel signs"),
    ("en", "Iran and China", "iran -china", "an exclusion"),
    ("en", "oil prices", "gas OR coal", "neither of two"),
    ("ko", "이라크", "이란", "another country"),
]  # fmt: skip


def articles_of(language: str, text: str) -> list[tuple[str, str]]:
    """The text as headline and as text of two articles in its language, beside one that says nothing."""
    return [(text, "…"), ("…", text)]


@pytest.mark.parametrize(("language", "text", "typed", "why"), FOUND, ids=[f"{c[0]}: {c[3]}" for c in FOUND])
def test_a_word_is_found(store: Store, run_id: int, language: str, text: str, typed: str, why: str) -> None:
    for number, (title, body) in enumerate(articles_of(language, text)):
        keep(store, run_id, reading(f"https://paper.example/{number}", title, body, language=language))
    assert len(found(store, typed)) == 2, why


@pytest.mark.parametrize(("language", "text", "typed", "why"), NOT_FOUND, ids=[f"{c[0]}: {c[3]}" for c in NOT_FOUND])
def test_another_word_is_not(store: Store, run_id: int, language: str, text: str, typed: str, why: str) -> None:
    for number, (title, body) in enumerate(articles_of(language, text)):
        keep(store, run_id, reading(f"https://paper.example/{number}", title, body, language=language))
    assert found(store, typed) == [], why


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ("iran lang:de", "de"),
        ("iran lang:DE lang:en", "de en"),
        ("iran site:paper.example", "de en fr"),
        ("iran source:paper", "de en fr"),
        ("iran source:pape", ""),
        ("iran site:other.example", ""),
        ("iran topic:energy", "de en fr"),
        ("iran topic:sport", ""),
        ("iran since:2026-03-02", ""),
        ("iran since:2026-03-01", "de en fr"),
        ("iran since:7d", "de en fr"),
        ("iran since:1w lang:fr", "fr"),
        ("since:7d", ""),
        ("iran since:soon", "de en fr"),
    ],
)
def test_a_search_is_narrowed(store: Store, run_id: int, typed: str, languages: str) -> None:
    for language in ("de", "en", "fr"):
        keep(store, run_id, reading(f"https://paper.example/{language}", "Iran", "Text", language=language))
    assert {row["language"] for row in found(store, typed)} == set(languages.split())


def test_forms_are_those_of_the_articles_own_language(store: Store, run_id: int) -> None:
    keep(store, run_id, reading("https://paper.example/1", "Porter speaks", "…", language="en"))
    keep(store, run_id, reading("https://paper.example/2", "Portes ouvertes", "…", language="fr"))
    assert found(store, "port") == []
    assert [row["language"] for row in found(store, "porte")] == ["fr"]
    keep(store, run_id, reading("https://paper.example/3", "Die Banker", "…", language="de"))
    keep(store, run_id, reading("https://paper.example/4", "A banker", "…", language="en"))
    assert [row["language"] for row in found(store, "bank")] == ["de"]
