"""Topics come from data, several to an article, each with the sentence that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.analysis import topics
from store.errors import ConfigurationError
from tests.crawler.analysis import beat


def assigned(title: str, text: str = "", language: str = "en") -> list[str]:
    return [t.id for t in topics.assign(title, text, language=language, rules=beat.rules())]


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "China imports more Iranian crude despite sanctions", {"energy", "sanctions", "trade"}),
        ("zh", "王毅同伊朗外长通电话 谈伊核问题", {"diplomacy", "nuclear"}),
        ("fa", "رزمایش دریایی ایران، روسیه و چین", {"military"}),
        ("ar", "الصين تستورد النفط الإيراني رغم العقوبات", {"energy", "sanctions"}),
        ("ru", "Иран принят в ШОС", {"multilateral"}),
        ("tr", "Çin'den İran'a yük treni: demiryolu koridoru açıldı", {"transport"}),
        ("fr", "Huawei : la directrice arrêtée pour fraude bancaire", {"technology", "finance"}),
        ("de", "Iran und China: Manöver der Marine", {"military"}),
        ("es", "China condena el ataque israelí contra Irán", {"conflict"}),
        ("ja", "中国とイラン、原油と鉄道で協力", {"energy", "transport"}),
        ("ru", "Иран и Китай подписали соглашение на 25 лет", {"diplomacy"}),
        ("ar", "بوساطة صينية.. الرياض وطهران تعيدان فتح السفارتين", {"diplomacy"}),
        ("zh", "德黑兰地铁向中企采购车厢", {"transport"}),
        ("fa", "خروج اتباع چین از ایران", {"conflict"}),
        ("ko", "이란 유학생, 중국 대학에서 영화제 개최", {"society"}),
    ],
)
def test_a_headline_tells_its_topics(language: str, title: str, expected: set[str]) -> None:
    assert expected <= set(assigned(title, language=language))


@pytest.mark.parametrize(
    ("language", "title", "topic"),
    [
        ("fa", "هیأت تجاری از شانگهای به کاشان آمد", "multilateral"),
        ("fa", "تجارت دو کشور به ۳۰ میلیارد دلار رسید", "finance"),
        ("ru", "Китай покупает газ у Ирана", "conflict"),
        ("en", "Satellite images show tankers off Qingdao", "technology"),
    ],
)
def test_a_word_of_another_matter_is_no_topic(language: str, title: str, topic: str) -> None:
    assert topic not in assigned(title, language=language)


def test_nothing_told_is_no_topic() -> None:
    assert assigned("A quiet day", "Nothing happened.") == []


def test_the_evidence_is_the_sentence_that_says_most() -> None:
    text = "The two sides met. Tankers carried crude oil to the refinery. Rain fell."
    (energy,) = [t for t in topics.assign("", text, language="en", rules=beat.rules()) if t.id == "energy"]
    assert energy.evidence == "Tankers carried crude oil to the refinery."
    assert 0 < energy.score < 1


def test_one_word_in_a_long_text_is_no_topic() -> None:
    filler = "The town council met and voted to repair the bridge over the river. " * 120
    assert "energy" not in assigned("Bridge repaired", filler + "The oil was changed.")


def test_all_twelve_topics_have_words_in_the_chief_languages() -> None:
    assert len(beat.rules().titles) == 12
    for language, title in (
        ("en", "nuclear"),
        ("zh", "核问题"),
        ("fa", "هسته‌ای"),
        ("ar", "النووي"),
        ("ru", "ядерной"),
    ):
        assert assigned(title, language=language) == ["nuclear"], language


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version = ", "cannot be read as TOML"),
        ('version = "1"\nleast = 2', r"expected version, least and \[\[topics\]\]"),
        ('version = "1"\nleast = "x"\ntopics = []', r"expected version, least and \[\[topics\]\]"),
    ],
)
def test_rules_are_checked_when_they_are_read(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        topics.Rules.load(path)
