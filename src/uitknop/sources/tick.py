"""How finely did the device measure? The tick is read from the intervals themselves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

STRAP_TICK_MS = 1000 / 1024
"""Bluetooth heart rate straps count in 1/1024 s (characteristic 0x2A37)."""

EMPATICA_TICK_MS = 1000 / 64
"""The E4 samples its pulse wave at 64 Hz."""

_TICKS_MS = (1000 / 64, 10.0, 1000 / 128, 5.0, 4.0, 1000 / 256, 2.0, 1000 / 512, 1.0)
_CHANCE = 1e-6


def tick_of(rr_ms: npt.NDArray[np.float64], written_ms: float | None = None) -> float | None:
    """The coarsest usual tick that all intervals are multiples of, in ms, shape (n,); None when there is none.

    Args:
        rr_ms: RR intervals.
        written_ms: resolution in which they were written; None to tell whole milliseconds from finer ones.

    A tick is only believed when the intervals would be multiples of it by chance once in a million.

    >>> tick_of(np.arange(600, 900) * 1000 / 128, written_ms=1e-3)
    7.8125
    """
    distinct = np.unique(rr_ms[:20_000])
    if written_ms is None:
        written_ms = 1.0 if bool(np.all(distinct == np.rint(distinct))) else 1e-3
    for tick_ms in _TICKS_MS:
        chance = min(1.0, 3 * written_ms / tick_ms) ** min(distinct.size, 400)
        rest_ms = np.abs(distinct - np.rint(distinct / tick_ms) * tick_ms)
        if chance < _CHANCE and bool(np.all(rest_ms <= written_ms * 1.001)):
            return tick_ms
    return written_ms if written_ms >= 1.0 else None
