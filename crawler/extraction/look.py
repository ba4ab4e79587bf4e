"""The cheap look: can this page concern the beat at all? Its bytes are searched for a term of each side.

Most pages of general sources stop here, at a fiftieth of what reading them costs. The look leans to "perhaps": a term
in a menu counts, in capitals or not, and the words of a phrase count in any order near each other, because a miss
loses an article and a false alarm costs only time.

The page is searched as lower-case UTF-8 in one pass over all terms. Letters that folding makes equal (see
`store.text`) are made equal in the page where that is a replacement of bytes (Arabic letters, joiners, dotless i),
and spelled out in the terms where it is not (capitals of other scripts, traditional Han).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from ahocorasick_rs import BytesAhoCorasick, Implementation

from crawler.extraction import charset
from store.text import fold, traditional_forms

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NEAR = 160
"""Bytes around the longest word of a phrase in which its other words stand, with the markup between them."""
_TAG = re.compile(rb"<[^<>]*>?")
_MOST_SPELLINGS = 64
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
_ARABIC = frozenset(b"\xd8\xd9\xda\xdb")
"""First bytes of the letters of the Arabic script, two bytes each."""
_ARABIC_MARKS = frozenset(mark.encode() for mark in "،؛؟٪٫٬۔٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
"""What begins with such a byte and is no letter."""
_WHOLE = frozenset({"word", "suffix"})
"""Kinds of match (see `crawler/analysis/matcher.py`) that want a word of their own."""
_ESCAPE_BEFORE = re.compile(rb"(?:\\[bfnrt]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|%[0-9a-f]{2}|[\x80-\xff][a-z0-9])$")
"""What ends in a letter or digit and is none: a JSON or URL escape, the second byte of a legacy Han character."""
_ESCAPES = (
    # Of letters and apostrophes only: spaces, quotes, dashes and emoji are escaped on nearly every page and hide no
    # term. That each pattern begins with one byte makes the search fast.
    re.compile(
        rb"&(?:[a-z]{1,2}(?:acute|grave|circ|tilde|uml|cedil|ring|caron|slash|lig)|szlig|inodot|shy|zwnj|rsquo"
        rb"|#(?:39|8217|(?!0*(?:[1-5]?\d|6[0-4]|9[1-6]|12[3-9]|1[3-8]\d|8[23]\d\d);)\d{2,7})"
        rb"|#x(?:2019|(?!0*(?:[0-3]?[\da-f]|40|5[b-f]|60|7[b-f]|[89ab][\da-f]|20[0-6][\da-f]);)[\da-f]{2,6}));"
    ),
    re.compile(rb"\\u(?:2019|(?!00[0-389ab]|0040|005[b-f]|0060|007[b-f]|20[0-6]|d83[c-e]|d[c-f])[\da-f]{4})"),
)
# Each of these patterns begins with one byte: such a search is ten times as fast as one for several.
_FORM = (
    rb"\xef(?:\xbc[\xa1-\xba]|\xbd[\x81-\x9a]|[\xad-\xb7][\x80-\xbf]|\xb9[\xb0-\xbf]|\xba[\x80-\xbf]|\xbb[\x80-\xbc])"
)
_FORMS = re.compile(_FORM + rb"(?:" + _FORM + rb")*")
"""UTF-8 of full-width letters and Arabic presentation forms; that it begins with one byte makes the search fast."""
_ACCENTS = ((b"\xcc", re.compile(rb"\xcc[\x80-\xbf]")), (b"\xcd", re.compile(rb"\xcd[\x80-\xaf]")))
"""UTF-8 of combining accents, by first byte."""


def _bytes(table: Mapping[str, str]) -> dict[bytes, bytes]:
    return {old.encode(): new.encode() for old, new in table.items()}


_DIGITS = tuple(
    str.maketrans("0123456789", digits) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯")
)
_EQUAL = _bytes(
    {"İ": "i", "ı": "i", "ß": "ss", "ё": "е", "Ё": "Е", "\xad": "", "ۓ": "ے"}
    | {**dict.fromkeys("أإآٱٲٳ", "ا"), **dict.fromkeys("يى", "ی"), **dict.fromkeys("كڪ", "ک")}
    | dict.fromkeys("ةۀەہۂۃھ", "ه")
    | dict.fromkeys("\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670", "")
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
    | {**dict.fromkeys("‘’ʼ′", "'"), **dict.fromkeys("‐‑‒–—", "-")}
)
"""What stands for the same letter in the page and in the terms, joiners and marks of direction for none."""
_TO_EVEN = tuple(
    (lead, re.compile(b"|".join(re.escape(old) for old in _EQUAL if old[:1] == lead)))
    for lead in sorted({old[:1] for old in _EQUAL})
)
"""By first byte: most pages hold few of these bytes, and to find that one is missing costs next to nothing."""


class _Word:
    """A word of a phrase in any of its spellings."""

    __slots__ = ("_spellings", "_whole")

    def __init__(self, word: str, *, whole: bool) -> None:
        self._spellings = tuple(sorted(spelling.encode() for spelling in _spellings(word)))
        self._whole = whole

    def may_be_in(self, near: bytes) -> bool:
        """Nearly always it is not."""
        return any(spelling in near for spelling in self._spellings)

    def is_in(self, near: bytes) -> bool:
        for spelling in self._spellings:
            at = near.find(spelling)
            while at >= 0:
                if _begins(near, at) and (not self._whole or _is_whole(near, at, at + len(spelling))):
                    return True
                at = near.find(spelling, at + 1)
        return False


@dataclass(frozen=True, slots=True)
class _Term:
    """What a spelling stands for: a side, when the other words of its phrase, if it is of one, stand near."""

    side: str
    whole: bool
    """False when it may be the beginning or a part of a word."""
    others: tuple[_Word, ...] = ()


class Look:
    """A matcher over the spellings of each side's terms."""

    def __init__(self, terms_by_side: Mapping[str, Iterable[str]]) -> None:
        """
        Args:
            terms_by_side: side id → terms, as printed; found without regard to case. Those that say how they match
                (see `Lexicon.look_terms`) need not count as the beginning of a longer word.
        """
        phrases = [
            (fold(term).split(), side, getattr(term, "match", "") in _WHOLE)
            for side, terms in terms_by_side.items()
            for term in terms
        ]
        common = Counter(word for words, _, _ in phrases for word in set(words))
        numbers: dict[bytes, int] = {}
        found: dict[int, dict[_Term, None]] = {}
        for words, side, whole in phrases:
            longest = max(words, key=lambda word: (len(word), -common[word]), default="")
            others = tuple(_Word(word, whole=whole) for word in dict.fromkeys(words) if word != longest)
            for spelling in _spellings(longest) if longest else ():
                number = numbers.setdefault(spelling.encode(), len(numbers))
                found.setdefault(number, {})[_Term(side, whole, others)] = None
        self._terms = {number: tuple(terms) for number, terms in found.items()}
        """By the number of a spelling."""
        self._matcher = BytesAhoCorasick(list(numbers), implementation=Implementation.DFA)
        self._all = frozenset(terms_by_side)

    def sides(self, body: bytes, charset_hint: str | None = None) -> frozenset[str]:
        """The sides of which the page holds a term.

        Args:
            body: the page as received.
            charset_hint: the charset of its header.
        """
        return self._search(_evened(_unescaped(_utf8(body, charset_hint).lower())))

    def _search(self, raw: bytes) -> frozenset[str]:
        found: set[str] = set()
        for number, start, end in self._matcher.find_matches_as_indexes(raw, overlapping=True):
            wanted = [term for term in self._terms[number] if term.side not in found]
            if wanted and _begins(raw, start):
                found.update(_told(raw, start, end, wanted))
                if len(found) == len(self._all):
                    break
        return frozenset(found)


def _told(raw: bytes, start: int, end: int, wanted: Sequence[_Term]) -> Iterator[str]:
    """The sides of the terms one of whose words stands here, the others near."""
    if not _is_whole(raw, start, end):
        wanted = [term for term in wanted if not term.whole]
    window = raw[max(0, start - _NEAR) : end + _NEAR]
    near = b""
    for term in wanted:
        if all(word.may_be_in(window) for word in term.others):
            near = near or _TAG.sub(b" ", window)
            if all(word.is_in(near) for word in term.others):
                yield term.side


def _begins(raw: bytes, start: int) -> bool:
    """False inside a Latin word (`iran` in `Miranda`): no kind of term is found there when pages are read."""
    if not start or raw[start] not in _LETTERS or raw[start - 1] not in _LETTERS:
        return True
    return _ESCAPE_BEFORE.search(raw, max(0, start - 6), start) is not None


def _is_whole(raw: bytes, start: int, end: int) -> bool:
    """False before more letters of a Latin word (`raisi` in `raising`), after some of an Arabic or Persian one."""
    if end < len(raw) and raw[end] in _LETTERS and raw[end - 1] in _LETTERS:
        return False
    before = raw[max(0, start - 2) : start]
    return raw[start] not in _ARABIC or len(before) < 2 or before[0] not in _ARABIC or before in _ARABIC_MARKS


# --- terms ---


def _spellings(word: str) -> set[str]:
    """How a folded word may stand on an evened page: with capitals outside ASCII, in traditional Han."""
    if word.isascii():
        return {word, *(word.translate(digits) for digits in _DIGITS)}
    if _HAN.search(word):
        letters = [_han_variants().get(char, (char,)) for char in word]
        return {"".join(spelling) for spelling in islice(product(*letters), _MOST_SPELLINGS)}
    cases = {word, word.upper(), word.capitalize(), word.title()}
    return {"".join(char.lower() if char.isascii() else char for char in case) for case in cases}


@cache
def _han_variants() -> dict[str, tuple[str, ...]]:
    """Simplified character → itself and the characters that fold to it."""
    return {simple: (simple, *others) for simple, others in traditional_forms().items()}


# --- pages ---


def _utf8(body: bytes, hint: str | None) -> bytes:
    """The page in UTF-8; most are."""
    if b"\x00" in body[:200] or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _from_utf16(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return charset.decode(body, header=hint).encode("utf-8", "replace")
    return body


def _from_utf16(body: bytes) -> bytes:
    """UTF-16 with or without a mark: the side of the zero bytes of ASCII tells its order."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace").encode()
    big = body[:200:2].count(0) > body[1:200:2].count(0)
    return body.decode("utf-16-be" if big else "utf-16-le", "replace").encode("utf-8", "replace")


def _evened(raw: bytes) -> bytes:
    """A page in lower case with what folding makes equal made equal."""
    if any(lead in raw and accent.search(raw) for lead, accent in _ACCENTS):
        raw = unicodedata.normalize("NFKC", raw.decode("utf-8", "replace")).lower().encode()
    if b"\xef" in raw:
        raw = _FORMS.sub(_composed, raw)
    for lead, pattern in _TO_EVEN:
        if lead in raw:
            raw = pattern.sub(lambda found: _EQUAL[found[0]], raw)
    return raw


def _composed(found: re.Match[bytes]) -> bytes:
    return unicodedata.normalize("NFKC", found[0].decode("utf-8", "replace")).lower().encode()


def _unescaped(raw: bytes) -> bytes:
    """Escaped letters resolved, as UTF-8."""
    for pattern in _ESCAPES:
        raw = pattern.sub(_letter, raw)
    return raw


def _letter(escape: re.Match[bytes]) -> bytes:
    text = escape[0].decode("ascii")
    letter = chr(int(text[2:], 16)) if text.startswith("\\") else html.unescape(text)
    return letter.lower().encode("utf-8", "replace")
