"""Movement: calibrated under its own model, led by heart rate, and blind to what is not settling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.rest.changepoint import Grid, noise_covariance
from uitknop.rest.movement import Series, change, find_shift, mean_variance
from uitknop.rest.parameters import HEART_RATE, LN_RMSSD, ONSET_TAUS_MIN, PRIOR_SHIFT, Channel

Floats = npt.NDArray[np.float64]
T_MIN = np.arange(-10.0, 20.0)
GRID = Grid.over(15.0, 1.0, ONSET_TAUS_MIN)


def noise(channel: Channel, rng: np.random.Generator) -> Floats:
    """A draw of the noise that the model believes in."""
    return np.asarray(rng.multivariate_normal(np.zeros(T_MIN.size), noise_covariance(T_MIN, channel)))


def settling(size: float, onset_min: float = 5.0, tau_min: float = 3.0) -> Floats:
    return size * Grid(np.array([onset_min]), np.array([tau_min])).shapes(T_MIN, 1.0)[:, 0]


def both(hr: Floats, ln: Floats | None) -> tuple[Series, Series | None]:
    return Series(T_MIN, -70.0 + hr, HEART_RATE), None if ln is None else Series(T_MIN, 3.0 + ln, LN_RMSSD)


def test_the_chance_of_a_shift_is_calibrated_under_its_own_model() -> None:
    rng = np.random.default_rng(7)
    told, true = [], []
    for _ in range(300):
        shifted = rng.random() < PRIOR_SHIFT
        pair = int(rng.integers(GRID.onset_min.size))
        onset, tau = float(GRID.onset_min[pair]), float(GRID.tau_min[pair])
        sizes = rng.normal(0.0, (HEART_RATE.prior_sd, LN_RMSSD.prior_sd)) * shifted
        hr, ln = (
            settling(size, onset, tau) + noise(channel, rng)
            for size, channel in zip(sizes, (HEART_RATE, LN_RMSSD), strict=True)
        )
        told.append(find_shift(*both(hr, ln), GRID, 1.0).p_any)
        true.append(shifted)
    told_sure, true_there = np.array(told), np.array(true, dtype=float)
    assert told_sure.mean() == pytest.approx(true_there.mean(), abs=0.06)  # three standard errors of 300 draws
    sure = told_sure > 0.9
    assert sure.sum() > 30
    assert true_there[sure].mean() > 0.88
    assert true_there[told_sure < 0.3].mean() < 0.3


def test_without_a_shift_the_probability_is_low_on_average() -> None:
    rng = np.random.default_rng(3)
    found = [find_shift(*both(noise(HEART_RATE, rng), noise(LN_RMSSD, rng)), GRID, 1.0) for _ in range(150)]
    assert np.mean([shift.probability for shift in found]) < 0.15
    assert sum(shift.answer == "moved" for shift in found) <= 5


@pytest.mark.parametrize("size_bpm", [6.0, 9.0])
def test_a_clear_fall_of_heart_rate_is_found_with_its_onset(size_bpm: float) -> None:
    rng = np.random.default_rng(5)
    quieter = replace(HEART_RATE, noise_sd=1.0, drift_sd=0.5)
    found = [
        find_shift(*both(settling(size_bpm) + noise(quieter, rng), settling(0.2) + noise(LN_RMSSD, rng)), GRID, 1.0)
        for _ in range(20)
    ]
    assert sum(shift.answer == "moved" for shift in found) >= 14
    assert np.mean([shift.probability for shift in found]) > 0.75
    middles = [shift.onset_quantiles_min((0.5,))[0] for shift in found]
    assert np.median(middles) == pytest.approx(5.0, abs=2.0)


def test_a_rise_of_heart_rate_is_never_called_moved() -> None:
    rng = np.random.default_rng(6)
    for _ in range(20):
        shift = find_shift(*both(settling(-8.0) + noise(HEART_RATE, rng), noise(LN_RMSSD, rng)), GRID, 1.0)
        assert shift.probability < 0.1
        assert shift.answer == "not_moved"


def test_more_variation_alone_is_no_movement() -> None:
    shift = find_shift(*both(np.zeros(T_MIN.size), settling(0.8, 0.0, 1.0)), GRID, 1.0)
    assert shift.p_any > 0.9
    assert shift.answer == "not_moved"


def test_variation_that_falls_contradicts_a_fall_of_heart_rate() -> None:
    alone, against = (
        find_shift(*both(settling(6.0), ln), GRID, 1.0).probability for ln in (np.zeros(T_MIN.size), settling(-0.8))
    )
    assert against < alone


@given(st.floats(-50.0, 50.0), st.integers(0, 20))
def test_the_level_before_does_not_matter(constant: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    hr, ln = noise(HEART_RATE, rng) + settling(4.0), noise(LN_RMSSD, rng)
    here, there = (find_shift(*both(hr + c, ln + c / 50), GRID, 1.0) for c in (0.0, constant))
    assert there.probability == pytest.approx(here.probability, abs=1e-6)


@given(st.integers(0, 30), st.floats(-12.0, 12.0))
def test_everything_a_shift_tells_is_a_probability(seed: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    shift = find_shift(*both(noise(HEART_RATE, rng) + settling(size), noise(LN_RMSSD, rng)), GRID, 1.0)
    assert 0.0 <= shift.probability <= shift.p_any <= 1.0
    assert shift.weight.sum() == pytest.approx(1.0)
    assert 0.0 <= shift.joint_weight().sum() <= shift.p_any + 1e-9


def test_a_step_of_posture_that_is_known_is_not_taken_for_settling() -> None:
    step = (T_MIN >= 0.0).astype(np.float64)
    plain, known = (
        find_shift(Series(T_MIN, -80.0 + 10.0 * step, HEART_RATE, step=with_step), None, GRID, 1.0)
        for with_step in (None, step)
    )
    assert plain.answer == "moved"
    assert known.probability < 0.3


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=5).map(sorted), st.integers(0, 20))
def test_quantiles_of_the_onset_rise_with_the_share_and_lie_on_the_grid(shares: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    shift = find_shift(*both(noise(HEART_RATE, rng) + settling(6.0), None), GRID, 1.0)
    quantiles = shift.onset_quantiles_min(tuple(shares))
    assert list(quantiles) == sorted(quantiles)
    assert set(quantiles) <= set(GRID.onset_min.tolist())
    order = np.argsort(GRID.onset_min, kind="stable")
    for quantile, share in zip(quantiles, shares, strict=True):
        at_or_before = shift.weight[order][GRID.onset_min[order] <= quantile].sum()
        before = shift.weight[order][GRID.onset_min[order] < quantile].sum()
        assert before - 1e-9 <= share <= at_or_before + 1e-9


def test_one_channel_with_too_few_epochs_is_left_out() -> None:
    hr, _ = both(settling(6.0), None)
    few = Series(T_MIN[:3], np.zeros(3), LN_RMSSD)
    assert find_shift(hr, few, GRID, 1.0).ln_rmssd is None


def test_the_change_is_told_in_the_direction_of_the_measure() -> None:
    fall = Series(T_MIN, -80.0 + 6.0 * (T_MIN >= 0.0), HEART_RATE)
    found = change(fall, turned=True, unit="bpm")
    assert found is not None
    assert found.value == pytest.approx(-6.0)
    assert found.low < -6.0 < found.high
    upright = change(replace(fall, channel=LN_RMSSD), turned=False, unit="ln")
    assert upright is not None
    assert upright.value == pytest.approx(6.0)


@pytest.mark.parametrize("part", [T_MIN >= 0.0, T_MIN < 0.0])
def test_without_minutes_on_both_sides_there_is_no_change(part: npt.NDArray[np.bool_]) -> None:
    assert change(Series(T_MIN[part], np.zeros(part.sum()), HEART_RATE), turned=True, unit="bpm") is None
    assert change(Series(T_MIN[:0], T_MIN[:0], HEART_RATE), turned=True, unit="bpm") is None


@pytest.mark.parametrize("n", [1, 2, 7, 20])
@pytest.mark.parametrize("epoch_min", [0.5, 1.0])
def test_the_variance_of_a_mean_is_that_of_its_covariance(n: int, epoch_min: float) -> None:
    steady = replace(HEART_RATE, drift_sd=0.0)
    covariance = noise_covariance(epoch_min * np.arange(n), steady)
    assert mean_variance(n, steady, epoch_min) == pytest.approx(covariance.mean())


def test_the_same_minutes_cut_in_halves_make_the_change_hardly_surer() -> None:
    widths = []
    for epoch_min in (0.5, 1.0):
        t_min = np.arange(-10.0, 10.0, epoch_min)
        found = change(Series(t_min, np.where(t_min < 0.0, 0.0, 6.0), HEART_RATE), turned=True, unit="bpm")
        assert found is not None
        widths.append(found.high - found.low)
    assert widths[0] == pytest.approx(widths[1], rel=0.1)
