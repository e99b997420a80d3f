"""Clean beats: every interval marked, a corrected series beside it, and a report of what was done.

Two uses, never mixed. The time domain takes `Cleaned.beats` and skips what is marked; a marked interval breaks the
chain of neighbours. The frequency domain takes `Cleaned.corrected`, in which single artefacts are repaired. No gap is
ever bridged in either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Flag, Value
from uitknop.signals.classify import STRETCH_GAP_MS, classify
from uitknop.signals.correct import correct
from uitknop.signals.rhythm import irregular_pct
from uitknop.signals.tick import tick_of

LOW_MS, HIGH_MS = 300.0, 2000.0
"""Plausible intervals: 200 to 30 bpm, common practice."""
GAP_FACTOR = 2.0
"""An interval longer than twice the longest plausible one hides more than one missed beat: it is a gap."""
LOST_MS = 3000
"""A clock that moves this much more than the interval says has lost beats: a gap."""


@dataclass(frozen=True, slots=True)
class CleaningReport(Value):
    """What cleaning found and did.

    Args:
        n: intervals looked at.
        out_of_range, ectopic, long, short, missed, extra: intervals marked, by class.
        inserted, deleted, interpolated: what was done to make the corrected series.
        gaps: places where the series is broken.
        artefact_pct: marked intervals, % of n; 0 without beats.
        ectopic_pct: ectopic beats, % of n; one ectopic beat touches two intervals.
        irregular_pct: blocks of 128 intervals with an irregular rhythm throughout, %; None with fewer intervals. Not a
            diagnosis, but a reason to say nothing of variability.
        coverage: accepted intervals as a share of the time from the first to the last beat, 0..1.
        clock_ratio: sum of intervals over the clock, within runs; 1 when they agree, well above 1 when packets
            came twice, below when they were lost. 1 without beats.
        tick_ms: tick of the clock, given or found; None when unknown.
    """

    n: int
    out_of_range: int
    ectopic: int
    long: int
    short: int
    missed: int
    extra: int
    inserted: int
    deleted: int
    interpolated: int
    gaps: int
    artefact_pct: float
    ectopic_pct: float
    irregular_pct: float | None
    coverage: float
    clock_ratio: float
    tick_ms: float | None


@dataclass(frozen=True, slots=True)
class Cleaned(Value):
    """Beats after cleaning.

    Args:
        beats: the same intervals, each with its `Flag`, and a new run after every gap; for the time domain.
        corrected: with beats inserted, deleted and interpolated; a changed interval keeps its flag; for the frequency
            domain.
        report: what was found and done.
    """

    beats: Beats
    corrected: Beats
    report: CleaningReport


def clean(beats: Beats, *, low_ms: float = LOW_MS, high_ms: float = HIGH_MS) -> Cleaned:
    """Mark artefacts, correct single ones, and report.

    One pass: nothing is repeated until it fits, so it always ends.

    Args:
        beats: as a source gave them; flags in them are looked at afresh.
        low_ms, high_ms: shortest and longest interval that can be a normal beat, ms.
    Source: Lipponen & Tarvainen 2019, doi:10.1080/03091902.2019.1640306.

    >>> rr_ms = np.tile([800.0, 820.0, 810.0, 790.0], 30)
    >>> rr_ms[60] = 1610.0                                          # a beat was missed
    >>> clean(Beats.from_rr_ms(rr_ms)).report.inserted
    1
    """
    rr_ms = beats.rr_ms
    gap = (rr_ms > GAP_FACTOR * high_ms) | ~np.isfinite(rr_ms)
    new_run = _new_runs(beats, gap)
    tick_ms = tick_of(beats)
    flag = classify(rr_ms, new_run, _new_stretches(beats, new_run, gap), tick_ms=tick_ms)
    flag[((rr_ms < low_ms) | (rr_ms > high_ms)) & (flag == Flag.NORMAL) | gap] = Flag.OUT_OF_RANGE
    marked = replace(beats, flag=flag, run=np.flatnonzero(new_run))
    corrected = correct(marked)
    breaks = int(np.count_nonzero(new_run & ~np.r_[False, gap[:-1]])) + int(gap[-1:].sum()) - 1 if len(beats) else 0
    counts = np.bincount(flag, minlength=len(Flag)).tolist()
    report = CleaningReport(
        n=len(beats),
        out_of_range=counts[Flag.OUT_OF_RANGE],
        ectopic=counts[Flag.ECTOPIC],
        long=counts[Flag.LONG],
        short=counts[Flag.SHORT],
        missed=counts[Flag.MISSED],
        extra=counts[Flag.EXTRA],
        inserted=corrected.inserted,
        deleted=corrected.deleted,
        interpolated=corrected.interpolated,
        gaps=max(breaks, 0),
        artefact_pct=100 * (1 - counts[Flag.NORMAL] / len(beats)) if len(beats) else 0.0,
        ectopic_pct=100 * _ectopic_beats(flag) / len(beats) if len(beats) else 0.0,
        irregular_pct=irregular_pct(marked, low_ms=low_ms, high_ms=high_ms),
        coverage=_coverage(marked),
        clock_ratio=_clock_ratio(marked),
        tick_ms=tick_ms,
    )
    return Cleaned(marked, corrected.beats, report)


def _new_runs(beats: Beats, gap: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Where runs start: as given, at and after an interval that is a gap, and where the clock lost beats."""
    new_run = beats.starts_run
    new_run |= gap
    new_run[1:] |= gap[:-1]
    new_run[1:] |= np.diff(beats.t_ms) - beats.rr_ms[1:] > LOST_MS
    return new_run


def _new_stretches(beats: Beats, new_run: npt.NDArray[np.bool_], gap: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Where a gap is so long that what was normal before says nothing of what is normal after."""
    silent_ms = np.zeros(len(beats))
    silent_ms[1:] = beats.t_ms[1:] - beats.rr_ms[1:] - beats.t_ms[:-1]
    silent_ms[1:] += np.where(gap[:-1], beats.rr_ms[:-1], 0.0)
    stretch = new_run & (silent_ms > STRETCH_GAP_MS)
    stretch[:1] = True
    return stretch


def _ectopic_beats(flag: npt.NDArray[np.uint8]) -> int:
    """Ectopic beats: two marked intervals for each, counted in the groups that hold an ectopic one."""
    edge = np.flatnonzero(np.diff(np.r_[False, flag != Flag.NORMAL, False].astype(np.int8)))
    lows, highs = edge[::2], edge[1::2]
    if lows.size == 0:
        return 0
    ectopic = np.r_[0, np.cumsum(flag == Flag.ECTOPIC)]
    holds = ectopic[highs] > ectopic[lows]
    return int(((highs - lows + 1) // 2)[holds].sum())


def _coverage(beats: Beats) -> float:
    if not len(beats):
        return 0.0
    span_ms = float(beats.t_ms[-1] - beats.t_ms[0]) + float(beats.rr_ms[0])
    return min(float(beats.rr_ms[beats.flag == Flag.NORMAL].sum()) / span_ms, 1.0) if span_ms > 0 else 0.0


def _clock_ratio(beats: Beats) -> float:
    inside = ~beats.starts_run
    clock_ms = float(np.diff(beats.t_ms)[inside[1:]].sum())
    return float(beats.rr_ms[inside].sum()) / clock_ms if clock_ms > 0 else 1.0
