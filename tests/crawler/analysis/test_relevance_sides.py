"""Stopping early changes no verdict: what is not looked for could not have brought a missing side back."""

from __future__ import annotations

import json

import pytest

from crawler.analysis.relevance_features import measure
from crawler.analysis.relevance_mentions import read
from crawler.analysis.relevance_sides import can_name_all
from crawler.analysis.relevance_text import sentences, with_context
from tests.crawler.analysis import beat
from tests.crawler.analysis.labelled import PRACTICE

SIDES = ("china", "iran")


def stops_early(title: str, text: str, language: str, prior: frozenset[str]) -> bool:
    found = sentences(title, text, language=language, lexicon=beat.lexicon())
    return not can_name_all(found, beat.lexicon(), prior=prior, weights=beat.weights())


def strengths(title: str, text: str, language: str, prior: frozenset[str]) -> dict[str, float]:
    """With everything looked for."""
    lexicon, weights = beat.lexicon(), beat.weights()
    readings = [
        read(
            with_context(s, language=language, lexicon=lexicon), SIDES, prior=prior, joiners=weights.joiners, day=None
        )
        for s in sentences(title, text, language=language, lexicon=lexicon)
    ]  # fmt: skip
    return measure(readings, SIDES, prior=prior, weights=weights).strengths


def test_an_article_that_stops_early_lacks_a_side_however_much_is_looked_for() -> None:
    stopped = 0
    for line in PRACTICE.read_text("utf-8").splitlines():
        item = json.loads(line)
        for prior in (frozenset[str](), frozenset({"iran"}), frozenset({"china"}), frozenset(SIDES)):
            case = (item["title"], item.get("text") or item.get("lead") or "", item["language"], prior)
            if stops_early(*case):
                stopped += 1
                assert not all(strengths(*case).values()), case
    assert stopped > 100


@pytest.mark.parametrize(
    ("title", "prior", "stops"),
    [
        ("Rain expected over the weekend", (), True),
        ("Tehran schools closed after snow", (), True),
        ("Tehran schools closed after snow", ("iran",), True),
        ("Tehran schools closed after snow", ("china",), False),
        ("Iran joins the Shanghai Cooperation Organisation", (), False),
        ("Iranian minister in Beijing", (), False),
        ("Patrols in the South China Sea, says Tehran", (), True),
    ],
)
def test_an_article_stops_early_when_nothing_can_stand_for_a_side(
    title: str, prior: tuple[str, ...], stops: bool
) -> None:
    assert stops_early(title, "", "en", frozenset(prior)) is stops


def test_words_for_ones_own_are_weighed_beside_the_state_they_belong_to() -> None:
    title = "法国外交部对伊朗表示关切"
    assert strengths(title, "", "zh", frozenset({"china"}))["china"] == 0.0
