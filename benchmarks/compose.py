"""Articles and pages of our own, composed from sentence parts with a seeded generator: input where no real pages are.

The pages are as heavy as a news site's (about 110 KB: menus, teasers, scripts, comments around 2–4 KB of text), but
more regular than real ones; figures on composed pages are comparable with each other only.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

FIRST_DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)

_BEAT_WHO = (
    "Iran's oil minister", "The Chinese foreign ministry", "A delegation from Beijing", "Tehran's envoy to China",
    "The Iranian railway company", "A refiner in Shandong", "China's special envoy", "Iran's trade council",
)  # fmt: skip
_BEAT_DID = (
    "signed a framework with the Chinese side on", "told reporters in Tehran that China would finance",
    "rejected American pressure on Iranian", "announced a third round of Iran-China talks about",
    "published figures on Iranian exports to China and", "asked Beijing to speed up",
    "said Iran and China had agreed on a timetable for",
)  # fmt: skip
_BEAT_WHAT = (
    "crude shipments", "a rail link to the port of Chabahar", "the twenty-five year cooperation plan",
    "settlement in yuan", "petrochemical plants on the Gulf coast", "customs at the border", "naval exercises",
    "sanctions relief", "a currency swap", "telecom equipment", "copper mines in Kerman",
)  # fmt: skip
_OTHER_WHO = (
    "The city council", "A brass band from the valley", "The regional hospital", "The ferry company",
    "A committee of teachers", "The home side's trainer", "The bakers' guild", "Scientists at the observatory",
    "The water board", "A jury in the capital", "The film festival", "The farmers' union",
)  # fmt: skip
_OTHER_DID = (
    "voted after a long evening to postpone", "presented its plans for", "could not say when it would finish",
    "thanked volunteers for", "warned that the winter would delay", "won a narrow majority for",
    "opened an inquiry into", "doubled the budget for",
)  # fmt: skip
_OTHER_WHAT = (
    "the new tram line", "repairs to the swimming hall", "the lantern parade", "a wetland reserve",
    "the school kitchens", "the second half of the season", "a tunnel under the station", "the harvest market",
    "the library's night hours", "the bridge over the mill stream", "a telescope on the ridge",
)  # fmt: skip
_TAIL = (
    "and promised details before the end of the month", "although neighbours had asked for more time",
    "as the first snow fell on the hills", "after two days of meetings behind closed doors",
    "while prices for materials kept rising", "in a vote that surprised most observers",
    "which officials called the largest step in a decade", "but left the question of money open",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """A composed article, before it is set in a page."""

    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    language: str = "en"


def story(seed: int, *, beat: bool) -> Story:
    """An article about the shipped beat, or about nothing of it; equal seeds give equal articles."""
    rng = random.Random(f"story {seed} {beat}")
    parts = (_BEAT_WHO, _BEAT_DID, _BEAT_WHAT) if beat else (_OTHER_WHO, _OTHER_DID, _OTHER_WHAT)
    paragraphs = tuple(
        " ".join(_sentence(rng, *parts) for _ in range(rng.randint(2, 4))) for _ in range(rng.randint(6, 11))
    )
    title = f"{rng.choice(parts[0])} {rng.choice(parts[1])} {rng.choice(parts[2])}"
    return Story(title, paragraphs, FIRST_DAY + timedelta(minutes=7 * (seed % 600)))


def _sentence(rng: random.Random, who: tuple[str, ...], did: tuple[str, ...], what: tuple[str, ...]) -> str:
    first, second = rng.sample(what, 2)
    number = rng.randint(3, 940)
    return f"{rng.choice(who)} {rng.choice(did)} {first} and {second} worth {number} million {rng.choice(_TAIL)}."


def page(told: Story, *, site: str, seed: int, weight_kb: int = 110) -> bytes:
    """An HTML page of about `weight_kb` kilobytes around an article."""
    rng = random.Random(f"page {seed}")
    stamp = told.published.isoformat()
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": told.title,
        "datePublished": stamp,
        "author": {"@type": "Person", "name": "Desk"},
        "publisher": {"@type": "Organization", "name": site},
    }
    head = (
        f'<meta charset="utf-8"><title>{escape(told.title)} - {site}</title>'
        f'<meta property="og:type" content="article">'
        f'<meta property="og:title" content="{escape(told.title)}">'
        f'<meta property="article:published_time" content="{stamp}">'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    )
    text = "".join(f"<p>{escape(p)}</p>" for p in told.paragraphs)
    furniture = _furniture(rng, weight_kb * 1024 - len(head) - len(text))
    return (
        f'<!doctype html><html lang="{told.language}"><head>{head}</head><body>{furniture[0]}<main><article>'
        f"<h1>{escape(told.title)}</h1><time datetime={stamp!r}>{stamp}</time>{text}</article></main>{furniture[1]}"
        "</body></html>"
    ).encode()


def _furniture(rng: random.Random, size: int) -> tuple[str, str]:
    """What stands before and after the text: a third menus and teasers, two thirds scripts, as on real pages."""
    teasers = _filled(lambda: _teaser(rng), size // 3)
    scripts = _filled(lambda: _script(rng), size * 2 // 3)
    third = len(teasers) // 3
    before = f"<header><nav><ul>{''.join(teasers[:third])}</ul></nav></header>"
    return before, f"<aside><ul>{''.join(teasers[third:])}</ul></aside>{''.join(scripts)}<footer>Imprint</footer>"


def _filled(make: Callable[[], str], size: int) -> list[str]:
    """As many pieces as it takes to reach `size` characters."""
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(make())
        length += len(pieces[-1])
    return pieces


def _teaser(rng: random.Random) -> str:
    line = f"{rng.choice(_OTHER_WHO)} {rng.choice(_OTHER_DID)} {rng.choice(_OTHER_WHAT)}"
    return (
        f'<li class="teaser"><a href="/n/{rng.getrandbits(40):x}" class="teaser__link">'
        f'<img src="/i/{rng.getrandbits(40):x}.jpg" alt=""><span class="teaser__title">{line}</span></a></li>'
    )


def _script(rng: random.Random) -> str:
    data = {f"slot{i}": {"id": rng.getrandbits(60), "sizes": [[300, 250], [970, 90]]} for i in range(40)}
    return f"<script>window.ads = Object.assign(window.ads || {{}}, {json.dumps(data)});</script>"


def feed(host: str, items: list[tuple[str, str, datetime]]) -> bytes:
    """An RSS 2.0 feed of (URL, title, time) items."""
    rows = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link>"
        f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for url, title, when in items
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{host}</title>'
        f"<link>http://{host}/</link><description>{host}</description>{rows}</channel></rss>"
    ).encode()
