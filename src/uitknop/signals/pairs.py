"""Which intervals count, and which neighbours may be compared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Flag


def accepted(beats: Beats) -> npt.NDArray[np.bool_]:
    """True where an interval is normal, shape (n,)."""
    return np.asarray(beats.flag == Flag.NORMAL)


def valid_pairs(beats: Beats) -> npt.NDArray[np.bool_]:
    """True where an interval and the one before it are both accepted and in the same run, shape (n,).

    No successive difference is ever taken anywhere else: not across a gap, not across a marked interval.
    """
    good = accepted(beats)
    pairs = good & ~beats.starts_run
    pairs[1:] &= good[:-1]
    return pairs


def covered_ms(
    beats: Beats, good: npt.NDArray[np.bool_], start_ms: npt.NDArray[np.int64], end_ms: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Time that the `good` intervals cover of each `start_ms <= t < end_ms`, ms; in any order, shape (m,)."""
    at = np.flatnonzero(good)
    if at.size == 0 or start_ms.size == 0:
        return np.zeros(start_ms.size)
    # of a long recording only the beats in question: from the last before the first start to the first after the end
    low, high = np.searchsorted(beats.t_ms[at], [start_ms.min(), end_ms.max()]).tolist()
    at = at[max(low - 1, 0) : high + 1]
    ends = beats.t_ms[at].astype(np.float64)
    starts = np.maximum(ends - beats.rr_ms[at], np.r_[-np.inf, ends[:-1]])
    corners = np.column_stack((starts, ends)).ravel()
    total = np.cumsum(np.column_stack((np.zeros(ends.size), ends - starts)).ravel())
    until_end, until_start = (np.interp(moment.astype(np.float64), corners, total) for moment in (end_ms, start_ms))
    return np.asarray(until_end - until_start)
