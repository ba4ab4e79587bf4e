"""What syndication does to an article, done to any text: cuts, menus around it, datelines, word edits, moved
paragraphs.

Composed for this project; works on paragraphs separated by newlines in any language. Every edit is a function
of the text and a random generator, so that a seed repeats it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Edit = Callable[[str, random.Random, Sequence[str]], str]
"""(text, generator, words of the language to put in) → the edited text."""

_MENUS = (
    "Skip to main content Advertisement Our network Jobs Puzzles Weather 24°",
    "World | Politics | Markets | Opinion | Video | Log in",
    "صفحه نخست | سیاست | اقتصاد | ورزش | عکس",
    "首页 新闻 财经 体育",
)
_TAILS = (
    "Related: Seven things to know this weekend. Sign up for our morning briefing. All rights reserved.",
    "The writer can be reached on the desk's number. Follow us on social media. Comments are moderated.",
    "انتهای پیام. اخبار مرتبط. نظر شما",
    "责任编辑:王 版权所有 未经许可不得转载",
)


def paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n") if part.strip()]


def dateline(text: str, rng: random.Random, words: Sequence[str]) -> str:
    place = rng.choice(("TEHRAN", "BEIJING", "DUBAI"))
    return f"{place}, {rng.choice(('March', 'July'))} {rng.randint(1, 28)} (Agency) -- {text}"


def furniture(text: str, rng: random.Random, words: Sequence[str]) -> str:
    return f"{rng.choice(_MENUS)}\n{text}\n{rng.choice(_TAILS)}"


def glued_caption(text: str, rng: random.Random, words: Sequence[str]) -> str:
    parts = paragraphs(text)
    at = rng.randrange(len(parts))
    parts[at] += " " + " ".join(rng.sample(words, 9)) + " (Photo: " + rng.choice(words) + ")"
    return "\n".join(parts)


def cut(share: float) -> Edit:
    def edit(text: str, rng: random.Random, words: Sequence[str]) -> str:
        pieces = text.split(" ")
        if len(pieces) < 10:
            return text[: max(12, int(len(text) * share))] + "…"
        return " ".join(pieces[: max(12, int(len(pieces) * share))]) + "… Read more"

    return edit


def drop_paragraphs(text: str, rng: random.Random, words: Sequence[str]) -> str:
    first, *rest = paragraphs(text)
    return "\n".join([first, *(part for part in rest if rng.random() < 0.6)])


def move_paragraphs(text: str, rng: random.Random, words: Sequence[str]) -> str:
    first, *rest = paragraphs(text)
    rng.shuffle(rest)
    return "\n".join([first, *rest])


def change_words(share: float) -> Edit:
    def edit(text: str, rng: random.Random, words: Sequence[str]) -> str:
        return "\n".join(
            " ".join(rng.choice(words) if rng.random() < share else word for word in part.split(" "))
            for part in text.split("\n")
        )

    return edit


def punctuation(text: str, rng: random.Random, words: Sequence[str]) -> str:
    return text.replace(",", " ,").replace('"', "“").replace("-", "–").replace("ی", "ي").replace("ک", "ك").upper()


def insert_paragraph(text: str, rng: random.Random, words: Sequence[str]) -> str:
    parts = paragraphs(text)
    extra = " ".join(rng.choice(words) for _ in range(25)) + "."
    parts.insert(rng.randint(1, len(parts)), extra)
    return "\n".join(parts)


def new_lead(text: str, rng: random.Random, words: Sequence[str]) -> str:
    parts = paragraphs(text)
    parts[0] = " ".join(rng.choice(words) for _ in range(28)) + "."
    return "\n".join(parts)


EDITS: dict[str, Edit] = {
    "dateline": dateline,
    "furniture around": furniture,
    "glued caption": glued_caption,
    "cut to 50 %": cut(0.5),
    "cut to 30 %": cut(0.3),
    "cut to 15 %": cut(0.15),
    "paragraphs dropped": drop_paragraphs,
    "paragraphs moved": move_paragraphs,
    "5 % of words changed": change_words(0.05),
    "10 % of words changed": change_words(0.10),
    "20 % of words changed": change_words(0.20),
    "punctuation and letters": punctuation,
    "paragraph inserted": insert_paragraph,
    "new lead": new_lead,
}
