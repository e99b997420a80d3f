"""Sample entropy and the short-term scaling exponent, for many windows at once.

Both look at the order of intervals, so they take the corrected series, and no template or box is laid across a gap.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TOLERANCE = 0.2
"""Radius of sample entropy in standard deviations; template length is 2."""
FEWEST_FOR_ENTROPY = 50
MOST_FOR_ENTROPY = 6000
"""Beyond this many intervals sample entropy is not told: its cost grows with the square."""
SHORTEST_BOX, LONGEST_BOX = 4, 16
FEWEST_BOXES = 4

_ROWS = 64  # a strip of distances that stays in the processor's cache
_CHUNK = 8192


def sample_entropy(rr_ms: Floats, starts_run: npt.NDArray[np.bool_], low: Ints, high: Ints) -> Floats:
    """-ln(A / B) of the windows `low <= index < high`, shape (w,); NaN where it can't be told.

    B counts pairs of places from which 2 intervals agree within 0.2 SD, A those from which 3 do; both over the same
    N - 2 places, and never a place with itself.

    Source: Richman & Moorman 2000, doi:10.1152/ajpheart.2000.278.6.H2039.
    """
    out = np.full(low.size, np.nan)
    for window, (first, last) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        if FEWEST_FOR_ENTROPY <= last - first <= MOST_FOR_ENTROPY:
            starts = np.flatnonzero(starts_run[first + 1 : last]) + 1
            out[window] = _entropy_of(rr_ms[first:last], starts)
    return out


def _entropy_of(rr_ms: Floats, starts: Ints) -> float:
    """Sample entropy of one series with the given inner starts of runs; NaN without a match of three."""
    radius_ms = np.float32(TOLERANCE * rr_ms.std(ddof=1))
    place = np.ones(rr_ms.size - 2, dtype=np.bool_)
    for start in starts.tolist():
        place[max(start - 2, 0) : start] = False
    broken = not bool(place.all())
    # four bytes do for differences of a few ms: ticks of any device stay exact
    packed = (rr_ms - rr_ms[0]).astype(np.float32)
    a = b = -int(place.sum())  # each place matches itself once
    for first in range(0, place.size, _ROWS):
        rows = min(_ROWS, place.size - first)
        distance_ms = packed[first : first + rows + 2, None] - packed[first:]
        near = np.abs(distance_ms, out=distance_ms) <= radius_ms
        match = near[:-2, :-2] & near[1:-1, 1:-1]
        if broken:
            match &= place[first : first + rows, None] & place[first:]
        b += _both_ways(match)
        match &= near[2:, 2:]
        a += _both_ways(match)
    return -math.log(a / b) if a > 0 and b > 0 else math.nan


def _both_ways(match: npt.NDArray[np.bool_]) -> int:
    """Matches of these rows with all later places, in either order; the square at the left holds both already."""
    return 2 * int(np.count_nonzero(match)) - int(np.count_nonzero(match[:, : len(match)]))


def dfa_alpha1(rr_ms: Floats, starts_run: npt.NDArray[np.bool_], low: Ints, high: Ints) -> Floats:
    """Short-term exponent of detrended fluctuations of the windows `low <= index < high`, shape (w,).

    Boxes of 4 to 16 intervals side by side, a straight line through each; the slope of ln F on ln size, F being the
    root mean square about the lines. A box across the start of a run is left out. NaN below 4 boxes of 16.

    Source: Peng 1995, doi:10.1063/1.166141.
    """
    sizes = np.arange(SHORTEST_BOX, LONGEST_BOX + 1)
    runs = np.r_[0, np.cumsum(starts_run)]
    centre_ms = float(rr_ms.mean()) if rr_ms.size else 0.0
    level = np.cumsum(rr_ms - centre_ms)  # a window's own mean adds a straight line, which every box takes out
    residuals = _residuals(level)
    fluctuation = np.full((sizes.size, low.size), np.nan)
    for row, size in enumerate(sizes.tolist()):
        if level.size >= size:
            fluctuation[row] = _fluctuation(residuals[row, : level.size - size + 1], runs, low, high, size)
    log_size = np.log(sizes)
    weight = (log_size - log_size.mean()) / ((log_size - log_size.mean()) ** 2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(weight @ np.log(fluctuation) / 2)


def _fluctuation(residual: Floats, runs: Ints, low: Ints, high: Ints, size: int) -> Floats:
    """Mean square about the lines of all boxes of `size` in each window, ms², from that of a box at each place."""
    whole = runs[size:] == runs[1 : runs.size - size + 1]  # no run starts inside the box
    residual = np.where(whole, residual, 0.0)
    most = max(int(((high - low) // size).max()), 1) if low.size else 1
    step = size * np.arange(most)[:, None]
    inside = low + step <= high - size
    box = np.minimum(low + step, residual.size - 1)
    number = (inside & whole[box]).sum(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (residual[box] * inside).sum(0) / (number * size)
    return np.where(number >= FEWEST_BOXES, mean, np.nan)


def _residuals(level: Floats) -> Floats:
    """Sum of squares about a straight line of the box of each size (rows) from each place on (columns).

    One more value makes the next size's sums from the last size's; away from the box's first value, so that the far
    wanderings of the level cost no digits.
    """
    out = np.empty((LONGEST_BOX - SHORTEST_BOX + 1, level.size))
    padded = np.r_[level, np.zeros(LONGEST_BOX)]
    for first in range(0, level.size, _CHUNK):
        n = min(_CHUNK, level.size - first)
        total, moment, square = np.zeros(n), np.zeros(n), np.zeros(n)
        start = padded[first : first + n]
        for step in range(1, LONGEST_BOX):
            away = padded[first + step : first + step + n] - start
            total += away
            moment += step * away
            square += away * away
            size = step + 1
            if size >= SHORTEST_BOX:
                tilt = moment - (step / 2) * total
                line = total**2 / size + tilt**2 * (12 / (size * (size**2 - 1)))
                out[size - SHORTEST_BOX, first : first + n] = np.maximum(square - line, 0.0)
    return out
