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
FEWEST_STEPS = 64
"""Successive differences within runs that a block needs to be told."""
LARGEST_LEFT_OUT = 1 / 8
LARGE_SHARE = 0.08
"""Root mean square of the other differences, as a share of the mean interval."""
TURNING_LOW, TURNING_HIGH = 0.54, 0.77
"""Share of turning points; chance gives 0.667."""


def irregular_pct(beats: Beats, *, low_ms: float, high_ms: float) -> float | None:
    """Share of blocks of 128 plausible intervals with an irregular rhythm, %; None when no block can be told.

    Marked intervals stay in as long as they lie between `low_ms` and `high_ms`: in such a rhythm cleaning marks many.
    """
    kept = accepted(beats) | ((beats.rr_ms >= low_ms) & (beats.rr_ms <= high_ms))
    run = np.cumsum(beats.starts_run)[kept]
    rr_ms = beats.rr_ms[kept]
    whole = rr_ms.size // BLOCK * BLOCK
    blocks, runs = rr_ms[:whole].reshape(-1, BLOCK), run[:whole].reshape(-1, BLOCK)
    joined = runs[:, 1:] == runs[:, :-1]
    number = joined.sum(axis=1)
    told = number >= FEWEST_STEPS
    if not told.any():
        return None
    step_ms = np.where(joined, np.diff(blocks, axis=1), np.nan)[told]
    size_ms = np.sort(np.abs(step_ms), axis=1)  # NaN last
    ordinary = np.arange(BLOCK - 1) < (number[told] * (1 - LARGEST_LEFT_OUT))[:, None]
    mean_square = np.where(ordinary, size_ms**2, 0.0).sum(axis=1) / ordinary.sum(axis=1)
    large = np.sqrt(mean_square) > LARGE_SHARE * blocks[told].mean(axis=1)
    turns = step_ms[:, 1:] * step_ms[:, :-1]
    turning = (turns < 0).sum(axis=1) / np.maximum(np.isfinite(turns).sum(axis=1), 1)
    return 100 * float((large & (turning >= TURNING_LOW) & (turning <= TURNING_HIGH)).mean())
