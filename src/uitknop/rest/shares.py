"""Shares with intervals, and the difference of two shares, drawn towards none."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate
from uitknop.rest.parameters import DIFFERENCE_PRIOR_SD

_GRID = np.linspace(0.0005, 0.9995, 1000)
_LOG_ODDS = np.linspace(-8.0, 8.0, 401)
_REACH = np.linspace(-5.0, 5.0, 201)


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
    difference; the mean of the two log odds has Jeffreys' prior. The posterior is added up over a grid, because a
    normal approximation would give "all of them settled" less than "all but one". The log odds ratio is turned back
    into a difference of shares at the observed share of quiet time, half a count added on either side.

    Returns: difference of shares, -1..1, with interval; `n` is the smaller of the two counts.
    """
    ratio = DIFFERENCE_PRIOR_SD * _REACH
    ln_weight = 0.5 * _ln_chance(1, 2, 0) - 0.5 * _REACH[None, :] ** 2
    ln_weight = ln_weight + _ln_chance(k, n, 1) + _ln_chance(k_quiet, n_quiet, -1)
    weight = np.exp(ln_weight - ln_weight.max()).sum(axis=0)
    weight /= weight.sum()
    ends = np.interp([(1 - level) / 2, (1 + level) / 2], np.cumsum(weight) - weight / 2, ratio)
    base = math.log((k_quiet + 0.5) / (n_quiet - k_quiet + 0.5))
    value, low, high = (_expit(base + float(x)) - _expit(base) for x in (weight @ ratio, *ends))
    return Estimate(value, low, high, level, min(n, n_quiet), "")


def _ln_chance(k: int, n: int, side: int) -> npt.NDArray[np.float64]:
    """ln probability of `k` of `n`, but for a constant, over the grid of one side (see `_ln_one_plus_odds`)."""
    against, odds = _ln_one_plus_odds(side)
    return np.asarray(-k * against - (n - k) * odds)


@cache
def _ln_one_plus_odds(side: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """ln of 1 + the odds against and of 1 + the odds, over the mean of the log odds and, in columns, half a log odds
    ratio above (side 1) or below it (side -1). Not to be written to."""
    log_odds = _LOG_ODDS[:, None] if side == 0 else _LOG_ODDS[:, None] + side * (DIFFERENCE_PRIOR_SD * _REACH) / 2
    return np.logaddexp(0.0, -log_odds), np.logaddexp(0.0, log_odds)


def _expit(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
