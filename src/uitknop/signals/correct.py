"""The corrected series: what each artefact most likely was, for measures that need a whole series.

Extra beats are taken out, missed ones put in halfway, up to `LONGEST_REPAIR` intervals that follow each other are
replaced by a cubic through their good neighbours. Anything longer, or where time was lost, stays a gap.
Source: Lipponen & Tarvainen 2019, doi:10.1080/03091902.2019.1640306.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Flag

LONGEST_REPAIR = 3
"""One ectopic or misplaced beat touches two intervals, at times three; more in a row are several beats."""
LOST_SHARE = 0.5
"""The replaced intervals may differ from the time that passed by half a beat; beyond that a beat is missing."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected beats and how many were inserted, deleted and interpolated."""

    beats: Beats
    inserted: int
    deleted: int
    interpolated: int


def correct(beats: Beats) -> Corrected:
    """Insert, delete and interpolate the flagged intervals of `beats`; the flag of a changed interval stays."""
    rr_ms, flag = beats.rr_ms.copy(), beats.flag
    t_ms = beats.t_ms.astype(np.float64)
    segment = np.cumsum(beats.starts_run.astype(np.int64))
    keep = np.ones(rr_ms.size, dtype=np.bool_)

    first = _first_parts(flag, segment)
    keep[first] = False
    rr_ms[first + 1] += rr_ms[first]

    missed = np.flatnonzero(flag == Flag.MISSED)
    rr_ms[missed] /= 2

    odd = (flag == Flag.ECTOPIC) | (flag == Flag.LONG) | (flag == Flag.SHORT) | (flag == Flag.OUT_OF_RANGE)
    odd |= (flag == Flag.EXTRA) & keep & ~np.isin(np.arange(flag.size), first + 1)
    gap = _interpolate(rr_ms, t_ms, odd, segment, beats)
    keep[gap] = False

    # a gap cuts its run: intervals after it belong to another segment
    part = segment + np.cumsum(gap)
    at = np.cumsum(keep)[missed] - 1
    kept_rr, kept_t = rr_ms[keep], t_ms[keep]
    new_rr = np.insert(kept_rr, at, rr_ms[missed])
    new_t = np.insert(kept_t, at, t_ms[missed] - rr_ms[missed])
    new_flag = np.insert(flag[keep], at, np.uint8(Flag.MISSED))
    new_part = np.insert(part[keep], at, part[missed])
    run = np.flatnonzero(np.r_[True, np.diff(new_part) != 0]) if new_part.size else np.zeros(0, dtype=np.int64)
    fixed = replace(
        beats, t_ms=np.maximum.accumulate(np.rint(new_t).astype(np.int64)), rr_ms=new_rr, flag=new_flag, run=run
    )
    return Corrected(fixed, missed.size, first.size, int(np.count_nonzero(odd & ~gap)))


def _first_parts(flag: npt.NDArray[np.uint8], segment: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Index of the first of each two intervals that an extra beat made of one."""
    extra = flag == Flag.EXTRA
    joins = np.flatnonzero(extra[:-1] & extra[1:] & (segment[:-1] == segment[1:])).tolist()
    first: list[int] = []
    for i in joins:
        if not first or first[-1] != i - 1:
            first.append(i)
    return np.array(first, dtype=np.int64)


def _interpolate(
    rr_ms: npt.NDArray[np.float64],
    t_ms: npt.NDArray[np.float64],
    odd: npt.NDArray[np.bool_],
    segment: npt.NDArray[np.int64],
    beats: Beats,
) -> npt.NDArray[np.bool_]:
    """Replace short groups of odd intervals in `rr_ms` and `t_ms`; True where an interval stays a gap instead."""
    gap = np.zeros(odd.size, dtype=np.bool_)
    same = np.r_[False, (segment[1:] == segment[:-1]) & odd[1:] & odd[:-1]]
    lows = np.flatnonzero(odd & ~same)
    highs = np.flatnonzero(odd & ~np.r_[same[1:], False]) + 1
    for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
        nodes = [i for i in (low - 2, low - 1, high, high + 1) if _usable(i, low, odd, segment)]
        left = sum(i < low for i in nodes)
        if high - low > LONGEST_REPAIR or left == 0 or left == len(nodes):
            gap[low:high] = True
            continue
        values = _polynomial(nodes, rr_ms, range(low, high))
        passed_ms = float(beats.rr_ms[low:high].sum())
        if abs(sum(values) - passed_ms) > LOST_SHARE * sum(values) / len(values):
            gap[low:high] = True
            continue
        rr_ms[low:high] = values
        start_ms = t_ms[high - 1] - passed_ms
        t_ms[low:high] = start_ms + np.cumsum(values) * (passed_ms / sum(values))
    return gap


def _usable(i: int, low: int, odd: npt.NDArray[np.bool_], segment: npt.NDArray[np.int64]) -> bool:
    return 0 <= i < odd.size and not odd[i] and bool(segment[i] == segment[low])


def _polynomial(nodes: list[int], rr_ms: npt.NDArray[np.float64], places: range) -> list[float]:
    """Lagrange polynomial through the nodes, held between half and one and a half times their mean."""
    known = [float(rr_ms[i]) for i in nodes]
    mean = sum(known) / len(known)
    values = []
    for place in places:
        value = 0.0
        for i, level in zip(nodes, known, strict=True):
            weight = 1.0
            for other in nodes:
                if other != i:
                    weight *= (place - other) / (i - other)
            value += weight * level
        values.append(min(max(value, 0.5 * mean), 1.5 * mean))
    return values
