"""Is the rhythm irregular throughout, as in atrial fibrillation? Then no variability is a statement on rest.

A block of 128 intervals is irregular when its successive differences are large even without the largest ones, and
when its turning points are as frequent as chance makes them: breathing swings are large too, but turn less often.
Source: after Dash 2009, doi:10.1007/s10439-009-9740-z; own limits, not a diagnosis.
"""

from __future__ import annotations

import numpy as np

from uitknop.core import Beats
from uitknop.signals.pairs import accepted

BLOCK = 128
LARGEST_LEFT_OUT = 16
LARGE_SHARE = 0.08
"""Root mean square of the other differences, as a share of the mean interval."""
TURNING_LOW, TURNING_HIGH = 0.54, 0.77
"""Share of turning points; chance gives 0.667."""


def irregular_pct(beats: Beats, *, low_ms: float, high_ms: float) -> float | None:
    """Share of blocks of 128 plausible intervals with an irregular rhythm, %; None with fewer than one block.

    Marked intervals stay in as long as they lie between `low_ms` and `high_ms`: in such a rhythm cleaning marks many.
    """
    rr_ms = beats.rr_ms[accepted(beats) | ((beats.rr_ms >= low_ms) & (beats.rr_ms <= high_ms))]
    blocks = rr_ms[: rr_ms.size // BLOCK * BLOCK].reshape(-1, BLOCK)
    if not len(blocks):
        return None
    step_ms = np.diff(blocks, axis=1)
    size_ms = np.sort(np.abs(step_ms), axis=1)[:, :-LARGEST_LEFT_OUT]
    large = np.sqrt((size_ms**2).mean(axis=1)) > LARGE_SHARE * blocks.mean(axis=1)
    turning = (step_ms[:, 1:] * step_ms[:, :-1] < 0).mean(axis=1)
    return 100 * float((large & (turning >= TURNING_LOW) & (turning <= TURNING_HIGH)).mean())
