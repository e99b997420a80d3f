"""Power of RR intervals by band, in ms², for many windows at once.

`PSD(f) = 2 abs(Σ h(t) z(t) exp(-2 pi i f t))² / Σ h² · mean RR`, one-sided, ms²/Hz: z are the detrended intervals, h
is a taper, the sums run over the beats. The spectra of three orthogonal sine tapers are averaged, which takes two
thirds off the variance of a single one. With a transform of twice the window's length, tapering by a sine is a
difference of neighbouring bins, so one FFT serves all tapers and the grid step is 1/(2T) whatever T.
Source: Riedel & Sidorenko 1995, doi:10.1109/78.365298; bands, Task Force 1996, doi:10.1161/01.CIR.93.5.1043.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats
from uitknop.signals.spectrum import GRID_HZ, detrend, spline_gain, spread

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

VLF_HZ = (0.003, 0.04)
LF_HZ = (0.04, 0.15)
HF_HZ = (0.15, 0.40)
TAPERS = 3
"""Below an hour. From an hour on one is enough, for a band then holds hundreds of bins, and it keeps the day's slow
changes out of VLF."""

SHORTEST_S = 300.0
"""LF and HF need five minutes."""
SHORTEST_VLF_S = 3600.0
"""VLF needs an hour: from five minutes no tool gives it credibly."""
HF_NYQUIST_HZ = 0.30
"""Where the mean Nyquist frequency lies below this, HF is not told; above, HF ends at the Nyquist frequency."""

_CHUNK_POINTS = 200_000  # stays in the processor's cache


@dataclass(frozen=True, slots=True)
class FrequencyDomain:
    """Band powers in ms² and their ratio, each shape (w,); NaN where a window is too short or beats too rare."""

    vlf_ms2: Floats
    lf_ms2: Floats
    hf_ms2: Floats
    lf_hf: Floats


def frequency_domain(beats: Beats, start_ms: Ints, window_s: float) -> FrequencyDomain:
    """Band powers of the windows that start at `start_ms` and last `window_s`.

    Args:
        beats: the corrected series; a gap holds no beats and is not interpolated.
        start_ms: UTC ms, never decreasing, shape (w,).
        window_s: s; below 300 all is NaN.
    """
    power = np.full((3, start_ms.size), np.nan)
    if window_s >= SHORTEST_S and len(beats) and start_ms.size:
        points = _smooth(int(np.ceil(window_s * GRID_HZ)))
        at_once = max(_CHUNK_POINTS // (2 * points), 1)
        for first in range(0, start_ms.size, at_once):
            part = slice(first, first + at_once)
            power[:, part] = _band_powers(beats, start_ms[part], window_s, points)
    vlf_ms2, lf_ms2, hf_ms2 = power
    if window_s < SHORTEST_VLF_S:
        vlf_ms2 = np.full(start_ms.size, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return FrequencyDomain(vlf_ms2, lf_ms2, hf_ms2, np.where(hf_ms2 > 0, lf_ms2 / hf_ms2, np.nan))


def _band_powers(beats: Beats, start_ms: Ints, window_s: float, points: int) -> Floats:
    """VLF, LF and HF of each window, shape (3, w)."""
    dtype = np.float32 if points <= 20_000 else np.float64
    grid = spread(beats, float(start_ms[0]), float(start_ms[-1]) + 1000 * window_s)
    pad = np.zeros(points)  # the last window's grid may reach a little further than its time
    at = np.rint((start_ms - start_ms[0]) * (GRID_HZ / 1000)).astype(np.int64)
    weight = _windows(np.r_[grid.weight, pad].astype(dtype), points, at)
    value = _windows(np.r_[grid.rr_ms, pad].astype(dtype), points, at)
    if points > window_s * GRID_HZ:  # the grid was rounded up to a length an FFT likes
        inside = np.arange(points) < window_s * GRID_HZ
        weight, value = weight * inside, value * inside
    n = weight.sum(1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_s = (grid.level_ms + value.sum(1, dtype=np.float64) / n) / 1000
    value = detrend(value, weight)
    frequency_hz = np.arange(points + 1, dtype=np.float64) * (GRID_HZ / (2 * points))
    tapers = TAPERS if window_s < SHORTEST_VLF_S else 1
    top = int(np.searchsorted(frequency_hz, HF_HZ[1])) + tapers + 1
    transform = np.fft.rfft(value, 2 * points, axis=1)[:, :top]
    density = _tapered(transform, weight, tapers) / spline_gain(frequency_hz[: top - tapers]) * mean_s[:, None]
    nyquist_hz = 0.5 / mean_s
    return _integrate(density, frequency_hz[: top - tapers], nyquist_hz)


def _tapered(transform: npt.NDArray[np.complexfloating], weight: Floats, tapers: int) -> Floats:
    """Mean of the one-sided densities by `tapers` sine tapers, ms² per Hz and per s of mean RR."""
    points = weight.shape[1]
    top = transform.shape[1] - tapers
    mirrored = np.concatenate((np.conj(transform[:, tapers:0:-1]), transform), axis=1)
    density = np.zeros((transform.shape[0], top), dtype=weight.dtype)
    phase = np.pi * (np.arange(points)[:, None] + 0.5) / points
    energy = weight @ (np.sin(np.arange(1, tapers + 1) * phase) ** 2).astype(weight.dtype)
    for k in range(1, tapers + 1):
        turn = np.exp(1j * np.pi * k / (2 * points)).astype(transform.dtype)
        below = mirrored[:, tapers - k : tapers - k + top]
        above = mirrored[:, tapers + k : tapers + k + top]
        tapered = turn * below - np.conj(turn) * above  # 2i times the transform of sin(pi k t / T) z(t)
        with np.errstate(divide="ignore", invalid="ignore"):
            density += (tapered.real**2 + tapered.imag**2) / (2 * tapers * energy[:, k - 1 : k])
    return density


def _integrate(density: Floats, frequency_hz: Floats, nyquist_hz: Floats) -> Floats:
    """Power of VLF, LF and HF; NaN for a band that the beats are too rare to show."""
    out = np.empty((3, density.shape[0]))
    step_hz = frequency_hz[1] - frequency_hz[0]
    for row, (low_hz, high_hz) in enumerate((VLF_HZ, LF_HZ, HF_HZ)):
        low, high = np.searchsorted(frequency_hz, (low_hz, high_hz)).tolist()
        band, top_hz = density[:, low:high], np.minimum(nyquist_hz, high_hz)
        seen = frequency_hz[low:high] <= top_hz[:, None] if bool((nyquist_hz < high_hz).any()) else True
        needed_hz = HF_NYQUIST_HZ if row == 2 else high_hz
        out[row] = np.where(nyquist_hz >= needed_hz, (band * seen).sum(1) * step_hz, np.nan)
    return out


def _windows(series: Floats, points: int, at: Ints) -> Floats:
    return np.asarray(np.lib.stride_tricks.sliding_window_view(series, points)[at])


def _smooth(points: int) -> int:
    """The next number without a prime factor above 5, which an FFT likes."""
    while True:
        rest = points
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return points
        points += 1
