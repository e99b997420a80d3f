"""Coloured noise and first-order filters on an even grid: what the drives of a body are coloured with."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
_Unit = Literal["sum", "square"]


def low_pass(x: Array, tau_s: float, *, dt_s: float = 1.0) -> Array:
    """First-order lag of `x` with time constant `tau_s`, at rest on `x[0]` before it starts; float64, shape (n,)."""
    if tau_s <= 0 or x.size == 0:
        return x.copy()
    kernel_n = min(x.size, math.ceil(7 * tau_s / dt_s) + 1)
    lagged: Array = x[0] + _convolved(x - x[0], kernel_n, tau_s, dt_s, "sum")
    return lagged


def delayed(x: Array, by_s: float, *, dt_s: float = 1.0) -> Array:
    """`x` shifted later by `by_s`, its first value held, float64, shape (n,)."""
    by = round(by_s / dt_s)
    return x.copy() if by <= 0 else np.concatenate((np.full(min(by, x.size), x[0]), x[: max(x.size - by, 0)]))


def wandering(
    rng: np.random.Generator, n: int, tau_s: float, *, dt_s: float = 1.0, freedom: float | None = None
) -> Array:
    """Stationary first-order noise of time constant `tau_s` and unit variance, float64, shape (n,).

    `freedom` above 2 gives Student-t shocks (small values: heavy tails); None gives Gaussian ones.
    """
    kernel_n = max(1, math.ceil(5 * tau_s / dt_s))
    if freedom is None:
        shock = rng.standard_normal(n + kernel_n)
    else:
        shock = rng.standard_t(freedom, n + kernel_n) / math.sqrt(freedom / (freedom - 2))
    return _convolved(shock, kernel_n, tau_s, dt_s, "square")[kernel_n : kernel_n + n]


def pink(rng: np.random.Generator, n: int, low_hz: float, high_hz: float, *, dt_s: float = 1.0) -> Array:
    """1/f noise between two frequencies, unit variance, float64, shape (n,)."""
    long_n = _smooth_length(n)
    frequency_hz = np.fft.rfftfreq(long_n, dt_s)
    inside = (frequency_hz >= low_hz) & (frequency_hz <= high_hz)
    amplitude = np.zeros(frequency_hz.size)
    amplitude[inside] = frequency_hz[inside] ** -0.5
    if not inside.any():
        return np.zeros(n)
    amplitude *= long_n / math.sqrt(4.0 * float(np.sum(amplitude**2)))
    spectrum = amplitude * (rng.standard_normal(amplitude.size) + 1j * rng.standard_normal(amplitude.size))
    return np.fft.irfft(spectrum, long_n)[:n]


def upsampled(x: Array, factor: int) -> Array:
    """`x` with `factor` points per step, joined by straight lines, float64, shape (n * factor,)."""
    step = np.diff(x, append=x[-1:])
    out = np.empty((x.size, factor))
    for place in range(factor):
        out[:, place] = x + step * (place / factor)
    return out.ravel()


def _convolved(x: Array, kernel_n: int, tau_s: float, dt_s: float, unit: _Unit) -> Array:
    """The first x.size values of the causal convolution of `x` with a dying exponential of `kernel_n` values."""
    n = _smooth_length(x.size + kernel_n)
    whole: Array = np.fft.irfft(np.fft.rfft(x, n) * _response(n, kernel_n, tau_s, dt_s, unit), n)
    return whole[: x.size]


@lru_cache(maxsize=48)  # one day asks for about thirty, and the next for the same; each is 1 MB at most
def _response(n: int, kernel_n: int, tau_s: float, dt_s: float, unit: _Unit) -> npt.NDArray[np.complex128]:
    """Transform, over `n` values, of a dying exponential whose sum or sum of squares is 1; not to be written to."""
    kernel = np.exp(-np.arange(kernel_n) * dt_s / tau_s)
    kernel /= kernel.sum() if unit == "sum" else math.sqrt(float(np.sum(kernel**2)))
    response: npt.NDArray[np.complex128] = np.fft.rfft(kernel, n)
    response.flags.writeable = False
    return response


def _smooth_length(n: int) -> int:
    """The least length of at least `n` of the form 2^a or 3 * 2^a or 5 * 2^a: quick to transform."""
    return min(odd << max(0, math.ceil(math.log2(n / odd))) for odd in (1, 3, 5))
