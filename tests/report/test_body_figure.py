"""The figure of the body model: always many people, always the label, always the shares, and nothing promised."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from uitknop.body import Ensemble, simulate
from uitknop.report.body_figure import ensemble_figure, standalone
from uitknop.report.body_words import disclaimer, outcome_lines, outcome_name
from uitknop.report.words import catalogue


@pytest.fixture(scope="module")
def story() -> Ensemble:
    return simulate("chronic-load", n=30, seed=2)


def test_the_figure_shows_many_people_every_outcome_and_the_label(story: Ensemble, lang: str) -> None:
    words = catalogue(lang)
    figure = ensemble_figure(story, words)
    assert "30" in figure.title
    assert disclaimer(words) in figure.description
    for line in outcome_lines(story, words):
        assert line in figure.description
    drawn = " ".join(ElementTree.fromstring(standalone(figure)).itertext())
    assert words.say("explanatory model, not about you") in drawn
    texts = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", figure.svg)
    assert max(map(len, texts)) <= 44, max(texts, key=len)  # more does not fit beside the border
    assert max(len(outcome_name(name, words)) for name in story.shares) <= 40
    assert len(figure.rows) <= 10
    assert all(len(row) == len(figure.head) for row in figure.rows)


def test_the_colours_are_those_of_the_page_and_follow_light_and_dark(story: Ensemble) -> None:
    figure = ensemble_figure(story, catalogue("en"))
    assert "var(--heart)" in figure.svg
    assert "prefers-color-scheme:dark" in standalone(figure)
    assert "#0" not in figure.svg.replace("url(#", "")


def test_only_outcomes_that_occurred_are_named_and_each_has_its_interval(story: Ensemble) -> None:
    words = catalogue("en")
    lines = outcome_lines(story, words)
    assert len(lines) == sum(share.value > 0 for share in story.shares.values())
    assert all(" in 100 (" in line for line in lines)
    assert len({outcome_name(name, words) for name in story.shares}) == len(story.shares)
