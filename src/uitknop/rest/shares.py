"""Shares with intervals, and the difference of two shares, drawn towards none."""

from __future__ import annotations

import math

import numpy as np

from uitknop.core import Estimate
from uitknop.rest.normal import normal_quantile
from uitknop.rest.parameters import DIFFERENCE_PRIOR_SD

_GRID = np.linspace(0.0005, 0.9995, 1000)


def share(k: int, n: int, *, level: float = 0.9) -> Estimate:
    """A share with its Jeffreys interval.

    Args:
        k, n: how many of how many.
        level: of the interval.
    Source: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.

    >>> found = share(6, 9)
    >>> round(found.value, 2), 0.3 < found.low < 0.5
    (0.67, True)
    """
    density = np.exp((k - 0.5) * np.log(_GRID) + (n - k - 0.5) * np.log1p(-_GRID) - _peak(k, n))
    cumulated = np.cumsum(density) / density.sum()
    low, high = (float(_GRID[np.searchsorted(cumulated, q)]) for q in ((1 - level) / 2, (1 + level) / 2))
    return Estimate(k / n, 0.0 if k == 0 else low, 1.0 if k == n else high, level, n, "")


def _peak(k: int, n: int) -> float:
    return float(np.max((k - 0.5) * np.log(_GRID) + (n - k - 0.5) * np.log1p(-_GRID)))


def difference(k: int, n: int, k_quiet: int, n_quiet: int, *, level: float = 0.9) -> Estimate:
    """How much more often a kind of rest settled than matched quiet time, drawn towards no difference.

    The log odds ratio has a normal prior around 0 (SD `DIFFERENCE_PRIOR_SD`), so that a few bouts can't make a large
    difference; the estimate is turned back into a difference of shares at the observed share of quiet time.

    Returns: difference of shares, -1..1, with interval; `n` is the smaller of the two counts.
    Source: normal approximation of the log odds ratio with half-counts, Gart 1966, doi:10.2307/2333758.
    """
    a, b, c, d = k + 0.5, n - k + 0.5, k_quiet + 0.5, n_quiet - k_quiet + 0.5
    log_ratio = math.log(a * d / (b * c))
    variance = 1 / a + 1 / b + 1 / c + 1 / d
    keep = DIFFERENCE_PRIOR_SD**2 / (DIFFERENCE_PRIOR_SD**2 + variance)
    mean, sd = keep * log_ratio, math.sqrt(keep * variance)
    reach = normal_quantile((1 + level) / 2) * sd
    base = math.log(c / d)
    value, low, high = (_expit(base + x) - _expit(base) for x in (mean, mean - reach, mean + reach))
    return Estimate(value, low, high, level, min(n, n_quiet), "")


def _expit(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
