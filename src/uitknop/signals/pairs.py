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


def covered_until_ms(
    beats: Beats, good: npt.NDArray[np.bool_], moments_ms: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Time that the `good` intervals cover before each moment, ms; moments in any order, shape (m,)."""
    ends = beats.t_ms[good].astype(np.float64)
    if ends.size == 0:
        return np.zeros(moments_ms.size)
    starts = np.maximum(ends - beats.rr_ms[good], np.r_[-np.inf, ends[:-1]])
    corners = np.column_stack((starts, ends)).ravel()
    total = np.cumsum(np.column_stack((np.zeros(ends.size), ends - starts)).ravel())
    return np.asarray(np.interp(moments_ms.astype(np.float64), corners, total))
