from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.synthetic.noise import delayed, low_pass, pink, upsampled, wandering


@given(st.floats(-50, 50), st.floats(0.5, 400.0))
def test_low_pass_leaves_a_constant_alone(level: float, tau_s: float) -> None:
    assert np.allclose(low_pass(np.full(300, level), tau_s), level)


def test_low_pass_reaches_63_percent_after_one_time_constant() -> None:
    step = np.concatenate((np.zeros(10), np.ones(600)))
    assert low_pass(step, 60.0)[10 + 59] == pytest.approx(1 - np.exp(-1), abs=0.01)


def test_low_pass_looks_only_back() -> None:
    step = np.concatenate((np.zeros(100), np.ones(100)))
    assert np.allclose(low_pass(step, 20.0)[:100], 0.0, atol=1e-12)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.sampled_from([None, 2.5, 5.0]), st.floats(3.0, 60.0))
def test_wandering_has_the_memory_it_is_asked_for(seed: int, freedom: float | None, tau_s: float) -> None:
    x = wandering(np.random.default_rng(seed), 60_000, tau_s, freedom=freedom)
    assert np.corrcoef(x[1:], x[:-1])[0, 1] == pytest.approx(np.exp(-1 / tau_s), abs=0.02)


def test_gaussian_wandering_has_unit_variance() -> None:
    assert np.var(wandering(np.random.default_rng(1), 400_000, 20.0)) == pytest.approx(1.0, abs=0.05)


def test_few_degrees_of_freedom_make_heavy_tails() -> None:
    def peak(freedom: float | None) -> float:
        x = wandering(np.random.default_rng(3), 100_000, 5.0, freedom=freedom)
        return float(np.abs(x).max() / np.median(np.abs(x)))

    assert peak(2.5) > 2 * peak(None)


def test_pink_noise_stays_in_its_band_and_falls_by_one_over_f() -> None:
    x = pink(np.random.default_rng(5), 2**18, 0.001, 0.04)
    power = np.abs(np.fft.rfft(x)) ** 2
    frequency = np.fft.rfftfreq(x.size, 1.0)
    assert power[frequency > 0.05].sum() < 1e-6 * power.sum()
    lower, upper = (power[(frequency > f) & (frequency < 2 * f)].sum() for f in (0.002, 0.016))
    assert lower == pytest.approx(upper, rel=0.25)  # equal power per octave
    assert np.var(x) == pytest.approx(1.0, abs=0.1)


def test_delay_holds_the_first_value() -> None:
    assert delayed(np.array([1.0, 2.0, 3.0, 4.0]), 2).tolist() == [1.0, 1.0, 1.0, 2.0]


def test_upsampling_joins_by_straight_lines() -> None:
    assert upsampled(np.array([0.0, 4.0, 4.0]), 4).tolist() == [0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4]
