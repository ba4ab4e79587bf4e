"""Which language a text is in: by its script, its letters, its small words, and by statistics (py3langid) last.

Only the beginning of a text is read, so the cost does not grow with it: about 0.1 ms. Of 450 articles in 25 languages
3 % come to the statistics, which cost half a second at their first use (measured 2026-11-24;
docs/quality-relevance.md has the accuracy).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from crawler.analysis.language_words import by_small_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = 600
"""Characters of a text that are read: more of them change nothing."""

UNKNOWN = "und"

# Scripts that (nearly) one language of the news writes.
_ONE_LANGUAGE = {
    "HANGUL": "ko", "GREEK": "el", "HEBREW": "he", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy", "BENGALI": "bn",
    "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa",
    "SINHALA": "si", "ORIYA": "or", "MYANMAR": "my", "KHMER": "km", "LAO": "lo", "ETHIOPIC": "am", "TIBETAN": "bo",
}  # fmt: skip
_LATIN = (
    "az", "ca", "cs", "da", "de", "en", "es", "et", "eu", "fi", "fr", "hr", "hu", "id", "is", "it", "ku", "lt", "lv",
    "nl", "no", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw", "tk", "tl", "tr", "uz", "vi",
)  # fmt: skip
_ON_SAY_SO = frozenset({"af", "bs", "gl", "lb", "ms"})
"""Languages so near to a greater one that only the page's word for it is believed."""
_CYRILLIC = ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk")
_DEVANAGARI = ("hi", "mr", "ne")

# Letters and words that settle it among neighbours, checked in this order.
_ARABIC_SIGNS = (
    ("ug", re.compile("[ېۈۆۇ].*[ېۈۆۇەڭ]", re.S)),
    ("ckb", re.compile("[ێۆڵڕ].*[ێۆەڵڕ]", re.S)),
    ("ps", re.compile("[ټډړښځڅېۍ].*[ټډړښځڅېۍ]", re.S)),
    ("ur", re.compile(r"[ٹڈڑےہھں]|\b(?:اور|کا|کو|نے|میں)\b.*\b(?:اور|کا|کی|کو|نے|میں)\b|\bکی\b.*\bکو\b", re.S)),
)
_PERSIAN = re.compile(r"[پچژگیک]|\b(?:است|این|برای|را|که|كه|با|از|در|های|شد|می|مي|كرد)\b|می\u200c|ها[ي\u200c]")
_ARABIC = re.compile(
    r"[ةىإ]|\bال(?!ان\b|بته|له|گ|زام)|\b(?:في|من|على|إلى|أن|عن|مع|التي|الذي|قال|بين|بعد|هذا)\b|\b[وبل]ال"
)
_CYRILLIC_SIGNS = (
    ("be", re.compile("[ўЎ]")),
    ("kk", re.compile("[әғқңұһіӘҒҚҢҰҺ].*[ғқңұһәҒҚҢҰ]|[қғұҚҒҰ]", re.S)),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("tg", re.compile("[ҳҷӣӯҲҶӢӮ]")),
    ("mk", re.compile("[ѓќѕЃЌЅ]")),
    ("sr", re.compile("[ђћџЂЋЏ]|[љњј].*[љњј]", re.S)),
    ("ru", re.compile("[ыэёЫЭЁ]")),
)
_LATIN_SIGNS = (
    ("vi", re.compile("[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")),
    ("az", re.compile("[əƏ]")),
    ("tr", re.compile("[ığĞİ]")),
    ("pl", re.compile("[łŁ]")),
    ("de", re.compile("ß")),
    ("es", re.compile("[¿¡]")),
)
_CLOSE = {"no": {"nb", "nn", "da"}, "hr": {"bs", "sr", "sl"}, "id": {"ms"}, "ms": {"id"}, "da": {"nb", "no"}}
_HINT_WEIGHT = 12.0
_HINT_FADES = 300
"""For an empty text a hint multiplies its own probability by this much; from so many characters on hardly at all."""


def identify(text: str, hint: str | None = None) -> str:
    """Return the BCP 47 base tag of a text's language, `und` when it holds no letters.

    Args:
        text: a title, a body, or both; its first six hundred characters decide.
        hint: what the source or the page says; it settles short texts when its script fits, and no others.
    """
    head = text[:READ]
    hint = _base(hint)
    script, letters = _script_of(head)
    if not script:
        return UNKNOWN
    if script in ("HAN", "KANA"):
        return _han(head, letters, hint)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "ARABIC":
        return _signed(head, _ARABIC_SIGNS) or _persian_or_arabic(head, hint)
    if script == "CYRILLIC":
        return _signed(head, _CYRILLIC_SIGNS) or _by_words(head, _CYRILLIC, hint or "ru")
    if script == "DEVANAGARI":
        return _by_words(head, _DEVANAGARI, hint or "hi")
    if script == "LATIN":
        return _signed(head, _LATIN_SIGNS) or _by_words(head, _LATIN, hint)
    return hint or UNKNOWN


def _base(tag: str | None) -> str | None:
    """`zh-Hant-TW` as `zh`, `nb` as `no`; None for what names no language."""
    base = (tag or "").replace("_", "-").partition("-")[0].lower()
    return None if base in ("", "und", "mul", "zxx") else {"nb": "no", "nn": "no", "fil": "tl"}.get(base, base)


def _han(text: str, letters: Counter[str], hint: str | None) -> str:
    """Kana make it Japanese, Hangul Korean; a title of Han alone is Chinese unless the page says Japanese."""
    if letters["KANA"] * 10 >= letters["HAN"] or letters["KANA"] >= 8:
        return "ja"
    if letters["HANGUL"] > letters["HAN"]:
        return "ko"
    return "ja" if hint == "ja" and len(text) < 30 else "zh"


def _script_of(text: str) -> tuple[str, Counter[str]]:
    """The script most letters are in; Han and kana count double, as one of them is a word's worth."""
    letters = Counter(map(_script, text))
    del letters[""]
    if not letters:
        return "", letters
    weight = {name: n * (2 if name in ("HAN", "KANA", "HANGUL") else 1) for name, n in letters.items()}
    best = max(weight, key=lambda name: weight[name])
    return ("HAN" if best == "KANA" else best), letters


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    if not char.isalpha():
        return ""
    word = unicodedata.name(char, "").split(" ")[0]
    if word.startswith("CJK"):
        return "HAN"
    return "KANA" if word in ("HIRAGANA", "KATAKANA") else word


def _persian_or_arabic(text: str, hint: str | None) -> str:
    """By the letters and small words of each; old Persian copy has Arabic letters, formal Persian some hamzas."""
    persian, arabic = len(_PERSIAN.findall(text)), len(_ARABIC.findall(text))
    if persian == arabic:
        return "fa" if hint == "fa" else "ar"
    return "fa" if persian > arabic else "ar"


def _signed(text: str, signs: tuple[tuple[str, re.Pattern[str]], ...]) -> str | None:
    return next((language for language, pattern in signs if pattern.search(text)), None)


def _by_words(text: str, among: tuple[str, ...], hint: str | None) -> str:
    return by_small_words(text, hint, {*among, hint} if hint in _ON_SAY_SO else among) or _statistics(
        text, among, hint
    )


def _statistics(text: str, among: tuple[str, ...], hint: str | None) -> str:
    if hint in _ON_SAY_SO and among is _LATIN:
        among = (*among, hint)
    ranked = dict(_identifier(among).rank(text))
    if hint in ranked or hint in _CLOSE:
        ranked = {name: p * _hint_factor(name, hint, len(text)) for name, p in ranked.items()}
    best = max(ranked, key=lambda name: ranked[name])
    return hint if hint is not None and best in _CLOSE.get(hint, ()) else best


def _hint_factor(name: str, hint: str | None, length: int) -> float:
    if hint is None or (name != hint and name not in _CLOSE.get(hint, ())):
        return 1.0
    return 1.0 + _HINT_WEIGHT * max(0.0, 1.0 - length / _HINT_FADES) + (0.5 if name == hint else 0.0)


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    """The statistics of some languages. Imported here: numpy and the model cost 0.1 to 0.3 s at the first use."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return identifier
