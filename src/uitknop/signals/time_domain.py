"""Measures of single intervals and of neighbours, for many windows at once.

With accepted intervals x (N of them, mean x̄) and differences d of the m valid pairs inside the window:

* RMSSD² = Σ d² / m; SDNN² = Σ (x - x̄)² / (N - 1); SDSD² = Σ (d - d̄)² / (m - 1)
* SD1 = SDSD / √2; SD2² = 2 SDNN² - SDSD² / 2; pNN50 = share of pairs with |d| > 50 ms

What the clock's tick adds is taken off the squares first (`tick.py`). Source: Task Force 1996,
doi:10.1161/01.CIR.93.5.1043; SD1 and SD2, Brennan 2001, doi:10.1109/10.959330.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats
from uitknop.signals.pairs import accepted, valid_pairs
from uitknop.signals.tick import Rounding, rmssd2_error, sdnn2_error

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

Number = TypeVar("Number", np.int64, np.float64)

PNN_MS = 50.0


@dataclass(frozen=True, slots=True)
class TimeDomain:
    """One value per window, each shape (w,); NaN where fewer than two intervals or pairs allow none.

    `below_resolution` is True where RMSSD lies below what the clock resolves: RMSSD, SDSD and SD1 are NaN there.
    """

    n: Ints
    n_pairs: Ints
    mean_rr_ms: Floats
    rmssd_ms: Floats
    sdnn_ms: Floats
    sdsd_ms: Floats
    sd1_ms: Floats
    sd2_ms: Floats
    pnn50_pct: Floats
    below_resolution: npt.NDArray[np.bool_]


def time_domain(
    beats: Beats, low: Ints, high: Ints, *, tick_ms: float | None = None, rounding: Rounding = "times"
) -> TimeDomain:
    """Time-domain measures of the windows `low <= index < high`.

    Args:
        beats: after cleaning; marked intervals are skipped.
        low, high: first index of each window and the one after its last, shape (w,).
        tick_ms: tick to correct for; None corrects nothing.
        rounding: what the device rounded to its tick.
    """
    good, pair = accepted(beats), valid_pairs(beats)
    centre_ms = float(beats.rr_ms[good].mean()) if good.any() else 0.0
    away_ms = np.where(good, beats.rr_ms - centre_ms, 0.0)
    difference_ms = np.where(pair, np.diff(beats.rr_ms, prepend=0.0), 0.0)
    inside = np.minimum(low + 1, high)  # a pair counts when both its intervals lie in the window
    n = _between(good.astype(np.int64), low, high)
    n_pairs = _between(pair.astype(np.int64), inside, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_away_ms = _between(away_ms, low, high) / n
        sdnn2 = np.where(n > 1, (_between(away_ms**2, low, high) - n * mean_away_ms**2) / (n - 1), np.nan)
        squares = _between(difference_ms**2, inside, high)
        mean_difference_ms = _between(difference_ms, inside, high) / n_pairs
        rmssd2 = np.where(n_pairs > 0, squares / n_pairs, np.nan) - rmssd2_error(tick_ms, rounding)
        sdsd2 = np.where(n_pairs > 1, (squares - n_pairs * mean_difference_ms**2) / (n_pairs - 1), np.nan)
        sdsd2 = sdsd2 - rmssd2_error(tick_ms, rounding)
        sdnn2 = sdnn2 - sdnn2_error(tick_ms, rounding)
        beyond = _between((np.abs(difference_ms) > PNN_MS).astype(np.int64), inside, high)
        return TimeDomain(
            n=n,
            n_pairs=n_pairs,
            mean_rr_ms=np.where(n > 0, centre_ms + mean_away_ms, np.nan),
            rmssd_ms=_root(rmssd2),
            sdnn_ms=_root(sdnn2),
            sdsd_ms=_root(sdsd2),
            sd1_ms=_root(sdsd2 / 2),
            sd2_ms=_root(2 * sdnn2 - np.maximum(sdsd2, 0.0) / 2),
            pnn50_pct=np.where(n_pairs > 0, 100 * beyond / n_pairs, np.nan),
            below_resolution=rmssd2 <= 0,
        )


def _between(values: npt.NDArray[Number], low: Ints, high: Ints) -> npt.NDArray[Number]:
    """Sum of `values` over each window."""
    total = np.concatenate((np.zeros(1, dtype=values.dtype), np.cumsum(values)))
    return np.asarray(total[high] - total[low])


def _root(square: Floats) -> Floats:
    """Square root; NaN at and below zero, for a heart that never varies is below what can be measured."""
    return np.sqrt(np.where(square > 0, square, np.nan))
