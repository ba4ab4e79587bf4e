"""The shipped seeds in a real store: what a pass decides on copies of the five articles, and on what is not a copy.

The texts of the articles are not part of the project; what is put around, between and in their place is ours.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest

from crawler import seeds, session, urls, verdict
from crawler.analysis.compare import compare_with_seed, side_of
from crawler.analysis.fingerprint import fingerprint
from crawler.beat import Beat, default_folder
from crawler.extraction.page import read_page
from store import fingerprints
from store import seeds as stored
from store.database import Store
from store.models import Article, Label, Near, Reading, Relevance, Seed, Verdict, VerdictKind
from tests.crawler.analysis import texts
from tests.crawler.analysis.edits import EDITS, paragraphs
from tests.newsdesk import OIL_BUYERS, PORT_DEAL
from tests.shared import needs_shared, shared
from tests.store.make import NOW, source

Edit = Callable[[str], str]
STRANGE = [*PORT_DEAL, *OIL_BUYERS]


def republished(text: str) -> str:
    """With a byline and six paragraphs that the known text lacks, as the fullest republication has them."""
    parts = paragraphs(text)
    half = len(parts) // 2
    return "\n".join(
        ["top of page", "By Jane Doe", "Dec 6, 2023", *STRANGE[:2], *parts[:half], *STRANGE[2:6], *parts[half:]]
    )


def page(text: str) -> str:
    """Set into a page and read from it."""
    body = "".join(f"<p>{escape(part)}</p>" for part in paragraphs(text))
    markup = (
        "<html lang=en><head><title>Another headline of it | Copy</title></head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Another headline of it</h1>{body}</article><footer>All rights reserved.</footer></body></html>"
    )
    read = read_page(
        markup.encode(), url="https://copy.example/a/123456", headers_charset="utf-8", source=source(), link=None,
        now=NOW,
    )  # fmt: skip
    assert isinstance(read, Article)
    return read.text


COPIES: dict[str, Edit] = {
    "as given": lambda text: text,
    "another extraction of the page": page,
    "a republication with six paragraphs more": republished,
    "every third line missing": lambda text: "\n".join(p for n, p in enumerate(paragraphs(text)) if n % 3 != 1),
    "the opening missing": lambda text: "\n".join(paragraphs(text)[2:]),
    "the first paragraphs and a link": lambda text: "\n".join(
        [*paragraphs(text)[:6], "READ MORE", "Listen to our podcast", "No Comments Yet"]
    ),
    "crumbs glued to it": lambda text: f"World NewsMiddle EastPoliticsChina\n{text}",
    "a caption glued into it": lambda text: EDITS["glued caption"](text, random.Random(4), texts.OTHER.split()),
    "a disclaimer under it": lambda text: (
        f"{text}\nThe posting of this content does not mean that we endorse it; we republish it because readers ought "
        "to see what is said elsewhere. Visit https://other.example for more of it."
    ),
    "cut to 15 %": lambda text: EDITS["cut to 15 %"](text, random.Random(4), ()),
    "typographic and upper case": lambda text: EDITS["punctuation and letters"](text, random.Random(4), ()),
    "a tenth of the words changed": lambda text: EDITS["10 % of words changed"](
        text, random.Random(4), texts.OTHER.split()
    ),
}

SAME_EVENTS = {
    "the acting president abroad": (
        "Iran's acting president Mohammad Mokhber met Xi Jinping in Astana on Thursday, beside the summit of the Shanghai "
        "Cooperation Organization. The two spoke of the 25-year plan of cooperation and of trade in energy. Xi called "
        "Iran a partner of long standing; Mokhber asked for the plan to be put into practice faster."
    ),
    "a party's department": (
        "Liu Jianchao, who heads the international department of China's Communist Party, spoke with Kamal Kharrazi in "
        "Tehran on Wednesday about the war in Gaza. Both sides asked for a ceasefire and for aid to be let in. China "
        "supports a state of Palestine, Liu said, and will keep in touch with Iran on the region."
    ),
    "a strategic partnership": (
        "The foreign ministers of Iran and China met in Tengchong on Saturday. Mohammad Javad Zarif said afterwards that "
        "both reject American unilateralism and support the nuclear accord. China's ministry spoke of a strategic "
        "partnership that no change of the world would shake."
    ),
    "a minister of defence": (
        "China's defence minister Wei Fenghe was received in Tehran on Wednesday by Ebrahim Raisi and by his colleague "
        "Mohammad Reza Ashtiani. Raisi said the 25-year agreement had priority; Ashtiani asked for more exercises at sea. "
        "Wei invited him to Beijing."
    ),
    "a council's secretary": (
        "Ali Akbar Ahmadian, secretary of Iran's Supreme National Security Council, met Chen Wenqing in Moscow on "
        "Thursday at a meeting of security chiefs. They agreed that trade should grow with political ties. President "
        "Masoud Pezeshkian is expected in China later this year."
    ),
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "silkwatch.db") as opened:
        with opened.write():
            session.sync_seeds(opened, Beat.load(default_folder()))
        yield opened


def decided(store: Store, text: str, url: str = "https://copy.example/a/1") -> Verdict:
    """What a pass decides on a text at an unknown address."""
    article = Article(
        url=url, source_id="paper", title="Another headline of it", text=text, language="en", site=urls.site(url)
    )
    print_ = fingerprint(text)
    reading = Reading(article=article, relevance=Relevance(score=1.0, label=Label.CENTRAL), fingerprint=print_)
    near = [
        Near(comparison=compare_with_seed(side_of(article), stored.get(store, found.seed_id)), seed_id=found.seed_id)
        for found in fingerprints.candidates_for(store, print_)
        if found.seed_id is not None
    ]
    return verdict.decide(reading, known=None, seed=stored.by_url(store, [url]), near=near, now=NOW)


def five() -> Iterator[tuple[Seed, str, dict[str, str]]]:
    """Each shipped seed with its text and what is known of it."""
    shipped = {seed.url: seed for seed in seeds.load_seeds(default_folder() / "seeds")}
    for row in json.loads(shared("seeds", "seeds.json").read_text("utf-8"))["seeds"]:
        yield shipped[urls.canonical(row["url"]) or ""], shared("seeds", row["seed"]).read_text("utf-8"), row


@needs_shared
@pytest.mark.parametrize("edit", COPIES.values(), ids=COPIES)
def test_a_copy_on_another_site_is_the_seed(store: Store, edit: Edit) -> None:
    for seed, text, _ in five():
        found = decided(store, edit(text))
        assert (found.kind, found.seed_id) == (VerdictKind.DUPLICATE, seed.id), found.detail


@needs_shared
def test_a_page_at_an_address_of_a_seed_is_the_seed_whatever_it_says(store: Store) -> None:
    for seed, _, row in five():
        rest = row["url"].partition("://")[2].removeprefix("www.")
        mark = "&" if "?" in rest else "?"
        for spelling in (
            row["url"], f"http://{rest}", f"https://m.{rest}", f"https://amp.{rest}#comments", f"https://{rest}{mark}print=1",
            f"https://{rest}{mark}utm_source=rss_feed", f"https://www.google.com/amp/s/{rest}", f"https://{rest}{mark}amp",
            f"https://web.archive.org/web/2024/https://{rest}", f"https://www.facebook.com/sharer.php?u=https://{rest}",
        ):  # fmt: skip
            found = decided(store, "\n".join(PORT_DEAL), urls.canonical(spelling) or "")
            assert (found.kind, found.seed_id) == (VerdictKind.DUPLICATE, seed.id), spelling


@needs_shared
def test_literal_copies_that_are_on_record_are_known_by_address_and_retellings_and_reports_are_not(
    store: Store,
) -> None:
    for seed, _, row in five():
        for other in [*row.get("copies", ()), *row.get("same_event", ())]:
            at_address = stored.by_url(store, [urls.canonical(other["url"]) or ""])
            literal = any(
                word in other.get("relation", "") for word in ("SAME page", "republication", "truncated copy")
            )
            assert at_address == (seed if literal else None), other["url"]


@pytest.mark.parametrize("text", SAME_EVENTS.values(), ids=SAME_EVENTS)
def test_another_report_on_the_event_is_new(store: Store, text: str) -> None:
    found = decided(store, text)
    assert (found.kind, found.seed_id) == (VerdictKind.NEW, None)
