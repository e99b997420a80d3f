"""Breathing from beats: the right rate, unknown when unsure, and slow only when it is slow breathing."""

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats
from uitknop.signals import clean, make_epochs

Floats = npt.NDArray[np.float64]


def breathe(rate_brpm: float, *, swing_ms: float = 80.0, noise_ms: float = 6.0, minutes: float = 10, seed: int = 0):
    rng = np.random.default_rng(seed)
    now_s, rr = 0.0, []
    while now_s < minutes * 60:
        breath = swing_ms / 2 * np.sin(2 * np.pi * rate_brpm / 60 * now_s)
        rr.append(900 + 30 * np.sin(2 * np.pi * now_s / 90) + breath + rng.normal(0, noise_ms))
        now_s += rr[-1] / 1000
    return make_epochs(clean(Beats.from_rr_ms(rr)))


@pytest.mark.parametrize("rate_brpm", [5.0, 6.5, 10.0, 14.0, 18.0, 24.0])
def test_the_rate_of_a_clear_breath_is_found(rate_brpm: float) -> None:
    epochs = breathe(rate_brpm)
    inner = epochs.breathing_brpm[1:-2]
    np.testing.assert_allclose(inner, rate_brpm, atol=0.4)  # bins lie 0.23 apart


@pytest.mark.parametrize("rate_brpm", [5.0, 6.0, 7.5])
def test_slow_breathing_is_recognised(rate_brpm: float) -> None:
    assert breathe(rate_brpm).slow_breathing[1:-2].all()


@pytest.mark.parametrize("rate_brpm", [10.5, 15.0, 20.0])
def test_ordinary_breathing_is_not_slow(rate_brpm: float) -> None:
    assert not breathe(rate_brpm).slow_breathing.any()


def test_noise_has_no_rate() -> None:
    epochs = breathe(15, swing_ms=0, noise_ms=25)
    assert np.isnan(epochs.breathing_brpm).mean() > 0.7


def test_a_wandering_swing_near_a_tenth_of_a_hertz_is_seldom_called_slow_breathing() -> None:
    rng = np.random.default_rng(4)
    t_s = np.arange(0, 7200, 0.25)
    frequency_hz = np.fft.rfftfreq(t_s.size, 0.25)
    shape = np.exp(-0.5 * ((frequency_hz - 0.095) / 0.015) ** 2)
    wave = np.fft.irfft(shape * (rng.normal(size=shape.size) + 1j * rng.normal(size=shape.size)), t_s.size)
    wave *= 22 / wave.std()
    now_s, rr = 0.0, []
    while now_s < 7100:
        breath = 20 * np.sin(2 * np.pi * 0.25 * now_s)
        rr.append(900 + float(np.interp(now_s, t_s, wave)) + breath + rng.normal(0, 5))
        now_s += rr[-1] / 1000
    epochs = make_epochs(clean(Beats.from_rr_ms(rr)))
    assert (epochs.breathing_brpm < 9).mean() > 0.25  # what the peak alone would say
    assert epochs.slow_breathing.mean() < 0.08


def test_beats_too_rare_for_the_breath_give_no_alias() -> None:
    now_s, rr = 0.0, []
    while now_s < 600:
        rr.append(1800 + 60 * np.sin(2 * np.pi * 0.4 * now_s))  # 24 breaths a minute, Nyquist at 16.7
        now_s += rr[-1] / 1000
    found = make_epochs(clean(Beats.from_rr_ms(rr))).breathing_brpm
    assert not np.any(found > 17)
