"""Restorative minutes and latency: never beyond the bout, and censored where the truth lies outside it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Estimate, Level
from uitknop.rest.changepoint import Grid
from uitknop.rest.level import UNKNOWN, Place
from uitknop.rest.minutes import latency, restorative_minutes
from uitknop.rest.movement import Series, Shift, find_shift
from uitknop.rest.parameters import HEART_RATE, ONSET_TAUS_MIN

T_MIN = np.arange(-10.0, 20.0)
INSIDE = T_MIN[T_MIN >= 0.0]
GRID = Grid.over(15.0, 1.0, ONSET_TAUS_MIN)
CHANCES = st.floats(0.0, 1.0)


def shift_by(size_bpm: float, onset_min: float = 5.0, odd: npt.NDArray[np.float64] | float = 0.0) -> Shift:
    easing = size_bpm * Grid(np.array([onset_min]), np.array([3.0])).shapes(T_MIN, 1.0)[:, 0]
    return find_shift(Series(T_MIN, -70.0 + easing + odd, HEART_RATE), None, GRID, 1.0)


def place_with(p_low: float, p_between: float) -> Place:
    return Place(Level("between", Estimate(0.4, 0.3, 0.5, 0.9, 10, "")), p_low, p_between, p_low)


@given(st.floats(-15.0, 20.0), CHANCES, CHANCES, st.booleans())
def test_minutes_lie_between_nothing_and_the_whole_bout(size: float, low: float, rest: float, known: bool) -> None:
    where = place_with(low, (1.0 - low) * rest) if known else UNKNOWN
    found = restorative_minutes(shift_by(size), where, INSIDE)
    assert 0.0 <= found.low <= found.high <= INSIDE.size
    assert 0.0 <= found.value <= INSIDE.size + 1e-9
    assert found.unit == "min"


@pytest.mark.parametrize("where", [UNKNOWN, place_with(0.1, 0.6)])
def test_a_larger_fall_gives_more_minutes(where: Place) -> None:
    minutes = [restorative_minutes(shift_by(size), where, INSIDE).value for size in np.arange(0.0, 16.0, 1.0)]
    assert np.all(np.diff(minutes) > -1e-9)
    assert minutes[0] < where.p_low * INSIDE.size + 1.0
    assert minutes[-1] > 10.0


def test_an_earlier_fall_gives_more_minutes() -> None:
    early, late = (restorative_minutes(shift_by(10.0, onset), UNKNOWN, INSIDE).value for onset in (2.0, 12.0))
    assert early > late + 5.0


def test_a_bout_that_lies_low_altogether_counts_whole_and_one_that_stays_high_not_at_all() -> None:
    still, fallen = shift_by(0.0), shift_by(10.0)
    assert restorative_minutes(still, place_with(1.0, 0.0), INSIDE).value == pytest.approx(INSIDE.size)
    assert restorative_minutes(fallen, place_with(0.0, 0.0), INSIDE).value == pytest.approx(0.0)


def test_half_minutes_count_half() -> None:
    t_min = np.arange(-10.0, 20.0, 0.5)
    easing = 10.0 * Grid(np.array([5.0]), np.array([3.0])).shapes(t_min, 0.5)[:, 0]
    fine = find_shift(Series(t_min, easing, HEART_RATE), None, GRID, 0.5)
    found = restorative_minutes(fine, UNKNOWN, t_min[t_min >= 0.0])
    assert found.value == pytest.approx(restorative_minutes(shift_by(10.0), UNKNOWN, INSIDE).value, abs=1.0)


def test_without_settling_the_latency_is_only_known_to_exceed_the_bout() -> None:
    found = latency(shift_by(0.0), settled=False, already_calm=False, duration_min=20.0, n=20)
    assert (found.value, found.low, found.high, found.censored) == (20.0, 20.0, math.inf, "right")
    assert found.to_dict()["high"] is None


def test_calm_from_the_start_means_no_minutes_and_perhaps_fewer() -> None:
    found = latency(shift_by(0.0), settled=True, already_calm=True, duration_min=20.0, n=20)
    assert (found.value, found.low, found.high, found.censored) == (0.0, 0.0, 0.0, "left")


@given(st.floats(0.0, 15.0), st.floats(3.0, 15.0), st.integers(0, 50))
def test_a_settled_bout_has_an_onset_within_its_length(onset_min: float, size: float, seed: int) -> None:
    shift = shift_by(size, onset_min, np.random.default_rng(seed).normal(0.0, 1.0, T_MIN.size))
    found = latency(shift, settled=True, already_calm=False, duration_min=20.0, n=20)
    assert 0.0 <= found.low <= found.value <= found.high <= 20.0
    assert found.censored is None


def test_the_interval_of_a_clear_onset_holds_it() -> None:
    held = 0
    for seed in range(20):
        shift = shift_by(9.0, 6.0, np.random.default_rng(seed).normal(0.0, 1.0, T_MIN.size))
        found = latency(shift, settled=True, already_calm=False, duration_min=20.0, n=20)
        held += found.low <= 6.0 <= found.high
    assert held >= 16
