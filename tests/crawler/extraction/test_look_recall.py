"""The cheap look misses nothing that reading the page would find: on real pages, by the beat's own vocabulary."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.analysis.language import identify
from crawler.analysis.lexicon import Lexicon
from crawler.beat import default_folder
from crawler.extraction.look import Look
from crawler.extraction.page import read_page
from store.models import Article, Source
from store.text import fold_with_map
from tests.shared import needs_shared, shared

SOURCE = Source(
    id="look", name="Look", homepage="https://publisher.example", country="ZZ", language="und", perspective="unknown"
)


def pages(every: int) -> Iterator[tuple[str, str, bytes]]:
    for folder, listing in (("extraction", "gold.jsonl"), ("pages", "pages.jsonl")):
        place = shared("data", folder)
        for line in (place / listing).read_text("utf-8").splitlines()[::every]:
            row = json.loads(line)
            yield row["id"], row["url"] or "https://publisher.example/news/1", (place / row["file"]).read_bytes()


@needs_shared
def test_the_look_sees_every_side_that_an_article_names() -> None:
    lexicon = Lexicon.load(default_folder() / "lexicon")
    look = Look(lexicon.look_terms())
    named = 0
    for name, url, raw in pages(6):
        page = gzip.decompress(raw)
        found = read_page(page, url=url, headers_charset=None, source=SOURCE, link=None, now=datetime.now(UTC))
        if not isinstance(found, Article):
            continue
        text = f"{found.title}\n{found.text}"
        hits = lexicon.find(fold_with_map(text), identify(text))
        wanted = {
            hit.term.side for hit in hits if hit.term.strength in ("anchor", "strong") and hit.term.kind != "self"
        }
        wanted &= set(lexicon.sides)
        seen = look.sides(page, None)
        assert wanted <= seen, (name, wanted - seen)
        named += len(wanted)
    assert named > 20


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16", "utf-16-le"])
def test_terms_are_seen_in_every_charset_of_their_script(charset: str) -> None:
    look = Look({"iran": ["伊朗"], "china": ["中國", "Beijing"]})
    label = f'<meta charset="{charset}">' if charset != "utf-16-le" else ""
    page = (
        f"<html><head>{label}</head><body><p>伊朗與中國在北京(Beijing)舉行會談,雙方討論貿易與鐵路。</p></body></html>"
    )
    assert look.sides(page.encode(charset), None) == {"iran", "china"}
