"""Heading 3: feelings by their own answers, totals of official forms, and an empty answer that invites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.report.paper.told import Words
from uitknop.report.sheet.mood import mood_lines
from uitknop.report.sheet.picked import Picked
from uitknop.report.words import catalogue
from uitknop.walk import standing


@pytest.fixture
def said(at: Any) -> Callable[..., list[str]]:
    """The lines, of entries."""

    def of(entries: list[Any], lang: str = "nl") -> list[str]:
        words = Words(catalogue(lang))
        stands = standing(entries, now_ms=at.now_ms, zone=at.zone)
        return [one.text for one in mood_lines(stands, Picked(stands, words.catalogue.lang), words)]

    return of


def test_nothing_filled_in_invites_to_ask(said: Any) -> None:
    assert said([]) == ["Niet ingevuld. Vraag er gerust naar."]


def test_feelings_are_told_in_the_words_of_their_answers(said: Any, at: Any) -> None:
    told = said(at.answers("mood", {"joy": 0, "low": 1, "unrest": 2}))
    assert told == [
        "Laatste twee weken: minder plezier: bijna niet; somber: een deel van de dagen; "
        "onrust die niet zakt: de meeste dagen."
    ]


def test_a_low_time_is_said_to_fit_the_answers_and_not_to_be_had(said: Any, at: Any) -> None:
    assert said(at.answers("mood", {"joy": 1, "low": 1}))[-1] == "Die antwoorden passen bij een sombere tijd."


def test_the_total_of_an_official_form_stands_with_its_range(said: Any, at: Any) -> None:
    told = said([at.line("event", "12 | Dutch, 2014", "total/phq9/total", days=3)])
    assert told == ["PHQ-9: 12 (0 tot 27)."]


def test_no_list_worded_here_gets_a_number(said: Any, at: Any) -> None:
    told = said(at.answers("patterns", {"high_bar": 3, "says_yes": 2}) + at.answers("sensory", {"sound": 3}))
    assert told == ["Niet ingevuld. Vraag er gerust naar."]


def test_no_substance_of_the_brain_is_ever_named(said: Any, at: Any) -> None:
    told = " ".join(said(at.answers("mood", {"joy": 2, "low": 2, "unrest": 2, "worry": 2}))).lower()
    assert not [word for word in ("serotonine", "dopamine", "cortisol", "hormoon") if word in told]
