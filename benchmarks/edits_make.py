"""What becomes of an article when others take it over, done to any text in any language.

Composed after the edits seen in real syndication. Every edit is a function of the article, of the words and
paragraphs of its corpus and of a random generator, so that a seed repeats it. Tokens are words, or single characters
of scripts without spaces; paragraphs are lines, or three sentences where a text has no lines.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from benchmarks.edits_phrases import CAPTION, DATELINES, LINKS, MENUS, READ_MORE, TAILS


@dataclass(frozen=True, slots=True)
class Stock:
    """What a language's corpus offers to put into an article."""

    language: str
    words: Sequence[str]
    """Every word as often as it stands in the sample, so that common words are drawn more often."""
    paragraphs: Sequence[str]
    """Paragraphs of other articles."""


class Expected(Enum):
    """What should be decided on the edited text, beside the article it was made of."""

    COPY = "copy"
    LINKED = "linked"
    """Linked to the article's story, or folded in where hardly anything was added."""
    APART = "apart"
    """Not folded in: other news in the same words."""


Edit = Callable[[str, random.Random, Stock], str]

_SINGLE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SINGLE}]|(?:(?![{_SINGLE}])[^\W_])+(?:['’\u200c-](?:(?![{_SINGLE}])[^\W_])+)*")
_SENTENCE = re.compile(r"(?<=[.!?؟۔])[\"”»']?\s+|(?<=[。！？])[”」』]?")
_CLAUSE = re.compile(r"\s*[,،，]\s*")
_NUMBER = re.compile(r"\d+")
_IN_A_PARAGRAPH = 3
_IN_A_SERIES = 6
_PERSIAN_AND_ARABIC = str.maketrans("یک", "يك")
_TYPOGRAPHIC = str.maketrans({'"': "“", "'": "’", "-": "–", ",": " ,"})


def pieces(text: str) -> list[str]:
    """The tokens of a text with what stands between them, by turns; joined they are the text."""
    found, end = [], 0
    for match in _TOKEN.finditer(text):
        found += [text[end : match.start()], match[0]]
        end = match.end()
    return [*found, text[end:]]


def tokens(text: str) -> list[str]:
    """Words, and single characters of scripts without spaces."""
    return _TOKEN.findall(text)


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text.replace("\n", " ")) if part and part.strip()]


def paragraphs(text: str) -> list[str]:
    """The lines of a text; groups of sentences where it has fewer than three lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) >= _IN_A_PARAGRAPH:
        return lines
    found = sentences(text)
    return [joined(found[at : at + _IN_A_PARAGRAPH]) for at in range(0, len(found), _IN_A_PARAGRAPH)] or [text]


def joined(parts: Sequence[str]) -> str:
    """Sentences one after the other, with a blank where the script has blanks."""
    return "".join(part if part.endswith(("。", "！", "？")) else f"{part} " for part in parts).strip()


def phrase(table: dict[str, Sequence[str]], language: str, rng: random.Random) -> str:
    return rng.choice(table.get(language) or table["en"])


def dateline(text: str, rng: random.Random, stock: Stock) -> str:
    return phrase(DATELINES, stock.language, rng).format(day=rng.randint(1, 28)) + text


def boilerplate(text: str, rng: random.Random, stock: Stock) -> str:
    """A menu before it and an agency's or a shop's lines behind it."""
    return f"{phrase(MENUS, stock.language, rng)}\n{text}\n{phrase(TAILS, stock.language, rng)}"


def links_between(text: str, rng: random.Random, stock: Stock) -> str:
    """Headlines of other articles between the paragraphs."""
    parts = paragraphs(text)
    for at in sorted(rng.sample(range(1, len(parts) + 1), min(2, len(parts))), reverse=True):
        other = sentences(rng.choice(stock.paragraphs))[:1]
        parts.insert(at, phrase(LINKS, stock.language, rng) + joined(other)[:90])
    return "\n".join(parts)


def glued_caption(text: str, rng: random.Random, stock: Stock) -> str:
    parts = paragraphs(text)
    at = rng.randrange(len(parts))
    caption = joined(sentences(rng.choice(stock.paragraphs))[:1])[:120]
    parts[at] = f"{parts[at]} {caption} {phrase(CAPTION, stock.language, rng)}"
    return "\n".join(parts)


def cut(share: float) -> Edit:
    """The beginning of a text, as behind a "read more"."""

    def edit(text: str, rng: random.Random, stock: Stock) -> str:
        found = pieces(text)
        return "".join(found[: 2 * max(12, int(len(found) // 2 * share))]) + phrase(READ_MORE, stock.language, rng)

    return edit


def edited_words(share: float) -> Edit:
    """That share of the tokens replaced, left out or followed by another one."""

    def edit(text: str, rng: random.Random, stock: Stock) -> str:
        found = pieces(text)
        for at in range(1, len(found), 2):
            if rng.random() < share:
                how = rng.random()
                other = rng.choice(stock.words)
                between = "" if len(other) == 1 and not other.isascii() else " "
                found[at] = other if how < 0.6 else "" if how < 0.8 else f"{found[at]}{between}{other}"
        return "".join(found)

    return edit


def dropped_paragraphs(text: str, rng: random.Random, stock: Stock) -> str:
    first, *rest = paragraphs(text)
    return "\n".join([first, *(part for part in rest if rng.random() < 0.6)])


def moved_paragraphs(text: str, rng: random.Random, stock: Stock) -> str:
    first, *rest = paragraphs(text)
    rng.shuffle(rest)
    return "\n".join([first, *rest])


def added_paragraph(text: str, rng: random.Random, stock: Stock) -> str:
    parts = paragraphs(text)
    parts.insert(rng.randint(1, len(parts)), rng.choice(stock.paragraphs))
    return "\n".join(parts)


def other_letters(text: str, rng: random.Random, stock: Stock) -> str:
    """Other quotation marks and dashes; other code points for the same letters; upper case."""
    if stock.language == "zh":
        from opencc import OpenCC  # loads its tables; only Chinese needs them

        text = str(OpenCC("s2t").convert(text))
    return text.translate(_TYPOGRAPHIC).translate(_PERSIAN_AND_ARABIC).upper()


def wire(text: str, rng: random.Random, stock: Stock) -> str:
    """What a desk does to agency copy: a dateline, the first sentence shortened, words changed, the end cut."""
    parts = paragraphs(text)
    parts = parts[: max(1, round(len(parts) * rng.uniform(0.6, 0.9)))]
    first = sentences(parts[0])
    clauses = _CLAUSE.split(first[0])
    first[0] = ", ".join(clauses[:-1]) + "." if len(clauses) > 2 else first[0]
    parts[0] = joined(first)
    edited = edited_words(0.04)("\n".join(parts), rng, stock)
    return f"{dateline(edited, rng, stock)}\n{phrase(TAILS, stock.language, rng)}"


def updated(text: str, rng: random.Random, stock: Stock) -> str:
    """The next turn of the same story: a new first and last sentence, the old opening, a tenth cut."""
    first, *rest = paragraphs(text)
    news, outlook = (joined(sentences(part)[:1]) for part in rng.sample(stock.paragraphs, 2))
    return "\n".join([news, first, *(part for part in rest if rng.random() < 0.9), outlook])


def spun(text: str, rng: random.Random, stock: Stock) -> str:
    """Every third word another one and the clauses of a sentence in another order."""
    turned = []
    for sentence in sentences(text):
        clauses = _CLAUSE.split(sentence)
        turned.append(", ".join(clauses[1:] + clauses[:1]) if len(clauses) > 1 else sentence)
    return edited_words(0.33)(joined(turned), rng, stock)


def series(text: str, rng: random.Random, stock: Stock) -> str:
    """The same words with other numbers, years aside: the next rate, toll or table. A text with few has no series."""
    if sum(not _is_year(number) for number in _NUMBER.findall(text)) < _IN_A_SERIES:
        return text
    return _NUMBER.sub(
        lambda found: found[0] if _is_year(found[0]) else str(int(found[0][:9]) + rng.randint(1, 9)), text
    )


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20", "13", "14")


def background(text: str, rng: random.Random, stock: Stock) -> str:
    """Other news over the last third of it, which a site uses again."""
    parts = paragraphs(text)
    return "\n".join([*rng.sample(stock.paragraphs, 3), *parts[-max(1, len(parts) // 3) :]])


@dataclass(frozen=True, slots=True)
class Kind:
    """An edit, what should be decided on it, and whether it appears on the article's own site."""

    edit: Edit
    expected: Expected
    same_site: bool = False


KINDS: dict[str, Kind] = {
    "dateline": Kind(dateline, Expected.COPY),
    "boilerplate around": Kind(boilerplate, Expected.COPY),
    "links between paragraphs": Kind(links_between, Expected.COPY),
    "glued caption": Kind(glued_caption, Expected.COPY),
    "cut to 50 %": Kind(cut(0.5), Expected.COPY),
    "cut to 30 %": Kind(cut(0.3), Expected.COPY),
    "cut to 15 %": Kind(cut(0.15), Expected.COPY),
    "5 % of words edited": Kind(edited_words(0.05), Expected.COPY),
    "10 % of words edited": Kind(edited_words(0.10), Expected.COPY),
    "20 % of words edited": Kind(edited_words(0.20), Expected.COPY),
    "paragraphs dropped": Kind(dropped_paragraphs, Expected.COPY),
    "paragraphs moved": Kind(moved_paragraphs, Expected.COPY),
    "paragraph added": Kind(added_paragraph, Expected.COPY),
    "other letters": Kind(other_letters, Expected.COPY),
    "wire edit": Kind(wire, Expected.COPY),
    "update": Kind(updated, Expected.LINKED, same_site=True),
    "spun": Kind(spun, Expected.LINKED),
    "series": Kind(series, Expected.APART, same_site=True),
    "background used again": Kind(background, Expected.APART, same_site=True),
}
"""In the order in which they are told."""
