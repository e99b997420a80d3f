"""The pace of breathing never leaves four to eight breaths a minute."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import LimitError
from uitknop.guidance.pacer import USUAL, WITH_AIR_HUNGER, Pace, pace_at
from uitknop.guidance.practices import practice


@given(st.floats(0, 20))
def test_a_pace_of_ones_own_keeps_the_rate_and_the_longer_breath_out(rate: float) -> None:
    if 4 <= rate <= 8:
        pace = pace_at(rate)
        assert math.isclose(pace.rate_brpm, rate)
        assert 4 <= pace.rate_brpm <= 8
        assert pace.out_s > pace.in_s
    else:
        with pytest.raises(LimitError):
            pace_at(rate)


@given(st.floats(0, 30), st.floats(0, 30))
def test_any_pace_that_exists_is_four_to_eight_a_minute(in_s: float, out_s: float) -> None:
    try:
        pace = Pace(in_s, out_s)
    except LimitError:
        return
    assert 4 <= pace.rate_brpm <= 8


def test_the_two_set_paces_are_those_of_the_practice() -> None:
    told = practice("slow_breathing")
    assert Pace(told.numbers["in_s"].value, told.numbers["out_s"].value) == USUAL
    hunger = next(care for care in told.careful if care.conditions == ("air_hunger",))
    assert Pace(hunger.numbers["in_s"].value, hunger.numbers["out_s"].value) == WITH_AIR_HUNGER
    assert (USUAL.rate_brpm, WITH_AIR_HUNGER.rate_brpm) == (6.0, 7.5)
