"""How fast is the breathing, as far as the beats tell, and is it slow breathing?

Heart rate swings with the breath. The rate is the peak of the spectrum of the RR intervals over two minutes; it is
known when at least half of the power between 0.07 and 0.5 Hz lies within 0.02 Hz of it.

Below 9 breaths a minute the swing of the breath and that of blood pressure near 0.1 Hz (Mayer waves) share a place:
by the peak alone one in ten ordinary minutes of a day would be called slow breathing. A slow breath that matters is
narrow in the spectrum, large, and holds its rate for three minutes; `slow` asks for all three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats
from uitknop.signals.spectrum import GRID_HZ, detrend, sine_tapers, spline_gain, spread

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

WINDOW_S = 120.0
LOW_HZ, HIGH_HZ = 0.07, 0.5
NEAR_HZ = 0.02
KNOWN_CONCENTRATION = 0.5
SLOW_BRPM = 9.0
"""Below 9 breaths a minute high-frequency power loses its meaning."""

NARROW_HZ = 0.0127
"""Half width of a steady tone seen through one sine taper of two minutes."""
SLOW_NARROW = 0.5
"""Least share of the power above 0.07 Hz within `NARROW_HZ` of the peak, for slow breathing."""
SLOW_ALONE = 0.2
"""The same against all power above 0.02 Hz: slow wander of heart rate must not drown it."""
SLOW_SWING = 0.03
"""Least swing from crest to trough, as a share of the mean interval."""
STEADY_HZ = 0.008
"""Most change of the peak from one epoch to the next."""
STEADY_MIN = 3.0

_WANDER_HZ = 0.02
_FFT = 512  # 240 points padded: steps of 0.004 Hz
_CHUNK = 256
_LONGEST_HOLE = 0.05  # share of the two minutes that may be missing


@dataclass(frozen=True, slots=True)
class Breathing:
    """Breathing by epoch, each shape (n,).

    Args:
        rate_brpm: breaths per minute; NaN when unknown.
        concentration: share of the power within 0.02 Hz of the peak, 0..1; NaN without a spectrum.
        slow: True where slow breathing is recognised.
    """

    rate_brpm: Floats
    concentration: Floats
    slow: Bools


@dataclass(frozen=True, slots=True)
class _Peaks:
    """The highest peak of each spectrum: where, how much of the power lies near it, how large the swing is."""

    frequency_hz: Floats
    concentration: Floats
    narrow: Floats
    alone: Floats
    swing: Floats


def estimate_breathing(beats: Beats, middle_ms: npt.NDArray[np.int64], covered: Floats) -> Breathing:
    """Breathing in the two minutes around each moment.

    Args:
        beats: the corrected series.
        middle_ms: middle of each epoch on a regular grid, UTC ms, shape (n,).
        covered: share of those two minutes that the series covers, 0..1, shape (n,); with a hole there is no estimate.
    """
    whole = np.flatnonzero(covered >= 1 - _LONGEST_HOLE)
    table = np.full((5, middle_ms.size), np.nan)
    points = round(WINDOW_S * GRID_HZ)
    for first in range(0, whole.size, _CHUNK):
        part = whole[first : first + _CHUNK]
        start_ms, end_ms = float(middle_ms[part[0]]) - WINDOW_S * 500, float(middle_ms[part[-1]]) + WINDOW_S * 500
        grid = spread(beats, start_ms, end_ms)
        at = np.rint((middle_ms[part] - middle_ms[part[0]]) * (GRID_HZ / 1000)).astype(np.int64)
        weight = np.lib.stride_tricks.sliding_window_view(grid.weight.astype(np.float32), points)[at]
        value = np.lib.stride_tricks.sliding_window_view(grid.rr_ms.astype(np.float32), points)[at]
        mean_ms = grid.level_ms + value.sum(1) / np.maximum(weight.sum(1), 1)
        peaks = _find_peaks(detrend(value, weight), weight.sum(1), mean_ms)
        table[:, part] = peaks.frequency_hz, peaks.concentration, peaks.narrow, peaks.alone, peaks.swing
    peaks = _Peaks(*table)
    known = peaks.concentration >= KNOWN_CONCENTRATION
    rate_brpm = np.where(known, 60 * peaks.frequency_hz, np.nan)
    epoch_min = float(middle_ms[1] - middle_ms[0]) / 60_000 if middle_ms.size > 1 else STEADY_MIN
    return Breathing(rate_brpm, peaks.concentration, find_slow(peaks, max(round(STEADY_MIN / epoch_min), 1)))


def find_slow(peaks: _Peaks, least: int) -> Bools:
    """True in at least `least` epochs in a row with a narrow, large, steady slow peak, and in their like neighbours."""
    slow_hz = SLOW_BRPM / 60
    clear = (peaks.frequency_hz < slow_hz) & (peaks.narrow >= SLOW_NARROW)
    clear &= (peaks.alone >= SLOW_ALONE) & (peaks.swing >= SLOW_SWING)
    if clear.size == 0:
        return clear
    held = np.abs(np.diff(peaks.frequency_hz)) <= STEADY_HZ
    row = np.cumsum(np.r_[True, ~(clear[1:] & clear[:-1] & held)]) - 1
    slow = clear & (np.bincount(row)[row] >= least)
    # the minute before and after is half inside: the plain rule is enough there
    plain = (peaks.frequency_hz < slow_hz) & (peaks.concentration >= KNOWN_CONCENTRATION)
    beside = np.zeros_like(slow)
    beside[1:] |= slow[:-1] & held
    beside[:-1] |= slow[1:] & held
    return np.asarray(slow | (plain & beside))


def _find_peaks(value: Floats, beats: Floats, mean_ms: Floats) -> _Peaks:
    """Peaks of the spectra of windows of spread, detrended beats, shape (windows, points)."""
    taper = sine_tapers(value.shape[1], 1)[0].astype(np.float32)
    frequency_hz = np.fft.rfftfreq(_FFT, 1 / GRID_HZ).astype(np.float64)
    step_hz = float(frequency_hz[1])
    inside = slice(int(_WANDER_HZ / step_hz) + 1, int(HIGH_HZ / step_hz) + 1)
    frequency_hz = frequency_hz[inside]
    transform = np.fft.rfft(value * taper, _FFT, axis=1)[:, inside]
    power = (transform.real**2 + transform.imag**2) / spline_gain(frequency_hz).astype(np.float32)
    nyquist_hz = beats / WINDOW_S / 2
    power[frequency_hz > np.minimum(HIGH_HZ, nyquist_hz)[:, None]] = 0.0  # above it the spectrum is an alias
    all_power = power.sum(1)
    power[:, frequency_hz < LOW_HZ] = 0.0
    peak_hz = frequency_hz[power.argmax(axis=1)][:, None]
    narrow = power * (np.abs(frequency_hz - peak_hz) <= NARROW_HZ)
    near_power = (power * (np.abs(frequency_hz - peak_hz) <= NEAR_HZ)).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance_ms2 = 2 * near_power * step_hz * WINDOW_S / beats**2
        return _Peaks(
            (narrow * frequency_hz).sum(1) / narrow.sum(1),
            near_power / power.sum(1),
            narrow.sum(1) / power.sum(1),
            narrow.sum(1) / all_power,
            2 * np.sqrt(2 * variance_ms2) / mean_ms,
        )
