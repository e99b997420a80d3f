"""From what a file holds - intervals, beat times, both, or intervals with the time they arrived - to `Beats`.

An interval above `limits.GAP_MS` is a gap: time goes on, the next interval starts a new run. Nothing is stretched to
fit a clock.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import BeatKind, Beats, Grade, Phrase
from uitknop.sources.limits import CLOCK_RATIO, GAP_MS

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_ANCHOR_STEP_MS = 1500.0
"""A packet may be late by about a second, and the one after it is not; a step that stays is a gap."""

_SHORTEST_BLOCK_MS = 120_000.0
"""Shorter blocks say too little about the ratio of beats to clock."""

_MOST_GAPS_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Made:
    """Beats, with what had to be decided on the way."""

    beats: Beats
    n_gaps: int


def from_intervals(
    rr_ms: Floats,
    *,
    source: str,
    start_ms: float = 0.0,
    broken: Bools | None = None,
    tick_ms: float | None = None,
    device: str = "",
    kind: BeatKind = "rr",
) -> Made:
    """Beats from intervals that follow each other, shape (n,); `broken[i]` puts a new run at interval i."""
    end_ms = start_ms + np.cumsum(rr_ms)
    starts = np.zeros(rr_ms.size, np.bool_) if broken is None else broken
    return from_ends(end_ms, rr_ms, starts, source=source, tick_ms=tick_ms, device=device, kind=kind)


def from_times(
    beat_ms: Floats, *, source: str, tick_ms: float | None = None, device: str = "", kind: BeatKind = "rr"
) -> Made:
    """Beats from the times of the beats, ms, increasing, shape (n,): n - 1 intervals."""
    rr_ms = np.diff(beat_ms)
    starts = np.zeros(rr_ms.size, np.bool_)
    return from_ends(beat_ms[1:], rr_ms, starts, source=source, tick_ms=tick_ms, device=device, kind=kind)


def from_timed(
    end_ms: Floats,
    rr_ms: Floats,
    *,
    source: str,
    tolerance_ms: float,
    tick_ms: float | None = None,
    device: str = "",
    kind: BeatKind = "rr",
) -> Made:
    """Beats from intervals with the exact time of their end; a run breaks where an interval does not reach back to
    the beat before within `tolerance_ms`.
    """
    starts = np.zeros(rr_ms.size, np.bool_)
    starts[1:] = np.abs(np.diff(end_ms) - rr_ms[1:]) > tolerance_ms
    return from_ends(end_ms, rr_ms, starts, source=source, tick_ms=tick_ms, device=device, kind=kind)


def from_arrivals(
    arrival_ms: Floats,
    rr_ms: Floats,
    *,
    source: str,
    broken: Bools | None = None,
    tick_ms: float | None = None,
    device: str = "",
    kind: BeatKind = "rr",
) -> Made:
    """Beats from intervals with the time at which each was written down, which is at or after the beat.

    Arrival minus the sum of the intervals is constant but for lateness, so its lowest value from here on tells when a
    block began; where that value steps up, beats are missing and a new run starts.
    """
    starts, zero_ms = _blocks(arrival_ms, rr_ms)
    if broken is not None:
        starts |= broken
    block = np.cumsum(starts)
    first = np.concatenate(([0], np.flatnonzero(np.diff(block)) + 1))
    end_ms = zero_ms[first][block - block[0]] + np.cumsum(rr_ms)
    return from_ends(end_ms, rr_ms, starts, source=source, tick_ms=tick_ms, device=device, kind=kind)


def clock_ratio(arrival_ms: Floats, rr_ms: Floats) -> float:
    """Sum of the intervals over the time in which they arrived, gaps left out; 1 when there is too little to say.

    Where most intervals would need a gap before them, nothing is left out: then the two clocks don't agree at all.
    """
    starts, _ = _blocks(arrival_ms, rr_ms)
    first = np.flatnonzero(starts) if float(starts.mean()) <= _MOST_GAPS_SHARE else np.zeros(0, np.int64)
    first = np.concatenate(([0], first[first > 0]))
    last = np.concatenate((first[1:] - 1, [rr_ms.size - 1]))
    sum_ms = np.cumsum(rr_ms)
    # The first interval of a block began before it arrived: it is not counted.
    wall, beats = arrival_ms[last] - arrival_ms[first], sum_ms[last] - sum_ms[first]
    long = wall > _SHORTEST_BLOCK_MS
    return float(beats[long].sum() / wall[long].sum()) if bool(long.any()) else 1.0


def _blocks(arrival_ms: Floats, rr_ms: Floats) -> tuple[Bools, Floats]:
    """Where beats are missing just before an interval, and the moment at which the sum of intervals was zero."""
    zero_ms = np.minimum.accumulate((arrival_ms - np.cumsum(rr_ms))[::-1])[::-1]
    starts = np.zeros(rr_ms.size, np.bool_)
    starts[1:] = np.diff(zero_ms) > _ANCHOR_STEP_MS
    return starts, zero_ms


def fits_clock(ratio: float) -> bool:
    """Whether the intervals fill the wall clock, neither twice nor with holes."""
    return CLOCK_RATIO[0] <= ratio <= CLOCK_RATIO[1]


def from_ends(
    end_ms: Floats,
    rr_ms: Floats,
    starts: Bools,
    *,
    source: str,
    tick_ms: float | None = None,
    device: str = "",
    kind: BeatKind = "rr",
) -> Made:
    """Beats from intervals with the time of their end, and where a new run must start, each of shape (n,)."""
    gap = rr_ms > GAP_MS
    keep = ~gap
    # A run starts at the first interval kept after a gap or a break, even when the broken one is itself a gap.
    block = np.cumsum(starts | gap)[keep]
    run = np.concatenate(([0], np.flatnonzero(np.diff(block)) + 1)) if block.size else np.zeros(0, np.int64)
    t_ms = np.maximum.accumulate(np.rint(end_ms[keep]).astype(np.int64)) if block.size else np.zeros(0, np.int64)
    flag = np.zeros(t_ms.size, np.uint8)
    beats = Beats(t_ms, rr_ms[keep], flag, run.astype(np.int64), tick_ms, source, device, kind)
    return Made(beats, max(run.size - 1, 0))


def gap_notes(made: Made) -> tuple[Phrase, ...]:
    """A note on gaps; empty when there are none."""
    return (Phrase("Gaps: {n}; nothing is computed across them.", {"n": made.n_gaps}),) if made.n_gaps else ()


def grade_of(kind: BeatKind) -> Grade:
    """Best confidence that beats of a kind can give while posture and breathing are unknown."""
    return "B" if kind == "rr" else "C"
