"""The exact comparison of two articles: what the new one is to the known one, how far, where, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from crawler import urls
from crawler.analysis import evidence, meaning, relation
from crawler.analysis.align import Alignment, align
from crawler.analysis.fingerprint import digest, shingles, singles
from crawler.analysis.frame import without_frame
from crawler.analysis.prepared import Prepared, prepare
from crawler.analysis.relation import Measures
from crawler.analysis.sketch import Overlap, overlap
from store.models import Article, Comparison, Relation, Seed

_CONCEPTS_SHARED = 1 / 3
_QUOTED = 0.6
_OPENING_RETOLD = 0.4
"""Share of the first sentences of the shorter text that must have a counterpart for the rest to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two articles that are compared."""

    title: str
    text: str
    url: str = ""
    site: str = ""
    """Registrable domain; empty when not known."""
    published: datetime | None = None
    language: str = "und"
    """BCP 47; guessed from the script when undetermined."""
    concepts: tuple[str, ...] = ()
    """Concepts of the beat's lexicon that the text names, when the caller knows them."""


def side_of(article: Article) -> Side:
    """An article as a side of a comparison."""
    return Side(
        title=article.title, text=article.text, url=article.url, site=urls.site(article.url) or article.site,
        published=article.published.value if article.published else None, language=article.language,
    )  # fmt: skip


def compare(new: Side, known: Side) -> Comparison:
    """What `new` is to `known`. Without sites or dates the texts alone decide.

    Cost: about 1 ms for two articles of 5 KB, half of it once for each text (remembered for 64 texts).
    """
    a, b = prepare(new.text or new.title), prepare(known.text or known.title)
    languages = meaning.language_of(new.language, a), meaning.language_of(known.language, b)
    alignment = align(a.words, b.words)
    if inner := without_frame(a, b, alignment):
        a, b = inner
        alignment = align(a.words, b.words)
    m = replace(_measures(alignment, a, b, languages), **_circumstances(new, known))
    if relation.needs_numbers(m):
        changed, kept = evidence.numbers(alignment, a, b, languages)
        m = replace(m, numbers_changed=changed, numbers_kept=kept)
    if relation.needs_openings(m) or relation.needs_headlines(m):
        m = replace(m, news_differs=_news_differs(m, new, known, a, b, languages))
    if relation.needs_subject(m):
        m = replace(m, subject=evidence.subject(a, prepare(new.title), b, prepare(known.title)))
    if relation.needs_echo(m):
        m = replace(m, **_echo(new, known, alignment, a, b, languages))
    found = relation.decide(m)
    return Comparison(
        relation=found,
        similarity=_similarity(found, m),
        coverage_a=round(m.coverage_a, 4),
        coverage_b=round(m.coverage_b, 4),
        passages=() if found is Relation.UNRELATED else evidence.passages(alignment, a, b),
        why=evidence.why(found, m),
    )


def compare_with_seed(new: Side, seed: Seed) -> Comparison:
    """What `new` is to an article of the seed corpus, whose text is not there: by its shingles and numbers alone.

    Finds copies, cuts and republications; rewrites and translations need the text. There are no passages.
    """
    ready = prepare(new.text or new.title)
    shared = overlap(shingles(new.text or new.title), seed)
    m = _seed_measures(new, seed, ready, shared)
    found = relation.decide(m)
    return Comparison(
        relation=found, similarity=_similarity(found, m), coverage_a=round(m.coverage_a, 4),
        coverage_b=round(m.coverage_b, 4), why=evidence.why(found, m),
    )  # fmt: skip


def side_of_row(row: Mapping[str, Any]) -> Side:
    """An article as the store holds it (title, text, url, published as text, language) as a side of a comparison."""
    published = row["published"]
    return Side(
        title=row["title"], text=row["text"], url=row["url"], site=urls.site(row["url"]),
        published=datetime.fromisoformat(published) if published else None, language=row["language"],
    )  # fmt: skip


def _measures(alignment: Alignment, a: Prepared, b: Prepared, languages: tuple[str, str]) -> Measures:
    characters = singles(a.words)
    return Measures(
        same=bool(a.words) and a.words == b.words,
        coverage_a=alignment.coverage_a,
        coverage_b=alignment.coverage_b,
        runs=evidence.runs(alignment),
        words_a=len(a.words),
        words_b=len(b.words),
        characters=characters,
        lead=evidence.lead_shared(alignment, a, b),
        openings=evidence.openings_shared(alignment, characters=characters),
        edits=len(alignment.changes),
        same_language=languages[0] == languages[1],
    )


def _news_differs(m: Measures, new: Side, known: Side, a: Prepared, b: Prepared, languages: tuple[str, str]) -> bool:
    told = (
        evidence.Told(a, prepare(new.title), languages[0]),
        evidence.Told(b, prepare(known.title), languages[1]),
    )
    if relation.needs_headlines(m) and evidence.headlines_differ(*told):
        return True
    return relation.needs_openings(m) and evidence.news_differs(*told)


def _circumstances(new: Side, known: Side) -> dict[str, Any]:
    return {
        "same_site": new.site == known.site if new.site and known.site else None,
        "apart": abs(new.published - known.published) if new.published and known.published else None,
    }


def _echo(
    new: Side, known: Side, alignment: Alignment, a: Prepared, b: Prepared, languages: tuple[str, str]
) -> dict[str, Any]:
    """How far one retells the other, and how much of that is in words of its own."""
    openings = [meaning.gist(ready, spoken, meaning.OPENING) for ready, spoken in zip((a, b), languages, strict=True)]
    found = meaning.echo(*openings)
    if max(found.share_a, found.share_b) < _OPENING_RETOLD:
        return {"echo": found.score}
    first, second = meaning.gist(a, languages[0]), meaning.gist(b, languages[1])
    found = meaning.echo(first, second)
    quoted = meaning.quoted(first, alignment.marks_a, _QUOTED), meaning.quoted(second, alignment.marks_b, _QUOTED)
    own = sum(pair.gain for pair in found.pairs if pair.a not in quoted[0] and pair.b not in quoted[1])
    shared = set(new.concepts) & set(known.concepts)
    fewer = min(len(set(new.concepts)), len(set(known.concepts)))
    return {
        "echo": found.score,
        "own_words": own,
        "retold_sentences": len(found.pairs),
        "retold_share": max(found.share_a, found.share_b),
        "concepts_agree": not fewer or len(shared) >= fewer * _CONCEPTS_SHARED,
    }


def _seed_measures(new: Side, seed: Seed, ready: Prepared, shared: Overlap) -> Measures:
    """As far as a seed tells: its opening is not known, and of its numbers only which ones it has."""
    spoken = meaning.language_of(new.language, ready)
    own, its = set(evidence.values(ready, spoken)), set(seed.numbers)
    published = datetime.fromisoformat(seed.published).replace(tzinfo=UTC) if seed.published else None
    known = Side(title=seed.title, text="", url=seed.url, site=urls.site(seed.url), published=published)
    m = Measures(
        same=bool(ready.words) and digest(ready.words) == seed.fingerprint.digest,
        coverage_a=shared.coverage_new, coverage_b=shared.coverage_seed, runs=1.0,
        words_a=len(ready.words), words_b=seed.fingerprint.tokens, characters=singles(ready.words),
        lead=1.0, subject=1.0,
        numbers_changed=min(len(own - its), len(its - own)), numbers_kept=len(own & its), same_language=True,
    )  # fmt: skip
    return replace(m, **_circumstances(new, known))


def _similarity(found: Relation, m: Measures) -> float:
    """0 to 1: the coverage of the shorter text for what shares words, the echo for what retells."""
    if found in (Relation.REWRITTEN, Relation.TRANSLATED, Relation.SAME_EVENT):
        return round(max(m.echo, m.most), 4)
    return 1.0 if found is Relation.EXACT else round(m.most, 4)
