"""Schedules: whole minutes, no gaps, nothing a body can't be asked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.body.load import body_model
from uitknop.body.schedule import DAY_MIN, Schedule, changed, daily, hold, joined, minutes, ramp
from uitknop.body.spec import Spec
from uitknop.core.errors import ModelError, ParameterOutOfRange, ShapeError


def level_at(schedule: Schedule, minute: int, place: int = 0) -> float:
    piece = int(np.searchsorted(np.cumsum(schedule.lengths_min), minute, side="right"))
    return float(schedule.levels[piece, place])


def test_what_is_not_named_is_as_usual(spec: Spec) -> None:
    row = hold(spec, 3, {"safety": 0.6}).levels[0]
    assert list(row) == [0.25, 0.6, 0.25, 1.0, 1.0, 0.0]


@pytest.mark.parametrize("days", [0.0, -1.0, math.nan, math.inf, 1e-5, 40_000.0])
def test_a_time_that_can_not_be_run_is_refused(days: float) -> None:
    with pytest.raises(ModelError, match="can't be run"):
        minutes(days)


@pytest.mark.parametrize("level", [-0.1, math.nan, math.inf, 9.0])
def test_a_level_out_of_range_is_refused(spec: Spec, level: float) -> None:
    with pytest.raises(ParameterOutOfRange, match="stress"):
        hold(spec, 1, {"stress": level})


def test_an_unknown_input_is_refused_and_the_nearest_offered(spec: Spec) -> None:
    with pytest.raises(ModelError, match=r"Did you mean safety\?"):
        hold(spec, 1, {"savety": 0.5})


def test_a_ramp_ends_where_it_should(spec: Spec) -> None:
    steps = ramp(spec, 10, {"stress": 0.0}, {"stress": 1.0})
    assert steps.levels[:, 0] == pytest.approx(np.arange(0.05, 1.0, 0.1))
    assert steps.length_min == 10 * DAY_MIN


@pytest.mark.parametrize("bouts", [[(5, 2, {}), (6, 1, {})], [(23, 2, {})], [(3, 0, {})]])
def test_bouts_that_overlap_or_leave_the_day_are_refused(
    spec: Spec, bouts: list[tuple[float, float, dict[str, float]]]
) -> None:
    with pytest.raises(ModelError, match="bouts of a day"):
        daily(spec, 1, {}, bouts)


def test_a_day_with_bouts_holds_them(spec: Spec) -> None:
    day = daily(spec, 2, {}, [(0, 1, {"stress": 1.0}), (10, 0.5, {"stress": 2.0})])
    assert day.length_min == 2 * DAY_MIN
    found = [level_at(day, minute) for minute in (0, 59, 60, 600, 629, 630, 1440)]
    assert found == [1.0, 1.0, 0.25, 2.0, 2.0, 0.25, 1.0]


@given(from_min=st.integers(0, 6 * DAY_MIN), minute=st.integers(0, 6 * DAY_MIN - 1))
def test_a_change_holds_from_its_minute_on_and_not_before(from_min: int, minute: int) -> None:
    spec = body_model()
    before = joined((hold(spec, 2), daily(spec, 4, {}, [(8, 3, {"stress": 1.0})])))
    after = changed(before, spec, {"stress": 0.5}, from_min)
    assert after.length_min == before.length_min
    assert level_at(after, minute) == (0.5 if minute >= from_min else level_at(before, minute))
    assert level_at(after, minute, 2) == level_at(before, minute, 2)


def test_a_schedule_is_frozen_and_whole(spec: Spec) -> None:
    schedule = hold(spec, 1)
    with pytest.raises(ValueError, match="read-only"):
        schedule.levels[0, 0] = 1.0
    with pytest.raises(ShapeError):
        Schedule(np.array([1, 2]), np.zeros((1, 6)))
