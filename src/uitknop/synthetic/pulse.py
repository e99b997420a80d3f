"""From drives to beats: an integral pulse frequency modulator.

The sinus node integrates its rate; a beat falls wherever the integral passes the next whole number. Breath and the
0.1 Hz wave modulate the rate; their size follows from the variation the drives aim at.
Source of the model: Hyndman & Mohn 1975, Automedica 1:239.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from uitknop.synthetic.drives import Drives
from uitknop.synthetic.noise import upsampled, wandering

Array = npt.NDArray[np.float64]

STEPS_PER_S = 4
BREATH_SHARE, WAVE_SHARE, JITTER_SHARE = 0.80, 0.10, 0.10
"""How much of the mean squared successive difference each source carries."""
WAVE_HZ = 0.095
LARGEST_MODULATION = 0.35
SHORTEST_RR_S = 0.31


def beat_times_s(drives: Drives, rng: np.random.Generator, *, first_s: int = 0, last_s: int | None = None) -> Array:
    """Times of the beats between two seconds of the drives, s from second 0, increasing, float64, shape (n,)."""
    part = slice(first_s, drives.hr_bpm.size if last_s is None else last_s)
    hr_hz = drives.hr_bpm[part] / 60.0
    aim_s = np.exp(drives.ln_rmssd[part]) / 1000.0
    n = hr_hz.size
    wave_hz = WAVE_HZ * np.exp(0.08 * wandering(rng, n, 60.0))
    wave_depth = np.exp(0.4 * wandering(rng, n, 25.0) - 0.4**2)
    breath = _amplitude(aim_s, drives.breathing_hz[part], hr_hz, BREATH_SHARE) * drives.breath_depth[part]
    wave = _amplitude(aim_s, wave_hz, hr_hz, WAVE_SHARE) * wave_depth
    modulation = upsampled(breath, STEPS_PER_S) * _swing(drives.breathing_hz[part], rng)
    modulation += upsampled(wave, STEPS_PER_S) * _swing(wave_hz, rng)
    rate_hz = upsampled(hr_hz, STEPS_PER_S) * (1.0 + np.clip(modulation, -LARGEST_MODULATION, LARGEST_MODULATION))
    integral = np.concatenate(([0.0], np.cumsum(rate_hz) / STEPS_PER_S))
    time_s = first_s + np.arange(integral.size) / STEPS_PER_S
    beat = np.interp(np.arange(1.0, math.floor(integral[-1])) + rng.random(), integral, time_s)
    jitter_s = np.interp(beat - first_s, np.arange(n) + 0.5, aim_s) * math.sqrt(JITTER_SHARE / 6.0)
    beat = np.sort(beat + jitter_s * rng.standard_t(5, beat.size) * math.sqrt(3.0 / 5.0))
    return beat[np.diff(beat, prepend=-np.inf) >= SHORTEST_RR_S]


def _amplitude(aim_s: Array, frequency_hz: Array, hr_hz: Array, share: float) -> Array:
    """Relative modulation of the rate that gives `share` of the mean squared successive difference aimed at.

    A rate modulated by a sine of relative size m at f gives intervals that swing by RR * m * sin(x) / x, x = pi f RR,
    and successive differences of sqrt(2) * sin(x) times that swing.
    """
    x = np.pi * frequency_hz / hr_hz
    return aim_s * hr_hz * math.sqrt(share) * x / (math.sqrt(2.0) * np.sin(x) ** 2)


def _swing(frequency_hz: Array, rng: np.random.Generator) -> Array:
    """A sine that runs through a wandering frequency, from a phase of chance, `STEPS_PER_S` points per second."""
    phase = np.cumsum(upsampled(frequency_hz, STEPS_PER_S)) / STEPS_PER_S
    return np.sin(2 * np.pi * (phase + rng.random()))
