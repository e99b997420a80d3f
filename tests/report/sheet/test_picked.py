"""Answers in the words of their own options."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.report.sheet.picked import Picked, lowered, of_me, raised
from uitknop.walk import standing


@pytest.fixture
def picked(at: Any) -> Picked:
    entries = [
        *at.answers("rest_feel", {"feels": "duty,sinks", "helps": "none"}, days=3),
        *at.answers("function", {"ordinary_day": 2, "walking": "-"}, days=1),
    ]
    return Picked(standing(entries, now_ms=at.now_ms, zone=at.zone), "nl")


def test_options_come_in_the_order_of_the_list_without_none(picked: Picked) -> None:
    assert picked.options("rest_feel", "feels") == ["rust voelt als een plicht", "soms zak ik weg en komt er ruimte"]
    assert picked.options("rest_feel", "helps") == []


def test_one_option_is_given_in_its_words(picked: Picked) -> None:
    assert picked.option("function", "ordinary_day") == "ik ben meestal thuis en lig vaak"


def test_what_was_passed_over_or_never_asked_is_nothing(picked: Picked) -> None:
    assert picked.number("function", "walking") is None
    assert picked.option("mood", "joy") == ""
    assert picked.options("complaints", "body") == []
    assert picked.day("mood") is None


def test_the_day_of_a_list_is_that_of_its_last_answer(picked: Picked) -> None:
    day = picked.day("function")
    assert day is not None
    assert day.isoformat() == "2026-11-21"


def test_words_in_capitals_stay_so_inside_a_sentence() -> None:
    assert [lowered(text) for text in ("Werk of studie", "TSH", "")] == ["werk of studie", "TSH", ""]
    assert [raised(text) for text in ("rust", "")] == ["Rust", ""]


def test_a_question_is_told_as_ones_own() -> None:
    assert of_me("Wat je lijf doet") == "Wat mijn lijf doet"
    assert of_me("Beweging om je heen, of meerijden") == "Beweging om me heen, of meerijden"
    assert of_me("What your body does, movement around you") == "What my body does, movement around me"
