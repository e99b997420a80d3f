"""The change-point posterior, beside brute force: integrals over level and size done on a grid of numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from uitknop.rest.changepoint import (
    ChannelFit,
    Grid,
    fit_channel,
    noise_covariance,
    pull_in_tails,
    weights_of,
)
from uitknop.rest.parameters import Channel

Floats = npt.NDArray[np.float64]

CHANNEL = Channel(prior_sd=3.0, noise_sd=1.5, noise_phi=0.5, drift_sd=1.0, swc=1.0)
T_MIN = np.arange(-4.0, 6.0)
GRID = Grid.over(3.0, 1.0, (1.0, 4.0))
COURSES = st.lists(st.floats(-8.0, 8.0), min_size=T_MIN.size, max_size=T_MIN.size).map(np.array)
STEP = (T_MIN >= 0.0).astype(np.float64)


def shape(t_min: float, onset_min: float, tau_min: float, epoch_min: float = 1.0) -> float:
    """The settling at the middle of an epoch, as the formula in words says it."""
    return 1.0 - np.exp(-(t_min + epoch_min / 2 - onset_min) / tau_min) if t_min >= onset_min else 0.0


def brute_force(y: Floats, onset_min: float, tau_min: float, step: Floats | None) -> tuple[float, float, float]:
    """ln evidence against no shift, and mean and SD of the size, all by adding up over grids of numbers.

    The level (and the step's size) have flat priors; the size D its normal prior.
    """
    g = np.array([shape(t, onset_min, tau_min) for t in T_MIN])
    likelihood = multivariate_normal(np.zeros(T_MIN.size), noise_covariance(T_MIN, CHANNEL))
    levels = np.linspace(-22.0, 22.0, 45)  # steps below the SD of a normal integrand leave errors below 1e-6
    steps = np.array([0.0]) if step is None else np.linspace(-25.0, 25.0, 51)
    sizes = np.linspace(-7 * CHANNEL.prior_sd, 7 * CHANNEL.prior_sd, 61)
    nuisance = levels[:, None, None] * np.ones(T_MIN.size)
    nuisance = nuisance + steps[None, :, None] * (np.zeros(T_MIN.size) if step is None else step)
    nuisance = nuisance.reshape(-1, T_MIN.size)
    without = logsumexp(likelihood.logpdf(y - nuisance))
    given_size = np.array([logsumexp(likelihood.logpdf(y - nuisance - size * g)) for size in sizes])
    ln_prior = -0.5 * (sizes / CHANNEL.prior_sd) ** 2
    joint = given_size + ln_prior - logsumexp(ln_prior)
    weight = np.exp(joint - logsumexp(joint))
    mean = float(weight @ sizes)
    return float(logsumexp(joint) - without), mean, float(np.sqrt(weight @ (sizes - mean) ** 2))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("pair", [0, 3, 7])
@pytest.mark.parametrize("with_step", [False, True])
def test_evidence_and_size_are_those_of_brute_force(seed: int, pair: int, with_step: bool) -> None:
    rng = np.random.default_rng(seed)
    step = STEP if with_step else None
    y = rng.multivariate_normal(np.zeros(T_MIN.size), noise_covariance(T_MIN, CHANNEL)) + 2.0 * STEP
    fit = fit_channel(T_MIN, y, GRID, CHANNEL, step=step)
    ln_bf, mean, sd = brute_force(y, float(GRID.onset_min[pair]), float(GRID.tau_min[pair]), step)
    assert fit.ln_bf[pair] == pytest.approx(ln_bf, abs=1e-3)  # what the grids of the sums leave
    assert fit.mean[pair] == pytest.approx(mean, abs=1e-3)
    assert fit.sd[pair] == pytest.approx(sd, abs=1e-3)


def test_the_grid_holds_every_onset_with_every_time_constant() -> None:
    grid = Grid.over(2.0, 0.5, (1.0, 3.0))
    pairs = set(zip(grid.onset_min.tolist(), grid.tau_min.tolist(), strict=True))
    assert pairs == {(onset, tau) for onset in (0.0, 0.5, 1.0, 1.5, 2.0) for tau in (1.0, 3.0)}


def test_a_bout_too_short_for_any_later_onset_is_tried_at_its_start() -> None:
    assert Grid.over(-3.0, 1.0, (1.0,)).onset_min.tolist() == [0.0]


@pytest.mark.parametrize("epoch_min", [0.5, 1.0])
def test_shapes_are_zero_before_the_onset_and_rise_towards_one_after_it(epoch_min: float) -> None:
    t_min = np.arange(-3.0, 60.0, epoch_min)
    shapes = GRID.shapes(t_min, epoch_min)
    wanted = [
        [shape(t, onset, tau, epoch_min) for onset, tau in zip(GRID.onset_min, GRID.tau_min, strict=True)]
        for t in t_min
    ]
    assert shapes == pytest.approx(np.array(wanted), abs=1e-12)
    assert np.all(np.diff(shapes, axis=0) >= 0.0)


@given(COURSES, st.floats(-100.0, 100.0))
def test_adding_a_constant_changes_nothing(y: Floats, constant: float) -> None:
    here, there = (fit_channel(T_MIN, z, GRID, CHANNEL) for z in (y, y + constant))
    assert_alike(here, there)


@given(COURSES, st.floats(-30.0, 30.0))
def test_a_known_step_takes_up_any_step_of_posture(y: Floats, size: float) -> None:
    here, there = (fit_channel(T_MIN, z, GRID, CHANNEL, step=STEP) for z in (y, y + size * STEP))
    assert_alike(here, there)


@given(COURSES)
def test_the_course_upside_down_gives_the_same_evidence_and_the_opposite_size(y: Floats) -> None:
    here, there = (fit_channel(T_MIN, z, GRID, CHANNEL) for z in (y, -y))
    assert there.ln_bf == pytest.approx(here.ln_bf, abs=1e-9)
    assert there.mean == pytest.approx(-here.mean, abs=1e-9)


@given(COURSES, st.floats(1.2, 4.0))
def test_heavier_noise_makes_the_size_less_certain(y: Floats, times: float) -> None:
    heavy = Channel(CHANNEL.prior_sd, CHANNEL.noise_sd * times, CHANNEL.noise_phi, CHANNEL.drift_sd * times, 1.0)
    calm, noisy = (fit_channel(T_MIN, y, GRID, channel) for channel in (CHANNEL, heavy))
    assert np.all(noisy.sd > calm.sd)
    assert np.all(noisy.sd <= CHANNEL.prior_sd)


def test_heavier_noise_weakens_the_evidence_of_a_clear_fall() -> None:
    y = 8.0 * GRID.shapes(T_MIN, 1.0)[:, 0]
    evidence = [
        fit_channel(T_MIN, y, GRID, Channel(3.0, noise_sd, 0.5, 1.0, 1.0)).ln_bf[0] for noise_sd in (1.0, 2.0, 4.0)
    ]
    assert evidence[0] > evidence[1] > evidence[2] > 0.0


def test_with_fewer_than_four_epochs_nothing_is_said() -> None:
    fit = fit_channel(T_MIN[:3], np.array([0.0, 9.0, 18.0]), GRID, CHANNEL)
    assert not fit.ln_bf.any()
    assert not fit.mean.any()
    assert set(fit.sd.tolist()) == {CHANNEL.prior_sd}


def test_onsets_after_the_last_epoch_say_nothing_and_cost_nothing() -> None:
    late = Grid(np.array([50.0]), np.array([1.0]))
    fit = fit_channel(T_MIN, np.linspace(0.0, 5.0, T_MIN.size), late, CHANNEL)
    assert (fit.ln_bf[0], fit.mean[0], fit.sd[0]) == (0.0, 0.0, CHANNEL.prior_sd)


def test_the_noise_forgets_with_the_minutes_between_epochs_and_drifts_with_the_hours() -> None:
    still = Channel(3.0, 2.0, 0.5, 0.0, 1.0)
    t_min = np.array([0.0, 0.5, 2.5])
    assert noise_covariance(t_min, still) == pytest.approx(
        4.0 * np.array([[1.0, 0.5**0.5, 0.5**2.5], [0.5**0.5, 1.0, 0.25], [0.5**2.5, 0.25, 1.0]])
    )
    drifting = Channel(3.0, 2.0, 0.5, 3.0, 1.0)
    extra = noise_covariance(np.array([0.0, 60.0]), drifting) - noise_covariance(np.array([0.0, 60.0]), still)
    assert extra == pytest.approx(np.array([[0.0, 0.0], [0.0, 9.0]]))


def test_above_is_the_share_of_the_size_beyond_a_limit() -> None:
    fit = ChannelFit(np.zeros(2), np.array([1.0, 4.0]), np.array([1.0, 1.5]))
    draws = np.random.default_rng(0).normal(fit.mean, fit.sd, (200_000, 2))
    assert fit.above(2.0) == pytest.approx((draws > 2.0).mean(axis=0), abs=4e-3)  # 3.5 standard errors of the draws


@given(st.lists(st.floats(-2.0, 2.0), min_size=5, max_size=30), st.integers(0, 29), st.floats(50.0, 1e4))
def test_one_odd_minute_is_pulled_in_and_the_others_stay(values: list[float], at: int, size: float) -> None:
    y = np.array(values)
    at %= y.size
    odd = y.copy()
    odd[at] += size
    tamed = pull_in_tails(odd, CHANNEL)
    assert abs(tamed[at]) <= 2.0 + CHANNEL.tail_sd * CHANNEL.noise_sd
    others = np.arange(y.size) != at
    assert tamed[others] == pytest.approx(y[others])


def test_a_lasting_step_is_not_pulled_in() -> None:
    y = np.where(np.arange(20) < 10, 0.0, 30.0)
    assert pull_in_tails(y, CHANNEL).tolist() == y.tolist()


@given(st.lists(st.floats(-700.0, 700.0), min_size=1, max_size=40))
def test_weights_add_up_to_one_and_the_evidence_is_the_mean(ln_bf: list[float]) -> None:
    weight, ln_evidence = weights_of(np.array(ln_bf))
    assert weight.sum() == pytest.approx(1.0)
    assert weight[np.argmax(ln_bf)] == weight.max()
    assert ln_evidence == pytest.approx(logsumexp(ln_bf) - np.log(len(ln_bf)))


def assert_alike(here: ChannelFit, there: ChannelFit) -> None:
    assert there.ln_bf == pytest.approx(here.ln_bf, abs=1e-7, rel=1e-7)
    assert there.mean == pytest.approx(here.mean, abs=1e-7, rel=1e-7)
    assert there.sd == pytest.approx(here.sd)
