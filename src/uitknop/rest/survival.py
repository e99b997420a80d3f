"""Latency over many bouts, some of which never showed it: Kaplan-Meier.

Source: Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; interval of the median by inverting the pointwise
band of Greenwood on the log(-log) scale, Brookmeyer & Crowley 1982, doi:10.2307/2530286.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate
from uitknop.rest.normal import normal_quantile

Floats = npt.NDArray[np.float64]


def median_latency(times_min: Floats, seen: npt.NDArray[np.bool_], *, level: float = 0.9) -> Estimate | None:
    """Median time to the settled state, min.

    Args:
        times_min: time to the settled state, or the length of the bout where it was not seen, shape (n,).
        seen: False where the time is censored on the right, shape (n,).
        level: of the interval.
    Returns: None without bouts. When fewer than half ever settled, the median is only known to lie above the longest
        time looked at, and the estimate is censored on the right.
    """
    n = times_min.size
    if n == 0:
        return None
    at, survival, error = _curve(times_min, seen)
    longest = float(times_min.max())
    reach = normal_quantile((1 + level) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        loglog = np.log(-np.log(survival))
        lower = np.exp(-np.exp(loglog + reach * error))
        upper = np.exp(-np.exp(loglog - reach * error))
    lower = np.where((survival <= 0.0) | (survival >= 1.0), survival, lower)
    upper = np.where(survival >= 1.0, survival, upper)
    if survival.size and survival[-1] <= 0.0:  # everybody settled: the band has no width there, the truth has
        upper[-1] = upper[-2] if survival.size > 1 else 1.0
    middle, low, high = (_first_at_or_below(at, curve) for curve in (survival, lower, upper))
    if middle is None:
        return Estimate(longest, low if low is not None else longest, math.inf, level, n, "min", censored="right")
    return Estimate(middle, low if low is not None else middle, math.inf if high is None else high, level, n, "min")


def _curve(times_min: Floats, seen: npt.NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Times at which somebody settled, survival after each, and the SD of log(-log survival)."""
    at = np.unique(times_min[seen])
    risk = np.array([(times_min >= t).sum() for t in at], dtype=np.float64)
    events = np.array([((times_min == t) & seen).sum() for t in at], dtype=np.float64)
    survival = np.cumprod(1.0 - events / np.maximum(risk, 1.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(np.where(risk > events, events / (risk * (risk - events)), np.inf))
        error = np.sqrt(greenwood) / np.abs(np.log(survival))
    return at, np.asarray(survival, dtype=np.float64), np.asarray(np.where(np.isfinite(error), error, 0.0))


def _first_at_or_below(at: Floats, curve: Floats) -> float | None:
    below = np.flatnonzero(curve <= 0.5 + 1e-9)  # a half, whatever the rounding of the products made of it
    return float(at[below[0]]) if below.size else None
