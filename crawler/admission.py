"""What a verdict needs to know of a page, and how the verdict is kept: one write transaction of the caller's.

An address is believed as far as it is the page's own. What a page only claims (a rel=canonical on another site) and
where a redirect leads that does not look like the same article, is compared by its text like any neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import grouping, urls, verdict
from crawler.analysis import compare, stories
from crawler.analysis.precedence import Claim
from crawler.grouping import Text
from crawler.items import PageFailed
from crawler.regrouping import Groups
from store import articles, duplicates, groups, seeds, story_keys
from store import stories as story_rows
from store.database import Store
from store.models import (
    DUPLICATE_RELATIONS,
    Article,
    Known,
    Near,
    Reading,
    Relation,
    Role,
    Source,
    Verdict,
    VerdictKind,
)

RETELLINGS = 3
"""Articles that tell most of the same and share no words, which are compared too; each takes about 1 ms."""

_SAME = DUPLICATE_RELATIONS | {Relation.UPDATED}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The canonical addresses that a page goes by."""

    own: tuple[str, ...]
    """Its own, on its site: where it was found, where it was redirected to, and what it calls itself there."""
    claimed: tuple[str, ...]
    """What it calls itself on another site: hearsay."""


def addresses(article: Article, reached: str, asked: str) -> Addresses:
    """The addresses of a page that answered at `reached` when the candidate `asked` (canonical) was fetched.

    A redirect within a site to what does not look like the same article leads away from the address that was asked.
    """
    page_url, reached = reached, urls.canonical(reached) or article.url
    led_away = urls.site(asked) == urls.site(reached) and not urls.trustworthy_canonical(asked, reached)
    claims = (article.url, article.canonical_url, article.amp_url)
    believed = [urls.trustworthy_canonical(page_url, url) for url in claims if url]
    told = [reached, *(url for url in believed if url)]
    home = {urls.site(reached), urls.site(asked)}
    own = [*([] if led_away else [asked]), article.url, *(url for url in told if urls.site(url) in home)]
    return Addresses(tuple(dict.fromkeys(own)), tuple(dict.fromkeys(url for url in told if url not in own)))


def known(store: Store, reading: Reading, own: tuple[str, ...]) -> Known | None:
    """What is stored at one of a page's own addresses, or under the same number with another headline in it."""
    return articles.known(store, own) or duplicates.known(store, own) or _renamed(store, reading, own)


def _renamed(store: Store, reading: Reading, own: tuple[str, ...]) -> Known | None:
    """The article of the same site and number whose address was changed; the texts have to agree."""
    keys = [key for url in own if (key := urls.article_key(url))]
    for article_id in articles.with_key(store, keys):
        member = groups.members(store, article_id)[0]
        if grouping.what_is(text_of(reading), grouping.text_of(member)).relation in _SAME:
            return articles.known(store, [member.url])
    return None


def text_of(reading: Reading) -> Text:
    """A text that was just read, as it takes part in comparisons."""
    article = reading.article
    side = compare.side_of(article)
    side = replace(side, concepts=tuple(sorted({match.concept for match in reading.relevance.matches})))
    claim = Claim(  # what its publisher is does not matter for its place in the order
        url=article.url, site=side.site, role=Role.PUBLISHER, credit=reading.credit, published=article.published,
        length=article.length,
    )  # fmt: skip
    return Text(side=side, claim=claim)


def near(store: Store, reading: Reading, claimed: tuple[str, ...], now: datetime) -> list[Near]:
    """The stored articles and seeds that share most text with a new one, that tell most of the same in other words,
    or that it says it is: each compared with it. `now` stands for the time of publication where that is not known."""
    assert reading.fingerprint is not None
    new = text_of(reading)
    found = grouping.near(store, new, reading.fingerprint)
    published = reading.article.published
    when = min(published.value, now) if published else now
    others = [article for article, _ in story_keys.candidates_for(store, reading.keys, when, RETELLINGS)]
    if (said := articles.known(store, claimed)) is not None:
        others.append(said.article_id)
    met = {item.article_id for item in found}
    return found + [grouping.near_article(store, new, other) for other in dict.fromkeys(others) if other not in met]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Keeps what a verdict says, for the pages of one source in one pass."""

    store: Store
    source: Source
    run_id: int
    now: datetime

    def admit(
        self, reading: Reading, found: Addresses, candidate_id: int, *, wanted: bool = False
    ) -> tuple[Verdict, int | None]:
        """Decide a page that was read and keep it; returns the verdict, and the page's own article, if any.

        `wanted`: a reader called the page relevant.
        """
        stored = known(self.store, reading, found.own)
        if verdict.says_other(reading, stored):
            Groups(self.store, self.now).forget(reading.article.url)
        neighbours = near(self.store, reading, found.claimed, self.now) if reading.fingerprint else []
        decided = verdict.decide(
            reading, known=stored, seed=seeds.by_url(self.store, [*found.own, *found.claimed]), near=neighbours,
            now=self.now, wanted=wanted and reading.fingerprint is not None,
        )  # fmt: skip
        return self.keep(reading, decided, neighbours, found.own, candidate_id)

    def keep(
        self, reading: Reading, decided: Verdict, near: Sequence[Near], own: Sequence[str], candidate_id: int
    ) -> tuple[Verdict, int | None]:
        """Keep a page as its verdict says; returns the verdict as it came out, and the page's own article, if any.

        A copy that turns out to be what the others were taken from takes their article's place: then it is new, for
        the reason `original`.
        """
        if decided.kind is VerdictKind.NEW:
            self._new(reading, near)
            return self._came_out(decided, reading.article.url, own)
        if decided.kind is VerdictKind.DUPLICATE:
            return self._copy(reading, decided, near, own, candidate_id)
        if decided.article_id is not None and decided.kind in (VerdictKind.REVISED, VerdictKind.UNCHANGED):
            if decided.kind is VerdictKind.REVISED:
                articles.revise(self.store, decided.article_id, reading, run_id=self.run_id, now=self.now)
            self._alias(own, decided.article_id)
        return decided, decided.article_id

    def _new(self, reading: Reading, near: Sequence[Near]) -> None:
        """A new article, in the story of those that it follows; when it follows several, their stories are one."""
        followed = [item for item in stories.followed(near) if item.article_id is not None]
        story = articles.story_of(self.store, followed[0].article_id) if followed and followed[0].article_id else None
        article_id = articles.insert(
            self.store, reading, source=self.source, story_id=story, run_id=self.run_id, now=self.now
        )
        for item in followed:
            if item.article_id is not None:
                story_rows.link(self.store, article_id, item.article_id, item.comparison, now=self.now)
        Groups(self.store, self.now).appeared(article_id, near)

    def _copy(
        self, reading: Reading, decided: Verdict, near: Sequence[Near], own: Sequence[str], candidate_id: int
    ) -> tuple[Verdict, int | None]:
        if decided.comparison is None:  # known as a copy, and it says what it said
            return decided, None
        url = reading.article.url
        duplicates.insert(
            self.store, reading, article_id=decided.article_id, seed_id=decided.seed_id,
            comparison=decided.comparison, candidate_id=candidate_id, source=self.source, run_id=self.run_id,
            now=self.now,
        )  # fmt: skip
        for address in own:
            duplicates.alias(self.store, address, url)
        if decided.article_id is None:
            return decided, None
        Groups(self.store, self.now).joined(decided.article_id, url, near)
        return self._came_out(decided, url, own)

    def _came_out(self, decided: Verdict, url: str, own: Sequence[str]) -> tuple[Verdict, int | None]:
        """What became of a text that was kept, once the groups around it were put right."""
        copy_id = duplicates.at(self.store, url)
        if copy_id is not None:
            row = duplicates.get(self.store, copy_id)
            facts = {"reason": row["relation"], "detail": row["why"], "article_id": row["article_id"]}
            return replace(decided, kind=VerdictKind.DUPLICATE, near=None, **facts), None
        article = articles.known(self.store, [url])
        assert article is not None, "what was kept is an article, or a copy of one"
        self._alias(own, article.article_id)
        _, *copies = groups.members(self.store, article.article_id)
        if decided.kind is VerdictKind.NEW or not copies:
            return replace(decided, kind=VerdictKind.NEW), article.article_id
        told = f"It took the place of what was kept from {copies[-1].publisher}, which is kept as its copy."
        kept = replace(decided, kind=VerdictKind.NEW, reason=groups.ORIGINAL, detail=told)
        return replace(kept, article_id=article.article_id), article.article_id

    def _alias(self, own: Sequence[str], article_id: int) -> None:
        for url in own:
            articles.alias(self.store, url, article_id, urls.article_key(url))


def ending(item: PageFailed) -> tuple[str, str]:
    """Reason code and plain sentence for a page that is not asked for again."""
    if item.final and item.code in ("http_404", "http_410"):
        return "gone", f"the page does not exist any more: {item.error}"
    if item.final:
        return item.code, item.error
    return "unreachable", f"given up after {item.candidate.attempts + 1} passes: {item.error}"
