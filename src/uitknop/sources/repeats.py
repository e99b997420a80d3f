"""Find stretches of intervals that were written twice.

Sixty-four neighbouring intervals of a living heart do not come back to the millisecond; a copied block does.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

WINDOW = 64
"""Intervals that must be equal, one after the other, before a copy is suspected."""

FEWEST = 256
"""Shorter distances between copies are a rhythm (a metronome, a simulator), not a copied block."""

_FEWEST_DISTINCT = 16
_ODD = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: spreads neighbouring numbers over all bits


def repeated(rr_ms: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """True where an interval belongs to a later copy of an earlier block, shape (n,).

    >>> beats = np.arange(700.0, 1000.0)
    >>> int(repeated(np.concatenate([beats, beats])).sum())
    300
    """
    copy = np.zeros(rr_ms.size, np.bool_)
    done = 0
    for first, again in _same_windows(rr_ms):
        if again < done or np.unique(rr_ms[again : again + WINDOW]).size < _FEWEST_DISTINCT:
            continue
        same = rr_ms[again:] == rr_ms[first : first + rr_ms.size - again]
        length = same.size if bool(same.all()) else int(np.argmin(same))
        length = min(length, again - first)
        if length >= FEWEST:
            copy[again : again + length] = True
            done = again + length
    return copy


def _same_windows(rr_ms: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs (first, again) of starts of equal windows far enough apart, by the second start.

    Each window has a sum of its bits weighted with powers of an odd number; equal windows have equal sums.
    """
    n = rr_ms.size - WINDOW + 1
    if n < FEWEST:
        return []
    bits = np.ascontiguousarray(rr_ms).view(np.uint64) * np.uint64(_ODD)
    bits ^= bits >> np.uint64(29)
    ahead = _powers(_ODD, bits.size)
    back = _powers(pow(_ODD, -1, 1 << 64), n)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(bits * ahead)))
    window = (sums[WINDOW:] - sums[:n]) * back
    in_order = np.sort(window)
    if not bool(np.any(in_order[1:] == in_order[:-1])):
        return []  # the usual case, and sorting alone is much quicker than sorting with places
    order = np.argsort(window, kind="stable")
    same = np.flatnonzero(window[order[1:]] == window[order[:-1]])
    first, again = order[same], order[same + 1]
    far = again - first >= FEWEST
    return sorted(zip(first[far].tolist(), again[far].tolist(), strict=True), key=lambda pair: pair[1])


def _powers(base: int, n: int) -> npt.NDArray[np.uint64]:
    powers = np.full(n, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers)
