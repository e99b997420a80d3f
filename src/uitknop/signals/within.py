"""One number for each epoch from all values that fall into it, without a loop over epochs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEWEST_ACCELERATIONS = 8
LONGEST_STEP_SILENCE_MS = 600_000
"""Steps counted over more than ten minutes say nothing about one of them."""


def median_within(place: Ints, value: Floats, n: int) -> Floats:
    """Median of the values of each epoch; NaN for an epoch without any.

    Args:
        place: epoch of each value, never decreasing, shape (m,).
        value: finite and not negative, shape (m,).
        n: number of epochs.
    """
    out = np.full(n, np.nan)
    if value.size == 0:
        return out
    # one sort for all epochs: a value never reaches the next epoch's shelf
    shelf = float(np.ceil(value.max())) + 1.0
    ordered = np.sort(place * shelf + value) - place * shelf
    count = np.bincount(place, minlength=n)
    first = np.cumsum(count) - count
    some = count > 0
    low = first[some] + (count[some] - 1) // 2
    high = first[some] + count[some] // 2
    out[some] = (ordered[low] + ordered[high]) / 2
    return out


def deviation_within(t_ms: Ints, value: Floats, edges_ms: Ints) -> Floats:
    """Standard deviation of the values of each epoch; NaN below `FEWEST_ACCELERATIONS` values."""
    n = edges_ms.size - 1
    low, high = np.searchsorted(t_ms, edges_ms[[0, -1]]).tolist()
    cuts = np.searchsorted(t_ms[low:high], edges_ms)
    part = value[low:high]
    finite = np.isfinite(part)
    centre = float(np.median(part[finite][:1000])) if finite.any() else 0.0
    part = np.where(finite, part - centre, 0.0)
    count, total, square = (
        np.diff(np.r_[0, np.cumsum(column)][cuts]) for column in (finite.astype(np.int64), part, part * part)
    )
    out = np.full(n, np.nan)
    enough = count >= FEWEST_ACCELERATIONS
    mean = total[enough] / count[enough]
    out[enough] = np.sqrt(np.maximum(square[enough] / count[enough] - mean**2, 0.0))
    return out


def steps_within(t_ms: Ints, steps: Floats, edges_ms: Ints) -> Floats:
    """Steps of each epoch, counts shared evenly over the time they were counted in; NaN where nothing was counted."""
    out = np.full(edges_ms.size - 1, np.nan)
    if t_ms.size < 2:
        return out
    times, index = np.unique(t_ms, return_index=True)
    counted = np.add.reduceat(np.nan_to_num(steps), index)
    total = np.cumsum(counted)
    out = np.diff(np.interp(edges_ms, times, total))
    middle_ms = (edges_ms[:-1] + edges_ms[1:]) / 2
    after = np.searchsorted(times, middle_ms)
    typical_ms = float(np.median(np.diff(times))) if times.size > 1 else 0.0
    before_first = np.where(after == 0, times[0] - middle_ms <= typical_ms, False)
    inside = (after > 0) & (after < times.size)
    silence_ms = np.where(inside, times[np.minimum(after, times.size - 1)] - times[np.maximum(after - 1, 0)], np.inf)
    out[~(before_first | (silence_ms <= LONGEST_STEP_SILENCE_MS))] = np.nan
    return out
