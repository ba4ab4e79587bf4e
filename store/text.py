"""The one text folding of the house: index, matching, fingerprints and search all read text through it.

What `fold` does, in this order, to every character (no locale, no clock, no network; idempotent):

1. NFKC: full-width and presentation forms, ligatures, decomposed accents and Hangul become their usual letters.
2. Case is folded; Turkish `İ` and `ı` both become `i` (so that `İRAN`, `Iran` and `ıran` are one word); `ё` → `е`.
3. Characters that are not seen are dropped: bidi marks, joiners, soft hyphens, variation selectors, zero-width
   spaces. ZWNJ is one of them, so `توافق‌نامه` equals `توافقنامه`; search looks at its parts as well.
4. Arabic script: one yeh (`ی`), one kaf (`ک`), one heh (`ه`, also for `ة` and `ۀ`), one alef (`ا` for `أإآٱ`);
   harakat and tatweel are dropped, `ؤ` and `ئ` stay.
5. Han: traditional → simplified with OpenCC's `t2s` table, character by character, so that offsets hold; `著` → `着`.
6. Digits of all scripts become ASCII; dashes, apostrophes, quotation marks and middle dots have one form each.
7. White space and control characters become single spaces, none at either end.

Latin, Greek and Cyrillic accents that belong to a letter stay (`Çin` is not `cin`, `й` is not `и`); stress marks that
form no letter (`Ира́н`) are dropped. Search drops the accents of Latin letters, in texts and queries alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import cast

import opencc

_EXACT: dict[str, str] = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("يى", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةۀەہۂۃھ", "ه"),
    "ۓ": "ے",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "ё": "е",
    "ı": "i",
    "\u2212": "-",
    **dict.fromkeys("‘’‚‛ʼʻʹʽ`′", "'"),
    **dict.fromkeys("“”„‟«»‹›〝〞″", '"'),
    **dict.fromkeys("‧・•∙⋅", "·"),
    # OpenCC leaves these to its phrase table (著名 keeps 著, 隨著 does not) or takes them for simplified already. One
    # form must stand for both: character by character, 0.08 % of the Chinese news text that we converted to
    # traditional and back differed, and these were most of it.
    **dict(zip("著锺瞭藉衞敍", "着钟了借卫叙", strict=True)),
    # A tatweel joins letters and is none.
    "\u0640": "",
}

# Marks that are written on a letter without making it another one. Marks of other scripts (Devanagari vowels, Thai,
# kana voicing) are letters in all but name and stay.
_DROPPED_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    """Opened at the first Han character: most texts never need it."""
    return opencc.OpenCC("t2s")


def _one_step(char: str) -> str:
    """What one character of NFKC text becomes, not yet closed under repetition."""
    if char in _EXACT:
        return _EXACT[char]
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd":
        return "-"
    if category in ("Cc", "Cs", "Zs", "Zl", "Zp") or char.isspace():
        return " "
    if category == "Cf" or char == "\u034f" or (category[0] == "M" and _DROPPED_MARKS.match(char)):
        return ""
    if _HAN.match(char):
        return str(_converter().convert(char))
    return unicodedata.normalize("NFKC", char.casefold())


class _Table(dict[int, str]):
    """The folding of each character, filled as characters are met: what `str.translate` and the offset map read."""

    def __missing__(self, code: int) -> str:
        before, after = "", chr(code)
        while before != after:  # 薴 → 苧 → 苎: a value holds only characters that fold to themselves
            before, after = after, "".join(map(_one_step, unicodedata.normalize("NFKC", after)))
        self[code] = after
        return after


_TABLE = _Table()


_TIMES = 8
"""How often each character of a text must occur on average for replacing one after the other to be quicker than
translating each place. Headlines and Chinese are translated."""


def _translated(text: str) -> str:
    """`text.translate(_TABLE)`, two to four times as fast for scripts in which few different characters change."""
    if text.isascii():
        return text.translate(_TABLE)
    letters = set(text)
    if len(letters) * _TIMES > len(text):
        return text.translate(_TABLE)
    for char in letters:  # in any order: what is put in folds to itself
        if (new := _TABLE[ord(char)]) != char:
            text = text.replace(char, new)
    return text


def traditional_forms() -> dict[str, tuple[str, ...]]:
    """By simplified Han character the other characters of the common block (U+4E00 to U+9FFF) that fold to it.

    Costs 30 ms: the whole block is converted at once, and only what changes is folded.
    """
    block = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = str(_converter().convert("\n".join(block))).split("\n")
    changed = {char for char, simple in zip(block, converted, strict=True) if char != simple}
    found: dict[str, list[str]] = {}
    for char in sorted(changed | _EXACT.keys() & set(block)):
        found.setdefault(fold(char), []).append(char)
    return {simple: tuple(chars) for simple, chars in found.items()}


def fold(text: str) -> str:
    """Return the canonical form of a text, as the head of this module describes it.

    `fold(fold(text)) == fold(text)` for every text. Cost: about 0.02 ms for 5,000 ASCII characters, 0.1 to 0.3 ms
    for other scripts.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    folded = _translated(text)
    if "  " in folded or folded[:1] == " " or folded[-1:] == " ":
        folded = " ".join(folded.split())
    # A dropped mark can bring two characters together that form one letter (conjoining Hangul): then once more. When
    # the result is normalised there is nothing left to do, because the table's values fold to themselves.
    if folded.isascii() or unicodedata.is_normalized("NFKC", folded):
        return folded
    return fold(folded)


class Folded:
    """A folded text that knows where each of its characters stood in the original.

    `text` equals `fold(original)`. The map is made when it is first asked for.
    """

    __slots__ = ("_end", "_starts", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold(original)
        self._starts: Sequence[int] | None = None
        self._end = len(original)

    @property
    def starts(self) -> Sequence[int]:
        """For each folded character the offset of the original character that it comes from; never falling."""
        if self._starts is None:
            self._starts, self._end = _map(self.original)
        return self._starts

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn the span [start, end) of `text` into the smallest span of the original that holds it.

        An original character that folds to several (`ß`, `…`) is taken whole; dropped marks count to the character
        they follow. Raises IndexError when the span is empty or outside of the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"span {start}:{end} is not within a folded text of {len(self.text)} characters")
        starts = self.starts
        last = starts[end - 1]
        while end < len(starts) and starts[end] == last:
            end += 1
        return starts[start], starts[end] if end < len(starts) else self._end


def fold_with_map(text: str) -> Folded:
    """Return `fold(text)` with the way back: see `Folded`."""
    return Folded(text)


def _map(original: str) -> tuple[Sequence[int], int]:
    """Repeat what `fold` does with offsets; returns the starts and where the last folded character ends."""
    text, starts = original, cast(Sequence[int], range(len(original) + 1))
    while True:
        if not unicodedata.is_normalized("NFKC", text):
            text, starts = _normalise_with_map(text, starts)
        if any(len(_TABLE[ord(char)]) != 1 for char in set(text)):
            pieces = [_TABLE[ord(char)] for char in text]
            starts = list(chain.from_iterable(map(repeat, starts, [*map(len, pieces), 1])))
        text, starts = _collapse_with_map(_translated(text), starts)
        if unicodedata.is_normalized("NFKC", text):
            return starts[:-1], starts[-1]


def _normalise_with_map(text: str, starts: Sequence[int]) -> tuple[str, list[int]]:
    """NFKC cluster by cluster; `starts` has one entry more than the text: its end."""
    pieces: list[str] = []
    mapped: list[int] = []
    for begin, end in _clusters(text):
        cluster = text[begin:end]
        normal = unicodedata.normalize("NFKC", cluster)
        pieces.append(normal)
        mapped.extend(starts[begin:end] if normal == cluster else repeat(starts[begin], len(normal)))
    mapped.append(starts[len(text)])
    return "".join(pieces), mapped


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that can be normalised alone: a character with all that may compose with it."""
    begin = 0
    for at in range(1, len(text)):
        if not _composes(text[at]):
            yield begin, at
            begin = at
    if text:
        yield begin, len(text)


@lru_cache(maxsize=4096)
def _composes(char: str) -> bool:
    """Whether a character may form one letter with the one before it (marks, Hangul vowels and finals)."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"


def _collapse_with_map(text: str, starts: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Runs of spaces become one, none at the ends; keeps the map's closing entry at the end of what is left."""
    if "  " not in text and text == text.strip(" "):
        return text, starts
    pieces: list[str] = []
    mapped: list[int] = []
    end = 0
    for match in _WORD_RUN.finditer(text):
        if pieces:
            pieces.append(" ")
            mapped.append(starts[end])
        pieces.append(match.group())
        mapped.extend(starts[match.start() : match.end()])
        end = match.end()
    mapped.append(starts[end])
    return "".join(pieces), mapped


_WORD_RUN = re.compile("[^ ]+")

# Scripts written without spaces: each character is a token. Indic vowel signs are no letters to `re`, but part of
# their words.
SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(f"[^\\W_{SINGLE}](?:[^\\W_{SINGLE}]|[\u0900-\u0963\u0966-\u096f\u0971-\u0dff])*|[{SINGLE}]")


def tokens(folded: str) -> list[str]:
    """Return the words of a folded text; each Han, kana, Thai, Lao, Khmer or Burmese character is a token of its own.

    Punctuation is left out, apostrophes and hyphens separate (`l'iran` → `l`, `iran`).
    """
    return _TOKEN.findall(folded)


def token_spans(folded: str) -> list[tuple[int, int]]:
    """Return where each of `tokens(folded)` stands, as offsets into the folded text."""
    return [match.span() for match in _TOKEN.finditer(folded)]
