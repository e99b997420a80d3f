"""The tick of the device's clock, and what it adds to the numbers.

Beat times rounded to a grid of q ms add white error: RMSSD² grows by q²/2 and SDNN² by q²/6. Intervals rounded one by
one add q²/6 and q²/12. Both follow from the variance q²/12 of a rounding error.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats

Rounding = Literal["times", "intervals"]
"""What the device rounded: the time of each beat, or each interval by itself."""

_SHARE_OF_RMSSD2 = {"times": 1 / 2, "intervals": 1 / 6}
_SHARE_OF_SDNN2 = {"times": 1 / 6, "intervals": 1 / 12}
_LOOKED_AT = 5000
_FINEST_MS = 0.5


def tick_of(beats: Beats) -> float | None:
    """The tick of `beats` in ms: as its source gave it, else as its intervals show it, else None."""
    return beats.tick_ms if beats.tick_ms is not None else find_tick_ms(beats.rr_ms)


def find_tick_ms(rr_ms: npt.NDArray[np.float64]) -> float | None:
    """The grid on which all intervals lie, in ms; None when there is none of at least 0.5 ms.

    >>> find_tick_ms(np.array([15.625, 46.875, 31.25, 78.125] * 5) + 800 - 800 % 15.625)
    15.625
    """
    levels = np.unique(np.round(rr_ms[:_LOOKED_AT], 4))
    if levels.size < 4:
        return None
    apart_ms = np.diff(levels)
    if apart_ms.min() < _FINEST_MS:
        return None
    tick_ms = float(apart_ms.sum() / np.rint(apart_ms / apart_ms.min()).sum())  # sharper than one difference
    steps = (levels - levels[0]) / tick_ms
    on_grid = np.abs(steps - np.rint(steps)) < 0.02
    return round(tick_ms, 4) if bool(on_grid.all()) else None


def rmssd2_error(tick_ms: float | None, rounding: Rounding = "times") -> float:
    """What the tick adds to RMSSD², ms²."""
    return (tick_ms or 0.0) ** 2 * _SHARE_OF_RMSSD2[rounding]


def sdnn2_error(tick_ms: float | None, rounding: Rounding = "times") -> float:
    """What the tick adds to SDNN², ms²."""
    return (tick_ms or 0.0) ** 2 * _SHARE_OF_SDNN2[rounding]
