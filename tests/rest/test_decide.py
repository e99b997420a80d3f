"""The table of movement and level, read with probabilities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Answer, Estimate, Level, Movement
from uitknop.rest.changepoint import ChannelFit, Grid
from uitknop.rest.decide import decide
from uitknop.rest.level import UNKNOWN, Place
from uitknop.rest.movement import Shift
from uitknop.rest.parameters import INFORMATIVE_SD_BPM, NOT_SETTLED_BELOW, PROTOCOL_SETTLED_AT
from uitknop.rest.surroundings import Contrast

CHANCES = st.floats(0.0, 1.0)


def shift(probability: float, movement: Movement = "moved", sd_bpm: float = 1.0) -> Shift:
    fit = ChannelFit(np.zeros(1), np.zeros(1), np.full(1, sd_bpm))
    return Shift(movement, probability, Grid(np.zeros(1), np.ones(1)), np.ones(1), fit, None, 1.0, probability)


def level(p_low: float, p_between: float) -> Place:
    return Place(Level("between", Estimate(0.4, 0.3, 0.5, 0.9, 9, "")), p_low, p_between, p_low)


LOW, BETWEEN, HIGH = level(0.99, 0.01), level(0.01, 0.98), level(0.0, 0.01)
MOVED, STILL = shift(0.97), shift(0.03, "not_moved")


@pytest.mark.parametrize(
    ("moved", "where", "wanted"),
    [
        (MOVED, LOW, "settled"),
        (MOVED, BETWEEN, "settled"),
        (MOVED, HIGH, "not_settled"),
        (MOVED, UNKNOWN, "settled"),
        (STILL, LOW, "settled"),
        (STILL, BETWEEN, "not_settled"),
        (STILL, HIGH, "not_settled"),
        (STILL, UNKNOWN, "not_settled"),
    ],
)
def test_the_corners_of_the_table_are_read_as_they_stand(moved: Shift, where: Place, wanted: Answer) -> None:
    assert decide(moved, where, None, comparable=True)[1] == wanted


def test_between_the_corners_it_can_not_be_told() -> None:
    assert decide(shift(0.75, "cannot_tell"), UNKNOWN, None, comparable=True)[1] == "cannot_tell"


@given(CHANCES, CHANCES, CHANCES)
def test_more_movement_and_a_lower_level_never_make_settling_less_likely(moved: float, low: float, rest: float) -> None:
    between = (1.0 - low) * rest
    here = decide(shift(moved), level(low, between), None, comparable=True)[0]
    assert 0.0 <= here <= 1.0 + 1e-9
    assert decide(shift(min(moved + 0.1, 1.0)), level(low, between), None, comparable=True)[0] >= here - 1e-9
    more = min(0.1, between)
    assert decide(shift(moved), level(low + more, between - more), None, comparable=True)[0] >= here - 1e-9


def test_not_settled_is_said_only_of_what_was_looked_at_closely() -> None:
    vague = shift(0.1, "not_moved", sd_bpm=INFORMATIVE_SD_BPM + 0.1)
    assert decide(vague, UNKNOWN, None, comparable=True)[1:] == ("cannot_tell", "cannot_tell")
    assert decide(shift(0.97, sd_bpm=INFORMATIVE_SD_BPM + 0.1), UNKNOWN, None, comparable=True)[1] == "settled"


def test_without_a_scale_and_minutes_before_calm_can_not_be_told_from_stuck() -> None:
    assert decide(STILL, UNKNOWN, None, comparable=False)[1] == "cannot_tell"
    assert decide(STILL, BETWEEN, None, comparable=False)[1] == "not_settled"


@given(st.floats(-30.0, 30.0))
def test_in_a_protocol_the_surroundings_answer_alone(around_bpm: float) -> None:
    around = Contrast(around_bpm, 2)
    for moved in (MOVED, STILL):
        probability, answer, movement = decide(moved, UNKNOWN, around, comparable=True)
        assert probability == around.probability
        if probability >= PROTOCOL_SETTLED_AT:
            assert answer == "settled"
        else:
            assert answer == ("not_settled" if probability < NOT_SETTLED_BELOW else "cannot_tell")
        assert movement == "cannot_tell"
    assert replace(around, around_bpm=around_bpm + 1.0).probability > around.probability
