"""The exact comparison of two articles: what the new one is to the known one, how far, where, and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from crawler import urls
from crawler.analysis import evidence, meaning, relation
from crawler.analysis.align import Alignment, align
from crawler.analysis.evidence import Spans
from crawler.analysis.fingerprint import digest, shingles, singles
from crawler.analysis.frame import without_frame
from crawler.analysis.measures import Measures
from crawler.analysis.prepared import Prepared, prepare
from crawler.analysis.sketch import Overlap, overlap
from store.models import Article, Comparison, Passage, Relation, Seed

_CONCEPTS_SHARED = 1 / 3
_QUOTED = 0.6
_NUMBERS_OF_A_FORM = 3
"""Other numbers in both openings that make a series where those are worded anew: an update has one or two."""
_LEAD_GAIN = 0.02
"""Part of the score from which a first sentence and its counterpart say the same; names alone give less."""
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


@dataclass(frozen=True, slots=True)
class _Met:
    """Two articles, ready and aligned."""

    new: Side
    known: Side
    a: Prepared
    b: Prepared
    alignment: Alignment
    languages: tuple[str, str]


def compare(new: Side, known: Side) -> Comparison:
    """What `new` is to `known`. Without sites or dates the texts alone decide.

    Cost for two articles of 5 KB: 0.5 ms for strangers, 2 ms for copies; and once for each text (the last 64 are
    remembered) 0.5 ms.
    """
    met = _meet(new, known)
    m = replace(_measures(met), **_circumstances(new, known))
    if relation.needs_numbers(m):
        changed, kept = evidence.numbers(met.alignment, met.a, met.b, met.languages)
        m = replace(m, numbers_changed=changed, numbers_kept=kept)
    if relation.needs_openings(m) or relation.needs_headlines(m):
        m = replace(m, news_differs=_news_differs(m, met))
    if relation.needs_subject(m):
        m = replace(m, subject=evidence.subject(met.a, prepare(new.title), met.b, prepare(known.title)))
    retold: Spans = ()
    if relation.needs_echo(m):
        measured, retold = _echo(met)
        m = replace(m, **measured)
    return _comparison(m, met, retold)


def _meet(new: Side, known: Side) -> _Met:
    a, b = prepare(new.text or new.title), prepare(known.text or known.title)
    languages = meaning.language_of(new.language, a), meaning.language_of(known.language, b)
    alignment = align(a.words, b.words)
    if inner := without_frame(a, b, alignment):
        a, b = inner
        alignment = align(a.words, b.words)
    return _Met(new, known, a, b, alignment, languages)


def _comparison(m: Measures, met: _Met, retold: Spans) -> Comparison:
    """The outcome; `retold` are the sentences that have a counterpart, shown where no words need be shared."""
    found = relation.decide(m)
    passages: tuple[Passage, ...] = ()
    if relation.by_retelling(found, m) and retold:
        passages = evidence.passages(retold, met.a, met.b)
    elif found is not Relation.UNRELATED:
        passages = evidence.passages(evidence.longest(met.alignment), met.a, met.b)
    return Comparison(
        relation=found, similarity=_similarity(found, m), coverage_a=round(m.coverage_a, 4),
        coverage_b=round(m.coverage_b, 4), passages=passages, why=evidence.why(found, m),
        confidence=relation.confidence(found, m),
    )  # fmt: skip


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


def _measures(met: _Met) -> Measures:
    alignment, a, b = met.alignment, met.a, met.b
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
        put_before=evidence.put_before(alignment, a, b),
        new_lead=evidence.new_lead(alignment, a),
        same_language=met.languages[0] == met.languages[1],
    )


def _news_differs(m: Measures, met: _Met) -> bool:
    told = (
        evidence.Told(met.a, prepare(met.new.title), met.languages[0]),
        evidence.Told(met.b, prepare(met.known.title), met.languages[1]),
    )
    if relation.needs_headlines(m) and evidence.headlines_differ(*told):
        return True
    if not relation.needs_openings(m):
        return False
    least = 1 if relation.open_alike(m) else _NUMBERS_OF_A_FORM
    return evidence.places_differ(*told) or evidence.values_differ(*told, least)


def _circumstances(new: Side, known: Side) -> dict[str, Any]:
    return {
        "same_site": new.site == known.site if new.site and known.site else None,
        "apart": abs(new.published - known.published) if new.published and known.published else None,
    }


def _echo(met: _Met) -> tuple[dict[str, Any], Spans]:
    """How far one retells the other, how much of that is in words of its own, and which sentences do."""
    sides = tuple(zip((met.a, met.b), met.languages, strict=True))
    found = meaning.echo(*(meaning.gist(ready, spoken, meaning.OPENING) for ready, spoken in sides))
    if max(found.share_a, found.share_b) < _OPENING_RETOLD:
        return {"echo": found.score}, ()
    first, second = (meaning.gist(ready, spoken) for ready, spoken in sides)
    found = meaning.echo(first, second)
    quoted_a = meaning.quoted(first, met.alignment.marks_a, _QUOTED)
    quoted_b = meaning.quoted(second, met.alignment.marks_b, _QUOTED)
    agreed, figures = meaning.figures_agree(first, second, found.pairs)
    own = sum(pair.gain for pair in found.pairs if pair.a not in quoted_a and pair.b not in quoted_b)
    measured = {
        "echo": found.score,
        "own_words": own,
        "retold_sentences": len(found.pairs),
        "retold_share": max(found.share_a, found.share_b),
        "lead_retold": any(0 in (pair.a, pair.b) and pair.gain >= _LEAD_GAIN for pair in found.pairs),
        "figures": figures,
        "figures_agree": agreed,
        "concepts_agree": _concepts_agree(met.new, met.known),
    }
    return measured, tuple((first.spans[pair.a], second.spans[pair.b]) for pair in found.pairs)


def _concepts_agree(new: Side, known: Side) -> bool:
    shared = set(new.concepts) & set(known.concepts)
    fewer = min(len(set(new.concepts)), len(set(known.concepts)))
    return not fewer or len(shared) >= fewer * _CONCEPTS_SHARED


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
    if relation.by_retelling(found, m) or found is Relation.SAME_EVENT:
        return round(max(m.echo, m.most), 4)
    return 1.0 if found is Relation.EXACT else round(m.most, 4)
