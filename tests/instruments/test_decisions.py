"""What answers decide, what they contradict, and what comes before everything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.instruments import (
    Answer,
    contradictions,
    decide,
    flags,
    give,
    instrument,
    no_answers,
    official_instruments,
    own_instruments,
)
from uitknop.instruments.decisions import ORDER

FLAGS = instrument("red_flags")
SIGNS = FLAGS.items[0]


def decided(name: str, answers: Any) -> dict[str, bool | None]:
    return {one.id: one.holds for one in decide(instrument(name), answers)}


# --- Early signs: three of eight, and no hold on things, and limits, and no other explanation ------------------------

FITS: dict[str, Any] = {
    "tension": ("tired", "sleep", "worrying"),
    "control_lost": 1,
    "limited": 1,
    "other_explanation": 0,
    "half_a_year": 0,
    "weekend_helps": 0,
    "last_drop": 0,
}


@pytest.mark.parametrize(
    ("change", "overstrained", "burnt_out", "early"),
    [
        ({}, True, False, False),
        ({"half_a_year": 1}, True, True, False),
        ({"tension": ("tired", "sleep")}, False, False, True),
        ({"tension": ("none",), "control_lost": 0, "limited": 0}, False, False, False),
        ({"control_lost": 0}, False, False, True),
        ({"limited": 0}, False, False, True),
        ({"other_explanation": 1, "half_a_year": 1}, False, False, False),
        ({"half_a_year": None}, True, None, False),
        ({"control_lost": None}, None, False, None),
        ({"tension": None}, None, False, None),
    ],
)
def test_what_answers_fit_follows_the_criteria(
    fill: Any, change: dict[str, Any], overstrained: bool | None, burnt_out: bool | None, early: bool | None
) -> None:
    found = decided("early_signs", fill("early_signs", FITS | change))
    assert found == {"overstrained": overstrained, "burnt_out": burnt_out, "early": early}


def test_what_is_said_of_it_fits_and_names_no_illness_somebody_has(fill: Any) -> None:
    found = decide(instrument("early_signs"), fill("early_signs", FITS | {"half_a_year": 1}))
    said = {one.id: one.said for one in found}["burnt_out"]
    assert said is not None
    assert "passen bij" in said.nl
    assert "fit" in said.en


def test_a_contradiction_keeps_both_answers_and_never_becomes_a_no(fill: Any) -> None:
    answers = fill("early_signs", FITS | {"tension": ("none",), "half_a_year": 1})
    (found,) = contradictions(instrument("early_signs"), answers)
    assert set(found.items) == {"tension", "half_a_year"}
    assert "Beide zijn bewaard" in found.text.nl
    assert answers.value("tension") == ("none",)
    assert decided("early_signs", answers)["burnt_out"] is None


# --- Official decisions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 15))
@pytest.mark.parametrize(("often", "much", "present"), [(2, 2, True), (1, 4, False), (4, 1, False), (4, 4, True)])
def test_a_symptom_is_present_at_half_the_time_and_moderate(
    fill: Any, number: int, often: int, much: int, present: bool
) -> None:
    found = decided("dsq_sf", fill("dsq_sf", {f"{number}f": often, f"{number}s": much}))
    assert found[f"present_{number}"] is present


@pytest.mark.parametrize(
    ("change", "step_1", "step_2"),
    [
        ({}, False, False),
        ({"1f": 2, "1s": 2}, True, False),
        ({"5f": 2, "5s": 2}, True, False),
        ({"3f": 4, "3s": 1}, False, False),
        ({"3f": 1, "3s": 4}, False, False),
        ({"1f": 2, "1s": 1, "2f": 1, "2s": 2}, False, False),  # both in one construct, not one in each
        ({"7": 1, "9": 4}, False, True),
        ({"8": 1, "9": 5}, False, True),
        ({"7": 1, "9": 3}, False, False),
        ({"9": 5}, False, False),
        ({"2s": None, "2f": 2}, None, False),
        ({"9": None, "7": 1}, False, None),
    ],
)
def test_both_steps_follow_the_published_rule(fill: Any, change: dict[str, Any], step_1: Any, step_2: Any) -> None:
    low = {item.id: 1 if item.id[-1] in "fs" else 0 for item in instrument("dsq_pem").items}
    assert decided("dsq_pem", fill("dsq_pem", low | change)) == {"step_1": step_1, "step_2": step_2}


@pytest.mark.parametrize(("often", "much"), [(0, 3), (3, 0)])
def test_never_and_yet_noticed_contradict_each_other(fill: Any, often: int, much: int) -> None:
    answers = fill("dsq_pem", {"4f": often, "4s": much})
    (found,) = contradictions(instrument("dsq_pem"), answers)
    assert "vraag 4" in found.text.nl
    assert "question 4" in found.text.en


# --- Flags -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in SIGNS.keys if key != "none"])
def test_every_sign_raises_its_own_flag(fill: Any, key: str) -> None:
    (found,) = flags(FLAGS, fill(FLAGS, {"signs": (key,)}))
    assert found.id == key
    assert found.instrument == "red_flags"


@given(keys=st.sets(st.sampled_from([key for key in SIGNS.keys if key != "none"]), min_size=1))
def test_the_most_urgent_flag_comes_first(keys: set[str]) -> None:
    found = flags(FLAGS, give(FLAGS, no_answers(FLAGS), Answer("signs", tuple(keys), 0)))
    assert {flag.id for flag in found} == keys
    places = [ORDER.index(flag.urgency) for flag in found]
    assert places == sorted(places)
    assert ("suicidality" in keys) == (found[0].id == "suicidality")


def test_none_of_these_raises_nothing(fill: Any) -> None:
    assert flags(FLAGS, fill(FLAGS, {"signs": ("none",)})) == ()
    assert flags(FLAGS, no_answers(FLAGS)) == ()


@pytest.mark.parametrize(
    ("key", "urgency"),
    [
        *(("suicidality", "now"), ("chest_pain", "112"), ("breathless", "112"), ("paralysis_or_speech", "112")),
        *(("faint_on_effort", "112"), ("fainted", "today"), ("irregular_pulse", "today"), ("steroid_stop", "today")),
        *(("yellow_with_herb", "today"), ("cannot_eat_or_drink", "today"), ("weight_loss", "days"), ("lump", "days")),
        *(("sleepy_driving", "doctor"), ("dependence", "doctor"), ("unsafe_home", "help"), ("pregnant", "adapted")),
        ("under_18", "adapted"),
    ],
)
def test_a_flag_has_the_urgency_of_the_clinical_page(fill: Any, key: str, urgency: str) -> None:
    assert flags(FLAGS, fill(FLAGS, {"signs": (key,)}))[0].urgency == urgency


@pytest.mark.parametrize("value", [1, 2, 3])
def test_the_ninth_question_opens_the_help_page_whatever_the_total(fill: Any, value: int) -> None:
    one = instrument("phq9")
    (found,) = flags(one, fill(one, {"9": value}, at_ms=7))
    assert (found.id, found.urgency, found.at_ms) == ("suicidality", "now", 7)


def test_the_ninth_question_at_nought_raises_nothing(fill: Any) -> None:
    assert flags(instrument("phq9"), fill("phq9", [3] * 8 + [0])) == ()


def test_a_loaded_list_raises_its_flag_too(loaded: Any, fill: Any) -> None:
    one = loaded("phq9")
    assert flags(one, fill(one, {"9": 1}))[0].urgency == "now"


def test_the_flag_of_a_proxy_says_who_gave_it(fill: Any) -> None:
    assert flags(FLAGS, fill(FLAGS, {"signs": ("suicidality",)}, by="proxy"))[0].by == "proxy"


def test_the_suicidality_question_stands_on_the_first_page_and_does_not_hang_on_mood() -> None:
    assert own_instruments()[0] is FLAGS
    assert SIGNS.keys[0] == "suicidality"
    assert SIGNS.needs is None


def test_only_the_lists_that_should_raise_flags_do() -> None:
    raising = {one.id for one in (*own_instruments(), *official_instruments()) if one.flags}
    assert raising == {"red_flags", "phq9", "4dkl"}


# --- Mood ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joy", "low", "expected"),
    [
        (0, 0, False),
        (1, 0, False),
        (0, 1, False),
        (1, 1, True),
        (2, 0, True),
        (0, 2, True),
        (2, None, True),
        (1, None, None),
    ],
)
def test_two_questions_on_mood_decide_whether_to_ask_further(fill: Any, joy: Any, low: Any, expected: Any) -> None:
    assert decided("mood", fill("mood", {"joy": joy, "low": low}))["low_mood"] is expected


def test_a_decision_says_whose_answers_it_rests_on(fill: Any) -> None:
    assert decide(instrument("mood"), fill("mood", {"joy": 2}, by="proxy"))[0].by_proxy
