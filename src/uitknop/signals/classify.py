"""Which intervals are artefacts? Detection of Lipponen & Tarvainen 2019, doi:10.1080/03091902.2019.1640306.

Differences stay inside a run. The spread of differences and the median, which only say how large is normal here, look
across gaps of less than `STRETCH_GAP_MS`, so that a wrist sensor's short runs are not judged by five beats each.

Where the paper is silent or a large swing between beats misleads it:

* thresholds have a floor of a few clock ticks, and of `FEW_FLOOR` of the median where fewer than `FEW` intervals speak,
  and a ceiling, so that ectopic beats without end don't pass for variability;
* the median condition alone (`mRR` beyond 3) may lead to missed and extra, so that two missed beats in a row are found;
* an interval within half a threshold of the local median is normal: its large step belongs to its neighbour;
* the median condition needs a sudden step at the interval or beside it: a slow swing of heart rate is no artefact;
* missed and extra must bring the interval nearer to the median than it was, and then win over ectopic.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from uitknop.core import Flag

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ALPHA = 5.2
"""Threshold in quartile deviations."""
C1, C2 = 0.13, 0.17
"""Slope and intercept of the ectopic border."""
SPREAD_BEATS = 91
MEDIAN_BEATS = 11
MEDIAN_LIMIT = 3.0
"""Largest normal distance from the local median, in thresholds."""
NEAR = 0.5
"""Distance from the local median, in thresholds, within which an interval is normal."""

FLOOR_TICKS = 4.0
FLOOR_MS = 10.0
"""Thresholds are never below 4 ticks or 10 ms: a very regular series has a quartile deviation near zero."""
CEILING_STEP, CEILING_AWAY = 0.35, 0.2
"""Thresholds are never above these shares of the local median: where every second beat is ectopic, or the rhythm is
irregular throughout, the spread of the differences would otherwise hide it."""
FEW = 20
FEW_FLOOR = 0.2
STRETCH_GAP_MS = 60_000

_CHUNK = 1024  # stays in the processor's cache
_ECTOPIC, _LONG, _SHORT, _MISSED, _EXTRA = (
    int(kind) for kind in (Flag.ECTOPIC, Flag.LONG, Flag.SHORT, Flag.MISSED, Flag.EXTRA)
)


def classify(
    rr_ms: Floats, new_run: Bools, new_stretch: Bools, *, tick_ms: float | None = None
) -> npt.NDArray[np.uint8]:
    """`Flag` of each interval, uint8, shape (n,).

    Args:
        rr_ms: intervals in ms, shape (n,).
        new_run: True where an interval starts an unbroken run, shape (n,).
        new_stretch: True where it starts a stretch that is judged by itself, shape (n,).
        tick_ms: resolution of the clock; None when unknown.
    """
    flag = np.zeros(rr_ms.size, dtype=np.uint8)
    if rr_ms.size < 3:
        return flag
    floor_ms = max(FLOOR_MS, FLOOR_TICKS * (tick_ms or 0.0))
    median_ms = _rolling(rr_ms, new_stretch, MEDIAN_BEATS, _median)
    step = _normalised_differences(rr_ms, new_run, new_stretch, floor_ms, median_ms)
    away_ms = rr_ms - median_ms
    away_ms = np.where(away_ms < 0, 2 * away_ms, away_ms)
    few_ms = np.where(_stretch_sizes(new_stretch) < FEW, FEW_FLOOR / 2 * median_ms, 0.0)
    limit_ms = np.maximum(ALPHA * _rolling(np.abs(away_ms), new_stretch, SPREAD_BEATS, _quartile_deviation), floor_ms)
    limit_ms = np.minimum(np.maximum(limit_ms, few_ms), CEILING_AWAY * median_ms)
    return _resolve(rr_ms, new_run, step, away_ms / limit_ms, median_ms, limit_ms, flag)


def _normalised_differences(
    rr_ms: Floats, new_run: Bools, new_stretch: Bools, floor_ms: float, median_ms: Floats
) -> Floats:
    """Difference to the interval before, in thresholds; 0 at the start of a run."""
    inside = np.flatnonzero(~new_run)
    step = np.zeros(rr_ms.size)
    if inside.size == 0:
        return step
    difference_ms = rr_ms[inside] - rr_ms[inside - 1]
    stretch = np.cumsum(new_stretch)[inside]
    starts = np.r_[True, stretch[1:] != stretch[:-1]]
    spread_ms = _rolling(np.abs(difference_ms), starts, SPREAD_BEATS, _quartile_deviation)
    few_ms = np.where(_stretch_sizes(starts) < FEW, FEW_FLOOR * median_ms[inside], 0.0)
    limit_ms = np.maximum(np.maximum(ALPHA * spread_ms, floor_ms), few_ms)
    step[inside] = difference_ms / np.minimum(limit_ms, CEILING_STEP * median_ms[inside])
    return step


def _resolve(
    rr_ms: Floats,
    new_run: Bools,
    step: Floats,
    away: Floats,
    median_ms: Floats,
    limit_ms: Floats,
    flag: npt.NDArray[np.uint8],
) -> npt.NDArray[np.uint8]:
    """Steps 3 and 4 of the paper: every condition at once, then the candidates in order of time."""
    before = np.r_[0.0, step[:-1]]
    after = np.r_[step[1:], 0.0]
    ends_run = np.r_[new_run[1:], True]
    after_next = np.where(ends_run, 0.0, np.r_[step[2:], 0.0, 0.0])
    up, down = step > 1, step < -1
    neighbours = np.where(step > 0, np.maximum(before, after), np.minimum(before, after))
    now_ms = np.abs(rr_ms - median_ms)
    odd = now_ms > NEAR * limit_ms
    ectopic = odd & ((up & (neighbours < -C1 * step - C2)) | (down & (neighbours > -C1 * step + C2)))
    following = np.where(step >= 0, np.minimum(after, after_next), np.maximum(after, after_next))
    sudden = (np.abs(step) > 1) | (np.abs(before) > 1) | (np.abs(after) > 1)
    long = odd & ((up & (following < -1)) | (sudden & (away > MEDIAN_LIMIT)))
    short = odd & ((down & (following > 1)) | (sudden & (away < -MEDIAN_LIMIT)))

    halved_ms = np.abs(rr_ms / 2 - median_ms)
    joined_ms = np.where(ends_run, np.inf, np.abs(rr_ms + np.r_[rr_ms[1:], 0.0] - median_ms))
    missed = long & (halved_ms < limit_ms) & (halved_ms < now_ms)
    extra = short & (joined_ms < limit_ms) & (joined_ms < now_ms)
    ectopic &= ~(missed & (before > -1)) & ~extra
    shrinks = np.abs(after) < np.abs(after_next)

    kind = np.select([extra, missed, long, short], [_EXTRA, _MISSED, _LONG, _SHORT], 0).astype(np.uint8)
    for i in np.flatnonzero(ectopic | (kind > 0)).tolist():
        if flag[i]:
            continue
        if ectopic[i]:
            flag[i] = _ECTOPIC
            continue
        for j in (i, i + 1) if shrinks[i] and kind[i] != _EXTRA else (i,):
            flag[j : j + 2 if kind[j] == _EXTRA else j + 1] = kind[j]  # extra: both parts of the divided interval
    return flag


def _stretch_sizes(starts: Bools) -> npt.NDArray[np.int64]:
    """How many intervals the stretch of each interval holds, shape (n,)."""
    sizes = np.bincount(np.cumsum(starts) - 1)
    return np.asarray(np.repeat(sizes, sizes), dtype=np.int64)


def _rolling(
    values: Floats, starts: Bools, width: int, statistic: Callable[[npt.NDArray[np.float32]], Floats]
) -> Floats:
    """`statistic` of the `width` values around each, inside its stretch; at its ends, of the nearest `width` values."""
    out = np.empty(values.size)
    edges = np.r_[np.flatnonzero(starts), values.size].tolist()
    packed = values.astype(np.float32)  # only thresholds come of it; sorting is three times as fast
    for low, high in pairwise(edges):
        if high - low <= width:
            out[low:high] = statistic(np.sort(packed[low:high])[None, :])
            continue
        windows = np.lib.stride_tricks.sliding_window_view(packed[low:high], width)
        middle = low + width // 2
        for first in range(0, len(windows), _CHUNK):
            chunk = windows[first : first + _CHUNK].copy()
            chunk.sort(axis=1)
            out[middle + first : middle + first + len(chunk)] = statistic(chunk)
        out[low:middle] = out[middle]
        out[middle + len(windows) : high] = out[middle + len(windows) - 1]
    return out


def _median(ordered: npt.NDArray[np.float32]) -> Floats:
    width = ordered.shape[1]
    return np.asarray((ordered[:, (width - 1) // 2] + ordered[:, width // 2]) / 2, dtype=np.float64)


def _quartile_deviation(ordered: npt.NDArray[np.float32]) -> Floats:
    return (_quantile(ordered, 0.75) - _quantile(ordered, 0.25)) / 2


def _quantile(ordered: npt.NDArray[np.float32], share: float) -> Floats:
    place = (ordered.shape[1] - 1) * share
    low = int(place)
    high = min(low + 1, ordered.shape[1] - 1)
    return np.asarray(ordered[:, low] + (place - low) * (ordered[:, high] - ordered[:, low]), dtype=np.float64)
