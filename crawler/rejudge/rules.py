"""A beat's rules of relevance, loaded, and what they say of stored rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.analysis import language, relevance
from crawler.analysis.lexicon import Lexicon
from crawler.analysis.relevance import Weights
from crawler.beat import Beat
from store.candidates import measured_of
from store.models import Relevance
from store.values import moment_or_none

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """The vocabulary, weights and sources of a beat."""

    beat: Beat
    lexicon: Lexicon
    weights: Weights

    @classmethod
    def load(cls, folder: Path) -> Rules:
        """Raises ConfigurationError when the beat is not valid."""
        beat = Beat.load(folder)
        return cls(beat, Lexicon.load(folder / "lexicon"), Weights.load(folder / "relevance.toml"))

    @property
    def version(self) -> str:
        return relevance.version(self.weights, self.lexicon)

    @property
    def measuring(self) -> str:
        return relevance.measuring(self.weights, self.lexicon)

    def article(self, row: Row) -> Relevance:
        """The judgement of a stored text: the same as when its page is read today."""
        return self._judge(row["title"], row["text"], row["language"], row)

    def headline(self, row: Row) -> Relevance:
        """The judgement of all that is known of a page that left no text."""
        spoken = language.identify(row["title"], row["language"])
        return self._judge(row["title"], "", spoken, row)

    def page(self, row: Row) -> Relevance | None:
        """The judgement of an off-topic page by what was measured of it; None when its text is needed."""
        measured = measured_of(row["measured"])
        if measured is None or row["version"] is None:
            return None
        return relevance.weigh(measured, lexicon=self.lexicon, weights=self.weights)

    def is_likely(self, row: Row) -> bool:
        """Whether a page that left no text may concern the beat by today's vocabulary.

        It was a near miss, its headline nears the beat, or its headline names a side that the look did not see.
        """
        if row["label"] == "near_miss":
            return True
        found = self.headline(row)
        if found.relevant or found.label.value == "near_miss":
            return True
        measured = measured_of(row["measured"])
        if measured is None or row["version"] is not None or found.measured is None:
            return False
        unseen = [side for side, seen in measured.strengths.items() if not seen]
        return any(found.measured.strengths.get(side) for side in unseen)

    def prior_sides(self, row: Row) -> frozenset[str]:
        """What the row's source and listing concern; of a source that left the beat, its perspective."""
        for source in self.beat.sources:
            if source.id == row["source_id"]:
                return self.beat.prior_sides(source, row["endpoint_url"])
        return self.beat.priors.get(row["perspective"], frozenset())

    def _judge(self, title: str, text: str, spoken: str, row: Row) -> Relevance:
        published: datetime | None = moment_or_none(row["published"])
        return relevance.judge(
            title, text, language=spoken, lexicon=self.lexicon, weights=self.weights,
            prior_sides=self.prior_sides(row), published=published,
        )  # fmt: skip
