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
    gap = odd.copy()
    same = np.r_[False, (segment[1:] == segment[:-1]) & odd[1:] & odd[:-1]]
    lows = np.flatnonzero(odd & ~same)
    highs = np.flatnonzero(odd & ~np.r_[same[1:], False]) + 1
    around = lows[:, None] + np.array([-2, -1, 0, 1])
    around[:, 2:] = highs[:, None] + np.array([0, 1])
    near = np.clip(around, 0, max(odd.size - 1, 0))
    usable = (near == around) & ~odd[near] & (segment[near] == segment[lows][:, None])
    total_ms = np.r_[0.0, np.cumsum(beats.rr_ms)]
    passed_ms = total_ms[highs] - total_ms[lows]
    sides = usable[:, :2].any(1) & usable[:, 2:].any(1)
    repairable = sides & (highs - lows <= LONGEST_REPAIR)
    known_ms = rr_ms[near].tolist()
    for group in np.flatnonzero(repairable).tolist():
        low, high = int(lows[group]), int(highs[group])
        columns = zip(near[group].tolist(), known_ms[group], usable[group].tolist(), strict=True)
        nodes = [(i, ms) for i, ms, good in columns if good]
        values = _polynomial(nodes, range(low, high))
        whole_ms, lasted_ms = sum(values), float(passed_ms[group])
        if abs(whole_ms - lasted_ms) <= LOST_SHARE * whole_ms / len(values):
            gap[low:high] = False
            rr_ms[low:high] = values
            t_ms[low:high] += np.cumsum(values) * (lasted_ms / whole_ms) - np.cumsum(beats.rr_ms[low:high])
    return gap


def _polynomial(nodes: list[tuple[int, float]], places: range) -> list[float]:
    """Lagrange polynomial through the nodes (place, ms), held between half and one and a half times their mean."""
    mean = sum(ms for _, ms in nodes) / len(nodes)
    values = []
    for place in places:
        value = 0.0
        for i, ms in nodes:
            weight = 1.0
            for other, _ in nodes:
                if other != i:
                    weight *= (place - other) / (i - other)
            value += weight * ms
        values.append(min(max(value, 0.5 * mean), 1.5 * mean))
    return values
