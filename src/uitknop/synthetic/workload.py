"""A day of beats with labelled artefacts: the known truth against which cleaning is measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from uitknop.core import Table
from uitknop.core.arrays import frozen
from uitknop.synthetic.drives import drives_of
from uitknop.synthetic.people import draw_person
from uitknop.synthetic.plan import STARTS_AT_H, DayWish, plan_day
from uitknop.synthetic.pulse import beat_times_s
from uitknop.synthetic.rests import SETTLE_PROBABILITY

FEWEST_BEATS_BETWEEN = 4
"""Artefacts keep this distance, so that each has one label."""


class Artefact(IntEnum):
    """What was done to an interval."""

    NONE = 0
    ECTOPIC = 1
    MISSED = 2
    EXTRA = 3


@dataclass(frozen=True, slots=True)
class Workload(Table):
    """RR intervals before and after artefacts were put in, on a 1-ms grid.

    Args:
        clean_rr_ms: without artefacts, float64, shape (n,).
        dirty_rr_ms: with artefacts, float64, shape (m,); the same length of time.
        label: `Artefact` of each dirty interval, uint8, shape (m,).
    """

    clean_rr_ms: npt.NDArray[np.float64]
    dirty_rr_ms: npt.NDArray[np.float64]
    label: npt.NDArray[np.uint8]

    def __post_init__(self) -> None:
        for name, dtype in (("clean_rr_ms", np.float64), ("dirty_rr_ms", np.float64), ("label", np.uint8)):
            object.__setattr__(self, name, frozen(getattr(self, name), dtype))


def artefact_workload(*, seed: int = 1, hours: float = 24.0, event_share: float = 0.01) -> Workload:
    """About 24 h of beats; half the events are ectopic pairs, a quarter missed beats, a quarter extra beats.

    Args:
        seed: of beats and artefacts.
        hours: length, at most 24.
        event_share: events per beat; 0.01 marks about 1.7 % of the intervals.

    An ectopic beat comes 20 to 35 % early and is followed by a compensatory pause.

    >>> made = artefact_workload(hours=1.0)
    >>> bool(abs(made.clean_rr_ms.sum() - made.dirty_rr_ms.sum()) <= 2)
    True
    """
    person_rng, plan_rng, pulse_rng, artefact_rng = (
        np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(4)
    )
    person = draw_person("ordinary", person_rng, outside_share=0.0)
    segments = plan_day(person, DayWish(("passive",), SETTLE_PROBABILITY), plan_rng, lasts_h=24.0)
    drives = drives_of(person, segments, start_hour=STARTS_AT_H, rng=pulse_rng)
    clean_ms = np.rint(1000.0 * beat_times_s(drives, pulse_rng, last_s=round(hours * 3600)))
    dirty_ms, mark = _with_artefacts(clean_ms, event_share, artefact_rng)
    before = mark[:-1].copy()
    before[before == Artefact.MISSED] = Artefact.NONE
    return Workload(np.diff(clean_ms), np.diff(dirty_ms), np.maximum(mark[1:], before))


def _with_artefacts(
    beat_ms: npt.NDArray[np.float64], share: float, rng: np.random.Generator
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8]]:
    """Beat times with artefacts, and a mark at each ectopic beat, at each extra beat and at the beat after a missed."""
    at = np.flatnonzero(rng.random(beat_ms.size) < share)
    at = at[(at > 10) & (at < beat_ms.size - 10)]
    at = at[np.diff(at, prepend=-10) >= FEWEST_BEATS_BETWEEN]
    kind = rng.choice(np.array([Artefact.ECTOPIC, Artefact.MISSED, Artefact.EXTRA]), at.size, p=[0.5, 0.25, 0.25])
    time, mark = beat_ms.copy(), np.zeros(beat_ms.size, dtype=np.uint8)
    early = at[kind == Artefact.ECTOPIC]
    time[early] -= np.rint((beat_ms[early] - beat_ms[early - 1]) * rng.uniform(0.2, 0.35, early.size))
    mark[early] = Artefact.ECTOPIC
    gone = at[kind == Artefact.MISSED]
    mark[gone + 1] = Artefact.MISSED
    after = at[kind == Artefact.EXTRA]
    added = time[after] + np.rint((time[after + 1] - time[after]) * rng.uniform(0.3, 0.7, after.size))
    time, mark = np.delete(time, gone), np.delete(mark, gone)
    time = np.concatenate((time, added))
    mark = np.concatenate((mark, np.full(after.size, Artefact.EXTRA, dtype=np.uint8)))
    order = np.argsort(time, kind="stable")
    return time[order], mark[order]
