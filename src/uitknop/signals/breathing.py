"""How fast is the breathing, as far as the beats tell, and is it slow breathing?

Heart rate swings with the breath. The rate is the peak of the spectrum of the RR intervals over two minutes; it is
known when at least half of the power between 0.07 and 0.5 Hz lies within 0.02 Hz of it. Below 9 breaths a minute the
swing of the breath and the swing of blood pressure near 0.1 Hz (Mayer waves) share a place. What tells them apart: a
paced breath is large, nearly alone in the spectrum, and holds its rate from minute to minute. `slow` asks for all
three; a rate alone is never enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats
from uitknop.signals.spectrum import GRID_HZ, detrend, sine_tapers, spline_gain, spread

Floats = npt.NDArray[np.float64]

WINDOW_S = 120.0
LOW_HZ, HIGH_HZ = 0.07, 0.5
NEAR_HZ = 0.02
KNOWN_CONCENTRATION = 0.5
SLOW_BRPM = 9.0
"""Below 9 breaths a minute high-frequency power loses its meaning."""

_FFT = 1024  # 480 points padded: steps of 0.004 Hz
_CHUNK = 512
_LONGEST_HOLE = 0.05  # share of the two minutes that may be missing


@dataclass(frozen=True, slots=True)
class Breathing:
    """Breathing by epoch, each shape (n,).

    Args:
        rate_brpm: breaths per minute; NaN when unknown.
        concentration: share of the power within 0.02 Hz of the peak, 0..1; NaN without a spectrum.
        swing_ms: size of the swing (from crest to trough) at the peak, ms; NaN without a spectrum.
        slow: True where slow breathing is recognised.
    """

    rate_brpm: Floats
    concentration: Floats
    swing_ms: Floats
    slow: npt.NDArray[np.bool_]


def estimate_breathing(beats: Beats, middle_ms: npt.NDArray[np.int64], covered: Floats) -> Breathing:
    """Breathing in the two minutes around each moment.

    Args:
        beats: the corrected series.
        middle_ms: middle of each epoch on a regular grid, UTC ms, shape (n,).
        covered: share of those two minutes that the series covers, 0..1, shape (n,).
    """
    n = middle_ms.size
    rate_brpm, concentration, swing_ms = (np.full(n, np.nan) for _ in range(3))
    whole = np.flatnonzero(covered >= 1 - _LONGEST_HOLE)
    points = round(WINDOW_S * GRID_HZ)
    for first in range(0, whole.size, _CHUNK):
        part = whole[first : first + _CHUNK]
        start_ms = float(middle_ms[part[0]]) - WINDOW_S * 500
        grid = spread(beats, start_ms, float(middle_ms[part[-1]]) + WINDOW_S * 500)
        at = np.rint((middle_ms[part] - middle_ms[part[0]]) * (GRID_HZ / 1000)).astype(np.int64)
        weight = np.lib.stride_tricks.sliding_window_view(grid.weight.astype(np.float32), points)[at]
        value = np.lib.stride_tricks.sliding_window_view(grid.rr_ms.astype(np.float32), points)[at]
        peaks = _find_peaks(detrend(value, weight), weight.sum(1))
        rate_brpm[part], concentration[part], swing_ms[part] = peaks
    known = concentration >= KNOWN_CONCENTRATION
    slow = known & (rate_brpm < SLOW_BRPM)
    rate_brpm[~known] = np.nan
    return Breathing(rate_brpm, concentration, swing_ms, slow)


def _find_peaks(value: Floats, beats: Floats) -> tuple[Floats, Floats, Floats]:
    """Rate of the highest peak (brpm), the share of power near it, and the swing there (ms)."""
    taper = sine_tapers(value.shape[1], 1)[0].astype(np.float32)
    frequency_hz = np.fft.rfftfreq(_FFT, 1 / GRID_HZ).astype(np.float64)
    inside = (frequency_hz >= LOW_HZ - NEAR_HZ) & (frequency_hz <= HIGH_HZ + NEAR_HZ)
    frequency_hz = frequency_hz[inside]
    power = np.abs(np.fft.rfft(value * taper, _FFT, axis=1)[:, inside]) ** 2 / spline_gain(frequency_hz)
    nyquist_hz = beats / WINDOW_S / 2
    band = (frequency_hz >= LOW_HZ) & (frequency_hz <= np.minimum(HIGH_HZ, nyquist_hz)[:, None])
    power = np.where(band, power, 0.0)
    peak = power.argmax(axis=1)
    near = np.abs(frequency_hz - frequency_hz[peak][:, None]) <= NEAR_HZ
    near_power, all_power = (power * near).sum(1), power.sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        concentration = near_power / all_power
        rate_brpm = 60 * (power * near * frequency_hz).sum(1) / near_power
        # a sine of amplitude a over n beats gives a total of (a n)² / 4 times the length of the taper in bins
        step = frequency_hz[1] - frequency_hz[0]
        variance_ms2 = 2 * near_power * step * WINDOW_S / beats**2
    return rate_brpm, concentration, 2 * np.sqrt(2 * variance_ms2)
